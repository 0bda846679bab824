"""Keys and values of front matter: from the page's schema, the site's terms, and what references may name."""

from __future__ import annotations

import json
import re
from typing import Any

from ..frontmatter.block import Pointer
from ..frontmatter.write import key, quote
from ..schema.about import About, about
from .candidates import candidates
from .front_context import Context, context
from .proposal import Proposal, Proposals, matching
from .view import View

_DELIMITERS = {"---": "yaml", "+++": "toml"}
_DATES = frozenset({"date", "publishdate", "expirydate", "lastmod"})


def proposals(view: View, offset: int) -> Proposals | None:
    """What can be written in the front matter; None below it."""
    block = _block(view.page.text, offset)
    if block is None:
        return None
    kind, begin = block
    text = view.page.text[begin:]
    place = context(kind, text, offset - begin)
    if place is None:
        return Proposals(offset, offset, ())
    said = about(view.page.schema, _in_schema(place)) if view.page.schema is not None else About()
    here = text[place.here.start : place.here.end].strip("\"'")
    found = _keys(view, kind, place, said, here) if place.is_key else _values(view, kind, place, said)
    return Proposals(begin + place.here.start, begin + place.here.end, found)


def _in_schema(place: Context) -> Pointer:
    return (*place.pointer, 0) if place.in_list and not place.is_key else place.pointer


def _block(text: str, offset: int) -> tuple[str, int] | None:
    """The format of the block that an offset is in, and where it begins, after the opening delimiter."""
    begin = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    stripped = text[begin:offset]
    if stripped.startswith("{"):
        return ("json", begin) if _depth(stripped) > 0 else None
    first, newline, rest = stripped.partition("\n")
    kind = _DELIMITERS.get(first.rstrip())
    if kind is None or not newline:
        return None
    closed = any(line.rstrip() == first.rstrip() for line in rest.split("\n"))
    return None if closed else (kind, begin + len(first) + 1)


def _depth(text: str) -> int:
    """How many braces are open at the end; 0 from where the first one is closed."""
    depth = 0
    for part in re.finditer(r'"(?:[^"\\\n]|\\.)*"?|[{}]', text):
        depth += {"{": 1, "}": -1}.get(part[0], 0)
        if depth == 0:
            return 0
    return depth


def _keys(view: View, kind: str, place: Context, said: About, here: str) -> tuple[Proposal, ...]:
    have: Any = view.page.front.data
    for step in place.pointer:
        have = have.get(str(step), {}) if isinstance(have, dict) else {}
    names = {str(key).lower() for key in have or ()} - {here.lower()}
    listed = dict(said.keys)
    if not place.pointer:
        taxonomies = {t for each in view.site.addresses.config.languages for t in each.taxonomies}
        listed |= {t: "A taxonomy of the site." for t in sorted(taxonomies) if t not in listed}
    sign = "" if place.signed else " = " if kind == "toml" else ": "
    found = [Proposal(name, name, "key", what) for name, what in listed.items() if name.lower() not in names]

    def written(name: str) -> str:
        return key(kind, name, "") if kind == "toml" else quote(kind, name, name)

    return tuple(each._replace(text=written(each.text) + sign) for each in matching(found, place.here.typed))


def _values(view: View, kind: str, place: Context, said: About) -> tuple[Proposal, ...]:
    known = candidates(view.site.addresses)
    name = str(place.pointer[-1]).lower() if place.pointer else ""
    found = [Proposal(value, _label(value), "value") for value in said.values if _has(kind, value)]
    listed = known.terms.get(name, []) if len(place.pointer) == 1 else []
    for reference in said.references:
        if reference == "page":
            listed = listed + known.logical
        elif reference == "term":
            listed = listed + [each for terms in known.terms.values() for each in terms]
        else:
            wanted = "file" if reference == "file" else "page"
            listed = listed + [e for e in known.urls if e.kind == wanted and (wanted == "file" or e.outdated)]
    found += [each._replace(text=json.dumps(each.text, ensure_ascii=False)) for each in listed]
    shown = [
        each._replace(text=_written(each.text, kind, place)) for each in matching(found, place.here.typed)
    ]
    if name in _DATES or "hugo-date" in said.formats:
        now = view.state.session.settings.now.astimezone().replace(microsecond=0)
        mark = '"' if kind == "json" else place.here.quote
        dates = ((now.date().isoformat(), "today"), (now.isoformat(), "now"))
        written = [Proposal(f"{mark}{text}{mark}", text, "value", what) for text, what in dates]
        shown += matching(written, place.here.typed)
    return tuple(shown)


def _has(kind: str, value: str) -> bool:
    """Whether a format can write a value that is JSON: TOML has no null, and its tables are not completed."""
    return kind != "toml" or not value.startswith(("null", "{"))


def _label(value: str) -> str:
    """A value that is JSON, without the quotes of a text."""
    text = json.loads(value)
    return text if isinstance(text, str) else value


def _written(value: str, kind: str, place: Context) -> str:
    """A value that is JSON as the format writes it at that place."""
    text = json.loads(value)
    written = quote(kind, text, place.here.quote or "bare") if isinstance(text, str) else value
    return written if place.parted else f"{written},"

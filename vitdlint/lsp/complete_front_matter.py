"""Keys and values of front matter: from the page's schema, the site's terms, and what references may name."""

from __future__ import annotations

import json
import re
from typing import Any

from ..frontmatter.block import Pointer
from ..schema.about import About, about
from .candidates import candidates
from .front_context import Context, context
from .proposal import Proposal, Proposals, matching
from .view import View

_DELIMITERS = {"---": "yaml", "+++": "toml"}
_DATES = frozenset({"date", "publishdate", "expirydate", "lastmod"})
_BARE = re.compile(r"[A-Za-z][\w /.-]*[\w/]|[A-Za-z]|true|false|-?\d+(?:\.\d+)?")


def proposals(view: View, offset: int) -> Proposals | None:
    """What can be written in the front matter; None below it."""
    block = _block(view.page.text, offset)
    if block is None:
        return None
    kind, before = block
    place = context(kind, before)
    if place is None:
        return Proposals(offset, offset, ())
    said = about(view.page.schema, _in_schema(place)) if view.page.schema is not None else About()
    found = _keys(view, kind, place, said) if place.is_key else _values(view, kind, place, said)
    # The editor may have closed the quotes by itself.
    end = offset + 1 if place.quote and view.page.text[offset : offset + 1] == place.quote else offset
    return Proposals(offset - len(place.typed), end, matching(found, place.typed))


def _in_schema(place: Context) -> Pointer:
    return (*place.pointer, 0) if place.in_list and not place.is_key else place.pointer


def _block(text: str, offset: int) -> tuple[str, str] | None:
    """The format of the block that an offset is in, and its text up to there, without the opening delimiter."""
    text = text[:offset]
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("{"):
        depth = _depth(stripped)
        return ("json", stripped) if depth > 0 else None
    first, newline, rest = stripped.partition("\n")
    kind = _DELIMITERS.get(first.rstrip())
    if kind is None or not newline:
        return None
    closed = any(line.rstrip() == first.rstrip() for line in rest.split("\n")[:-1])
    return None if closed or rest.split("\n")[-1].rstrip() == first.rstrip() else (kind, rest)


def _depth(text: str) -> int:
    """How many braces are open at the end; 0 from where the first one is closed."""
    depth = 0
    for part in re.finditer(r'"(?:[^"\\\n]|\\.)*"?|[{}]', text):
        depth += {"{": 1, "}": -1}.get(part[0], 0)
        if depth == 0:
            return 0
    return depth


def _keys(view: View, kind: str, place: Context, said: About) -> list[Proposal]:
    have: Any = view.page.front.data
    for step in place.pointer:
        have = have.get(str(step), {}) if isinstance(have, dict) else {}
    names = {str(key).lower() for key in have or ()} - {place.typed.lower()}
    listed = dict(said.keys)
    if not place.pointer:
        taxonomies = {t for each in view.site.addresses.config.languages for t in each.taxonomies}
        listed |= {t: "A taxonomy of the site." for t in sorted(taxonomies) if t not in listed}
    sign = {"yaml": ": ", "toml": " = "}.get(kind, ": ")

    def written(name: str) -> str:
        if kind == "json":
            return f'{name}": ' if place.quote else f'"{name}": '
        return f"{name}{sign}"

    return [
        Proposal(written(name), name, "key", what)
        for name, what in listed.items()
        if name.lower() not in names
    ]


def _values(view: View, kind: str, place: Context, said: About) -> list[Proposal]:
    known = candidates(view.site.addresses)
    key = str(place.pointer[-1]).lower() if place.pointer else ""
    found = [(json.loads(value), Proposal("", _label(value), "value")) for value in said.values]
    if len(place.pointer) == 1:
        found += [(each.text, each) for each in known.terms.get(key, ())]
    for reference in said.references:
        if reference == "page":
            found += [(each.text, each) for each in known.logical]
        elif reference == "term":
            found += [(each.text, each) for terms in known.terms.values() for each in terms]
        else:
            wanted = "file" if reference == "file" else "page"
            found += [
                (e.text, e) for e in known.urls if e.kind == wanted and (wanted == "file" or e.outdated)
            ]
    if key in _DATES or "hugo-date" in said.formats:
        now = view.state.session.settings.now.astimezone().replace(microsecond=0)
        for text, what in ((now.date().isoformat(), "today"), (now.isoformat(), "now")):
            found.append((text, Proposal(text, text, "value", what)))
    return [each._replace(text=_written(value, kind, place)) for value, each in found]


def _label(value: str) -> str:
    """A value that is JSON, without the quotes of a text."""
    text = json.loads(value)
    return text if isinstance(text, str) else value


def _written(value: object, kind: str, place: Context) -> str:
    """A value as the format writes it at that place."""
    if not isinstance(value, str):
        return json.dumps(value)
    if place.quote == '"':
        return f'{json.dumps(value, ensure_ascii=False)[1:-1]}"'
    if place.quote:
        return f"{value.replace(chr(39), chr(39) * 2)}'"
    is_date = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T[\d:+-]+)?", value) is not None
    if (kind == "yaml" and _BARE.fullmatch(value)) or (is_date and kind != "json"):
        return value
    return json.dumps(value, ensure_ascii=False)

"""Redirects that the host makes: Netlify's `_redirects` and `netlify.toml`, and the setting `redirects`.

Syntax: https://docs.netlify.com/manage/routing/redirects/redirect-options/ (Cloudflare Pages reads the same file).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..hugo.template_text import COMMENT, replace_actions

ANSWERING = frozenset({200, 301, 302, 303, 307, 308})
"""Other statuses (404, 410…) say that there is nothing."""
_PLACEHOLDER = lazy_re(r":(\w+)")
_SILENT = lazy_re(r"(?:if|else|end|range|with|define|block)\b|\$\w+\s*:?=")
"""Actions that print nothing."""
_COMPUTED = "\x00"
"""In the place of what a template computes."""


class Redirect(NamedTuple):
    """One redirect that the host makes."""

    from_: str
    """The URL path asked for; `*` at the end matches anything, `:name` one segment."""
    to: str
    """Where it leads; `:splat` is what `*` matched."""
    status: int = 301
    """301, 302, 303, 307 or 308 redirect; 200 serves the target in place."""


def parse_redirects(text: str) -> tuple[Redirect, ...]:
    """The rules of a `_redirects` file; lines that are none are left out, as the host does."""
    found: list[Redirect] = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        to = next((i for i, w in enumerate(words) if i and ("/" in w) and "=" not in w.partition("/")[0]), 0)
        if not to:
            continue
        status = words[to + 1].rstrip("!") if len(words) > to + 1 else "301"
        found.append(Redirect(words[0], words[to], int(status) if status.isdecimal() else 301))
    return tuple(found)


def parse_template(text: str) -> tuple[Redirect, ...]:
    """The rules that a template of `_redirects` spells out; where it computes the target, `to` is ''.

    What it computes in the path asked for matches any name there; a rule that begins so says nothing.
    """
    shown = replace_actions(
        COMMENT.sub("", text), lambda action: "" if _SILENT.match(action.words) else _COMPUTED
    )
    rules = parse_redirects(shown)
    return tuple(
        rule._replace(to="") if _COMPUTED in rule.to else rule
        for rule in rules
        if _COMPUTED not in "/".join(rule.from_.split("/", 2)[:2])
    )


def parse_netlify(text: str) -> tuple[Redirect, ...]:
    """The `[[redirects]]` of a `netlify.toml`; none if it is not valid."""
    from ..core.toml import TomlError, parse_toml  # few sites have one

    try:
        tables = parse_toml(text).get("redirects", [])
    except TomlError:
        return ()
    found: list[Redirect] = []
    for table in tables if isinstance(tables, list) else []:
        if isinstance(table, dict):
            start, to, status = table.get("from"), table.get("to"), table.get("status", 301)
            if isinstance(start, str) and isinstance(to, str) and isinstance(status, int):
                found.append(Redirect(start, to, status))
    return tuple(found)


class Redirects:
    """Finds the rule for a path: exact ones by lookup, patterns in their order, of those that begin as the path does."""

    def __init__(self, rules: Iterable[Redirect]) -> None:
        self._exact: dict[str, Redirect] = {}
        self._patterns: dict[str, list[tuple[int, re.Pattern[str], Redirect]]] = {}
        for number, rule in enumerate(rules):
            if not rule.from_.startswith("/"):
                continue  # a rule for another host
            if "*" in rule.from_ or ":" in rule.from_ or _COMPUTED in rule.from_:
                start, pattern = _pattern(rule.from_)
                self._patterns.setdefault(start, []).append((number, pattern, rule))
            else:
                self._exact.setdefault(rule.from_.rstrip("/"), rule)
        self._ends = frozenset(map(len, self._patterns))

    def find(self, path: str) -> str | None:
        """Where a decoded path is sent, or None; the first rule that matches decides."""
        rule = self._exact.get(path.rstrip("/"))
        if rule is not None:
            return rule.to if rule.status in ANSWERING else None
        ends = (end for end in self._ends if path[end : end + 1] in ("/", ""))
        found = chain.from_iterable(self._patterns.get(path[:end], ()) for end in ends)
        for _, pattern, rule in sorted(found, key=itemgetter(0)):
            match = pattern.match(path)
            if match is not None:
                if rule.status not in ANSWERING:
                    return None
                groups = match.groupdict()
                return _PLACEHOLDER.sub(lambda m, g=groups: g.get(m[1], m[0]) or "", rule.to)  # type: ignore[misc]  # g is bound now
        return None


def _pattern(start: str) -> tuple[str, re.Pattern[str]]:
    """The segments before the first that is not written out, and the pattern as a whole."""
    source = written = ""
    is_written = True
    for segment in start.strip("/").split("/"):
        if segment == "*":
            source += "(?:/(?P<splat>.*))?"
            break
        placeholder = _PLACEHOLDER.fullmatch(segment)
        if placeholder is not None and f"(?P<{placeholder[1]}>" not in source:
            source += f"/(?P<{placeholder[1]}>[^/]+)"
            is_written = False
        elif segment.endswith("*"):
            source += f"/{_escaped(segment[:-1])}(?P<splat>.*)"
            break
        else:
            source += f"/{_escaped(segment)}"
            is_written = is_written and _COMPUTED not in segment
            written += f"/{segment}" if is_written else ""
    return written, re.compile(source + r"/?\Z", re.DOTALL)


def _escaped(text: str) -> str:
    return "[^/]+".join(re.escape(part) for part in text.split(_COMPUTED))

"""Permalink patterns: which one a page has, and what its tokens become (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from ..core.lazy_re import lazy_re
from . import glob
from .cast import to_map, to_string
from .names import clean, escape_path, join, sanitize

KINDS = ("page", "home", "section", "taxonomy", "term")
_TOKEN = lazy_re(r":\w+(?:\[.+?\])?")
_GO_LAYOUT = lazy_re(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2|3|4|5|PM|pm"
)
_BAD_ESCAPE = lazy_re(r"%(?![0-9A-Fa-f]{2})")
NO_DATE = datetime(1, 1, 1)  # noqa: DTZ001  # only its fields are written out
"""What Hugo takes for a date that is not there."""
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Permalink(NamedTuple):
    """One pattern, and the pages it is for."""

    kind: str
    """A glob over kinds; '' for all."""
    path: str
    """A glob over logical paths; '' for all."""
    pattern: str


class Tokens(NamedTuple):
    """What the tokens of a pattern are replaced by on one page; what takes time is a function."""

    title: str
    slug: str
    file_name: str
    """Without extension and language; a bundle's folder; '' if there is no file."""
    content_base_name: str
    """As `file_name`, for `_index.md` the folder too."""
    section: str
    sections: tuple[str, ...]
    section_slugs: Callable[[], tuple[tuple[str, str], ...]]
    """Slug and title of each section above, outermost first."""
    date: Callable[[], datetime | None]
    keep_case: bool = False
    drop_accents: bool = False

    def url(self, text: str) -> str:
        """Text as Hugo puts it into a permalink: sanitised and percent-encoded."""
        return escape_path(sanitize(text, keep_case=self.keep_case, drop_accents=self.drop_accents))


def permalinks_of(value: Any) -> tuple[Permalink, ...]:
    """`[permalinks]`: a list of targets and patterns, or a map by kind and section, or (the old form) by section.

    Among several that match Hugo takes the first of a list, but any of a map; here the longest section wins.
    """
    found: list[Permalink] = []
    if isinstance(value, list):
        for entry in map(to_map, value):
            target = to_map(entry.get("target"))
            kind, path = to_string(target.get("kind")), to_string(target.get("path"))
            found.append(Permalink(kind.lower(), path.lower(), to_string(entry.get("pattern"))))
        return tuple(found)
    for key, entry in to_map(value).items():
        if isinstance(entry, dict):
            found += [Permalink(key, _below(s), to_string(p)) for s, p in entry.items() if s != "_merge"]
        elif key != "_merge":
            found += [Permalink(kind, _below(key), to_string(entry)) for kind in ("page", "term")]
    return tuple(sorted(found, key=lambda p: -len(p.path)))


def _below(section: str) -> str:
    section = section.strip(" /")
    return f"/{{{section},{section}/**}}" if section else "/*"


def pattern_for(permalinks: tuple[Permalink, ...], kind: str, path: str) -> str:
    """The pattern of a page with that kind and logical path, or ''."""
    for permalink in permalinks:
        if (not permalink.kind or permalink.kind == kind or glob.match(permalink.kind, kind)) and (
            not permalink.path or glob.match(permalink.path, path)
        ):
            return permalink.pattern
    return ""


def expand(pattern: str, tokens: Tokens) -> str:
    """A pattern with its tokens replaced. An unknown token, on which Hugo's build fails, stays as it is."""
    pattern = pattern.replace("\\:", "\0")
    out = pattern
    for token in _TOKEN.findall(pattern):
        value = _value(token[1:], tokens)
        if value is not None:
            out = out.replace(token, value, 1)
    return out.replace("\0", ":")


def unescape(expanded: str) -> str:
    """Undo the percent-encoding of an expanded pattern as Hugo does: a plus sign becomes a space."""
    return "" if _BAD_ESCAPE.search(expanded) else unquote_plus(expanded)


def path_of(pattern: str, tokens: Tokens) -> str:
    """The path of a page by its permalink pattern, before it is sanitised."""
    expanded = expand(pattern, tokens)
    return clean(unescape(expanded)) if expanded else ""


def _value(name: str, tokens: Tokens) -> str | None:
    if name in _TEXTS:
        return _TEXTS[name](tokens)
    for prefix, listed in (("sections[", _sections), ("sectionslugs[", _section_slugs)):
        if name.startswith(prefix):
            return join(*_cut(listed(tokens), name[len(prefix) - 1 :]))
    if name in _DATES:
        return _DATES[name](tokens.date() or NO_DATE)
    if _GO_LAYOUT.search(name):
        date = tokens.date() or NO_DATE
        return _GO_LAYOUT.sub(lambda m: _GO_FIELDS[m[0]](date), name)
    return None


def _sections(tokens: Tokens) -> tuple[str, ...]:
    return tokens.sections


def _section_slugs(tokens: Tokens) -> tuple[str, ...]:
    return tuple(tokens.url(slug or title) for slug, title in tokens.section_slugs())


_TEXTS: Mapping[str, Callable[[Tokens], str]] = {
    "title": lambda t: t.url(t.title),
    "slug": lambda t: t.url(t.slug or t.title),
    "filename": lambda t: t.url(t.file_name),
    "slugorfilename": lambda t: t.url(t.slug or t.file_name),
    "contentbasename": lambda t: t.url(t.content_base_name),
    "slugorcontentbasename": lambda t: t.url(t.slug or t.content_base_name),
    "section": lambda t: t.section,
    "sections": lambda t: "/".join(t.sections),
    "sectionslug": lambda t: (_section_slugs(t) or ("",))[0],
    "sectionslugs": lambda t: join(*_section_slugs(t)),
}
_DATES: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda d: str(d.year),
    "month": lambda d: f"{d.month:02}",
    "monthname": lambda d: _MONTHS[d.month - 1],
    "day": lambda d: f"{d.day:02}",
    "weekday": lambda d: str((d.weekday() + 1) % 7),
    "weekdayname": lambda d: _DAYS[d.weekday()],
    "yearday": lambda d: str(d.timetuple().tm_yday),
}
_GO_FIELDS: Mapping[str, Callable[[datetime], str]] = {
    "January": lambda d: _MONTHS[d.month - 1],
    "Jan": lambda d: _MONTHS[d.month - 1][:3],
    "Monday": lambda d: _DAYS[d.weekday()],
    "Mon": lambda d: _DAYS[d.weekday()][:3],
    "MST": lambda d: d.tzname() or "UTC",
    "002": lambda d: f"{d.timetuple().tm_yday:03}",
    "__2": lambda d: f"{d.timetuple().tm_yday:3}",
    "01": lambda d: f"{d.month:02}",
    "02": lambda d: f"{d.day:02}",
    "03": lambda d: f"{(d.hour - 1) % 12 + 1:02}",
    "04": lambda d: f"{d.minute:02}",
    "05": lambda d: f"{d.second:02}",
    "06": lambda d: f"{d.year % 100:02}",
    "15": lambda d: f"{d.hour:02}",
    "1": lambda d: str(d.month),
    "2006": lambda d: f"{d.year:04}",
    "2": lambda d: str(d.day),
    "_2": lambda d: f"{d.day:2}",
    "3": lambda d: str((d.hour - 1) % 12 + 1),
    "4": lambda d: str(d.minute),
    "5": lambda d: str(d.second),
    "PM": lambda d: "AM" if d.hour < 12 else "PM",
    "pm": lambda d: "am" if d.hour < 12 else "pm",
}


def _cut(items: tuple[str, ...], spec: str) -> tuple[str, ...]:
    """`[1]`, `[last]`, `[1:]`, `[:last]`… of a list; what lies outside is nothing."""
    low, colon, high = spec.strip("[]").lower().partition(":")
    if not items:
        return ()
    start = _index(low, items, 0)
    if start is None:
        return ()
    if not colon:
        return items[start : start + 1]
    end = _index(high, items, len(items))
    return items[start : len(items) if end is None else end]


def _index(word: str, items: tuple[str, ...], default: int) -> int | None:
    if not word:
        return default
    if word == "last":
        return len(items) - 1
    number = int(word) if word.isdecimal() else 0
    return number if number < len(items) else None

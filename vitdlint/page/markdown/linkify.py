"""Bare URLs and mail addresses in text, exactly those that goldmark's linkify extension turns into links."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...core.lazy_re import lazy_re

_PATH = r"""[-a-zA-Z0-9@:%_+.~#$!?&/=();,'">^{}\[\]`]*"""
_URL = lazy_re(rf"(?:https?|ftp)://[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+(?::[0-9]+)?(?:[/#?]{_PATH})?")
_WWW = lazy_re(
    rf"www\.[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+(?:[/#?]{_PATH.replace('$', '')})?",
)
_SCHEME_END = lazy_re("://")
"""As an expression, since `str.find` is slow for needles of two or three characters."""
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_DOMAIN = lazy_re(rf"{_LABEL}(?:\.{_LABEL})*")
_ENTITY_TAIL = lazy_re(r"&[a-zA-Z0-9]+;\Z")
_TAIL = "?!.,:*_~"

_MAIL_CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-./=?^_`{|}~"
)


def candidates(source: str, is_text: Callable[[int], bool], start: int = 0) -> Iterator[tuple[int, int]]:
    """What would be a bare link if goldmark came to look there, as spans from left to right.

    It looks only at the start of a line, after certain characters and constructs, and never within brackets: that is
    for the caller to know. Spans of one mail address may begin at several places; the first that is looked at counts.
    `is_text`: whether an offset is worth a look; it is asked again when the turn comes.
    """
    line_end = -1
    for at in sorted(_signs(source, is_text, start)):
        if not is_text(at):
            continue  # by now it is part of a link
        if at > line_end:  # a line may hold all of them
            line_end = source.find("\n", at)
            if line_end < 0:
                line_end = len(source)
        if source[at] == "@":
            stop = _mail_end(source, at, line_end)
            if stop is None:
                continue
            begin = at
            while begin > start and source[begin - 1] in _MAIL_CHARACTERS:
                begin -= 1
            for place in range(begin, at):
                if source[place].isalnum():
                    yield place, _trimmed(source, place, stop)
        else:
            url = (_WWW if source[at] == "w" else _URL).match(source, at, line_end)
            if url is not None:
                yield at, _url_end(source, at, _trimmed(source, at, url.end()))


def _signs(source: str, is_text: Callable[[int], bool], start: int) -> list[int]:
    """Where in text a scheme, a `www.` or an `@` is; most pages have few of them."""
    found: list[int] = []
    for colon in _SCHEME_END.finditer(source, start):
        at = colon.start()
        # Nothing but text ends between a scheme and its colon, and most of the colons are in targets and tags.
        if is_text(at):
            schemes = [at - len(s) for s in ("http", "https", "ftp") if source.endswith(s, start, at)]
            found += filter(is_text, schemes)
    for sign in ("www.", "@"):
        at = source.find(sign, start)
        while at >= 0:
            if is_text(at):
                found.append(at)
            at = source.find(sign, at + len(sign))
    return found


def _trimmed(source: str, start: int, stop: int) -> int:
    while stop - 1 > start and source[stop - 1] in _TAIL:
        stop -= 1
    return stop


def _url_end(source: str, start: int, stop: int) -> int:
    last = source[stop - 1]
    if last == ")":
        surplus = source.count(")", start, stop) - source.count("(", start, stop)
        return stop - max(surplus, 0)
    if last == ";" and (tail := _ENTITY_TAIL.search(source[start:stop])) is not None:
        return start + tail.start()
    return stop


def _mail_end(source: str, at: int, line_end: int) -> int | None:
    """Where the address with its `@` at `at` ends, if it has a domain with a dot in it."""
    domain = _DOMAIN.match(source, at + 1, line_end)
    if domain is None:
        return None
    stop = domain.end()
    if "." not in domain[0][:-1]:
        return None
    return None if stop < line_end and source[stop] in "-_" else stop

"""Bare URLs and mail addresses in text, exactly those that goldmark's linkify extension turns into links."""

from __future__ import annotations

import re

_PATH = r"""[-a-zA-Z0-9@:%_+.~#$!?&/=();,'">^{}\[\]`]*"""
_URL = re.compile(rf"(?:https?|ftp)://[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+(?::[0-9]+)?(?:[/#?]{_PATH})?")
_WWW = re.compile(
    rf"www\.[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+(?:[/#?]{_PATH.replace('$', '')})?",
)
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MAIL = re.compile(rf"[a-zA-Z0-9!#$%&'*+\-./=?^_`{{|}}~]+@{_LABEL}(?:\.{_LABEL})*")
_ENTITY_TAIL = re.compile(r"&[a-zA-Z0-9]+;\Z")
_TAIL = "?!.,:*_~"

CANDIDATE = re.compile(r"(?:https?|ftp)://|www\.|@")
"""What a bare link must contain: the beginning of a URL, or the `@` of a mail address."""

MAIL_CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-./=?^_`{|}~"
)
"""What may stand before the `@`."""


def match(source: str, start: int, end: int) -> int | None:
    """Where the link that begins at `start` ends, or None if none begins there; `end` is the end of the line.

    The caller knows whether one may begin there at all.
    """
    first = source[start]
    url = None
    if first in "hf":
        url = _URL.match(source, start, end)
    elif first == "w":
        url = _WWW.match(source, start, end)
    stop = _mail_end(source, start, end) if url is None else _url_end(source, start, url.end())
    if stop is None:
        return None
    while stop - 1 > start and source[stop - 1] in _TAIL:
        stop -= 1
    return stop


def _url_end(source: str, start: int, stop: int) -> int:
    last = source[stop - 1]
    if last == ".":
        return stop - 1
    if last == ")":
        surplus = source.count(")", start, stop) - source.count("(", start, stop)
        return stop - max(surplus, 0)
    if last == ";" and (tail := _ENTITY_TAIL.search(source[start:stop])) is not None:
        return start + tail.start()
    return stop


def _mail_end(source: str, start: int, end: int) -> int | None:
    if not source[start].isalnum():
        return None
    found = _MAIL.match(source, start, end)
    if found is None:
        return None
    stop = found.end()
    if "." not in source[source.index("@", start) : stop - 1]:
        return None
    return None if source[stop : stop + 1] in {"-", "_"} and stop < end else stop

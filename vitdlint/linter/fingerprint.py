"""What a finding is about, without line numbers: the same finding after the page around it has moved, or a new one.

A fingerprint is the normalised text that the finding points at. A stretch too short to distinguish findings (the
opening brace of a front matter that lacks two keys) is helped by the first thing that the message quotes. Together
with file, rule and an ordinal among equals it identifies a finding. One about a page as a whole is about no stretch of it:
its title may be fixed, and it is the same finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from ..core.model import Diagnostic

LONG = 80
"""Characters; a longer stretch is cut and identified by a digest, so that a baseline stays readable."""

Identity = TypeVar("Identity", bound=Hashable)

_QUOTED = re.compile(r'"([^"]+)"')


def fingerprint(diagnostic: Diagnostic, text: str | None, *, early: bool = False) -> str:
    """What the finding is about; `text` is its file's, None if it cannot be had.

    `early` gives what vitdlint 0.1.0 wrote for a finding about a page as a whole.
    """
    if diagnostic.of_page and not early:
        return "page"
    place = diagnostic.place
    stretch = "" if text is None else text[place.start : place.end]
    about = " ".join(stretch.split())
    if len(about) < 3:
        quoted = _QUOTED.search(diagnostic.message)
        about = f"{about} {quoted[1] if quoted else diagnostic.cause or ''}".strip()
    if len(about) <= LONG:
        return about
    digest = blake2b(about.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{about[: LONG // 2]}… {digest}"


def fingerprinted(
    diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with its fingerprint; a file's text is asked for once while its diagnostics are together."""
    text = lru_cache(maxsize=4)(text_of)
    for diagnostic in diagnostics:
        yield diagnostic, fingerprint(diagnostic, text(diagnostic.place.path))


def identified(
    diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with 32 hexadecimal digits of its own: file, rule, fingerprint and ordinal."""
    seen: dict[tuple[str, str, str], int] = {}
    for diagnostic, about in fingerprinted(diagnostics, text_of):
        key = (diagnostic.place.path, diagnostic.code, about)
        seen[key] = seen.get(key, 0) + 1
        whole = "\0".join((*key, str(seen[key])))
        yield diagnostic, blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def new_and_gone(
    old: Counter[Identity], found: Iterable[tuple[Identity, Diagnostic]]
) -> tuple[tuple[Diagnostic, ...], Counter[Identity]]:
    """The findings that are new (of equal ones the last) and how many of each old one are gone."""
    left = Counter(old)
    new = []
    for identity, diagnostic in found:
        if left[identity]:
            left[identity] -= 1
        else:
            new.append(diagnostic)
    return tuple(new), +left

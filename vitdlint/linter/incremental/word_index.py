"""Which pages ask for a word (see `words.py`), as it is stored: in parts, of which an edit reads those of its words."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Collection, Iterable, Mapping

_PARTS = 1024

WordIndex = tuple[bytes, ...]
"""The parts; in each the numbers of the pages that ask for a word, by word."""


def word_index(pages: Iterable[Collection[str]]) -> WordIndex:
    """The index of the words that each page asks for; pages are counted from 0."""
    return with_words(tuple(map(_stored, [{}] * _PARTS)), dict(enumerate(pages)))


def with_words(index: WordIndex, pages: Mapping[int, Collection[str]]) -> WordIndex:
    """The index after these pages ask for these words too."""
    found: dict[str, list[int]] = {}
    for number, own in pages.items():
        for word in own:
            found.setdefault(word, []).append(number)
    parts: dict[int, dict[str, tuple[int, ...]]] = {}
    for word, numbers in found.items():
        at = _part(word)
        if at not in parts:
            parts[at] = _read(index[at])
        part = parts[at]
        part[word] = tuple(sorted({*part.get(word, ()), *numbers}))
    return tuple(_stored(parts[at]) if at in parts else part for at, part in enumerate(index))


def asking(index: WordIndex, wanted: Iterable[str]) -> set[int]:
    """The pages that ask for any of these words."""
    opened: dict[int, Mapping[str, tuple[int, ...]]] = {}
    found: set[int] = set()
    for word in wanted:
        at = _part(word)
        if at not in opened:
            opened[at] = _read(index[at])
        found.update(opened[at].get(word, ()))
    return found


def _part(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % _PARTS


def _stored(part: Mapping[str, tuple[int, ...]]) -> bytes:
    return pickle.dumps(part, pickle.HIGHEST_PROTOCOL)


def _read(part: bytes) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = pickle.loads(part)  # noqa: S301  # our own bytes
    return found

"""Which pages ask for a word (see `words.py`), as it is stored: in parts, of which an edit reads those of its words."""

from __future__ import annotations

import pickle
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

_PARTS = 1024

WordIndex = tuple[bytes, ...]
"""The parts."""
_Part = dict[str, list[int]]
"""The numbers of the pages that ask for a word, by word."""


def word_index(pages: Iterable[Collection[str]]) -> WordIndex:
    """The index of the words that each page asks for; pages are counted from 0."""
    parts: list[_Part] = [{} for _ in range(_PARTS)]
    for word, numbers in _by_word(enumerate(pages)).items():
        parts[_part(word)][word] = numbers
    return tuple(map(_stored, parts))


def with_words(index: WordIndex, pages: Mapping[int, Collection[str]]) -> WordIndex:
    """The index after these pages ask for these words too."""
    parts: dict[int, _Part] = {}
    for word, numbers in _by_word(pages.items()).items():
        at = _part(word)
        if at not in parts:
            parts[at] = _read(index[at])
        parts[at][word] = sorted({*parts[at].get(word, ()), *numbers})
    return tuple(_stored(parts[at]) if at in parts else part for at, part in enumerate(index))


def asking(index: WordIndex, wanted: Iterable[str]) -> set[int]:
    """The pages that ask for any of these words."""
    opened: dict[int, _Part] = {}
    found: set[int] = set()
    for word in wanted:
        at = _part(word)
        if at not in opened:
            opened[at] = _read(index[at])
        found.update(opened[at].get(word, ()))
    return found


def _part(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % _PARTS


def _by_word(pages: Iterable[tuple[int, Collection[str]]]) -> _Part:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in pages:
        for word in own:
            found[word].append(number)
    return found


def _stored(part: _Part) -> bytes:
    return pickle.dumps(part, pickle.HIGHEST_PROTOCOL)


def _read(part: bytes) -> _Part:
    found: _Part = pickle.loads(part)  # noqa: S301  # our own bytes
    return found

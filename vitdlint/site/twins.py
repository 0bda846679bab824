"""Pages whose names or titles are nearly the same. Nothing here compares every page with every other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..hugo.publication import Output
from .suggest import is_slip, likeness, name_of
from .targets import decode

_SHORTEST = 12
"""Shorter names are often alike by chance ("sun", "son")."""
_ALIKE = 96
"""Measured on real titles: from this similarity on (of 100) every pair was the same subject; below, some were not."""
_WORD = re.compile(r"[^\W_]+")


class _Name(NamedTuple):
    page: Output
    words: tuple[str, ...]


def twins(pages: Iterable[Output], is_empty: Callable[[Output], bool]) -> Iterator[tuple[Output, Output]]:
    """Pairs of regular pages of one folder and language whose slugs differ by a slip, in the order of paths.

    A short word more is a slip only if one of the two pages is empty.
    """
    joined: dict[tuple[str, str, str], Output] = {}
    names: list[_Name] = []
    for page in pages:
        name = name_of(decode(page.url))
        if page.kind != "page" or len(name) < _SHORTEST:
            continue
        words = tuple(w.removesuffix("s") for w in _WORD.findall(name))
        other = joined.setdefault((*_place(page), "".join(words)), page)
        if other is not page:
            # The very same name is another matter: dated permalinks tell such pages apart.
            if name_of(decode(other.url)) != name:
                yield other, page
        else:
            names.append(_Name(page, words))
    for one, two, left, right in _near(names):
        if _without(one.words, left) != _without(two.words, right):
            continue
        extra = left or right if not (left and right) else ""
        if (left and right and is_slip(left, right)) or (
            extra and len(extra) <= 2 and extra.isalpha() and is_empty(one.page) != is_empty(two.page)
        ):
            yield one.page, two.page


def alike(titles: Sequence[tuple[str, Output]]) -> Iterator[tuple[Output, Output]]:
    """Pairs of one folder and language whose titles hold the same words but for a slip or one word more."""
    names = [_Name(page, tuple(sorted(_WORD.findall(title.casefold())))) for title, page in titles]
    for one, two, left, right in _near(names):
        if left and right and not is_slip(left, right):
            continue
        if any(c.isdecimal() for c in left + right):
            continue
        if likeness(" ".join(one.words), " ".join(two.words)) >= _ALIKE:
            yield one.page, two.page


def _near(names: Iterable[_Name]) -> Iterator[tuple[_Name, _Name, str, str]]:
    """Pairs that have all words in common but at most one each, with those words ('' for none).

    The words of a name are added up by their hashes, so that taking one away is a subtraction; equal sums meet in one
    bin. Which pairs meet does not depend on the hashes, as the words are compared in the end.
    """
    bins: dict[int, list[tuple[_Name, str]]] = {}
    seen: set[tuple[str, str]] = set()
    for name in names:
        total = hash(_place(name.page)) + sum(map(hash, name.words))
        for word in {"", *name.words}:
            key = total - hash(word)
            others = bins.get(key)
            if others is None:
                bins[key] = [(name, word)]
                continue
            for other, other_word in others:
                pair = (other.page.url, name.page.url)
                if pair[0] == pair[1] or pair in seen or _place(other.page) != _place(name.page):
                    continue
                if sorted(_without(other.words, other_word)) == sorted(_without(name.words, word)):
                    seen.add(pair)
                    yield other, name, other_word, word
            others.append((name, word))


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    if not word:
        return words
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _place(page: Output) -> tuple[str, str]:
    return page.language, page.logical.rpartition("/")[0]

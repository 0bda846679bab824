"""Pages whose names or titles are nearly the same. Nothing here compares every page with every other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..hugo.publication import Output
from ..hugo.space import SiteKey
from .suggest import is_slip, likeness, longest, name_of
from .targets import decode

_SHORTEST = 12
"""Shorter names are often alike by chance ("sun", "son")."""
_ALIKE = 96
"""Measured on real titles: from this similarity on (of 100) every pair was the same subject; below, some were not."""
_FEW = 16
"""Names that differ in one word are compared one by one up to so many; of more only those whose words could be slips."""
_MOST = 50
"""Of those no more: so many words that are nearly the same are a series."""
_BEGINNING = 12
"""Letters of a word, after its first, by which its slips are found."""
_WORD = re.compile(r"[^\W_]+")
_TITLE_WORD = re.compile(r"[^\W_]+[+#]*")
"""C, C++ and C# are different subjects."""


_CODE = lazy_re(r"\w[._(]+\w|\w\(")


class _Name(NamedTuple):
    page: Output
    place: tuple[SiteKey, str]
    """Site and folder."""
    words: tuple[str, ...]


def twins(pages: Iterable[Output], is_empty: Callable[[Output], bool]) -> Iterator[tuple[Output, Output]]:
    """Pairs of regular pages of one folder and language whose slugs differ by a slip, in the order of paths.

    At least one of the two is empty: pages that both say something are often named alike for a reason (`get-keyspace`,
    `get-keyspaces`). A short word more is a slip only if exactly one is.
    """
    joined: dict[tuple[SiteKey, str, str], Output] = {}
    names: list[_Name] = []
    for page in pages:
        name = name_of(decode(page.url))
        if page.kind != "page" or len(name) < _SHORTEST:
            continue
        words = tuple(_stems(name))
        place = _place(page)
        other = joined.setdefault((*place, "".join(words)), page)
        if other is not page:
            # The very same name is another matter: dated permalinks distinguish such pages.
            if name_of(decode(other.url)) != name and (is_empty(other) or is_empty(page)):
                yield other, page
        else:
            names.append(_Name(page, place, words))
    for one, two, left, right in _near(names):
        if _without(one.words, left) != _without(two.words, right):
            continue
        if not (is_empty(one.page) or is_empty(two.page)):
            continue
        extra = left or right if not (left and right) else ""
        if (left and right) or (
            extra and len(extra) <= 2 and extra.isalpha() and is_empty(one.page) != is_empty(two.page)
        ):
            yield one.page, two.page


def alike(titles: Sequence[tuple[str, Output]]) -> Iterator[tuple[Output, Output]]:
    """Pairs of one folder and language whose titles hold the same words but for a slip or one word more."""
    names = [
        _Name(page, _place(page), tuple(_TITLE_WORD.findall(title.casefold()))) for title, page in titles
    ]
    for one, two, left, right in _near(names):
        if _is_name(left, one.page.title) or _is_name(right, two.page.title):
            continue
        if any(c.isdecimal() for c in left + right) or _numbers(one) != _numbers(two):
            continue
        if likeness(" ".join(sorted(one.words)), " ".join(sorted(two.words))) >= _ALIKE:
            yield one.page, two.page


def near(pages: Iterable[Output], some: Iterable[Output]) -> Iterator[Output]:
    """Those of the pages that could make a pair with one of some, or decide about a pair of it; and others."""
    wanted: dict[tuple[SiteKey, str], tuple[dict[str, _Words], dict[str, _Words]]] = {}
    for page in some:
        if page.kind == "page":
            names, titles = wanted.setdefault(_place(page), ({}, {}))
            for own, text in ((names, name_of(decode(page.url))), (titles, page.title.casefold())):
                own[text] = _Words(text)
    for page in pages:
        if page.kind == "page" and page.state == "published" and (ours := wanted.get(_place(page))):
            names, titles = ours
            if _may_pair(titles, page.title.casefold()) or _may_pair(names, name_of(decode(page.url))):
                yield page


def _may_pair(names: Mapping[str, _Words], text: str) -> bool:
    for words in names.values():  # noqa: SIM110  # hot path: `any` of a generator takes twice as long
        if words.may_pair(text):
            return True
    return False


class _Words:
    """The words of a name or title, compared with others."""

    def __init__(self, text: str) -> None:
        words = _stems(text)
        self._own = frozenset(words)
        self._joined = "".join(words)
        self._first = ("s", self._joined[:1])
        self._longest = longest(self._own, len(self._own))

    def may_pair(self, text: str) -> bool:
        """Whether all words but one without digits are the same, or all letters are."""
        missing = 0
        for word in self._longest:  # hot path: of most texts two of the longest words are missing
            if word not in text:
                missing += 1
                if missing > 1:
                    if text[:1].isalnum() and text[0] not in self._first:
                        return False
                    break
        words = _stems(text)
        theirs = frozenset(words)
        left, right = self._own - theirs, theirs - self._own
        if len(left) <= 1 and len(right) <= 1 and all(map(_may_differ, (*left, *right))):
            return True
        return "".join(words) == self._joined


def _stems(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text)]


def _near(names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name, str, str]]:
    """Pairs that have all words in common but a slip in one, or one word more, with those words ('' for none).

    The words of a name are added up by their hashes, so that taking one away is a subtraction, and names that could be
    near meet in one sum. Which pairs come out does not depend on the hashes, as the words are compared in the end.
    Of several names with the very same words only the first is compared with others. No word with a digit in it is
    taken away: it is never a slip.
    """
    sums: list[list[int]] = []
    once: set[int] = set()
    more: set[int] = set()
    for name in names:
        total = hash(name.place) + sum(map(hash, name.words))
        own = [total, *{total - hash(word) for word in name.words if _may_differ(word)}]
        sums.append(own)
        more.update(once.intersection(own))
        once.update(own)
    bins: dict[tuple[int, str], _Bin] = {}
    first: dict[tuple[tuple[SiteKey, str], tuple[str, ...]], _Name] = {}
    seen: set[tuple[str, str]] = set()
    for name, own in zip(names, sums, strict=True):
        if more.isdisjoint(own):
            continue
        same = first.setdefault((name.place, tuple(sorted(name.words))), name)
        if same.page.url != name.page.url:
            yield same, name, "", ""
            continue
        for word in dict.fromkeys(("", *filter(_may_differ, name.words))):
            rest = own[0] - (hash(word) if word else 0)
            # A slip leaves the first letter; of a name with all its words every letter may begin the other's one more.
            letters = (word[:1], "") if word else ("", "any")
            found = [
                each for letter in letters if (rest, letter) in bins for each in bins[rest, letter].near(word)
            ]
            for other, other_word in found:
                pair = (other.page.url, name.page.url)
                if pair[0] == pair[1] or pair in seen or other.place != name.place:
                    continue
                if other_word and word and not is_slip(other_word, word):
                    continue
                if sorted(_without(other.words, other_word)) == sorted(_without(name.words, word)):
                    seen.add(pair)
                    yield other, name, other_word, word
            for letter in (word[:1], "any") if word else ("",):
                bins.setdefault((rest, letter), _Bin()).add(name, word)


class _Bin:
    """Names without one word each, those words beginning with the same letter."""

    def __init__(self) -> None:
        self._names: list[tuple[_Name, str]] = []
        self._by_slip: dict[str, list[int]] = {}
        """What slips of a word have in common with it -> the names; filled once there are more than a few."""
        self._filed = 0

    def add(self, name: _Name, word: str) -> None:
        self._names.append((name, word))

    def near(self, word: str) -> list[tuple[_Name, str]]:
        """The names whose words could be slips of this one, and maybe others; all if there is no word."""
        if len(self._names) <= _FEW or not word:
            return self._names
        while self._filed < len(self._names):
            for part in _slips(self._names[self._filed][1]):
                self._by_slip.setdefault(part, []).append(self._filed)
            self._filed += 1
        numbers = {number for part in _slips(word) for number in self._by_slip.get(part, ())[:_MOST]}
        return [self._names[number] for number in sorted(numbers)[:_MOST]]


def _slips(word: str) -> set[str]:
    """A word's beginning with up to two letters left out: two words that differ by a slip have one of these in common."""
    letters = word[1 : _BEGINNING + 1]
    one = {letters[:at] + letters[at + 1 :] for at in range(len(letters))}
    two = {part[:at] + part[at + 1 :] for part in one for at in range(len(part))} if len(word) > 6 else ()
    return {letters, *one, *two}


def _may_differ(word: str) -> bool:
    return not any(map(str.isdecimal, word))


def _is_name(word: str, title: str) -> bool:
    """Whether each letter of a word counts, as it has capitals or marks within it: VEXPLAIN, GetSchema, get.schema()."""
    return any(
        found.casefold() == word and (found[1:] != found[1:].lower() or _CODE.search(whole))
        for whole in title.split()
        for found in _TITLE_WORD.findall(whole)
    )


def _numbers(name: _Name) -> list[str]:
    """In their order, as 1.0.1 is not 1.1.0."""
    return [word for word in name.words if word[0].isdecimal()]


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    if not word:
        return words
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _place(page: Output) -> tuple[SiteKey, str]:
    return page.site, page.logical.rpartition("/")[0]

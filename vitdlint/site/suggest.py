"""What is nearest to a target that leads nowhere: exact by other names first, then similar ones that say the same.

Measured on real dead links: a similarity of 90 or more is right nine times in ten once empty pages are left out and
no content word is alone on both sides ("als-…" for "copd-…"); below 90 it is mostly wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, combinations_with_replacement, takewhile
from typing import NamedTuple
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..core.plain import plain
from ..hugo.publication import Output, Publication

_CUTOFF = 90.0
"""How alike two names must be, of 100."""
_TOO_LONG = 255
"""A name of more characters is that of no page: file systems hold no longer one."""
_SENTENCE, _LONG = 4, 25
"""Words and characters of a text that is long enough to be compared with names for its likeness alone."""
_WORD_LENGTH = 5
"""Shorter words that differ mean different things ("mice", "rice")."""
_WORD = re.compile(r"[^\W_]+")
_DATE = lazy_re(
    r"[-_+ –—]+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[-_+ ]+(?:19|20)\d\d$",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    "a an and are as at be by for from in is it its not of on or that the this to was were with".split()  # noqa: SIM905  # a line of words reads better than 25 lines
)


class Candidate(NamedTuple):
    """A page that was probably meant."""

    page: Output
    exact: bool
    """The same name but for case, punctuation and a date at its end; otherwise a similar one."""


class Names(NamedTuple):
    """The names of all published pages that have content. Pages are numbered from 0; see `Index`."""

    keys: dict[str, list[int]]
    """A name or alias without case and punctuation -> its pages."""
    names: list[str]
    pages: list[int]
    """The page of each name."""
    words: dict[str, list[int]]
    """A word -> the names that hold it."""
    ends: dict[str, list[int]]
    """The first and the last of a name's content words in the order of the alphabet -> the names that have these."""
    files: dict[str, str | None]
    """A file's base name in lower case -> the one file of that name."""
    titles: dict[str, list[int]]
    """A title without case and punctuation -> its pages."""


def names_of(publication: Publication) -> Names:
    """The names of a publication's pages and files; pages are numbered as its outputs."""
    found = Names({}, [], [], {}, {}, _by_base_name(publication.files), {})
    for number, output in enumerate(publication.outputs):
        _add(found, number, output)
    return found


def _by_base_name(files: Iterable[str]) -> dict[str, str | None]:
    """See `Names.files`."""
    found: dict[str, str | None] = {}
    for file in files:
        base = file.rpartition("/")[2].lower()
        found[base] = None if base in found else file
    return found


def _is_named(page: Output) -> bool:
    """Whether a page may be suggested."""
    empty = page.empty and not page.text_from and not page.filled
    return page.state == "published" and not empty and not _name(page.url).startswith("test-")


def _keys(page: Output) -> set[str]:
    """What a name or an alias of a page is without case and punctuation; a number alone is none."""
    keys = {plain(_name(url)) for url in (page.url, *(alias.url for alias in page.aliases))}
    return {key for key in keys if key and not key.isdecimal()}


def _merged(table: dict[str, list[int]], more: dict[str, list[int]]) -> dict[str, list[int]]:
    """Both, without changing a list of either."""
    return {**table, **{key: [*table.get(key, ()), *each] for key, each in more.items()}}


def _add(names: Names, number: int, page: Output, others: int = 0) -> None:
    """Add a page to names that so many other names are before."""
    name = _name(page.url)
    if not name or not _is_named(page):
        return
    for key in _keys(page):
        names.keys.setdefault(key, []).append(number)
    if key := plain(page.title):
        names.titles.setdefault(key, []).append(number)
    at = others + len(names.names)
    names.names.append(name)
    names.pages.append(number)
    words = set(_WORD.findall(name))
    for word in words:
        names.words.setdefault(word, []).append(at)
    if content := words - _FILLERS:
        names.ends.setdefault(f"{min(content)} {max(content)}", []).append(at)


class Index:
    """What is nearest to a name; every answer is kept until `forget`.

    What is said of a name depends on each page by itself, so that a page that is added or removed changes only the
    answers for names that are like its own.
    """

    def __init__(self, publication: Publication, names: Names | None = None) -> None:
        self.fresh = names is None
        self.names = names_of(publication) if names is None else names
        self._pages: Sequence[Output] = publication.outputs
        self._gone: frozenset[int] = frozenset()
        self._answers: dict[str, Candidate | None] = {}
        self._titled: dict[str, Candidate | None] = {}
        self._slips: dict[str, list[str]] = {}
        self.asked: set[str] = set()
        """The names for which anything was looked for."""

    def changed(self, publication: Publication, removed: Iterable[Output], added: Iterable[Output]) -> Index:
        """The index of another publication, which has other pages in the place of some."""
        pages, gone = list(self._pages), {id(page) for page in removed}
        missing = self._gone | {number for number, page in enumerate(pages) if id(page) in gone}
        names, more = self.names, Names({}, [], [], {}, {}, _by_base_name(publication.files), {})
        for page in added:
            _add(more, len(pages), page, len(names.names))
            pages.append(page)
        now = Index(
            publication,
            Names(
                _merged(names.keys, more.keys),
                [*names.names, *more.names],
                [*names.pages, *more.pages],
                _merged(names.words, more.words),
                _merged(names.ends, more.ends),
                more.files,
                _merged(names.titles, more.titles),
            ),
        )
        now._gone, now._pages = missing, pages
        return now

    def forget(self) -> None:
        """Forget all answers, and that they were asked for."""
        self._answers.clear()
        self._titled.clear()
        self._slips.clear()
        self.asked.clear()

    def page(self, path: str) -> Candidate | None:
        """The page that a decoded path was probably meant for."""
        name = name_of(path)
        if name not in self._answers:
            self.asked.add(name)
            self._answers[name] = self._find(name)
        found = self._answers[name]
        return self._nearest(name, path) if found is None and len(self._named(plain(name))) > 1 else found

    def titled(self, text: str) -> Candidate | None:
        """The page that has a text as its title or name, but for case and punctuation; a similar one if it is long."""
        if text not in self._titled:
            self.asked.add(text)
            self._titled[text] = self._find_titled(text)
        return self._titled[text]

    def _find_titled(self, text: str) -> Candidate | None:
        key = plain(text)
        if not key.isdecimal():
            titled = self._at(self.names.titles.get(key, ()))
            exact = (titled[0] if len(titled) == 1 else None) if titled else self._exact(key)
            if exact is not None:
                return Candidate(exact, exact=True)
        words = _WORD.findall(text.casefold())
        return self._similar("-".join(words)) if len(text) >= _LONG and len(words) >= _SENTENCE else None

    def file(self, path: str) -> str | None:
        """The one published file with the same base name, whatever its case and folder."""
        return self.names.files.get(path.rpartition("/")[2].lower())

    def _at(self, numbers: Iterable[int]) -> list[Output]:
        return [self._pages[number] for number in numbers if number not in self._gone]

    def _named(self, key: str) -> list[Output]:
        """The pages of a name; only where there is none, the terms."""
        found = self._at(self.names.keys.get(key, ()))
        return [page for page in found if page.kind != "term"] or sorted(found, key=lambda page: page.file)[
            :1
        ]

    def _exact(self, key: str) -> Output | None:
        found = self._named(key)
        return found[0] if len(found) == 1 else None

    def _nearest(self, name: str, path: str) -> Candidate | None:
        """Of several pages of that name the one whose URL has most first folders in common with the path."""
        named = (page for page in self._named(plain(name)) if plain(_name(page.url)) == plain(name))
        near = [(_shared(path.lower(), f"/{page.file.lower()}"), page) for page in named]
        most = max((count for count, _ in near), default=0)
        nearest = [page for count, page in near if count == most]
        return Candidate(nearest[0], exact=False) if most and len(nearest) == 1 else None

    def _find(self, name: str) -> Candidate | None:
        for variant in _variants(name):
            key = plain(variant)
            if key and not key.isdecimal() and (named := self._named(key)):
                return Candidate(named[0], exact=True) if len(named) == 1 else None
        return self._similar(_DATE.sub("", name))

    def _similar(self, name: str) -> Candidate | None:
        """The page whose name is most like a name, and says the same."""
        from rapidfuzz import fuzz, process  # most runs have no dead link to suggest for

        if not 5 <= len(name) <= _TOO_LONG:
            return None
        self.asked.add(name)
        words = set(_WORD.findall(name))
        content = words - _FILLERS
        numbers = [*self._within(content), *self._with_each(content)]
        names = self.names.names
        texts = [names[number] for number in numbers]
        # The most similar name may be one that says something else.
        scores = {
            numbers[at]: score
            for _, score, at in process.extract(
                name, texts, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None
            )
            if self.names.pages[numbers[at]] not in self._gone
        }
        pages = {number: self._pages[self.names.pages[number]] for number in scores}
        for number in sorted(scores, key=lambda at: (-scores[at], names[at], pages[at].url)):
            if _same_subject(words, set(_WORD.findall(names[number]))):
                return Candidate(pages[number], exact=False)
        return None

    def _within(self, content: set[str]) -> Iterator[int]:
        """The names, and some more, whose content words are all among these."""
        for first, last in combinations_with_replacement(sorted(content), 2):
            yield from self.names.ends.get(f"{first} {last}", ())

    def _with_each(self, content: set[str]) -> Iterable[int]:
        """The names, and some more, that have each of these words or a slip of it: those of the rarest word."""
        held = self.names.words
        rarest: list[list[int]] | None = None
        least = len(self.names.names) + 1
        for word in sorted(content, key=lambda word: len(held.get(word, ()))):
            if len(held.get(word, ())) >= least:
                break
            lists = [held[other] for other in self._meant(word)]
            if (count := sum(map(len, lists))) < least:
                rarest, least = lists, count
        return chain.from_iterable(rarest or ())

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """A letter -> the words in names that begin with it and may be meant by a slip."""
        found: dict[str, list[str]] = {}
        for word in filter(_may_slip, self.names.words):
            found.setdefault(word[0], []).append(word)
        return found

    def _meant(self, word: str) -> list[str]:
        """Of the words in names this one and those that it may be a slip of."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # as above

        if not _may_slip(word):
            return [word] if word in self.names.words else []
        if word not in self._slips:
            same = self._by_letter.get(word[0], ())
            found = process.extract(
                word, same, scorer=OSA.distance, score_cutoff=_most_slips(word), limit=None
            )
            self._slips[word] = [other for other, _, _ in found]
        return self._slips[word]


def names_like(sought: Sequence[str], pages: Iterable[Output]) -> Iterator[str]:
    """Of the names that pages were looked for by those for which one of these pages may be suggested."""
    pages = [page for page in pages if _is_named(page)] if sought else []
    if not pages:
        return
    from rapidfuzz import fuzz, process  # as above

    keys = {key for page in pages for key in (*_keys(page), plain(page.title))}
    letters = {key[:1] for key in keys}
    for name in sought:
        # Of few names more than the first letter has to be looked at.
        first = name[:1].lower()
        if first not in letters and first.isascii() and first.isalnum():
            continue
        if any(plain(variant) in keys for variant in _variants(name)):
            yield name
    for page in pages:
        own = _name(page.url)
        for name, _, _ in process.extract(own, sought, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None):
            yield name


def _variants(name: str) -> tuple[str, ...]:
    """A name, and what it is without a date at its end."""
    return tuple(dict.fromkeys((name, _DATE.sub("", name))))


def longest(words: Iterable[str], count: int) -> list[str]:
    """So many of the words, the longest first."""
    return sorted(words, key=lambda word: (-len(word), word))[:count]


def name_of(path: str) -> str:
    """The last segment of a decoded path, in lower case, without `.html` and without `index.html`."""
    path = path.lower().rstrip("/").removesuffix("/index.html")
    return path.rpartition("/")[2].removesuffix(".html").removesuffix(".htm")


def _name(url: str) -> str:
    return name_of(unquote(url))


def _shared(one: str, other: str) -> int:
    """How many first folders two paths have in common."""
    pairs = zip(one.split("/")[1:], other.split("/")[1:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _same_subject(ours: set[str], theirs: set[str]) -> bool:
    """Whether no content word of one name is without a counterpart while one of the other is, too."""
    left, right = ours - theirs - _FILLERS, theirs - ours - _FILLERS
    if not left or not right:
        return True
    return all(any(is_slip(a, b) for b in right) for a in left)


def _may_slip(word: str) -> bool:
    """Whether another word may be a slip of a word's."""
    return len(word) >= _WORD_LENGTH and not any(map(str.isdecimal, word))


def _most_slips(word: str) -> int:
    """How many slips of the finger a word may have."""
    return 1 if len(word) < 9 else 2


@lru_cache(maxsize=1 << 10)
def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by a slip of the finger rather than in meaning."""
    from rapidfuzz.distance import OSA  # only pages with nearly the same name ask

    if one == other or one[:1] != other[:1] or not _may_slip(one) or not _may_slip(other):
        return one == other
    return OSA.distance(one, other) <= _most_slips(one)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, of 100."""
    from rapidfuzz import fuzz  # only a few rules ask

    return fuzz.ratio(one, other)

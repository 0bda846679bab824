"""What is nearest to a target that leads nowhere: exact by other names first, then similar ones that say the same.

Measured on real dead links: a similarity of 90 or more is right nine times in ten once empty pages are left out and
no content word stands alone on both sides ("als-…" for "copd-…"); below 90 it is mostly wrong.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from ..hugo.publication import Output, Publication

_CUTOFF = 90.0
_RARE = 3
"""How many of a name's rarest words choose the names to compare with."""
_SHORT = 24
"""Names up to this length are compared with all of about their length: one mistyped word may be all they have."""
_WORD_LENGTH = 5
"""Shorter words that differ mean different things ("mice", "rice")."""
_WORD = re.compile(r"[^\W_]+")
_DATE = re.compile(
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


class Index:
    """The names of all published pages that have content; every answer is remembered."""

    def __init__(self, publication: Publication) -> None:
        self._keys: dict[str, Output | None] = {}
        self._names: list[str] = []
        self._pages: list[Output] = []
        self._words: dict[str, list[int]] = {}
        self._short: dict[int, list[int]] = {}
        self._answers: dict[str, Candidate | None] = {}
        self._files: dict[str, str | None] = {}
        for output in publication.outputs:
            if output.state == "published" and not output.blank:
                self._add(output)
        for file in publication.files:
            base = file.rpartition("/")[2].lower()
            self._files[base] = None if base in self._files else file

    def page(self, path: str) -> Candidate | None:
        """The page that a decoded path was probably meant for."""
        name = name_of(path)
        if name not in self._answers:
            self._answers[name] = self._find(name)
        return self._answers[name]

    def file(self, path: str) -> str | None:
        """The one published file with the same base name, whatever its case and folder."""
        return self._files.get(path.rpartition("/")[2].lower())

    def _add(self, output: Output) -> None:
        name = name_of(unquote(output.url))
        if not name or name.startswith("test-"):
            return
        for other in {name, *(name_of(unquote(a.url)) for a in output.aliases)}:
            key = _key(other)
            if key and not key.isdecimal():
                # Of a page and a term of the same name the page is meant; of two pages nobody knows which.
                known = self._keys.get(key)
                if key not in self._keys or (known is not None and known.kind == "term" != output.kind):
                    self._keys[key] = output
                elif known is not output and output.kind != "term":
                    self._keys[key] = None
        number = len(self._names)
        self._names.append(name)
        self._pages.append(output)
        for word in set(_WORD.findall(name)):
            self._words.setdefault(word, []).append(number)
        if len(name) <= _SHORT:
            self._short.setdefault(len(name), []).append(number)

    def _find(self, name: str) -> Candidate | None:
        for variant in dict.fromkeys((name, _DATE.sub("", name))):
            key = _key(variant)
            if key and not key.isdecimal():
                exact = self._keys.get(key)
                if exact is not None:
                    return Candidate(exact, exact=True)
        return self._similar(_DATE.sub("", name))

    def _similar(self, name: str) -> Candidate | None:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # most runs have no dead link to suggest for

        if len(name) < 5:
            return None
        words = set(_WORD.findall(name))
        known = sorted((w for w in words if w in self._words), key=lambda w: (len(self._words[w]), w))
        pool: set[int] = set()
        for word in known[:_RARE]:
            pool.update(self._words[word])
        if len(name) <= _SHORT:
            for length in range(len(name) - 2, len(name) + 3):
                pool.update(self._short.get(length, ()))
        # `extract` and not `extractOne`: the most similar name may be one that says something else.
        choices = {number: self._names[number] for number in sorted(pool)}
        for other, _score, number in process.extract(
            name, choices, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=5
        ):
            if _same_subject(words, set(_WORD.findall(other))):
                return Candidate(self._pages[number], exact=False)
        return None


def name_of(path: str) -> str:
    """The last segment of a decoded path, in lower case, without `.html` and without `index.html`."""
    path = path.lower().rstrip("/").removesuffix("/index.html")
    return path.rpartition("/")[2].removesuffix(".html").removesuffix(".htm")


def _key(name: str) -> str:
    return "".join(_WORD.findall(name.casefold()))


def _same_subject(ours: set[str], theirs: set[str]) -> bool:
    """Whether no content word of one name is without a counterpart while one of the other is, too."""
    left, right = ours - theirs - _FILLERS, theirs - ours - _FILLERS
    if not left or not right:
        return True
    return all(any(is_slip(a, b) for b in right) for a in left)


@cache
def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by a slip of the finger rather than in meaning."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only pages with nearly the same name ask

    if one == other or one[:1] != other[:1] or any(c.isdecimal() for c in one + other):
        return one == other
    if min(len(one), len(other)) < _WORD_LENGTH:
        return False
    if one.removesuffix("s") == other.removesuffix("s"):
        return True
    return OSA.distance(one, other) <= (1 if len(one) < 9 else 2)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, of 100."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # only a few rules ask

    return fuzz.ratio(one, other)

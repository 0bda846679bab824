"""Pages whose names are nearly the same. Nothing here compares every page with every other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ..hugo.publication import Output
from .suggest import name_of
from .targets import decode

_SHORTEST = 12
"""Shorter names are often alike by chance ("sun", "son")."""
_WORD_LENGTH = 5
_WORD = re.compile(r"[^\W_]+")


def twins(pages: Iterable[Output]) -> Iterator[tuple[Output, Output]]:
    """Pairs of regular pages of one folder and language whose slugs differ by a slip, in the order of paths.

    Two slugs that differ in one word share what is left without it, so each slug is filed under every such rest.
    """
    seen: set[tuple[str, str]] = set()
    rests: dict[tuple[str, ...], list[tuple[Output, str]]] = {}
    for page in pages:
        name = name_of(decode(page.url))
        if page.kind != "page" or len(name) < _SHORTEST:
            continue
        words = name.split("-")
        folder = page.logical.rpartition("/")[0]
        place = (page.language, folder)
        keys: list[tuple[str, ...]] = [(*place, "joined", name.replace("-", ""))]
        keys += [
            (*place, str(i), *words[:i], "\n", *words[i + 1 :]) for i in range(len(words)) if len(words) > 1
        ]
        if len(words) == 1:
            keys.append((*place, "word", name[:_WORD_LENGTH]))
        for key in keys:
            word = "" if key[2] == "joined" else name if key[2] == "word" else words[int(key[2])]
            for other, other_word in rests.get(key, ()):
                pair = (other.url, page.url)
                if pair not in seen and (not word or is_slip(other_word, word)):
                    seen.add(pair)
                    yield other, page
            rests.setdefault(key, []).append((page, word))


def alike(titles: Sequence[tuple[str, Output]]) -> Iterator[tuple[Output, Output]]:
    """Pairs whose titles hold the same words but for one slip, whatever their order."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # only the rule about titles asks

    seen: set[tuple[str, str]] = set()
    rests: dict[tuple[str, ...], list[tuple[str, Output, str]]] = {}
    for title, page in titles:
        words = sorted(_WORD.findall(title.casefold()))
        plain = " ".join(words)
        place = (page.language, page.logical.rpartition("/")[0])
        keys = {(*place, plain): ""} | {
            (*place, *words[:i], "\n", *words[i + 1 :]): w for i, w in enumerate(words)
        }
        for key, word in keys.items():
            for other_plain, other, other_word in rests.get(key, ()):
                pair = (other.url, page.url)
                if pair in seen or (word and not is_slip(other_word, word)):
                    continue
                if fuzz.ratio(plain, other_plain) >= 96:
                    seen.add(pair)
                    yield other, page
            rests.setdefault(key, []).append((plain, page, word))


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

"""By which words pages ask for others: whoever asks for a word is checked again if what has that word changes.

A word is the last part of a path, or a name, without case, punctuation and extension. Whatever finds a page or a file for
a link does so by its last part, so that a link and all that it may lead to have a word in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from ...core.plain import plain
from ...hugo.publication import Output
from ...page.page import Facts
from ...site.answers import Target
from ...site.links import Links
from ...site.named_files import named_files

_INDEX = re.compile(r"_?index(?:\.[^/]*)?\Z", re.IGNORECASE)


@lru_cache(maxsize=1 << 10)
def words(text: str) -> tuple[str, ...]:
    """The words of a path or name, with and without what may be its extension."""
    return tuple(set(map(plain, _parts(text))))


def _parts(text: str) -> set[str]:
    """The last part of a path or name, with and without what may be its extension."""
    text = unquote(text) if "%" in text else text
    last = text.rstrip("/").rpartition("/")[2]
    while last and last[:1] in "_iI" and _INDEX.match(last):
        text = text.rstrip("/")[: -len(last)]
        last = text.rstrip("/").rpartition("/")[2]
    if "." not in last:
        return {last}
    return {last, last.partition(".")[0] or last, last.rpartition(".")[0] or last}


def named(text: str) -> str:
    """The word of a name as a whole, with all its slashes."""
    return plain(unquote(text) if "%" in text else text)


def words_of(page: Output) -> set[str]:
    """The words by which a page is found: of its URL, its aliases, its file, its logical path and its title."""
    found = {named(text) for text in (page.title, page.term) if text}
    for text in filter(None, (page.url, page.file, page.logical, page.path, *page.host_aliases)):
        found.update(words(text))
    for alias in page.aliases:
        found.update((*words(alias.url), *words(alias.file)))
    return found


def asked_by(facts: Facts) -> Iterator[str]:
    """The words that a page asks for by its front matter and by what may be meant as links; see `asked`."""
    for link in facts.reversed_links:
        yield from _of_target(link.target)
    for wiki in facts.wiki_links:
        yield named(wiki.name)
    yield from unique_values(facts)
    for keyword, _key, _pointer, value in facts.values:
        if keyword.startswith("x-reference"):
            yield from _of_target(value)
    for each in facts.asked:
        if each.keyword.startswith("x-reference"):
            yield from _of_target(each.value)
    for file in named_files(facts.front):
        yield from words(file.value)


def unique_values(facts: Facts) -> Iterator[str]:
    """The words for the values of a page that must be unique: a page has them and asks for them."""
    return (f"={key}={value}" for keyword, key, _, value in facts.values if keyword.startswith("x-unique"))


def key_word(key: str) -> str:
    """The word for a key of front matter in lower case."""
    return f"?{key}"


@lru_cache(maxsize=1 << 10)
def _of_target(target: str) -> tuple[str, ...]:
    """The words of a link's target: of its path, of what its query names, and of the whole, as a `#` may be part of a name."""
    path, mark, rest = target.partition("#")
    path, question, query = path.partition("?")
    found = {*words(path), named(path)}
    if mark or question:
        found.update((*words(target), *words(f"{path}{mark}{rest}")))
        found.update(word for _, value in parse_qsl(query) for word in words(value))
    return tuple(found)


def asked(links: Links, keys: Iterable[str]) -> dict[str, set[str]]:
    """The words that each page of these links asks for.

    `keys` are keys of front matter: each page that has one asks for it.
    """
    found: dict[str, set[str]] = {path: set() for path in links.pages}
    known: dict[tuple[str, str, str, str], tuple[str, ...]] = {}
    for page, link, target in links.all:
        if (target.status == "external" and not target.path) or page.path is None:
            continue
        key = (link.target, target.url, target.path, target.file)
        if key not in known:
            known[key] = tuple({*_of_target(link.target), *map(plain, _of_answer(target))})
        found[page.path].update(known[key])
    wanted = frozenset(keys)
    for path, facts in links.pages.items():
        found[path].update(asked_by(facts))
        if wanted:
            found[path].update(key_word(key.lower()) for key in facts.front.data if key.lower() in wanted)
    return found


def _of_answer(target: Target) -> set[str]:
    """The parts whose words are those of what a link leads to, and of what it asks for."""
    page = target.page
    texts = (target.url, target.path, target.file, *((page.logical, page.path) if page is not None else ()))
    return {part for text in texts if text for part in _parts(text)}

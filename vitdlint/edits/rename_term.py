"""Rename a taxonomy term on every page that has it, with the links to its page. Plans only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from ..files.tree import Tree
from ..frontmatter.block import FrontMatter, Pointer
from ..frontmatter.edit import NoEditError, with_value
from ..frontmatter.places import written
from ..frontmatter.read import read
from ..frontmatter.write import removal
from ..hugo.names import logical
from ..hugo.publication import Output
from ..hugo.space import SiteKey
from ..page.page import Facts
from ..site.links import Links
from ..site.relink import goal_of, relink
from ..site.site import Site
from ..site.targets import as_written
from .move_page import MoveError, prove
from .move_references import rewritten
from .term_references import Renamed, mentions

LinksWith = Callable[[Mapping[str, str]], Links]
"""The links of the site with other texts of some files."""


class Term(NamedTuple):
    """A term of a taxonomy, in the language of a page."""

    taxonomy: str
    """The plural, as the configuration writes it."""
    key: str
    """Hugo's identity of the term: lower case, each space a hyphen."""
    language: str


def term_at(site: Site, path: str, front: FrontMatter, pointer: Pointer) -> Term | None:
    """The term that a value in a page's front matter is; the keys of the pointer are as written."""
    output = site.addresses.outputs.get(path)
    if output is None:
        return None
    for term, found in _terms(site, output, front):
        if found == pointer:
            return term
    return None


def plan(before: Links, term: Term, name: str, tree: Tree, links_of: LinksWith) -> Mapping[str, str]:
    """The new texts of all files that change, by path. Raises MoveError."""

    def read_text(path: str) -> str:
        try:
            return tree.read(path).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise MoveError(f"{path} cannot be read: {error}") from error

    site = before.site
    if not name.strip() or name != name.strip() or not name.isprintable():
        raise MoveError(f'"{name}" is no name of a term')
    _refuse_what_stays(site, term, logical(name))
    texts: dict[str, str] = {}
    for path, facts in site.pages.items():
        found = _uses(site, path, facts, term)
        if found:
            try:
                texts[path] = _renamed(read_text(path), found, term, name)
            except NoEditError as error:
                raise MoveError(f"{path}: {error}; rename the term there by hand") from error
    new = links_of(texts)
    texts |= _relinked(before, new, term, logical(name), lambda path: texts.get(path) or read_text(path))
    news = _pages_of(new.site, term._replace(key=logical(name)))
    for page in news.values():
        if page.file in new.site.addresses.url_owners and page.file not in site.addresses.url_owners:
            raise MoveError(f'"{name}" would have the URL of another page, "{page.url}"')
    renamed = Renamed(site, new.site, _pages_of(site, term), news, term.key, name)
    for path, values in groupby(mentions(renamed, tree), attrgetter("path")):
        used = _uses(site, path, site.pages[path], term) if path in site.pages else []
        named = [value for value in values if value.pointer not in used]
        texts[path], left = rewritten(texts.get(path) or read_text(path), path, named)
        if left:
            value = left[0].value
            raise MoveError(
                f'{path}: "{value}" names the term and cannot be changed with it; do that by hand first'
            )
    prove(before, links_of(texts), {})
    return {path: text for path, text in texts.items() if text != read_text(path)}


def _terms(site: Site, page: Output, front: FrontMatter) -> Iterator[tuple[Term, Pointer]]:
    """Every term that a page's front matter names, and where."""
    for taxonomy in site.addresses.config.language(page.language).taxonomies:
        key = front.key(taxonomy.lower())
        if key is None:
            continue
        value = front.data.get(key)
        pointers: list[tuple[Pointer, Any]] = [((key,), value)]
        if isinstance(value, list):
            pointers = [((key, number), item) for number, item in enumerate(value)]
        for pointer, item in pointers:
            if isinstance(item, str | int) and not isinstance(item, bool) and item != "":
                yield Term(taxonomy, logical(str(item)), page.language), pointer


def _uses(site: Site, path: str, facts: Facts, term: Term) -> list[Pointer]:
    page = site.addresses.outputs.get(path)
    return [] if page is None else [at for found, at in _terms(site, page, facts.front) if found == term]


def _refuse_what_stays(site: Site, term: Term, key: str) -> None:
    """Uses of the term that no edit of their pages' front matter changes, and a file that is its page."""
    for use in site.addresses.uses:
        if (use.taxonomy, use.key, use.site.language) != term:
            continue
        facts = site.pages.get(use.path)
        if facts is None or written(facts.front, use.pointer) not in _uses(site, use.path, facts, term):
            raise MoveError(
                f"{use.path or use.logical} has the term from elsewhere than its own front matter, "
                "a cascade for instance; rename it there by hand"
            )
    for page in _pages_of(site, term).values():
        if page.path is not None and key != term.key:
            raise MoveError(f"the term has a page of its own, {page.path}; move that first, by hand")


def _pages_of(site: Site, term: Term) -> Mapping[SiteKey, Output]:
    """The pages that list a term, by the site that they are on."""
    return {
        page.site: page
        for page in site.addresses.publication.outputs
        if page.kind == "term" and (page.taxonomy, logical(page.term), page.language) == term
    }


def _renamed(text: str, uses: list[Pointer], term: Term, name: str) -> str:
    """The page with the new name; a page that has it already keeps it once."""
    front = read(text)
    kept, *gone = uses
    values = front.data[str(kept[0])]
    if isinstance(values, list) and logical(name) != term.key:
        same = [i for i, value in enumerate(values) if logical(str(value)) == logical(name)]
        if same:
            kept, gone = (kept[0], same[0]), uses
    for pointer in reversed(gone):
        edit = removal(read(text), pointer)
        if edit is None:
            raise NoEditError("one of two equal terms cannot be cut out")
        text = text[: edit[0]] + edit[2] + text[edit[1] :]
    if len(kept) > 1:
        kept = (kept[0], int(kept[1]) - sum(int(each[1]) < int(kept[1]) for each in gone))
    return with_value(text, read, kept, name)


def _relinked(
    before: Links, after: Links, term: Term, key: str, text_of: Callable[[str], str]
) -> dict[str, str]:
    """New texts of the pages that link to the page of the term, by its new URL."""
    olds, news = _pages_of(before.site, term), _pages_of(after.site, term._replace(key=key))
    edits: dict[str, set[tuple[int, int, str]]] = {}
    # No link comes or goes, so they come in the same order.
    for (_, link, was), (page, now, _) in zip(before.all, after.all, strict=True):
        old = was.page
        if page.path is None or old is None or olds.get(old.site) is not old:
            continue
        new = news.get(old.site)
        if new is not None and new.url == old.url:
            continue
        goal = goal_of(new, was.fragment, was.query) if new is not None else None
        target = relink(after.site, page, now, goal) if goal is not None else None
        if target is None or target.elsewhere:
            raise MoveError(f'{page.path}: the link to "{link.target}" cannot be changed with the term')
        edits.setdefault(page.path, set()).add((now.start, now.end, as_written(target.text, now)))
    texts = {}
    for path, changes in edits.items():
        text = text_of(path)
        for start, end, target_text in sorted(changes, reverse=True):
            text = text[:start] + target_text + text[end:]
        texts[path] = text
    return texts

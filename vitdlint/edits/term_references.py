"""What names a term besides the pages that have it: entries of menus, and front-matter values that a schema calls references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..files.tree import Tree
from ..frontmatter.places import written
from ..hugo.names import logical
from ..hugo.publication import Output
from ..hugo.space import SiteKey
from ..site.menus import completed
from ..site.site import Site
from .move_references import Mention, entries

Ask = Callable[[Site, Output, str], Output | None]
"""The page that a value names, asked from another one."""


class Renamed(NamedTuple):
    """A term before and after."""

    old: Site
    new: Site
    olds: Mapping[SiteKey, Output]
    """The pages that list it, by the site that they are on."""
    news: Mapping[SiteKey, Output]
    key: str
    """Of the term before."""
    name: str
    """Its new one."""


def mentions(term: Renamed, tree: Tree) -> Iterator[Mention]:
    """Every value that must change, besides the uses of the term, in the order of the files."""
    for path, homes, entry in entries(term.old, tree):
        for key, value in entry.values.items():
            ask = {"pageref": _page_ref, "url": _menu_url}.get(key.lower())
            if ask is not None and isinstance(value, str) and value:
                found = {
                    becomes for home in homes if (becomes := _becomes(term, ask, home, value)) is not None
                }
                if found - {value}:
                    yield Mention(path, (*entry.pointer, key), value, found.pop() if len(found) == 1 else "")
    alone = len({key.taxonomy for key in term.old.addresses.terms if key.identity == term.key}) == 1
    for path, facts in term.old.pages.items():
        page = term.old.addresses.outputs.get(path)
        for keyword, _, pointer, value in facts.values if page is not None else ():
            if keyword == "x-reference:term" and logical(value) == term.key:
                yield Mention(path, written(facts.front, pointer), value, term.name if alone else "")
            elif keyword == "x-reference:page" and page is not None:
                new = _becomes(term, _reference, page, value)
                if new is not None and new != value:
                    yield Mention(path, written(facts.front, pointer), value, new)


def _becomes(term: Renamed, ask: Ask, asking: Output, value: str) -> str | None:
    """What a value becomes, maybe itself; '' if nothing fits, None if it names nothing."""
    was = ask(term.old, asking, value)
    if was is None or term.olds.get(was.site) is not was:
        return None if was is None else value
    now, asks = term.news.get(was.site), _same(term.new, asking)
    if now is None or asks is None:
        return ""
    if ask(term.new, asks, value) is now:
        return value
    bare = value.partition("#")[0].partition("?")[0].rstrip("/")
    before, rest = bare.rpartition("/")[:-1], value[len(bare) :]
    for last in (now.logical, now.url.rstrip("/")):
        candidate = "".join((*before, last.rpartition("/")[2], rest))
        if ask(term.new, asks, candidate) is now:
            return candidate
    return ""


def _page_ref(site: Site, home: Output, value: str) -> Output | None:
    return site.addresses.logical.find(value, home).page


def _menu_url(site: Site, home: Output, value: str) -> Output | None:
    return site.resolve(completed(site, value, home), home, "html").page


def _reference(site: Site, page: Output, value: str) -> Output | None:
    return (
        site.addresses.logical.find(value, page, by_name=True).page or site.resolve(value, page, "html").page
    )


def _same(site: Site, page: Output) -> Output | None:
    """A page on another site that is as this one."""
    if page.path is not None:
        return site.addresses.outputs.get(page.path)
    same = (page.kind, page.site, page.logical)
    found = site.addresses.publication.outputs
    return next((each for each in found if (each.kind, each.site, each.logical) == same), None)

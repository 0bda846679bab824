"""What rules about the site find after an edit, from what they found before it.

A rule is run on a part of the site, as it was and as it is. The part depends on the `Scope` of the rule, and is so chosen
that what the two runs differ in is what the whole site differs in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from ...core.model import Diagnostic
from ...core.rule import Scope
from ...files.tree import Tree
from ...hugo.config import HugoConfig
from ...rules.support.run_facts import Crash
from ...site.keys import slips_of
from ...site.site import Site
from ...site.twins import near
from ..config import Active
from ..run_rules import Placer, run
from .edited_site import EditedSite, sure
from .words import key_word

_MOST = 500
"""Pages in a part for which it is not worth to check the whole site; or a fifth of all."""


class FoundNow(NamedTuple):
    """What rules about the site find after an edit."""

    all: list[Diagnostic]
    differing: frozenset[str]
    """The paths of what is new, and of what is gone."""


def found_now(
    active: Iterable[Active],
    edited: EditedSite,
    woken: Collection[str],
    pointed: Collection[str],
    tree: Tree,
    crashes: list[Crash],
) -> FoundNow:
    """What these rules find on the whole site now. Raises DoubtError.

    `woken` are the pages on which what front matter names may have another answer; `pointed` those changed pages in which
    findings about others have a place.
    """
    parts: dict[Scope, tuple[Site, Site]] = {}
    found: list[Diagnostic] = []
    differing: set[Diagnostic] = set()
    for each in active:
        scope, before = each.rule.scope or Scope.SITE, edited.outline.raised.get(each.rule.code, ())
        if scope is Scope.ADDRESSES:
            now = tuple(run((each,), edited.site, Placer(edited.site.pages, tree), crashes))
            found += now
            if now != before:
                differing |= {*before} ^ {*now}
            continue
        if scope not in parts:
            parts[scope] = _parts(edited, scope, woken)
        was, is_ = (
            Counter(run((each,), part, Placer(part.all_pages, tree), crashes)) for part in parts[scope]
        )
        gone, new = was - is_, is_ - was
        doubtful = (d for d in before if pointed or d.place.path in edited.edit.paths)
        sure(not any(points_into(d, edited.edit.paths) and d not in is_ and d not in gone for d in doubtful))
        if gone:
            left = Counter(before)
            sure(not gone - left)
            before = tuple((left - gone).elements())
        found += (*before, *new.elements())
        differing.update(gone, new)
    return FoundNow(found, frozenset(d.place.path for d in differing))


def points_into(diagnostic: Diagnostic, paths: Collection[str]) -> bool:
    """Whether a finding names a place in one of these pages beside its own, which may be elsewhere by now."""
    places = [related.place for related in diagnostic.related]
    if diagnostic.fix is not None:
        places += [edit.place for edit in diagnostic.fix.edits]
    return any(place.path in paths and place.end for place in places)


def few(paths: Collection[str], edited: EditedSite) -> None:
    """Raise DoubtError if so many pages are better checked with the whole site."""
    sure(len(paths) <= max(_MOST, len(edited.outline.paths) // 5))


def _parts(edited: EditedSite, scope: Scope, woken: Collection[str]) -> tuple[Site, Site]:
    before, site = edited.before, edited.site
    if scope is Scope.TERMS:
        terms = before.addresses.terms
        were = {key: terms[key] for key in edited.difference.terms if key in terms}
        now = {key: uses for key, uses in edited.difference.terms.items() if uses}
        return (
            replace(before, addresses=replace(before.addresses, known_terms=lambda: were)),
            replace(site, addresses=replace(site.addresses, known_terms=lambda: now)),
        )
    if scope is Scope.NAMES:
        return _named(edited)
    paths = set(woken)
    if scope is Scope.KEYS:
        keys = _doubtful_keys(site.addresses.config, before, site)
        paths.update(edited.outline.asking(set(map(key_word, keys))))
        few(paths, edited)
    return _only(before, paths), _only(site, paths)


def _doubtful_keys(config: HugoConfig, *sites: Site) -> set[str]:
    """The keys that may be typing errors, and what may be meant."""
    slips = {slip for site in sites for slip in slips_of(config, site.keys.counts).items()}
    return {word for key, meant in slips for word in (key, meant.lower())}


def _only(site: Site, paths: Iterable[str]) -> Site:
    """The site as if it had these pages alone; their links and values lead to all."""
    pages = {path: site.pages[path] for path in sorted(paths) if path in site.pages}
    addresses = site.addresses
    publication = addresses.publication
    own = replace(
        addresses,
        publication=publication._replace(outputs=tuple(o for o in publication.outputs if o.path in pages)),
        known_candidates=lambda: addresses.candidates,
        known_terms=lambda: addresses.terms,
    )
    return Site(own, pages, whole=site, known_keys=site.keys)


def _named(edited: EditedSite) -> tuple[Site, Site]:
    """The changed pages, those of nearly the same name or title, and the pages of the terms that have changed."""
    changed = [*edited.difference.removed, *edited.difference.added]
    for site, paths in edited.states:  # an edit may move a title to another line alone
        changed += [page for path in paths if (page := site.addresses.outputs.get(path)) is not None]
    beside = {id(page) for page in (*near(edited.before.addresses.publication.outputs, changed), *changed)}
    terms = {(key.site, key.taxonomy, f"/{key.taxonomy}/{key.identity}") for key in edited.difference.terms}

    def part(site: Site) -> Site:
        addresses = site.addresses
        outputs = tuple(
            page
            for page in addresses.publication.outputs
            if id(page) in beside or (page.taxonomy and (page.site, page.taxonomy, page.logical) in terms)
        )
        publication = addresses.publication._replace(outputs=outputs)
        return Site(
            replace(addresses, publication=publication, known_terms=lambda: addresses.terms), site.pages
        )

    return part(edited.before), part(edited.site)

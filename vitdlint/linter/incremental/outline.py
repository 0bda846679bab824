"""What is stored of a run for edits of front matter, and for pages that are added, removed or renamed."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...core.model import Diagnostic, Outcome
from ...hugo.publication import Term, TermKey
from ...site.keys import KeyUse, slips_of
from ...site.links import Links
from ...site.site import Site
from ...site.suggest import Index
from ..config import Config
from ..run_rules import rules_on
from .store import Cache, unpickled
from .word_index import WordIndex, asking, with_words, word_index
from .words import asked


class Outline(NamedTuple):
    """All of it is about one publication; see `words.py` for the words."""

    paths: tuple[str, ...]
    """All pages, a theme's too."""
    words: WordIndex
    """The words that each of them asks for, by its place in `paths`."""
    raised: Mapping[str, tuple[Diagnostic, ...]]
    """The code of a rule about the site -> what it found before anything was suppressed."""
    terms: Mapping[TermKey, tuple[Term, ...]]
    sought: tuple[str, ...]
    """The names for which a page was looked for that may be meant."""
    keys: KeyUse

    def asking(self, wanted: Collection[str]) -> Iterator[str]:
        """The pages that ask for any of these words."""
        return (self.paths[number] for number in asking(self.words, wanted))


def outline_of(outcome: Outcome, config: Config) -> Outline:
    """The outline of a site that has been checked as a whole."""
    links: Links = outcome.links
    site = links.site
    raised: dict[str, list[Diagnostic]] = {active.rule.code: [] for active in rules_on(config, Site)}
    for diagnostic in outcome.raised:
        if diagnostic.code in raised:
            raised[diagnostic.code].append(diagnostic)
    slips = slips_of(site.addresses.config, site.keys.counts)
    words = asked(links, {*slips, *(meant.lower() for meant in slips.values())})
    return Outline(
        tuple(site.pages),
        word_index(words[path] for path in site.pages),
        {code: tuple(found) for code, found in raised.items()},
        site.addresses.terms,
        _sought(site),
        site.keys,
    )


def with_links(outline: Outline, links: Links, paths: Iterable[str]) -> Outline:
    """The outline after the bodies of some pages have changed; what these no longer ask for stays with them."""
    now = asked(Links(links.site, {path: links.site.pages[path] for path in paths}), ())
    words = {number: now[path] for number, path in enumerate(outline.paths) if path in now}
    return outline._replace(
        words=with_words(outline.words, words), sought=_sought(links.site, outline.sought)
    )


def _sought(site: Site, before: Iterable[str] = ()) -> tuple[str, ...]:
    candidates: Index | None = site.addresses.__dict__.get("candidates")
    return tuple(sorted({*before, *(candidates.asked if candidates is not None else ())}))


def stored_outline(cache: Cache, key: bytes) -> Outline | None:
    """The outline stored beside the publication of that key; None if it cannot be read."""
    found = unpickled(cache.recall(outline_key(key)))
    return found if isinstance(found, Outline) else None


def pickled(outline: Outline) -> bytes:
    """The outline as it is stored."""
    return pickle.dumps(outline, pickle.HIGHEST_PROTOCOL)


def outline_key(publication: bytes) -> bytes:
    """Under which it is stored, by the key of the publication."""
    return publication + b" outline"

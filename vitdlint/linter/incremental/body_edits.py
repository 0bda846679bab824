"""Check a site of which only the bodies of some pages have changed, from what is stored of an earlier run.

A body decides three things: what page rules report, where its own links lead, and which fragments of it others can
link to. All else (the `Addresses` of the site, which pages are empty) comes from front matter, the list of files and
the clock. So where those are the same, the addresses and the findings about other pages hold. Whatever is in doubt is
answered by None, and the whole site is checked.
"""

from __future__ import annotations

import pickle
import zlib
from bisect import insort
from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from ...core.columns import packed, unpacked
from ...core.model import Diagnostic, NotChecked, Outcome
from ...core.rule import Scope
from ...hugo.files import ContentFile
from ...hugo.packed_outputs import PackedOutputs, pack
from ...hugo.publication import Publication, Term, TermKey
from ...hugo.space import SiteKey
from ...page.page import Facts, Page
from ...rules.support.run_facts import Crash
from ...site.addresses import Addresses
from ...site.links import Links
from ...site.site import Site
from ...site.suggest import Index, Names
from ..page_work import PageResult, PageWork, read_or_error
from ..patterns import matched, summed
from ..pipeline import Job, found_on, left_of, settle, site_settings
from ..run_rules import Placer, rules_on, run
from .outline import stored_outline
from .store import Cache, unpickled

_BUCKETS = 64
"""Findings are stored in so many parts by the path that they are about: one is read for one page."""


class SiteFindings(NamedTuple):
    """What is stored beside the publication; it follows every change, which the publication does not."""

    raised: tuple[bytes, ...]
    """In buckets by path: what pages, site and links gave rise to there, before anything was suppressed."""
    names: Mapping[str, tuple[str, ...]]
    """See `Outcome`."""
    linked: Mapping[str, frozenset[str]]
    """See `Links.asked_fragments`."""
    pointed: Mapping[str, bool]
    """Pages in which findings about other pages have a place, and whether one is in the body."""


class Advanced(NamedTuple):
    """What comes of a change."""

    outcome: Outcome
    results: Collection[PageResult]
    """Of the changed pages."""
    findings: Callable[[], SiteFindings]
    """Makes what holds from then on."""


class LostError(Exception):
    """Something that is needed is no longer stored."""


class StoredFacts(Mapping[str, Facts]):
    """The facts of every page, each read from the cache when it is asked for. Raises LostError."""

    def __init__(self, digests: Mapping[str, str], load: Callable[[str, str], PageResult | None]) -> None:
        self._digests = digests
        self._load = load
        self._known: dict[str, PageResult] = {}

    def __getitem__(self, path: str) -> Facts:
        return self.result(path).facts

    def result(self, path: str) -> PageResult:
        """What was found on the page besides. Raises LostError."""
        found = self._known.get(path)
        if found is None:
            found = self._load(path, self._digests[path])
            if found is None:
                raise LostError(path)
            self._known[path] = found
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._digests  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def publication_of(outcome: Outcome) -> bytes:
    """The publication as it is stored. The uses of terms are left out: no rule about links asks for them."""
    publication = outcome.site.addresses.publication
    rest = publication._replace(outputs=(), terms={})
    # Column by column: what a pickle has to know of all strings is as large as these.
    columns = tuple(pickle.dumps(column, pickle.HIGHEST_PROTOCOL) for column in pack(publication.outputs))
    return pickle.dumps((rest, columns), pickle.HIGHEST_PROTOCOL)


def findings_in(outcome: Outcome) -> SiteFindings:
    """The findings of a run that has checked the whole site."""
    pointed = _pointed(outcome.raised, outcome.site.pages)
    linked = outcome.links.asked_fragments
    return SiteFindings(_buckets(outcome.raised), outcome.names, linked, pointed)


def stored(findings: SiteFindings) -> bytes:
    """The findings as they are stored."""
    return pickle.dumps(findings, pickle.HIGHEST_PROTOCOL)


def stored_findings(cache: Cache, key: bytes) -> SiteFindings | None:
    """What was stored under that key; None if that cannot be read."""
    findings = unpickled(cache.recall(key))
    return findings if isinstance(findings, SiteFindings) else None


def stored_addresses(job: Job, cache: Cache, key: bytes) -> Addresses | None:
    """The addresses of an earlier run, from the publication stored under that key; None if that cannot be read."""
    match unpickled(cache.recall(key)):
        case (Publication() as rest, tuple(columns)):
            publication = rest._replace(outputs=PackedOutputs(list(map(pickle.loads, columns))))
        case _:
            return None

    def candidates() -> Index:
        names = unpickled(cache.recall(names_key(key)))
        return Index(publication, names if isinstance(names, Names) else None)

    def terms() -> Mapping[TermKey, tuple[Term, ...]]:
        outline = stored_outline(cache, key)
        if outline is None:
            raise LostError("the terms")
        return outline.terms

    return Addresses(job.hugo, publication, site_settings(job), candidates, terms)


def names_key(publication: bytes) -> bytes:
    """Under which the names of a publication's pages are stored, by the key of the publication."""
    return publication + b" names"


def names_in(addresses: Addresses, publication: bytes) -> dict[bytes, bytes]:
    """The names of a site's pages to be stored, if this run has looked for one and they are not stored yet."""
    candidates: Index | None = addresses.__dict__.get("candidates")
    if candidates is None or not candidates.fresh:
        return {}
    return {names_key(publication): pickle.dumps(candidates.names, pickle.HIGHEST_PROTOCOL)}


def advance(
    job: Job,
    was: Outcome,
    before: Site,
    findings: SiteFindings,
    changed: Iterable[str],
    known: Mapping[str, PageResult] = MappingProxyType({}),
) -> Advanced | None:
    """The outcome with the changed pages as they are in the job's tree now; None if anything is in doubt.

    `was` is the outcome of the earlier run, `before` its site, `findings` what was found. `known` are the results of
    changed pages as far as they are known.
    """
    work, pages = job.page_work, before.pages
    names = {path: findings.names[path] for path in changed}
    if any(len(several) > 1 for several in names.values()):
        return None  # each may have a schema of its own
    outputs = before.addresses.outputs
    try:
        results = {
            path: known.get(path)
            or _read(
                job,
                work,
                path,
                name,
                outputs[path].language if path in outputs else "",
                pages.result(path) if isinstance(pages, StoredFacts) else None,
            )
            for path, (name,) in names.items()
        }
        if any(not _same_outline(pages[path], result) for path, result in results.items()):
            return None
        return _advanced(job, was, before, findings, results)
    except LostError:
        return None


def _advanced(
    job: Job, was: Outcome, before: Site, findings: SiteFindings, results: Mapping[str, PageResult]
) -> Advanced | None:
    addresses, pages = before.addresses, before.pages
    page_rules, link_rules = rules_on(job.config, Page), rules_on(job.config, Links)
    if any(
        active.rule.scope is Scope.SITE for active in job.config.active if active.rule.on is not Site
    ) or any(findings.pointed.get(path) for path in results):
        return None
    moved = [
        path
        for path, result in results.items()
        # What Hugo said of the ids of a page holds with one text of it.
        if addresses.publication.rendered or _fragments(pages[path]) != _fragments(result.facts)
    ]
    shown_elsewhere = addresses.shown_elsewhere.intersection(moved)
    if shown_elsewhere:
        moved += [o.path for o in addresses.outputs.values() if o.text_from in shown_elsewhere and o.path]
    affected = sorted({*results, *(source for path in moved for source in findings.linked.get(path, ()))})

    now = ChainMap({path: result.facts for path, result in results.items()}, pages)  # type: ignore[arg-type]  # is only read
    links = Links(Site(addresses, now))
    were = Links(before, {path: pages[path] for path in affected})
    are = Links(links.site, {path: now[path] for path in affected})

    crashes: list[Crash] = []
    raised = list(run(link_rules, are, Placer(now, job.tree), crashes))
    if crashes or any(diagnostic.place.path not in are.pages for diagnostic in raised):
        return None
    raised += found_on(results.values(), page_rules, addresses)
    of_links, of_page = {a.rule.code for a in link_rules}, {a.rule.code for a in page_rules}
    for diagnostic in raised_on(findings, affected):
        path = diagnostic.place.path
        if diagnostic.code in of_links or (diagnostic.code in of_page and path in results):
            continue
        if path in results and diagnostic.place.start > pages[path].front.end:
            return None
        raised.append(diagnostic)

    ran = of_links | of_page | {a.rule.code for a in rules_on(job.config, Site)}
    own = {path: findings.names[path][-1] for path in set(was.pages).intersection(affected)}
    about, suppressed = settle(job, are.pages, own, raised, (), ran, (), addresses)
    diagnostics = [d for d in was.report.diagnostics if d.place.path not in are.pages]
    new = [d for d in about.diagnostics if d.place.path in are.pages]
    dropped = [path for path in was.suppressed if path not in are.pages]
    dropped += [path for path in suppressed if path in are.pages]
    report = replace(
        was.report,
        diagnostics=with_more(diagnostics, new),
        suppressed=len(dropped),
        not_checked=counted(was.report.not_checked, left_of(were), left_of(are)),
        links=summed(was.report.links, matched(were), matched(are)),
    )
    outcome = was._replace(report=report, suppressed=tuple(dropped), links=links, names=findings.names)
    return Advanced(
        outcome,
        results.values(),
        lambda: _updated(findings, are, raised),
    )


def _read(
    job: Job, work: PageWork, path: str, name: str, language: str, before: PageResult | None
) -> PageResult:
    file = ContentFile(path, name, "single", path, path, (SiteKey(language, "", ""),))
    return work(file, read_or_error(lambda: job.tree.read(path)), before)


def _same_outline(before: Facts, result: PageResult) -> bool:
    """Whether two states of a page are the same to the site, but for links, shortcodes and fragments."""
    after = result.facts
    return (
        not result.crashes
        and (before.empty, before.unreadable, before.not_checked, before.values)
        == (after.empty, after.unreadable, after.not_checked, after.values)
        and before.front == after.front
    )


def _fragments(facts: Facts) -> tuple[set[str], set[str]]:
    """What decides whether a fragment leads to something on a page."""
    kinds = {"open": "\0", "maybe": "\1"}
    return {anchor.id + kinds.get(anchor.kind, "") for anchor in facts.anchors}, {
        call.name.lower() + "%" * call.markdown for call in facts.shortcodes
    }


def with_more(diagnostics: list[Diagnostic], more: Collection[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted findings with some more. The list is changed."""
    if len(more) > len(diagnostics) // 10:
        return tuple(sorted((*diagnostics, *more), key=attrgetter("order")))
    for diagnostic in more:
        insort(diagnostics, diagnostic, key=attrgetter("order"))
    return tuple(diagnostics)


def _pointed(raised: Iterable[Diagnostic], pages: Mapping[str, Facts]) -> dict[str, bool]:
    """See `SiteFindings.pointed`."""
    found: dict[str, bool] = {}
    for diagnostic in raised:
        own = diagnostic.place.path
        places = [related.place for related in diagnostic.related]
        if diagnostic.fix is not None:
            places += [edit.place for edit in diagnostic.fix.edits]
        for path, start, end, *_ in places:
            if path != own and end and path in pages:
                found[path] = found.get(path, False) or 0 < start >= pages[path].front.end
    return found


def counted(
    all_: Iterable[NotChecked], were: Iterable[NotChecked], are: Iterable[NotChecked]
) -> tuple[NotChecked, ...]:
    """What is not checked, after some of it is gone and more has come."""
    counts: dict[tuple[str, str, str], int] = {}
    for some, sign in ((all_, 1), (were, -1), (are, 1)):
        for left in some:
            key = (left.what, left.reason, left.by)
            counts[key] = counts.get(key, 0) + sign * left.count
    return tuple(sorted(NotChecked(what, reason, n, by) for (what, reason, by), n in counts.items() if n))


def _bucket(path: str) -> int:
    return zlib.crc32(path.encode("utf-8", "surrogateescape")) % _BUCKETS


def _buckets(raised: Iterable[Diagnostic]) -> tuple[bytes, ...]:
    found: list[list[Diagnostic]] = [[] for _ in range(_BUCKETS)]
    for diagnostic in raised:
        found[_bucket(diagnostic.place.path)].append(diagnostic)
    return tuple(map(_closed, found))


def _closed(bucket: Sequence[Diagnostic]) -> bytes:
    return pickle.dumps(packed(bucket), pickle.HIGHEST_PROTOCOL)


def _opened(bucket: bytes) -> list[Diagnostic]:
    return unpacked(pickle.loads(bucket))  # noqa: S301  # our own bytes


def raised_on(findings: SiteFindings, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """What was found about these files before anything was suppressed."""
    wanted: dict[int, set[str]] = {}
    for path in paths:
        wanted.setdefault(_bucket(path), set()).add(path)
    for number, own in wanted.items():
        yield from (d for d in _opened(findings.raised[number]) if d.place.path in own)


def _updated(findings: SiteFindings, links: Links, raised: Iterable[Diagnostic]) -> SiteFindings:
    """The findings after the change: `raised` is all that was found about the pages of `links`."""
    about: dict[str, list[Diagnostic]] = {path: [] for path in links.pages}
    for diagnostic in raised:
        about[diagnostic.place.path].append(diagnostic)
    buckets = list(findings.raised)
    for number in {_bucket(path) for path in about}:
        bucket = [diagnostic for diagnostic in _opened(buckets[number]) if diagnostic.place.path not in about]
        bucket += (d for path, found in about.items() if _bucket(path) == number for d in found)
        buckets[number] = _closed(bucket)
    linked = {path: sources - about.keys() for path, sources in findings.linked.items()}
    for target, sources in links.asked_fragments.items():
        linked[target] = linked.get(target, frozenset()) | sources
    pointed = _pointed((d for some in about.values() for d in some), links.site.pages)
    for path, in_body in findings.pointed.items():
        pointed[path] = pointed.get(path, False) or in_body
    return SiteFindings(tuple(buckets), findings.names, linked, pointed)

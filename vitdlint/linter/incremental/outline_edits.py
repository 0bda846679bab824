"""Check a site of which some pages have another front matter, have come or are gone, from what is stored of a run.

The publication follows by differences (`hugo/republish.py`). Checked again are the changed pages, the pages that ask for
a word of what has changed (`words.py`), and of the rules about the site what their `Scope` says. Nothing is stored: the
next edit is worked out from the same run. Whatever is in doubt is answered by None, and the whole site is checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ...core.model import Diagnostic, Outcome
from ...core.rule import Scope
from ...external import Web
from ...hugo.republish import Difference, listed_alone, republish
from ...page.page import Facts, Page
from ...rules.support.run_facts import Crash, Settled
from ...site.addresses import Addresses
from ...site.compared import Compared
from ...site.keys import KeyUse, slips_of
from ...site.links import Links
from ...site.site import Site
from ...site.suggest import Index, names_like
from ...site.twins import near
from ..config import Active
from ..patterns import matched, summed
from ..pipeline import Job, PageResult, found_on, left_of, page_work, read_or_error, settle, site_settings
from ..run_rules import Placer, rules_on, run
from .body_edits import LostError, SiteFindings, counted, raised_on
from .last_run import Edit
from .outline import Outline
from .packed_terms import Terms
from .words import asked_by, key_word, named, words, words_of

MOST = 8
"""Pages; after more edits since the last run the whole site is checked, which stores it."""
_WOKEN = 500
"""Pages that are checked again at most."""


class _Pages(Mapping[str, Facts]):
    """The facts of all pages after an edit."""

    def __init__(self, before: Mapping[str, Facts], edit: Edit, new: Mapping[str, Facts]) -> None:
        self._before = before
        self._gone = edit.removed
        self._new = new

    def __getitem__(self, path: str) -> Facts:
        if path in self._gone:
            raise KeyError(path)
        return self._new[path] if path in self._new else self._before[path]

    def __contains__(self, path: object) -> bool:
        return path in self._new or (path in self._before and path not in self._gone)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._before, *self._new} - self._gone))

    def __len__(self) -> int:
        return len(self._before) - len(self._gone) + sum(path not in self._before for path in self._new)


def follow(
    job: Job,
    was: Outcome,
    before: Site,
    findings: SiteFindings,
    outline: Outline,
    edit: Edit,
) -> Outcome | None:
    """The outcome after the edit, with the pages as they are in the job's tree; None if anything is in doubt.

    `was` is the outcome of the earlier run, `before` its site, `findings` and `outline` what is stored of it.
    """
    try:
        return _Follow(job, was, before, findings, outline, edit).outcome()
    except (LostError, _DoubtError):
        return None


class _DoubtError(Exception):
    """The whole site has to be checked."""


def _sure(*holds: bool) -> None:
    if not all(holds):
        raise _DoubtError


class _Follow:
    """One edit, followed."""

    def __init__(
        self,
        job: Job,
        was: Outcome,
        before: Site,
        findings: SiteFindings,
        outline: Outline,
        edit: Edit,
    ) -> None:
        self.job, self.was, self.findings = job, was, findings
        if before.addresses.uses is None:
            addresses = replace(before.addresses, uses=Terms(outline.terms, {}))
            before = replace(before, addresses=addresses, known_keys=outline.keys)
        self.before = before
        self.outline, self.edit = outline, edit
        _sure(0 < len(edit.paths) <= MOST, *map(_is_followed, job.config.active))
        _sure(not job.hugo_said.asked, job.answers is None, before.addresses.missing.configuration is None)
        _sure(all(left.what not in ("findings", "page bodies") for left in was.report.not_checked))
        self.results = self._read()
        new = {path: result.facts for path, result in self.results.items()}
        self.pages = _Pages(before.pages, edit, new)
        self.difference = self._republished()
        self.site = self._site()

    def _read(self) -> dict[str, PageResult]:
        """The pages as they are now."""
        there = self.edit.changed | self.edit.added
        files = listed_alone(self.job.hugo, self.job.tree, there)
        _sure({file.path for file in files} == there, len(files) == len(there))
        _sure(all(len(self.findings.names.get(path, ("",))) == 1 for path in self.edit.paths))
        work = page_work(self.job)
        found = {}
        for file in files:
            path = file.path
            result = work(file, read_or_error(lambda path=path: self.job.tree.read(path)))  # type: ignore[misc]  # path is bound now
            _sure(not result.crashes, not result.facts.unreadable, result.facts.not_checked is None)
            found[path] = result
        return found

    def _republished(self) -> Difference:
        job, before = self.job, self.before
        found = republish(
            job.templates,
            before.addresses.publication,
            before.addresses.terms,
            before.pages,
            self.pages,
            self.edit.paths,
            job.now,
        )
        if found is None:
            raise _DoubtError
        names = {file.path for file in found.listed}
        _sure(names == self.edit.changed | self.edit.added)
        was_beside = {o.path for o in found.removed if o.state == "resource"}
        is_beside = {o.path for o in found.added if o.state == "resource"}
        _sure((was_beside ^ is_beside) <= self.edit.paths)
        _sure(not any(o.text_from for o in (*found.removed, *found.added)))
        _sure(before.addresses.shown_elsewhere.isdisjoint(self.edit.paths))
        return found

    def _site(self) -> Site:
        """The site as it is now."""
        difference, was = self.difference, self.before.addresses

        def candidates() -> Index:
            return was.candidates.changed(difference.after, difference.removed, difference.added)

        uses = Terms(self.outline.terms, difference.terms)
        addresses = Addresses(self.job.hugo, difference.after, site_settings(self.job), candidates, uses)
        missing, before = addresses.missing, was.missing
        if difference.after.missing:
            _sure(missing.sections == before.sections, missing.logical_sections == before.logical_sections)
        return Site(addresses, self.pages, known_keys=self._keys())

    def _keys(self) -> KeyUse:
        """The use of keys now."""
        counts = Counter(self.outline.keys.counts)
        counts.subtract(self._own_keys(self.before.pages, self.edit.changed | self.edit.removed))
        counts.update(self._own_keys(self.pages, self.results))
        return KeyUse({key: count for key, count in counts.items() if count}, len(self.pages))

    @staticmethod
    def _own_keys(pages: Mapping[str, Facts], paths: Iterable[str]) -> Counter[str]:
        return Counter(key.lower() for path in paths for key in pages[path].front.data)

    def outcome(self) -> Outcome:
        """The outcome of the whole site."""
        job, was, before, site, edit = self.job, self.was, self.before, self.site, self.edit
        woken = self._woken()
        _sure(len(woken) <= max(_WOKEN, len(self.outline.paths) // 5))
        crashes: list[Crash] = []
        placer = Placer(site.pages, job.tree)
        were = Links(
            before, {path: before.pages[path] for path in woken if path in before.pages}, with_layouts=True
        )
        are = Links(site, {path: site.pages[path] for path in woken if path in site.pages}, with_layouts=True)
        page_rules, site_rules = rules_on(job.config, Page), rules_on(job.config, Site)
        link_rules = rules_on(job.config, Links)
        linked = list(run(link_rules, are, placer, crashes))
        about_site = self._about_site(woken, crashes)
        _sure(not crashes)
        raised_before = {d for found in self.outline.raised.values() for d in found}
        differing = {d.place.path for d in raised_before.symmetric_difference(about_site)}
        affected = sorted({path for path in woken | differing if path in site.pages})
        facts = {path: site.pages[path] for path in affected}

        raised = [*linked, *found_on(self.results.values(), site.addresses)]
        of_page, of_links = {a.rule.code for a in page_rules}, {a.rule.code for a in link_rules}
        for diagnostic in raised_on(self.findings, affected):
            path = diagnostic.place.path
            if (diagnostic.code in of_page and path not in self.results) or (
                diagnostic.code in of_links and path not in are.pages
            ):
                _sure(path in self.results or not _points_into(diagnostic, edit.paths))
                raised.append(diagnostic)
        raised += [d for d in about_site if d.place.path in facts or d.place.path not in site.pages]
        of_site = {a.rule.code for a in site_rules}
        own = {path: self.findings.names[path][-1] for path in set(was.pages).intersection(affected)}
        own |= {f.path: f.virtual for f in self.difference.listed if not f.module}
        ran = of_page | of_links | of_site
        about, suppressed = settle(job, facts, own, raised, (), ran, (), site.addresses)
        _sure(not about.not_checked)

        def is_new(diagnostic: Diagnostic) -> bool:
            path = diagnostic.place.path
            if path in site.pages:
                return path in facts
            return diagnostic.code in of_links or diagnostic.code in of_site

        kept = [d for d in was.report.diagnostics if not is_new(d) and d.place.path not in edit.removed]
        _sure(not any(_points_into(d, edit.paths) for d in kept))
        diagnostics = [*kept, *filter(is_new, about.diagnostics)]
        dropped = [path for path in was.suppressed if path in site.pages and path not in facts]
        dropped += [path for path in suppressed if path in facts]
        pages = {*was.pages, *own} - edit.removed
        report = replace(
            was.report,
            diagnostics=tuple(sorted(diagnostics, key=lambda d: d.order)),
            pages=len(pages),
            suppressed=len(dropped),
            not_checked=counted(was.report.not_checked, left_of(were), left_of(are)),
            links=summed(was.report.links, matched(were), matched(are)),
        )
        return was._replace(
            report=report,
            pages=tuple(sorted(pages)),
            suppressed=tuple(dropped),
            links=Links(site),
            names=self.findings.names,
        )

    def _woken(self) -> set[str]:
        """The pages whose findings about links, and about what their front matter names, may be others now."""
        difference, outline = self.difference, self.outline
        outputs = (*difference.removed, *difference.added)
        rows = {output.path for output in outputs if output.path is not None}
        found = {word for output in outputs for word in words_of(output)}
        found.update(word for file in difference.files for word in words(file))
        for pages, paths in (
            (self.before.pages, self.edit.changed | self.edit.removed),
            (self.pages, self.results),
        ):
            # What must be unique is asked for by those that have it.
            found.update(w for path in paths for w in asked_by(pages[path]) if w.startswith("="))
        for name in names_like(outline.sought, outputs):
            found.update((*words(name), named(name)))
        woken = {outline.paths[number] for word in found for number in outline.words.get(word, ())}
        for path in self.edit.paths | rows:
            woken |= self.findings.linked.get(path, frozenset())
        return woken | self.edit.paths | rows

    def _about_site(self, woken: Collection[str], crashes: list[Crash]) -> list[Diagnostic]:
        """All that rules about the site find now."""
        found: list[Diagnostic] = []
        parts: dict[Scope, tuple[Site, Site]] = {}
        for active in rules_on(self.job.config, Site):
            scope, old = active.rule.scope or Scope.SITE, self.outline.raised.get(active.rule.code, ())
            if scope is Scope.ADDRESSES:
                found += run((active,), self.site, Placer(self.pages, self.job.tree), crashes)
                continue
            if scope not in parts:
                parts[scope] = self._parts(scope, woken)
            was, is_ = (
                list(run((active,), part, Placer(pages, self.job.tree), crashes))
                for part, pages in zip(parts[scope], (self.before.pages, self.pages), strict=True)
            )
            gone = Counter(was) - Counter(is_)
            left = Counter(old)
            _sure(not gone - left)
            left -= gone
            _sure(not any(_points_into(d, self.edit.paths) for d in left - Counter(is_)))
            found += (left + (Counter(is_) - Counter(was))).elements()
        return found

    def _parts(self, scope: Scope, woken: Collection[str]) -> tuple[Site, Site]:
        """The part of the site before and after in which rules of that scope find all that has changed."""
        if scope is Scope.TERMS:
            touched = self.difference.terms
            terms = self.before.addresses.terms
            were = {key: terms[key] for key in touched if key in terms}
            now = {key: uses for key, uses in touched.items() if uses}
            return (
                replace(self.before, addresses=replace(self.before.addresses, uses=were)),
                replace(self.site, addresses=replace(self.site.addresses, uses=now)),
            )
        if scope is Scope.NAMES:
            changed = [*self.difference.removed, *self.difference.added]
            # Of a page whose address and title are the same the title may be on another line.
            for site in (self.before, self.site):
                changed += [
                    o for path in self.edit.paths if (o := site.addresses.outputs.get(path)) is not None
                ]
            beside = {id(page) for page in near(self.before.addresses.publication.outputs, changed)}
            beside.update(map(id, changed))
            return self._named(self.before, beside), self._named(self.site, beside)
        paths = set(woken)
        if scope is Scope.KEYS:
            slips = {
                s
                for site in (self.before, self.site)
                for s in slips_of(self.job.hugo, site.keys.counts).items()
            }
            for key in {word for slip, meant in slips for word in (slip, meant.lower())}:
                paths.update(self.outline.paths[n] for n in self.outline.words.get(key_word(key), ()))
            _sure(len(paths) <= max(_WOKEN, len(self.outline.paths) // 5))
        return self._only(self.before, paths), self._only(self.site, paths)

    def _only(self, site: Site, paths: Iterable[str]) -> Site:
        pages = {path: site.pages[path] for path in sorted(paths) if path in site.pages}
        return Site(site.addresses, pages, whole=site, known_keys=site.keys)

    def _named(self, site: Site, beside: Collection[int]) -> Site:
        publication = site.addresses.publication
        terms = {(s, taxonomy, f"/{taxonomy}/{key}") for s, taxonomy, key in self.difference.terms}
        outputs = tuple(
            page
            for page in publication.outputs
            if id(page) in beside or (page.taxonomy and (page.site, page.taxonomy, page.logical) in terms)
        )
        addresses = replace(
            site.addresses,
            publication=publication._replace(outputs=outputs),
            uses=site.addresses.terms,
        )
        return Site(addresses, site.pages)


def _is_followed(active: Active) -> bool:
    """Whether an edit of front matter leaves what a rule finds elsewhere; of a plug-in nobody knows what it looks at."""
    rule = active.rule
    if rule.on is Links or rule.on is Site:
        default = Scope.PAGE if rule.on is Links else Scope.SITE
        return (rule.scope or default) is not Scope.SITE and rule.check.__module__.startswith(
            "vitdlint.rules."
        )
    return rule.on in (Page, Compared, Settled, Web)


def _points_into(diagnostic: Diagnostic, paths: Collection[str]) -> bool:
    """Whether a finding about another page names a place in one of these, which may be elsewhere by now."""
    places = [related.place for related in diagnostic.related]
    if diagnostic.fix is not None:
        places += [edit.place for edit in diagnostic.fix.edits]
    return any(place.path in paths and place.end for place in places)

"""Check a site of which some pages have another front matter, have come or are gone, from what is stored of a run.

The publication follows by differences (`hugo/republish.py`). Checked again are the changed pages, the pages that ask for
a word of what has changed (`words.py`), and the parts of the site that rules about it need (`site_rules.py`). Nothing is
stored: the next edit is worked out from the same run. What is in doubt is answered by None, and the whole site is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from ...core.model import Diagnostic, Outcome
from ...core.rule import Scope
from ...external import Web
from ...page.page import Page
from ...rules.support.run_facts import Crash, Settled
from ...site.compared import Compared
from ...site.links import Links
from ...site.site import Site
from ...site.suggest import names_like
from ..config import Active
from ..page_work import PageResult
from ..patterns import matched, summed
from ..pipeline import Job, found_on, left_of, settle
from ..run_rules import Placer, rules_on, run
from .body_edits import LostError, SiteFindings, counted, raised_on, with_more
from .edited_site import DoubtError, EditedSite, edited_site, sure
from .last_run import Edit
from .outline import Outline
from .site_rules import few, found_now, points_into
from .words import named, unique_values, words, words_of

MOST = 8
"""Pages; after more edits since the last run the whole site is checked, which stores it."""


class Followed(NamedTuple):
    """What comes of an edit."""

    outcome: Outcome
    links: Links
    """Of the pages that were checked again."""
    results: Mapping[str, PageResult]
    """Of the changed and added pages."""


def follow(
    job: Job,
    was: Outcome,
    before: Site,
    findings: SiteFindings,
    outline: Outline,
    edit: Edit,
) -> Followed | None:
    """The outcome after the edit, with the pages as they are in the job's tree; None if anything is in doubt.

    `was` is the outcome of the earlier run and `before` its site (see `known_site`); `findings` and `outline` are what is
    stored of it.
    """
    try:
        sure(0 < len(edit.paths) <= MOST, *map(_is_followed, job.config.active))
        sure(not job.hugo_said.asked, job.answers is None, before.addresses.missing.configuration is None)
        sure(all(left.what not in ("findings", "page bodies") for left in was.report.not_checked))
        edited = edited_site(job, before, findings.names, outline, edit)
        return _followed(job, was, findings, edited)
    except (LostError, DoubtError):
        return None


def _is_followed(active: Active) -> bool:
    """Whether an edit of front matter leaves what a rule finds elsewhere; of a plug-in nobody knows what it looks at."""
    rule = active.rule
    if rule.on is Links or rule.on is Site:
        default = Scope.PAGE if rule.on is Links else Scope.SITE
        return (rule.scope or default) is not Scope.SITE and rule.check.__module__.startswith(
            "vitdlint.rules."
        )
    return rule.on in (Page, Compared, Settled, Web)


def _followed(job: Job, was: Outcome, findings: SiteFindings, edited: EditedSite) -> Followed:
    before, site, edit, results = edited.before, edited.site, edited.edit, edited.results
    woken = _woken(edited, findings)
    few(woken, edited)
    crashes: list[Crash] = []
    were = Links(before, {p: before.pages[p] for p in sorted(woken) if p in before.pages}, with_layouts=True)
    are = Links(site, {p: site.pages[p] for p in sorted(woken) if p in site.pages}, with_layouts=True)
    page_rules, link_rules, site_rules = (rules_on(job.config, subject) for subject in (Page, Links, Site))
    of_page, of_links, of_site = (
        {active.rule.code for active in rules} for rules in (page_rules, link_rules, site_rules)
    )
    on_links = list(run(link_rules, are, Placer(site.pages, job.tree), crashes))
    pointed = findings.pointed.keys() & edit.paths
    on_site, differing = found_now(site_rules, edited, woken, pointed, job.tree, crashes)
    sure(not crashes)
    facts = {path: site.pages[path] for path in sorted(woken | differing) if path in site.pages}

    def holds(diagnostic: Diagnostic) -> bool:
        """Whether what was found about one of these pages is found still."""
        path, code = diagnostic.place.path, diagnostic.code
        return (code in of_page and path not in results) or (code in of_links and path not in are.pages)

    kept = [*filter(holds, raised_on(findings, facts))]
    if pointed:
        sure(not any(points_into(d, edit.paths) for d in kept if d.place.path not in edit.paths))
    on_site = [d for d in on_site if d.place.path in facts or d.place.path not in site.pages]
    raised = [*on_links, *found_on(results.values(), page_rules, site.addresses), *kept, *on_site]
    own = {path: findings.names[path][-1] for path in set(was.pages).intersection(facts)}
    own |= {file.path: file.virtual for file in edited.difference.listed if not file.module}
    about, suppressed = settle(job, facts, own, raised, (), of_page | of_links | of_site, (), site.addresses)
    sure(not about.not_checked)

    # What was found elsewhere is left; in what is no page, what rules find that ran on the whole site.
    about_site, gone = of_links | of_site, facts.keys() | edit.removed
    no_pages = {d.place.path for d in (*was.report.diagnostics, *about.diagnostics)}.difference(site.pages)
    left = [
        d
        for d in was.report.diagnostics
        if d.place.path not in gone and (d.place.path not in no_pages or d.code not in about_site)
    ]
    new = [
        d
        for d in about.diagnostics
        if d.place.path in facts or (d.place.path in no_pages and d.code in about_site)
    ]
    if pointed:
        sure(not any(points_into(diagnostic, edit.paths) for diagnostic in left))
    dropped = [path for path in was.suppressed if path in site.pages and path not in facts]
    dropped += [path for path in suppressed if path in facts]
    pages = {*was.pages, *own} - edit.removed
    report = replace(
        was.report,
        diagnostics=with_more(left, new),
        pages=len(pages),
        suppressed=len(dropped),
        not_checked=counted(was.report.not_checked, left_of(were), left_of(are)),
        links=summed(was.report.links, matched(were), matched(are)),
    )
    names = {path: some for path, some in findings.names.items() if path not in edit.removed}
    outcome = was._replace(
        report=report,
        pages=tuple(sorted(pages)),
        suppressed=tuple(dropped),
        links=Links(site),
        names=names | {file.path: (file.virtual,) for file in edited.difference.listed},
    )
    return Followed(outcome, are, results)


def _woken(edited: EditedSite, findings: SiteFindings) -> set[str]:
    """The pages whose findings about links, and about what their front matter names, may be others now."""
    difference, outline = edited.difference, edited.outline
    outputs = (*difference.removed, *difference.added)
    found = {word for output in outputs for word in words_of(output)}
    found.update(word for file in difference.files for word in words(file))
    for site, paths in edited.states:
        # What must be unique is asked for by those that have it.
        found.update(word for path in paths for word in unique_values(site.pages[path]))
    for name in names_like(outline.sought, outputs):
        found.update((*words(name), named(name)))
    changed = edited.edit.paths | {output.path for output in outputs if output.path is not None}
    to_fragments = (source for path in changed for source in findings.linked.get(path, ()))
    return {*changed, *outline.asking(found), *to_fragments}

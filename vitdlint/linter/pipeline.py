"""Run page, site, link and web rules; then apply suppressions, ignores and severities.

Everything takes values and returns values. `settle` is the only place where a finding is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from ..core.globs import matcher
from ..core.model import Diagnostic, NotChecked, Outcome, Report
from ..external import Web
from ..files.git_history import History, no_history
from ..files.tree import CLOSED_FOLDER, LINK, Tree
from ..hugo.answers import Answers, with_answers
from ..hugo.config import HugoConfig
from ..hugo.files import ContentFile, content_files
from ..hugo.templates import Templates
from ..page.page import FOREIGN, REFUSED, Facts, Page, Settings, Suppression
from ..rules.support.run_facts import Crash, Ignore, Settled
from ..site.addresses import Addresses, SiteSettings
from ..site.compared import Compared
from ..site.host import host_redirects, redirect_templates
from ..site.links import Links
from ..site.site import Site
from ..site.stale_translations import StaleTranslations
from ..site.unused_files import UnusedFiles
from .bounded import Key, bounded, stopped
from .config import Active, Config
from .mounted_twice import each_once, merged, names_of
from .page_work import PageResult, Pages, PageWork, of_schema, read_or_error
from .patterns import matched
from .run_rules import Placer, not_checked_by, rules_on, run
from .schemas import Schemas
from .suppressed import Suppressed
from .unpublished import with_state


class _Inputs(NamedTuple):
    """The fields of `Job`: a named tuple itself has no place to keep what is read once."""

    tree: Tree
    hugo: HugoConfig
    config: Config
    schemas: Schemas
    now: datetime
    answers: Callable[[Links], Web] | None = None
    """What the web answered, where it was asked."""
    hugo_said: Answers = Answers()
    """What Hugo answered, where it was asked."""
    before: Mapping[str, str] | None = None
    """URLs that existed earlier and the file each came from, for missing-alias."""
    ignores: tuple[Ignore, ...] = ()
    reference: bool = False
    """Use the reference parser and validator only; the report is the same."""
    history: Callable[[], History] = no_history
    """When files were changed. May raise GitError."""
    settings: Settings | None = None
    """How pages are read, where that is known."""


class Job(_Inputs):
    """Everything that decides a run's report."""

    @cached_property
    def templates(self) -> Templates:
        """The templates of the tree."""
        return Templates(self.hugo, self.tree)

    @cached_property
    def page_work(self) -> PageWork:
        """What is done with every page in this run."""
        config, hugo, settings = self.config, self.hugo, self.settings
        if settings is None:
            from .page_settings import page_settings  # reads what templates do: a stored run knows

            settings = page_settings(
                config, self.templates, self.schemas.shortcodes, reference=self.reference
            )
        plugins = tuple(plugin.path for plugin in config.plugins)
        markups = tuple((each.name, each.markup) for each in hugo.languages if each.markup != hugo.markup)
        origin = (
            repr(([(each.name, each.default) for each in hugo.languages], hugo.mounts)) if markups else ""
        )
        return PageWork(rules_on(config, Page), settings, self.schemas.pages, plugins, markups, origin)


def lint(job: Job, pages: Pages) -> Outcome:
    """Check a whole site."""
    work = job.page_work
    listed = content_files(job.hugo, job.tree)
    files = [f for f in listed if f.is_page]
    results = list(pages(work, ((f, _reader(job.tree, f.path)) for f in each_once(files, work.schema_for))))
    facts = merged(r.facts for r in results)
    crashes = [c for r in results for c in r.crashes]

    site = site_of(job, facts, listed)
    raised = [
        *found_on(results, work.active, site.addresses),
        *(d for r in _odd(job, work) for d in r.diagnostics),
    ]
    links = Links(site)
    placer = Placer(facts, job.tree)
    site_rules, link_rules = rules_on(job.config, Site), rules_on(job.config, Links)
    raised += run(site_rules, site, placer, crashes)
    raised += run(link_rules, links, placer, crashes)
    ran, left = [*work.active, *site_rules, *link_rules], list[NotChecked]()
    for more in (UnusedFiles(site, job.tree, listed), StaleTranslations(site, job.history)):
        rules = rules_on(job.config, type(more))
        raised += run(rules, more, placer, crashes)
        left += not_checked_by(rules, more, crashes)
        ran += rules
    lasting = tuple(raised)

    web = job.answers(links) if job.answers else None
    if web is not None:
        web_rules = rules_on(job.config, Web)
        raised += run(web_rules, web, placer, crashes)
        ran += web_rules
    own = {f.path: f.virtual for f in files if not f.module}
    left += [*left_of(links, web), *_unchecked(facts)]
    codes = {a.rule.code for a in ran}
    report, suppressed = settle(job, facts, own, raised, crashes, codes, left, site.addresses)
    report = replace(report, links=dict(sorted(matched(links).items())))
    outcome = Outcome(
        report,
        tuple(own),
        suppressed,
        links,
        lasting,
        names_of(files),
        frozenset(a.rule.name for a in (*ran, *rules_on(job.config, Settled))),
        job.config.keys.fail_on,
    )
    return outcome if job.before is None else beside(job, outcome, job.before)


def beside(job: Job, outcome: Outcome, before: Mapping[str, str]) -> Outcome:
    """The outcome with what shows only beside the URLs (see `Addresses.sources`) that the site had before."""
    site, crashes = outcome.site, list[Crash]()
    rules = rules_on(job.config, Compared)
    raised = list(run(rules, Compared(site, before), Placer(site.pages, job.tree), crashes))
    paths = {diagnostic.place.path for diagnostic in raised}
    facts = {path: site.pages[path] for path in paths if path in site.pages}
    own = {path: outcome.names[path][-1] for path in paths.intersection(outcome.pages)}
    codes = {a.rule.code for a in rules}
    more, suppressed = settle(job, facts, own, raised, crashes, codes, (), site.addresses)
    found = (
        *outcome.report.diagnostics,
        *(d for d in more.diagnostics if d.code in codes or d.code == "VD003"),
    )
    report = replace(
        outcome.report,
        diagnostics=tuple(sorted(found, key=lambda d: d.order)),
        suppressed=outcome.report.suppressed + len(suppressed),
        crashed=outcome.report.crashed or bool(crashes),
    )
    return outcome._replace(report=report, suppressed=(*outcome.suppressed, *suppressed))


def found_on(
    results: Iterable[PageResult], active: Iterable[Active], addresses: Addresses
) -> Iterator[Diagnostic]:
    """What these rules found on pages. A schema is for pages: it says nothing about a file inside a leaf bundle."""
    by_schema = of_schema(active)
    for result in results:
        output = addresses.outputs.get(result.facts.path)
        bundled = output is not None and output.state == "resource"
        yield from (d for d in result.diagnostics if not (bundled and d.code in by_schema))


def site_of(job: Job, facts: Mapping[str, Facts], listed: tuple[ContentFile, ...]) -> Site:
    """The whole site, from the facts of its pages and the content files that were listed."""
    from ..hugo.publish import publish  # 5 ms; an edit of a body publishes nothing else

    publication = with_answers(
        publish(job.hugo, job.tree, facts, job.now, listed, job.templates), job.hugo_said
    )
    pages = {path: facts[path] for path in sorted(facts)}
    return Site(Addresses(job.hugo, publication, site_settings(job)), pages)


def site_settings(job: Job) -> SiteSettings:
    """What the configuration, and the files for the host, say about the site as a whole."""
    keys = job.config.keys
    templates = redirect_templates(job.templates)
    return SiteSettings(
        host=keys.host,
        base_urls=keys.base_urls,
        extra_urls=keys.extra_urls,
        redirects=(*keys.redirects, *host_redirects(job.hugo, job.tree, templates or ())),
        # A template that is not on disk is taken for the one that Hugo's documentation has.
        aliases_by_host=templates is not None and (not templates or any(".Aliases" in t for t in templates)),
        known_anchors=keys.known_anchors,
        shortcodes=tuple(sorted(n.lower() for n, use in keys.shortcodes.items() if use.says_use)),
    )


def settle(
    job: Job,
    facts: Mapping[str, Facts],
    own_pages: Mapping[str, str],
    raised: Iterable[Diagnostic],
    crashes: Sequence[Crash],
    ran: set[str],
    not_checked: Iterable[NotChecked],
    addresses: Addresses,
) -> tuple[Report, tuple[str, ...]]:
    """Drop what is suppressed, ignored or excluded; check the suppressions; sort. Also: the path of each suppressed one.

    `addresses` say which pages are not published. `own_pages` maps the site's own pages to their paths below the content folder; nothing is reported about a theme's.
    """
    config, keys = job.config, job.config.keys
    raised = tuple(raised)
    unfinished = stopped(raised)
    suppressed = Suppressed(facts, config.known)
    kept: list[Diagnostic] = []
    dropped: list[str] = []
    for diagnostic in raised:
        if suppressed.hides(diagnostic):
            dropped.append(diagnostic.place.path)
        else:
            kept.append(diagnostic)

    own = rules_on(config, Settled)
    subject = Settled(
        suppressions=tuple((path, s) for path in sorted(facts) for s in facts[path].suppressions),
        used=frozenset((*suppressed.used(), *_about(unfinished, facts, config))),
        ran=frozenset(ran | {a.rule.code for a in own}),
        known=config.known,
        crashes=tuple(crashes),
        ignores=job.ignores,
        today=job.now.date(),
    )
    placer = Placer(facts, job.tree)
    about_itself = list(run(own, subject, placer, []))
    for diagnostic in about_itself:
        if suppressed.hides(diagnostic):
            dropped.append(diagnostic.place.path)
        else:
            kept.append(diagnostic)

    excluded = matcher(keys.exclude)
    ignores = [(matcher((glob,)), _codes(names, config)) for glob, names in keys.per_file_ignores.items()]

    def wanted(d: Diagnostic) -> bool:
        path = d.place.path
        if d.code == "VD003":
            return True
        if path in facts and path not in own_pages:
            return False
        name = own_pages.get(path, path)
        if any(d.code in codes and matches(name) for matches, codes in ignores):
            return False
        return not excluded(name)

    listed, more = bounded(
        sorted({with_state(d, addresses) for d in kept if wanted(d)}, key=lambda d: d.order), unfinished
    )
    report = Report(
        diagnostics=listed,
        pages=len(own_pages),
        suppressed=len(dropped),
        not_checked=tuple(sorted((*not_checked, *more))),
        crashed=bool(crashes),
    )
    return report, tuple(dropped)


def _about(
    unfinished: Iterable[Key], facts: Mapping[str, Facts], config: Config
) -> Iterator[tuple[str, Suppression]]:
    """The suppressions of rules that stopped: what they hide may come later."""
    for path, name in unfinished:
        for comment in facts[path].suppressions if path in facts else ():
            rule = config.known.get(comment.rule)
            if rule is not None and rule.name == name:
                yield path, comment


def _codes(names: Iterable[str], config: Config) -> frozenset[str]:
    return frozenset(
        rule.code
        for n in names
        for rule in config.known.values()
        if n in ("all", rule.code, rule.name, rule.code[:3])
    )


def left_of(links: Links, web: Web | None = None) -> Iterator[NotChecked]:
    """What was not checked of these links."""
    yield from links.not_checked
    if web is not None:
        yield from web.not_checked()
    elif count := sum(target.status == "external" for _, _, target in links.all):
        yield NotChecked("external links", "run `vitdlint links`, then `vitdlint check --external`", count)


def _odd(job: Job, work: PageWork) -> Iterator[PageResult]:
    """What is mounted and cannot be read, or has a page's name and is no file: reported, and no part of the site."""
    for mount in (*job.hugo.mounted("content"), *job.hugo.mounted("static")):
        if mount.module:
            continue
        for path, size in sorted(job.tree.files(mount.source).items()):
            if size >= 0:
                continue
            if size == CLOSED_FOLDER:
                data: bytes | OSError = OSError("permission denied, or its path is too long")
            elif mount.component != "content" or _extension(path) not in job.hugo.content_extensions:
                continue
            elif size == LINK:
                data = OSError("Hugo leaves out what is a symbolic link")
            else:
                data = read_or_error(_reader(job.tree, path))
            yield work(ContentFile(path, path, "single", path, path, ()), data)


def _extension(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _unchecked(facts: Mapping[str, Facts]) -> Iterator[NotChecked]:
    reasons = Counter(f.not_checked for f in facts.values() if f.not_checked is not None)
    for reason in (FOREIGN, REFUSED):
        if count := reasons.pop(reason, 0):
            yield NotChecked("page bodies", reason, count)
    if reasons:
        yield NotChecked("page bodies", "unreadable, too large or too deeply nested", reasons.total())


def _reader(tree: Tree, path: str) -> Callable[[], bytes]:
    return lambda: tree.read(path)

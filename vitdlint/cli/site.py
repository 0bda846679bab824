"""`vitdlint site`: everything that vitdlint knows about a site, for debugging and to compare with Hugo."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..core import terminal
from ..core.clock import current_time
from ..core.model import Exit
from ..hugo.publication import Output
from ..linter.run_settings import RunSettings
from ..linter.session import open_session
from ..site.links import Links
from ..site.site import Site
from ..site.translations import sections
from .config_options import located
from .options import SiteOptions
from .site_filter import filter_of, require_text, summary

VERSION = 2
"""Of the JSON; raised when something in it changes its meaning or goes."""
_NOWHERE = ("dead", "external", "not-checked")


def site(options: SiteOptions) -> int:
    """Print the site; the exit code."""
    require_text(options)
    settings = RunSettings(current_time(options.clock), environment=options.environment)
    of = located(() if options.path is None else (options.path,), options.config)
    if options.ask_hugo:
        from .ask import ask  # starts a program

        settings = ask(of, settings, options.hugo)
    session = open_session(of, settings)
    terminal.note(*session.project.located.notes, *session.project.notes)
    found = session.links()
    match options.output_format:
        case "text":
            terminal.write(table(found, options))
        case "json":
            described = describe(found) if options.json_version == "2" else as_version_1(describe(found))
            terminal.write_json([json.dumps(described, indent=1), "\n"])
        case other:
            from ..reporters.graph import FORMATS  # only these formats need it
            from ..site.graph import graph_of

            terminal.write(FORMATS[other](graph_of(found)))
    return Exit.CLEAN


def describe(all_links: Links) -> dict[str, Any]:
    """The site as JSON values: a contract, see schemas/site.schema.json."""
    site, links = all_links.site, dict[str, list[dict[str, Any]]]()
    for page, link, target in all_links.all:
        place = site.pages[page.path or ""].place(link.start, link.end)
        links.setdefault(page.path or "", []).append(
            {
                "target": link.target,
                "line": place.line,
                "column": place.column,
                "status": target.status,
                "resolves_to": target.url or None if target.status not in _NOWHERE else None,
            }
        )
    pages = sorted(
        site.addresses.publication.outputs, key=lambda o: (o.path is None, o.path or "", o.site, o.url)
    )
    return {
        "version": VERSION,
        "pages": [_page(site, page, links.get(page.path or "", [])) for page in pages],
        "terms": [
            {"taxonomy": page.taxonomy, "term": page.term, "url": page.url}
            for page in pages
            if page.kind == "term" and page.state == "published"
        ],
        "redirects": _redirects(site),
    }


def as_version_1(described: dict[str, Any]) -> dict[str, Any]:
    """The same as version 1 has it: `published` is true or says why it is not, and nothing says version and role."""
    pages = [
        {
            key: (value or page["state"]) if key == "published" else value
            for key, value in page.items()
            if key not in {"version", "role", "state"}
        }
        for page in described["pages"]
    ]
    return {**described, "version": 1, "pages": pages}


def table(all_links: Links, options: SiteOptions) -> Iterator[str]:
    """The site for people: a line for each page that is wanted, or a summary, and what their links come to."""
    from ..core.visible import visible  # only this format needs it
    from ..reporters.closing import left_out

    site, links = all_links.site, dict[str, Counter[str]]()
    for page, _link, target in all_links.all:
        links.setdefault(page.path or "", Counter())[target.status] += 1
    wanted = filter_of(options, {path for path, counts in links.items() if counts["dead"]})
    pages = sorted(filter(wanted, site.addresses.publication.outputs), key=lambda o: (o.url, o.path or ""))
    if options.summary:
        yield from (f"{visible(line)}\n" for line in summary(pages))
    rows = [
        (
            visible(page.url or "-"),
            visible(page.path or f"({page.kind} page made by Hugo)"),
            ", ".join(_remarks(site, page, links.get(page.path or "", Counter()))),
        )
        for page in pages
    ]
    widths = [min(max((len(row[i]) for row in rows), default=0), 60) for i in (0, 1)]
    for url, path, remarks in () if options.summary else rows:
        yield f"{url:<{widths[0]}}  {path:<{widths[1]}}  {remarks}".rstrip() + "\n"
    states = Counter(page.state for page in pages)
    files = {page.path or "" for page in pages}
    total: Counter[str] = sum((counts for path, counts in links.items() if path in files), Counter())
    yield f"\n{_counted(states)} of {len(rows)} pages; {total.total()} links: {_counted(total) or 'none'}\n"
    some = options.match or options.state or options.dead
    for line in () if some else _translated(site):
        yield f"{visible(line)}\n"
    for line in () if some else left_out(all_links.not_checked):
        yield f"not checked: {visible(line)}\n"


def _translated(site: Site) -> Iterator[str]:
    """How many regular pages each section has in each language, where there are several languages."""
    languages = [language.name for language in site.addresses.config.languages]
    for section in sections(site) if len(languages) > 1 else ():
        if len({name for page in section.pages for name in page}) < 2:
            continue
        counts = (f"{name} {sum(name in page for page in section.pages)}" for name in languages)
        yield f"translations in {section.name or 'no section'}: {', '.join(counts)} of {len(section.pages)} pages"


def _page(site: Site, page: Output, links: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "path": page.path,
        "url": page.url,
        "kind": page.kind,
        "language": page.site.language,
        "version": page.site.version,
        "role": page.site.role,
        "published": page.state == "published",
        "state": page.state,
        "aliases": [alias.url for alias in page.aliases],
        "anchors": sorted(site.anchors.of(page)),
        "links": links,
    }


def _redirects(site: Site) -> dict[str, str]:
    """Every redirect: aliases, the other redirect pages that Hugo writes, and those of the host."""
    found = {rule.from_: rule.to for rule in reversed(site.addresses.settings.redirects)}
    for file, to in site.addresses.publication.redirect_files.items():
        found[site.addresses.url(file)] = to
    for page in site.addresses.publication.outputs:
        for alias in page.aliases:
            found[alias.url] = site.addresses.url(alias.leads_to) if alias.leads_to else page.url
    return dict(sorted(found.items()))


def _remarks(site: Site, page: Output, links: Counter[str]) -> Iterator[str]:
    space = site.addresses.config.space
    if len(space.versions.values) > 1:
        yield f"version {page.site.version}"
    if len(space.roles.values) > 1:
        yield f"role {page.site.role}"
    if page.state != "published":
        yield page.state
    if page.aliases:
        yield f"{len(page.aliases)} alias{'es' if len(page.aliases) > 1 else ''}"
    if links:
        yield f"{links.total()} links" + (f" ({dead} dead)" if (dead := links["dead"]) else "")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.most_common())

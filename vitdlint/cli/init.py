"""`vitdlint init`: look at a site, say what it is like, and write a configuration that fits it."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from ..core.clock import instant
from ..core.errors import UsageError
from ..core.model import Exit, Report, Severity
from ..files.find_site import locate, shown
from ..hugo.files import content_files
from ..linter.project import Project
from ..linter.run_settings import RunSettings
from ..linter.session import open_session
from ..schema.infer import FEW, MOST, Inferred, common_schemas
from ..site.links import Links
from ..site.site import Site
from ..site.suggest_config import (
    Fragment,
    LinkParameter,
    MovedFolder,
    OwnHost,
    UnmadeFolder,
    known_fragments,
    link_parameters,
    moved_folders,
    own_hosts,
    unmade_folders,
)
from .options import InitOptions

NAME = "vitdlint.toml"
BASELINE = "vitdlint-baseline.json"
STATE = ".vitdlint-links.txt"


@dataclass(frozen=True)
class Look:
    """What was found out about a site."""

    project: Project
    site: Site
    report: Report
    schemas: Mapping[tuple[str, ...], Inferred]
    """By the sections that share one."""
    own_hosts: Sequence[OwnHost]
    moved: Sequence[MovedFolder]
    unmade: Sequence[UnmadeFolder]
    fragments: Sequence[Fragment]
    parameters: Sequence[LinkParameter]
    sections: Counter[str]
    """Pages by section; '' for the content folder itself."""
    branches: int
    """How many `_index.md` there are."""
    slugs_are_names: bool
    tiki: int
    """Findings of leftover markup."""


def init(options: InitOptions) -> int:
    """Write what does not exist yet; the exit code."""
    settings = RunSettings(instant(options.clock), environment=options.environment, cached=False)
    located = locate([] if options.path is None else [options.path])
    if located.config is not None and located.config.parent == located.root:
        raise UsageError(f"{shown(located.config)} exists already; nothing is overwritten")
    session = open_session(located._replace(config=None), settings)
    project = session.project
    for note in located.notes:
        sys.stderr.write(f"vitdlint: {note}\n")
    outcome = session.check()
    if not outcome.pages:
        raise UsageError(
            f"{shown(located.root)}: the content folder holds no page, so there is nothing to look at"
        )
    look = look_at(project, outcome.links, outcome.report)
    sys.stdout.writelines(f"{line}\n" for line in told(look))
    files = {NAME: configuration(look)}
    files |= {
        _schema_file(sections): json.dumps(inferred.schema, indent=2, ensure_ascii=False) + "\n"
        for sections, inferred in look.schemas.items()
    }
    sys.stdout.write("\n")
    for name, text in files.items():
        _create(located.root / name, text, dry_run=options.dry_run)
    _add_line(located.root / ".gitattributes", f"{STATE} merge=union", dry_run=options.dry_run)
    _add_line(located.root / ".gitignore", f"/{STATE}.journal", dry_run=options.dry_run)
    sys.stdout.write(
        f"\nNext: `vitdlint check`. To adopt the site as it is and hear of new findings only:\n"
        f"  vitdlint check --baseline {BASELINE} --update-baseline\n"
    )
    return Exit.CLEAN


def look_at(project: Project, links: Links, report: Report) -> Look:
    """Everything that the configuration depends on."""
    site = links.site
    fronts: dict[str, list[Mapping[str, Any]]] = {}
    sections: Counter[str] = Counter()
    same = slugs = branches = 0
    for file in content_files(project.hugo, project.located.tree):
        facts = site.pages.get(file.path)
        if facts is None or file.module or file.kind not in ("single", "leaf", "branch"):
            continue
        section = file.virtual.partition("/")[0] if "/" in file.virtual else ""
        sections[section] += 1
        branches += file.kind == "branch"
        if file.kind == "branch" or not facts.front.data:
            continue
        fronts.setdefault(section, []).append(facts.front.data)
        slug = facts.front.get("slug")
        if isinstance(slug, str) and slug:
            slugs += 1
            same += slug == (PurePosixPath(file.virtual).parent.name if file.kind == "leaf" else file.stem)
    moved = tuple(moved_folders(links))
    return Look(
        project=project,
        site=site,
        report=report,
        schemas=dict(
            common_schemas(
                {
                    section: found
                    for section, found in sorted(fronts.items())
                    if len(found) >= FEW and re.fullmatch(r"[\w.-]+", section)
                }
            )
        ),
        own_hosts=tuple(own_hosts(site)),
        moved=moved,
        unmade=tuple(unmade_folders(links, moved)),
        fragments=tuple(known_fragments(links)),
        parameters=tuple(link_parameters(site)),
        sections=sections,
        branches=branches,
        slugs_are_names=slugs >= FEW and same / slugs >= MOST,
        tiki=sum(diagnostic.name == "leftover-markup" for diagnostic in report.diagnostics),
    )


def told(look: Look) -> Iterator[str]:
    """What was found, for people."""
    config, site = look.project.hugo.default, look.site
    kinds = Counter(facts.front.kind or "no" for facts in site.pages.values())
    links = sum(len(facts.links) for facts in site.pages.values())
    yield f"{config.title or 'A site without a title'}: {len(site.pages):,} pages, {links:,} links, {len(site.addresses.terms):,} terms"
    for section, count in look.sections.most_common(5):
        yield f"  {section or '(no section)'}: {count:,}"
    yield "Front matter: " + ", ".join(
        f"{count:,} {kind.upper() if kind != 'no' else 'without'}" for kind, count in kinds.most_common()
    )
    for host, count, why in look.own_hosts:
        yield f"{count:,} links to {host}, which is this site: {why}"
    for sections, inferred in look.schemas.items():
        required = ", ".join(inferred.schema["required"])
        yield f"Every page of {', '.join(sections)} has: {required or 'nothing in common'}"
        for what, count in inferred.exceptions.items():
            yield f"  {what}, except on {count:,} page{'s' * (count != 1)}"
    errors, warnings = look.report.count(Severity.ERROR), look.report.count(Severity.WARNING)
    for below, to, answered, of in look.moved:
        yield f"Dead links below {below}: {answered:,} of {of:,} URLs exist below {to}"
    yield f"Found today, before this configuration: {errors:,} errors, {warnings:,} warnings"
    often = Counter(diagnostic.name for diagnostic in look.report.diagnostics)
    for name, count in often.most_common(8):
        yield f"  {count:>6,}  {name}"


def configuration(look: Look) -> str:
    """The text of `vitdlint.toml`: what was found as settings, what only seems so as comments."""
    return "\n".join(_lines(look)).rstrip("\n") + "\n"


def _lines(look: Look) -> Iterator[str]:
    yield "# What vitdlint knows of this site beyond Hugo's own configuration. `vitdlint explain RULE` is the manual of a rule."
    yield ""
    if look.slugs_are_names:
        yield "# Nearly every slug is the name of its file; this tells where one is not."
        yield 'extend-select = ["slug-not-filename"]'
        yield ""
    yield '# How the host answers: "clean" serves /x, /x/ and /x.html alike, as most do; "strict" serves files as they are.'
    yield 'host = "clean"'
    yield ""
    if look.own_hosts:
        yield "# The site's own hosts, old ones too: links to them are judged as links to our own pages."
        for host, count, why in look.own_hosts:
            yield f"# {host}: {count:,} links; {why}."
        yield f"base-urls = {json.dumps([host.url for host in look.own_hosts])}"
        yield ""
    yield from _guesses(look)
    yield from _schema_lines(look)
    if look.tiki:
        yield f"# {look.tiki:,} leftover marks of a wiki were found. With the dialect named, marks are told too that could mean"
        yield "# something else elsewhere (||tables||, !!headings, ''italics'')."
        yield "# [rules.leftover-markup]"
        yield '# dialects = ["tiki"]'
        yield ""
    if look.parameters:
        yield "# Shortcodes with parameters that look like links. If they are, let them be judged as such:"
        for shortcode, found in groupby(look.parameters, lambda parameter: parameter.shortcode):
            parameters = list(found)
            for _, name, count, of in parameters:
                yield f"# {shortcode}, {name}: {count:,} of {of:,} values."
            yield f"# [shortcodes.{_key(shortcode)}]"
            yield f"# links = {json.dumps([parameter.name for parameter in parameters])}"
        yield ""


def _guesses(look: Look) -> Iterator[str]:
    """What dead links look like that may be none: in comments, for only the maintainer knows."""
    if look.moved:
        rules = (f'{{ from = "{below}*", to = "{to}:splat" }}' for below, to, _, _ in look.moved)
        yield from _proposal(
            "Dead links that would be answered in another folder. If the host redirects these, say so:",
            (f"{below}: {count:,} of {of:,} URLs exist below {to}." for below, to, count, of in look.moved),
            f"redirects = [{', '.join(rules)}]",
        )
    if look.unmade:
        yield from _proposal(
            "Folders that are linked to, and of which content makes nothing. If a layout or the host does, say so:",
            (f"{below}: {count:,} links." for below, count in look.unmade),
            f"extra-urls = {json.dumps([f'{below}**' for below, _ in look.unmade])}",
        )
    if look.fragments:
        yield from _proposal(
            "Fragments that no page's content has. If a layout puts them on every page, say so:",
            (f"#{name}: asked for on {count:,} pages." for name, count in look.fragments),
            f"known-anchors = {json.dumps([name for name, _ in look.fragments])}",
        )


def _proposal(heading: str, counts: Iterable[str], setting: str) -> Iterator[str]:
    """A setting as a comment, below what it rests on."""
    yield from (f"# {line}" for line in (heading, *counts, setting))
    yield ""


def _key(name: str) -> str:
    """A key of TOML."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def _schema_lines(look: Look) -> Iterator[str]:
    if not look.schemas:
        return
    yield "# What a page's front matter must say; the first match wins. The schemas were inferred: read them, they are yours."
    if look.branches:
        yield "[[schema]]"
        yield 'pages = "_index.*"'
        yield 'use = "page"'
        yield ""
    for sections in look.schemas:
        for section in sections:
            yield "[[schema]]"
            yield f"pages = {json.dumps(f'{section}/**')}"
            yield f"use = {json.dumps(_schema_file(sections))}"
            yield ""


def _schema_file(sections: Sequence[str]) -> str:
    return f"schemas/{sections[0]}.schema.json"


def _create(path: Path, text: str, *, dry_run: bool) -> None:
    """Write a new file, or say that there is one."""
    if path.exists() or path.is_symlink():
        sys.stdout.write(f"{shown(path)} exists already and is left as it is\n")
        return
    if dry_run:
        sys.stdout.write(f"--- {shown(path)}\n{text}")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{shown(path)}: cannot be written: {error.strerror}") from error
    sys.stdout.write(f"{shown(path)} written\n")


def _add_line(path: Path, line: str, *, dry_run: bool) -> None:
    """Add a line to a file of lines, unless it is there."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        sys.stdout.write(f"{shown(path)} cannot be read; add this line to it: {line}\n")
        return
    if line.split(maxsplit=1)[0] in text.split():
        return
    if not dry_run:
        end = "" if not text or text.endswith("\n") else "\n"
        try:
            with path.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(f"{end}{line}\n")
        except OSError as error:
            raise UsageError(f"{shown(path)}: cannot be written: {error.strerror}") from error
    sys.stdout.write(f"{shown(path)}: {'would get' if dry_run else 'added'} {line}\n")

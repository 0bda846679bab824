"""`vitdlint init`: look at a site, say what it is like, and write a configuration that fits it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit, Severity
from ..files.find_site import locate, shown
from ..files.whole import add_line, write_whole
from ..linter.run_settings import RunSettings
from ..linter.session import open_session
from .init_baseline import BASELINE, HOOKS, recorded, wants_baseline
from .init_look import Look, look_at
from .init_toml import CONFIGURATION, configuration, schema_file
from .options import InitOptions
from .schema import configuration_schema

NAME = "vitdlint.toml"
PRE_COMMIT = ".pre-commit-config.yaml"
STATE = ".vitdlint-links.txt"


def init(options: InitOptions) -> int:
    """Write what does not exist yet; the exit code."""
    settings = RunSettings(current_time(options.clock), environment=options.environment, cached=False)
    located = locate([] if options.path is None else [options.path])
    if located.config is not None and located.config.parent == located.root:
        raise UsageError(f"{shown(located.config)} exists already; nothing is overwritten")
    session = open_session(located._replace(config=None), settings)
    project = session.project
    terminal.note(*located.notes)
    outcome = session.check()
    if not outcome.pages:
        raise UsageError(
            f"{shown(located.root)}: the content folder holds no page, so there is nothing to look at"
        )
    look = look_at(project, outcome.links, outcome.report)
    terminal.say(*summary(look))
    baseline = wants_baseline(options.baseline, len(look.report.diagnostics))
    files = {NAME: configuration(look, BASELINE if baseline else "")}
    files[CONFIGURATION] = configuration_schema(draft_07=True)
    files |= {PRE_COMMIT: HOOKS} if options.hook else {}
    files |= {
        schema_file(sections): _schema(look, schema_file(sections), inferred.schema)
        for sections, inferred in look.schemas.items()
    }
    terminal.say("")
    for name, text in files.items():
        _create(located.root / name, text, dry_run=options.dry_run)
    _add_line(located.root / ".gitattributes", f"{STATE} merge=union", dry_run=options.dry_run)
    _add_line(located.root / ".gitignore", f"/{STATE}.journal", dry_run=options.dry_run)
    if baseline:
        _record(located.root, settings, dry_run=options.dry_run)
    next_ = "`vitdlint check`" + (", and `pre-commit install`" if options.hook else "")
    terminal.say("", f"Next: commit these files; {next_}.")
    if not baseline:
        terminal.say(
            f'To accept the site as it is and get new findings only, write baseline = "{BASELINE}" into {NAME}, then',
            "  vitdlint check --update-baseline",
        )
    return Exit.CLEAN


def _schema(look: Look, name: str, found: Mapping[str, Any]) -> str:
    """The text of a schema; its `$id` is where it would be on the site, for other tools want an absolute one."""
    base = look.project.hugo.default.base_url
    base = base if base.startswith(("https://", "http://")) else "https://example.org/"
    document = {"$schema": found["$schema"], "$id": f"{base.rstrip('/')}/{name}", **found}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _record(root: Path, settings: RunSettings, *, dry_run: bool) -> None:
    if dry_run:
        terminal.say(f"{shown(root / BASELINE)} would record what is found then")
        return
    text, count = recorded(root, settings)
    _create(root / BASELINE, text, dry_run=False, what=f": {count:,} findings")


def summary(look: Look) -> Iterator[str]:
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
    for host in look.own_hosts:
        is_ours = "is" if host.certain else "may be"
        yield f"{host.links:,} links to {host.url}, which {is_ours} this site: {host.why}"
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


def _create(path: Path, text: str, *, dry_run: bool, what: str = "") -> None:
    """Write a new file, or say that there is one."""
    if path.exists() or path.is_symlink():
        terminal.say(f"{shown(path)} exists already and is left as it is")
        return
    if dry_run:
        terminal.say(f"--- {shown(path)}\n{text}".rstrip("\n"))
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as error:
        raise UsageError(f"{shown(path)}: cannot be written: {error.strerror}") from error
    terminal.say(f"{shown(path)} written{what}")


def _add_line(path: Path, line: str, *, dry_run: bool) -> None:
    """Add a line to a file of lines, unless it is there."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        terminal.say(f"{shown(path)} cannot be read; add this line to it: {line}")
        return
    if line.split(maxsplit=1)[0] in text.split():
        return
    if not dry_run:
        try:
            add_line(path, line)
        except OSError as error:
            raise UsageError(f"{shown(path)}: cannot be written: {error.strerror}") from error
    terminal.say(f"{shown(path)}: {'would get' if dry_run else 'added'} {line}")

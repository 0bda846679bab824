"""`vitdlint init`: look at a site, say what it is like, and write a configuration that fits it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit, Severity
from ..core.number_of import number_of
from ..edits.transaction import Change, recover, write
from ..files.find_site import find_config, locate, shown
from ..files.regular import regular
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
    terminal.note(*recover(located.root))
    located = located._replace(config=find_config(located.root))
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
    changes = [_new(located.root / name, text, dry_run=options.dry_run) for name, text in files.items()]
    lines = {".gitattributes": f"{STATE} merge=union", ".gitignore": f"/{STATE}.journal"}
    changes += [_with_line(located.root / name, line) for name, line in lines.items()]
    _write(located.root, changes, lines, dry_run=options.dry_run)
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
    _write(
        root,
        [_new(root / BASELINE, text, dry_run=False)],
        {},
        dry_run=False,
        what=f": {number_of(count, 'finding')}",
    )


def summary(look: Look) -> Iterator[str]:
    """What was found, for people."""
    config, site = look.project.hugo.default, look.site
    kinds = Counter(facts.front.kind or "no" for facts in site.pages.values())
    links = sum(len(facts.links) for facts in site.pages.values())
    counted = {"page": len(site.pages), "link": links, "term": len(site.addresses.terms)}
    counts = ", ".join(number_of(count, noun) for noun, count in counted.items())
    yield f"{config.title or 'A site without a title'}: {counts}"
    for section, count in look.sections.most_common(5):
        yield f"  {section or '(no section)'}: {count:,}"
    yield "Front matter: " + ", ".join(
        f"{count:,} {kind.upper() if kind != 'no' else 'without'}" for kind, count in kinds.most_common()
    )
    for host in look.own_hosts:
        is_ours = "is" if host.certain else "may be"
        yield f"{number_of(host.links, 'link')} to {host.url}, which {is_ours} this site: {host.why}"
    for sections, inferred in look.schemas.items():
        required = ", ".join(inferred.schema["required"])
        yield f"Every page of {', '.join(sections)} has: {required or 'nothing in common'}"
        for what, count in inferred.exceptions.items():
            yield f"  {what}, except on {count:,} page{'s' * (count != 1)}"
    errors, warnings = look.report.count(Severity.ERROR), look.report.count(Severity.WARNING)
    for below, to, answered, of in look.moved:
        yield f"Dead links below {below}: {answered:,} of {of:,} URLs exist below {to}"
    yield f"Found today, before this configuration: {number_of(errors, 'error')}, {number_of(warnings, 'warning')}"
    often = Counter(diagnostic.name for diagnostic in look.report.diagnostics)
    for name, count in often.most_common(8):
        yield f"  {count:>6,}  {name}"


def _new(path: Path, text: str, *, dry_run: bool) -> Change | None:
    """A new file; None if there is one."""
    if path.exists() or path.is_symlink():
        terminal.say(f"{shown(path)} exists already and is left as it is")
        return None
    if dry_run:
        terminal.say(f"--- {shown(path)}\n{text}".rstrip("\n"))
    return Change(path, None, text.encode("utf-8"))


def _with_line(path: Path, line: str) -> Change | None:
    """A file of lines with one more; None if it has that, or cannot be read."""
    try:
        before = regular(path).read_bytes() if path.exists() else None
        text = (before or b"").decode("utf-8")
    except (OSError, UnicodeDecodeError):
        terminal.say(f"{shown(path)} cannot be read; add this line to it: {line}")
        return None
    if line.split(maxsplit=1)[0] in text.split():
        return None
    end = "" if not text or text.endswith("\n") else "\n"
    return Change(path, before, f"{text}{end}{line}\n".encode())


def _write(
    root: Path, changes: Iterable[Change | None], lines: Mapping[str, str], *, dry_run: bool, what: str = ""
) -> None:
    """Write all of it or nothing, and say so."""
    asked = [change for change in changes if change is not None]
    if not dry_run and write(root, [asked]).changed_meanwhile:
        raise UsageError("a file changed meanwhile; nothing was written")
    for path in (change.path for change in asked):
        if line := lines.get(path.name):
            terminal.say(f"{shown(path)}: {'would get' if dry_run else 'added'} {line}")
        elif not dry_run:
            terminal.say(f"{shown(path)} written{what}")

"""`vitdlint check`: lint pages against the whole site."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import __version__, pool, terminal
from ..clock import instant
from ..engine import Job, Outcome, lint
from ..model import Exit, Report, Severity
from ..project import Project, UsageError, open_project
from ..reporters import REPORTERS, Context, render_of
from ..terminal import wants_color


@dataclass(frozen=True)
class Request:
    """The command line of `check`; None where an option was not given."""

    paths: tuple[Path, ...] = ()
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    since: str | None = None
    staged: bool = False
    baseline: Path | None = None
    update_baseline: bool = False
    add_suppressions: str | None = None
    external: bool = False
    output_format: str | None = None
    output_file: Path | None = None
    fail_on: str | None = None
    exit_zero: bool = False
    statistics: bool = False
    watch: bool = False
    jobs: int | None = None
    no_cache: bool = False
    reference: bool = False
    config: Path | None = None
    environment: str = "production"
    no_plugins: bool = False
    stdin_filename: Path | None = None
    clock: str | None = None
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False

    @property
    def overrides(self) -> dict[str, Any]:
        """What replaces keys of the configuration."""
        names = ("select", "extend_select", "ignore", "fail_on")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


def check(request: Request) -> int:
    """Run once and print; the exit code."""
    outputs = _outputs(request)
    if request.fail_on not in (None, "error", "warning", "info", "never"):
        raise UsageError(f'--fail-on is "{request.fail_on}"; it must be error, warning, info or never')
    try:
        now = instant(request.clock)
    except ValueError as error:
        raise UsageError(str(error)) from error
    project = open_project(
        request.paths,
        config_file=request.config,
        overrides=request.overrides,
        plugins=not request.no_plugins,
        environment=request.environment,
    )
    job = Job(
        tree=project.tree,
        hugo=project.hugo,
        config=project.config,
        schemas=project.schemas,
        now=now,
        reference=request.reference,
    )
    outcome = lint(job, pool.processes(request.jobs or pool.default_jobs(), project.tree.read))
    _require_pages(project, request.paths, outcome)
    report = outcome.narrow(_reported(project, request.paths))
    if not request.quiet:
        for note in (*project.notes, *report.notes):
            sys.stderr.write(f"vitdlint: {note}\n")
    fail_on = project.config.keys.fail_on
    code = report.exit(None if fail_on == "never" else Severity.of(fail_on))
    terminal.earned(Exit.CLEAN if request.exit_zero and code is Exit.FOUND else code)
    _write(report, outputs, _context(project, request))
    return Exit.CLEAN if request.exit_zero and code is Exit.FOUND else code


def _outputs(request: Request) -> dict[str, Path | None]:
    """Formats to write, each with its file or None for standard output."""
    on_terminal = sys.stdout.isatty() and request.output_file is None
    chosen = request.output_format or ("full" if on_terminal else "concise")
    outputs: dict[str, Path | None] = {}
    for word in chosen.split(","):
        name, _, file = word.strip().partition("=")
        if name not in REPORTERS:
            raise UsageError(f'there is no output format "{name}"; there are {", ".join(REPORTERS)}')
        outputs[name] = Path(file) if file else request.output_file
    if sum(file is None for file in outputs.values()) > 1:
        raise UsageError("only one output format can go to standard output; write the others as FORMAT=FILE")
    return outputs


def _reported(project: Project, paths: tuple[Path, ...]) -> Callable[[str], bool]:
    """Which site paths the named files and folders cover; without any, all."""
    if not paths:
        return lambda _: True
    named = []
    for path in paths:
        full = path.absolute() if path.is_symlink() else path.resolve()
        relative = os.path.relpath(full, project.root.resolve()).replace(os.sep, "/")
        named.append("" if relative == "." else relative)
    if "" in named:
        return lambda _: True
    exact, below = frozenset(named), tuple(f"{n}/" for n in named)
    return lambda site_path: site_path in exact or site_path.startswith(below)


def _require_pages(project: Project, paths: tuple[Path, ...], outcome: Outcome) -> None:
    """Nothing matched is never silent: each named path must hold a page."""
    for path in paths:
        covers = _reported(project, (path,))
        if not any(covers(page) for page in outcome.pages):
            raise UsageError(f"{path}: no page of the site is there, so nothing was checked")
    if not outcome.pages:
        raise UsageError(f"{project.root}: the content folder holds no page, so nothing was checked")


def _context(project: Project, request: Request) -> Context:
    """What reporters may know besides the report."""
    root = project.root.resolve()
    try:
        wants = wants_color(request.color, sys.stdout)
    except ValueError as error:
        raise UsageError(str(error)) from error

    def shown(path: str) -> str:
        return os.path.relpath(root / path).replace(os.sep, "/")

    def text_of(path: str) -> str | None:
        try:
            return project.tree.read(path).decode("utf-8", "replace")
        except OSError:
            return None

    return Context(
        rules={rule.code: rule for rule in project.config.known.values()},
        version=__version__,
        text_of=text_of,
        shown=shown,
        width=shutil.get_terminal_size((100, 24)).columns,
        color=wants,
        hyperlinks=wants and sys.stdout.isatty(),
        statistics=request.statistics,
    )


def _write(report: Report, outputs: Mapping[str, Path | None], context: Context) -> None:
    for name, file in outputs.items():
        pieces = render_of(name)(report, context)
        if file is None:
            sys.stdout.writelines(pieces)
        else:
            try:
                file.write_text("".join(pieces), encoding="utf-8")
            except OSError as error:
                raise UsageError(f"{file}: cannot be written: {error.strerror}") from error

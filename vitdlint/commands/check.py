"""`vitdlint check`: lint pages against the whole site."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import __version__, terminal
from ..cache import Cache, default_file, program_id
from ..clock import instant
from ..errors import UsageError
from ..locate import Located, locate, shown
from ..model import Exit, Outcome, Report, Severity
from ..recall import keep, steady, still_true
from ..reporters import REPORTERS, Context, render_of
from ..rule import AnyRule
from ..terminal import wants_color

if TYPE_CHECKING:
    from ..project import Project


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
        names = ("select", "extend_select", "ignore")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    @property
    def run_key(self) -> tuple[Any, ...]:
        """What of the command line decides the report about the whole site."""
        return (self.overrides, self.environment, self.no_plugins, self.reference)


def check(request: Request) -> int:
    """Run once and print; the exit code."""
    started = time.time_ns()
    outputs = _outputs(request)
    if request.fail_on not in (None, "error", "warning", "info", "never"):
        raise UsageError(f'--fail-on is "{request.fail_on}"; it must be error, warning, info or never')
    try:
        now = instant(request.clock)
        color = wants_color(request.color, sys.stdout)
    except ValueError as error:
        raise UsageError(str(error)) from error
    located = locate(request.paths, request.config)
    run = _run(request, located, now, started)
    covers = _covers(located, request.paths)
    _require_pages(located, request.paths, run.outcome)
    report = run.outcome.narrow(covers)
    if not request.quiet:
        for note in (*located.notes, *run.notes, *report.notes):
            sys.stderr.write(f"vitdlint: {note}\n")
    fail_on = request.fail_on or run.fail_on
    code = report.exit(None if fail_on == "never" else Severity.of(fail_on))
    if request.exit_zero and code is Exit.FOUND:
        code = Exit.CLEAN
    terminal.earned(code)
    _write(report, outputs, _context(located, request, color))
    return code


class Run(NamedTuple):
    """The outcome of a run over the whole site, and what the configuration said about telling it."""

    outcome: Outcome
    fail_on: str
    notes: tuple[str, ...]


def _run(request: Request, located: Located, now: datetime, started: int) -> Run:
    """Recall the last run if nothing has changed since, or lint."""
    cache = None if request.no_cache else Cache(default_file(str(located.root)))
    program = program_id()
    key = hashlib.blake2b(
        repr((program, located.config, located.notes, request.run_key)).encode(), digest_size=16
    ).digest()
    if cache is not None and (kept := cache.recall(key)) is not None:
        recalled: Run | None = still_true(kept, located.disk, now)
        if recalled is not None:
            return recalled
    from ..project import open_project  # noqa: PLC0415  # loads everything that judges

    project = open_project(
        located,
        overrides=request.overrides,
        plugins=not request.no_plugins,
        environment=request.environment,
    )
    return _lint(request, project, now, cache, (key, program, started))


def _lint(
    request: Request, project: Project, now: datetime, cache: Cache | None, marks: tuple[bytes, bytes, int]
) -> Run:
    """Judge the site, and keep the outcome."""
    from .. import pool  # noqa: PLC0415  # as above
    from ..engine import Job, lint, page_work  # noqa: PLC0415  # as above

    located = project.located
    job = Job(
        tree=located.tree,
        hugo=project.hugo,
        config=project.config,
        schemas=project.schemas,
        now=now,
        reference=request.reference,
    )
    key, program, started = marks
    pages = pool.processes(request.jobs or pool.default_jobs(), located.tree.read)
    if cache is not None:
        pages = pool.remembered(pages, cache, pool.salt_of(program, page_work(job)))
    outcome = lint(job, pages)
    run = Run(outcome._replace(site=None), project.config.keys.fail_on, project.notes)
    if cache is not None and outcome.site is not None and not outcome.report.crashed:
        fronts = (facts.front for facts in outcome.site.pages.values())
        bounds = steady(fronts, now, project.hugo.default.time_zone)
        memory = keep(run, located.disk, project.files, started, bounds)
        if memory is not None:
            cache.keep(key, memory)
    return run


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


def _covers(located: Located, paths: tuple[Path, ...]) -> Callable[[str], bool]:
    """Which site paths the named files and folders cover; without any, all."""
    if not paths:
        return lambda _: True
    named = []
    for path in paths:
        full = path.absolute() if path.is_symlink() else path.resolve()
        relative = os.path.relpath(full, located.root).replace(os.sep, "/")
        named.append("" if relative == "." else relative)
    if "" in named:
        return lambda _: True
    exact, below = frozenset(named), tuple(f"{n}/" for n in named)
    return lambda site_path: site_path in exact or site_path.startswith(below)


def _require_pages(located: Located, paths: tuple[Path, ...], outcome: Outcome) -> None:
    """Nothing matched is never silent: each named path must hold a page."""
    for path in paths:
        covers = _covers(located, (path,))
        if not any(covers(page) for page in outcome.pages):
            raise UsageError(f"{path}: no page of the site is there, so nothing was checked")
    if not outcome.pages:
        raise UsageError(f"{shown(located.root)}: the content folder holds no page, so nothing was checked")


def _context(located: Located, request: Request, color: bool) -> Context:  # decided by the caller
    """What reporters may know besides the report."""

    def here(path: str) -> str:
        return os.path.relpath(located.root / path).replace(os.sep, "/")

    def text_of(path: str) -> str | None:
        try:
            return located.tree.read(path).decode("utf-8", "replace")
        except OSError:
            return None

    return Context(
        rules=_Rules(),
        version=__version__,
        text_of=text_of,
        shown=here,
        width=shutil.get_terminal_size((100, 24)).columns,
        color=color,
        hyperlinks=color and sys.stdout.isatty(),
        statistics=request.statistics,
    )


class _Rules(Mapping[str, AnyRule]):
    """Every rule by its code, loaded when a reporter first asks: most never do."""

    def _all(self) -> dict[str, AnyRule]:
        from ..rules import ALL  # noqa: PLC0415  # a hundred modules

        return {rule.code: rule for rule in ALL}

    def __getitem__(self, code: str) -> AnyRule:
        return self._all()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


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

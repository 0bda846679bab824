"""`vitdlint check`: lint pages against the whole site."""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..core import terminal
from ..core.clock import instant
from ..core.errors import UsageError
from ..core.model import Exit, Outcome, Report, Severity
from ..files.find_site import Located, locate, shown
from ..linter.incremental.last_run import COARSE, digest, recalled
from ..linter.incremental.store import Cache, default_file, program_id
from .output import context_of, outputs_of, tell, text_reader

if TYPE_CHECKING:
    from ..linter.session import Session


class Request(NamedTuple):
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


class Run(NamedTuple):
    """The outcome of a run over the whole site, and what the configuration said about telling it."""

    outcome: Outcome
    fail_on: str
    notes: tuple[str, ...]


def check(request: Request) -> int:
    """Run once and print; the exit code."""
    started = time.time_ns()
    # One run, whose objects live to its end: looking for cycles among them costs a fifth of it and finds none.
    gc.disable()
    _require_one_purpose(request)
    outputs = outputs_of(request.output_format, request.output_file)
    if request.fail_on not in (None, "error", "warning", "info", "never"):
        raise UsageError(f'--fail-on is "{request.fail_on}"; it must be error, warning, info or never')
    try:
        now = instant(request.clock)
        color = terminal.wants_color(request.color, sys.stdout)
    except ValueError as error:
        raise UsageError(str(error)) from error
    buffer = _standard_input(request)
    paths = request.paths if buffer is None else (request.stdin_filename or Path(),)
    located = locate([p if p.exists() or buffer is None else p.parent for p in paths], request.config)
    _finish_interrupted(located)
    covers = _covers(located, paths)
    changed: frozenset[str] = frozenset()
    read = located.tree.read

    if request.watch:
        _watch(request, located, covers, color)
    if request.since is not None or request.staged:
        from .check_changes import change_of, compare  # needs git

        change = change_of(located, request.since)
        if change is None:
            sys.stderr.write("vitdlint: nothing of the site was touched, so nothing was checked\n")
            return Exit.CLEAN
        changed = frozenset(f.path for f in change.files)
        read = (change.after or located.tree).read
        session = _session(request, located, now)
        run = _told(session, compare(session, change, partial(_key, request, located), started))
    elif request.add_suppressions is not None:
        from .check_suppress import silence

        session = _session(request, located, now)
        first = session.judge()
        _require_pages(located, request.paths, first)
        silence(session, first, covers, request.add_suppressions)
        return Exit.CLEAN
    elif request.fix or request.diff:
        from .check_fix import mended, print_patch, write_mended

        session = _session(request, located, now)
        first = session.judge()
        _require_pages(located, request.paths, first)
        result, original = mended(session, first, covers, unsafe=request.unsafe_fixes)
        if request.diff:
            print_patch(session, result, original)
            return Exit.FOUND if result.texts else Exit.CLEAN
        run = _told(session, first._replace(report=write_mended(session, result, original)))
    elif buffer is not None:
        from ..files.tree import OverlayTree

        path = located.path_of(paths[0])
        tree = OverlayTree(located.tree, {path: buffer})
        read = tree.read
        session = _session(request, located, now)
        run = _told(session, session.judge(tree))
    else:
        run = _recalled_or_judged(request, located, now, started)
        _require_pages(located, request.paths, run.outcome)

    text_of = text_reader(read)
    if request.external:
        from .links import without_secrets

        text_of = without_secrets(text_of)
    report = run.outcome.narrow(covers)
    if request.baseline is not None:
        from .check_baseline import against

        report = against(request.baseline, report, text_of, located, covers, update=request.update_baseline)
    if not request.quiet:
        for note in (*located.notes, *run.notes, *report.notes):
            sys.stderr.write(f"vitdlint: {note}\n")
    code = _exit(request, run, report)
    terminal.earned(code)
    tell(
        report,
        outputs,
        context_of(
            located,
            text_of,
            color=color,
            hyperlinks=color and sys.stdout.isatty(),
            statistics=request.statistics,
            changed=changed,
            closing=not request.quiet,
            elapsed=(time.time_ns() - started) / 1e9 if request.verbose else None,
        ),
    )
    return code


def _require_one_purpose(request: Request) -> None:
    """No option is ever ignored: of those that decide what a run is for, only one can be."""
    purposes = {
        "--watch": request.watch,
        "--since": request.since is not None,
        "--staged": request.staged,
        "--add-suppressions": request.add_suppressions is not None,
        "--diff" if request.diff else "--fix": request.fix or request.diff,
    }
    given = [name for name, is_given in purposes.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} do not go together; run one after the other")
    if request.update_baseline and request.baseline is None:
        raise UsageError("--update-baseline goes with --baseline FILE")
    for name, is_given in (("--baseline", request.baseline is not None), ("--external", request.external)):
        if request.watch and is_given:
            raise UsageError(f"--watch does not go with {name}")


def _watch(request: Request, located: Located, covers: Callable[[str], bool], color: bool) -> None:
    """Judge on every change until Ctrl-C."""
    from .check_watch import watch

    gc.enable()  # this one runs for hours
    outputs = outputs_of(request.output_format, request.output_file)

    def judge() -> Report:
        located.disk.forget()
        run = _recalled_or_judged(request, located, instant(request.clock), time.time_ns())
        return run.outcome.narrow(covers)

    watch(
        located.disk,
        [located.path_of(located.config)] if located.config is not None else [],
        judge,
        lambda report: tell(
            report,
            outputs,
            context_of(
                located,
                text_reader(located.tree.read),
                color=color,
                hyperlinks=color and sys.stdout.isatty(),
            ),
        ),
    )


def _exit(request: Request, run: Run, report: Report) -> Exit:
    """The exit code of a report, by the command line and the configuration."""
    fail_on = request.fail_on or run.fail_on
    code = report.exit(None if fail_on == "never" else Severity.of(fail_on))
    return Exit.CLEAN if request.exit_zero and code is Exit.FOUND else code


def _recalled_or_judged(request: Request, located: Located, now: datetime, started: int) -> Run:
    """Recall the last run if nothing has changed since, else judge what has."""
    cache = None if request.no_cache or request.external else Cache(default_file(str(located.root)))
    if cache is None:
        session = _session(request, located, now)
        return _told(session, session.judge())
    key = _key(request, located)
    memory, state = recalled(cache.recall(key), now), None
    if memory is not None:
        state = located.disk.state(memory.folders, memory.paths, started - COARSE)
        if memory.changed(state, partial(digest, located.disk)) == ():
            if state != memory.state:
                cache.keep({key: memory._replace(state=state).pickled()})
            return Run(memory.outcome, memory.fail_on, memory.notes)
    from ..linter.incremental.rerun import SiteState, resume  # loads all that judges

    session = _session(request, located, now, cache)
    return _told(session, resume(session, SiteState(key, located.tree, located.disk, started), memory, state))


def _key(request: Request, located: Located, what: str = "") -> bytes:
    """Under which the cache keeps what a run remembers: all but the site itself that decides the report."""
    asked = repr((program_id(), located.config, located.notes, request.run_key, what))
    return hashlib.blake2b(asked.encode(), digest_size=16).digest()


def _session(request: Request, located: Located, now: datetime, cache: Cache | None = None) -> Session:
    """Everything that judges: loaded only here, since a recalled run needs none of it."""
    from ..linter import workers
    from ..linter.project import open_project
    from ..linter.session import Session

    project = open_project(
        located, overrides=request.overrides, plugins=not request.no_plugins, environment=request.environment
    )
    answers = None
    if request.external:
        from .links import known_web  # needs what reads the state file

        answers = partial(known_web, project=project, now=now)
    return Session(
        project=project,
        answers=answers,
        now=now,
        environment=request.environment,
        jobs=request.jobs or workers.default_jobs(),
        # Without a file, results are remembered for the rounds of this one command.
        cache=cache or Cache(Path(":memory:") if request.no_cache else default_file(str(located.root))),
        program=program_id(),
        reference=request.reference,
        quiet=request.quiet,
    )


def _told(session: Session, outcome: Outcome) -> Run:
    return Run(outcome, session.project.config.keys.fail_on, session.project.notes)


def _standard_input(request: Request) -> bytes | None:
    """The page on standard input, if the path is `-`."""
    if request.paths != (Path("-"),):
        if request.stdin_filename is not None:
            raise UsageError("--stdin-filename goes with the path `-`, which reads standard input")
        return None
    if request.stdin_filename is None:
        raise UsageError(
            "to read standard input, say which page it is: --stdin-filename content/posts/page.md"
        )
    if request.fix or request.since is not None or request.staged or request.watch:
        raise UsageError("standard input can be checked, but not with --fix, --since, --staged or --watch")
    return sys.stdin.buffer.read()


def _finish_interrupted(located: Located) -> None:
    """Finish or roll back what an earlier command was killed in."""
    from ..edits.transaction import NAME, recover  # only where there is something to recover

    if (located.root / NAME).exists():
        for line in recover(located.root):
            sys.stderr.write(f"vitdlint: {line}\n")


def _covers(located: Located, paths: tuple[Path, ...]) -> Callable[[str], bool]:
    """Which site paths the named files and folders cover; without any, all."""
    named = [located.path_of(path) for path in paths]
    if not named or "." in named:
        return lambda _: True
    exact, below = frozenset(named), tuple(f"{n}/" for n in named)
    return lambda site_path: site_path in exact or site_path.startswith(below)


def _require_pages(located: Located, paths: tuple[Path, ...], outcome: Outcome) -> None:
    """Nothing matched is never silent: each named path must hold a page, or something that is said about."""
    told = {d.place.path for d in outcome.report.diagnostics}
    for path in paths:
        covers = _covers(located, (path,))
        if not any(map(covers, outcome.pages)) and not any(map(covers, told)):
            raise UsageError(f"{path}: no page of the site is there, so nothing was checked")
    if not outcome.pages:
        raise UsageError(f"{shown(located.root)}: the content folder holds no page, so nothing was checked")

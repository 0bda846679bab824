"""What `check` has to do: everything that its command line names, looked up and validated before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Diagnostic, Outcome, Report
from ..files.find_site import Located
from ..linter.check_site import covers, require_pages
from ..linter.config_layers import baseline_file
from ..linter.run_settings import RunSettings
from ..reporters.progress import checking
from .config_options import located, recovered
from .modes import mode_of
from .options import CheckOptions
from .output import FOR_PEOPLE, LIMITED, SORTED, Output, outputs_of, require_writable, text_reader

if TYPE_CHECKING:
    from ..linter.history import History
    from ..linter.session import Session
    from ..site.links import Links
    from .check_baseline import Baseline

Read = Callable[[str], bytes]


class Found(NamedTuple):
    """What a run reports, and how."""

    report: Report
    fail_on: str
    """What the configuration says about it."""
    text_of: Callable[[str], str | None]
    changed: frozenset[str] = frozenset()
    """Paths that the change under review touches."""
    links: Links | None = None
    """Of the site; None where the report was recalled from an earlier run."""
    rules: frozenset[str] = frozenset()
    """The names of the rules that ran."""
    baselined: tuple[Diagnostic, ...] | None = None
    """What the baseline records, which is not in the report; None without a baseline."""
    done: str = ""
    """What was done, for the end of the run: a sentence."""


class Task(NamedTuple):
    """One run of `check`."""

    options: CheckOptions
    mode: str
    """A key of `modes.CHECK`."""
    located: Located
    covers: Callable[[str], bool]
    """Whether the run reports on a path of the site."""
    settings: RunSettings
    outputs: tuple[Output, ...]
    baseline: Baseline | None
    history: tuple[str, History] | None = None
    """The text of the file of earlier runs, and what it says."""

    def session(self) -> Session:
        """Everything that checks: loaded only here, since a recalled run needs none of it."""
        from ..linter.session import open_session

        return open_session(self.located, self.settings)

    def text_of(self, read: Read) -> Callable[[str], str | None]:
        """The texts for excerpts and fingerprints, of the files that `read` reads."""
        return text_reader(read, secrets=not self.options.external)

    def report(self, outcome: Outcome, read: Read) -> Report:
        """The report about what is covered, without what the baseline knows."""
        report = outcome.narrow(self.covers)
        if self.baseline is None:
            return report
        return self.baseline.new(report, self.text_of(read), self.checked(outcome))

    def checked(self, outcome: Outcome) -> Callable[[str, str], bool]:
        """(page, rule) -> whether the report has every finding of that rule on that page."""
        changes = self.mode in ("--since", "--staged")
        return lambda path, rule: not changes and self.covers(path) and rule in outcome.rules

    def found(self, outcome: Outcome, read: Read, changed: frozenset[str] = frozenset()) -> Found:
        """What to report of an outcome about files that `read` reads."""
        self.note(*outcome.notes)
        report = self.report(outcome, read)
        baselined = None
        if self.baseline is not None:
            new = set(report.diagnostics)
            baselined = tuple(d for d in outcome.narrow(self.covers).diagnostics if d not in new)
        return Found(
            report, outcome.fail_on, self.text_of(read), changed, outcome.links, outcome.rules, baselined
        )

    def note(self, *sentences: str) -> None:
        """Say on standard error what is no finding; not if the run is to be quiet."""
        if not self.options.quiet:
            self.warn(*sentences)

    def warn(self, *sentences: str) -> None:
        """Say on standard error what was not done."""
        terminal.note(*sentences)

    def require_pages(self, outcome: Outcome) -> None:
        """A path that matches nothing is an error: each named one must hold a page, or something that is reported."""
        require_pages(self.located, paths_of(self.options), outcome)


def task_of(options: CheckOptions, started: int) -> Task:
    """The task; nothing is written yet but what a killed command has left to do. UsageError for whatever is wrong with it."""
    mode = mode_of(options)
    if mode == "-" and options.stdin_filename is None:
        raise UsageError(
            "to read standard input, say which page it is: --stdin-filename content/posts/page.md"
        )
    settings = RunSettings(
        now=current_time(options.clock),
        environment=options.environment,
        plugins=not options.no_plugins,
        reference=options.reference,
        external=options.external,
        jobs=options.jobs,
        cached=not options.no_cache,
        started=started,
        show=partial(checking, quiet=options.quiet, color=options.color),
    )
    outputs = outputs_of(options.output_format, options.output_file, limited=options.max_findings is not None)
    if mode == "--watch" and any(file for _, file in outputs):
        raise UsageError("--watch writes no files; leave FILE out of FORMAT=FILE")
    for flag, given, formats in (
        ("--statistics", options.statistics, FOR_PEOPLE),
        ("--sort", options.sort, SORTED),
        ("--max-findings", options.max_findings is not None, LIMITED),
    ):
        if given and not any(output.format in formats for output in outputs):
            raise UsageError(f"{flag} needs one of the formats {', '.join(sorted(formats))}")
    paths = paths_of(options)
    # What an editor has not saved yet may be a file that is not there.
    site = located(
        [p if p.exists() or mode != "-" else p.parent for p in paths], options.config, options.given
    )
    if options.ask_hugo:
        from .ask import ask  # starts a program

        settings = ask(site, settings, options.hugo)
    recorded = baseline_file(site, options.baseline)
    site = recovered(site, recorded)
    if options.update_baseline and recorded is None:
        raise UsageError(
            '--update-baseline needs a file: --baseline FILE, or the key baseline = "FILE" in the configuration'
        )
    for file in (file for _, file in outputs if file is not None):
        require_writable(file, site, settings.environment, [recorded])
    baseline = None
    if recorded is not None and mode not in ("--show-settings", "--show-files"):
        from .check_baseline import opened

        baseline = opened(recorded, site, options.environment, update=options.update_baseline)
    history = None
    if options.history is not None:
        from .check_history import opened as opened_history

        history = opened_history(options, site)
    return Task(options, mode, site, covers(site, paths), settings, outputs, baseline, history)


def paths_of(options: CheckOptions) -> Sequence[Path]:
    """What to report on; empty for all of the site."""
    return options.paths or () if options.stdin_filename is None else (options.stdin_filename,)

"""Reporters: functions from a report to text.

A reporter filters nothing, counts nothing twice and decides no exit code. It yields its output in pieces, so that a
report of a hundred thousand findings is never one string. Content is data: whatever a page holds, no reporter lets
an escape sequence, a workflow command or markup of the page's making through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ..core.docs_url import rule_url
from ..core.model import Report

if TYPE_CHECKING:  # a run that is recalled needs no rule, and most reports no more than their findings
    from ..core.rule import AnyRule
    from .background import Background


def _nothing(_path: str) -> str | None:
    return None


def _same(path: str) -> str:
    return path


def _alone() -> Background:
    from .background import Background

    return Background()


class Context(NamedTuple):
    """What a reporter may know besides the report. Paths in a report are relative to the site's root."""

    rules: Mapping[str, AnyRule]
    """Every rule of this run, by code."""
    version: str
    """Of vitdlint."""
    text_of: Callable[[str], str | None] = _nothing
    """The text of a file that was checked, for excerpts; None if it cannot be had."""
    shown: Callable[[str], str] = _same
    """A path of the report as it is written from where the command runs."""
    in_repository: Callable[[str], str] = _same
    """A path of the report relative to the root of the git repository, for formats that a forge reads."""
    changed: frozenset[str] = frozenset()
    """Paths that the change under review touches; formats with a limit report these first."""
    background: Callable[[], Background] = _alone
    """The site behind the report, asked only by a format that shows it."""
    blob: str = ""
    """Where the forge shows the files of the commit that is checked, `https://github.com/OWNER/NAME/blob/SHA`; '' if unknown."""
    docs_url: Callable[[], str] = str
    """Where the manuals are on the web, asked only by a format that links to them; see docs_url.py."""
    width: int = 80
    """Cells of the terminal."""
    color: bool = False
    hyperlinks: bool = False
    statistics: str = ""
    """Count by rule, cause, section or page instead of listing findings (formats for people only)."""
    sort: str = ""
    """The order of formats for people: path, rule or worst; '' leaves it to the format."""
    most: int | None = None
    """Show at most so many findings or causes, and count the rest; None shows all (`full` and `grouped` only)."""
    command: str = "vitdlint check"
    """What was run, without options that choose an output: the beginning of every command that is proposed."""
    any_rule: str = "vitdlint check"
    """The same without a choice of rules, for commands that make their own."""
    configured: bool | None = None
    """Whether the site has a configuration; None proposes nothing about it."""
    baseline: bool | None = None
    """Whether a baseline is in use; None proposes nothing about it."""
    today: date | None = None
    closing: bool = True
    """Whether formats for people end with counts and what was not checked."""
    elapsed: float | None = None
    """Seconds that the run took; None keeps the output reproducible."""

    def url(self, code: str, name: str) -> str | None:
        """The address of a rule's manual on the web, or None."""
        return rule_url(self.docs_url(), code, name)


Render = Callable[[Report, Context], Iterator[str]]

REPORTERS: Mapping[str, str] = {
    "full": "for people: excerpts, second places, help, the edit itself",
    "concise": "one line a finding",
    "grouped": "one line a finding, under its file",
    "json": "one versioned document; schemas/report.schema.json",
    "jsonl": "one JSON object a line, the summary last",
    "sarif": "SARIF 2.1.0, for code scanning",
    "github": "workflow commands, for annotations in GitHub Actions",
    "github-summary": "Markdown for $GITHUB_STEP_SUMMARY, the worst first, cut to its limit",
    "gitlab": "GitLab Code Quality",
    "azure": "logging commands, for issues in Azure Pipelines",
    "checkstyle": "Checkstyle XML, for Jenkins, Bitbucket and others",
    "junit": "JUnit XML",
    "rdjson": "reviewdog diagnostics",
    "markdown": "a table for a comment",
    "html": "one page to look at: what matters most, a table of everything, a view of each page",
}
"""Every output format and what it is for. Each is the module of that name here (`_` for `-`), with one function `render`."""


def render_of(name: str) -> Render:
    """The reporter of that name; imports that one alone. KeyError if there is none."""
    if name not in REPORTERS:
        raise KeyError(name)
    found: Render = import_module(f".{name.replace('-', '_')}", __name__).render
    return found

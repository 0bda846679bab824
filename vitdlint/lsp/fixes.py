"""What can be done about findings, as new texts: the same bytes that the command line would write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..core.model import Diagnostic, Report
from ..edits.add_suppressions import LOUD, plan
from ..edits.fix import rewrite
from ..linter.fix_site import fix_site
from ..page.page import Page
from ..site.links import Links
from .engine import State

REASON = "write the reason here"
"""What a comment says until somebody does."""


def at(state: State, path: str, start: int, end: int) -> list[Diagnostic]:
    """The findings that touch a stretch."""
    return [d for d in state.found.get(path, ()) if d.place.start <= end and start <= d.place.end]


def one(state: State, diagnostic: Diagnostic) -> Mapping[str, str]:
    """New texts with the fix of one finding, safe or not."""
    return rewrite([diagnostic], state.text_of, unsafe=True).texts


def all_in(state: State, path: str, rule: str | None = None) -> Mapping[str, str]:
    """New texts with all safe fixes of a file, as `check --fix FILE` writes them; of one rule only, if it is named."""
    outcome = state.outcome._replace(links=Links(state.site))

    def narrow(report: Report) -> Report:
        wanted = (d for d in report.diagnostics if d.place.path == path and rule in (None, d.name))
        return replace(report, diagnostics=tuple(wanted))

    return fix_site(state.session, outcome, narrow, unsafe=False, findings=state.findings).result.texts


def fixable(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that have a safe fix."""
    return [d for d in found if d.fix is not None and d.fix.safe]


def suppressed(state: State, diagnostic: Diagnostic) -> Mapping[str, str]:
    """New texts in which a comment suppresses a finding, so that the page renders the same; none if no comment can."""
    if diagnostic.name in LOUD:
        return {}
    page_of: Callable[[str], Page | None] = _page_of(state)
    return plan([diagnostic], page_of, state.session.parse, REASON).texts


def _page_of(state: State) -> Callable[[str], Page | None]:
    def page_of(path: str) -> Page | None:
        text = state.text_of(path)
        return None if text is None else state.page(path, text)

    return page_of

"""One site as vitdlint sees it, beside the one that Hugo built."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from vitdlint.core.model import Outcome, Severity
from vitdlint.files.find_site import locate
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import open_session

from .hugo import Hugo
from .links import compare_links
from .pages import compare_pages
from .scores import Comparison


def checked(site: Path, clock: datetime) -> Outcome:
    """What `vitdlint check` finds out about a site, without a cache."""
    return open_session(locate((site,)), RunSettings(clock, cached=False)).check()


def compare(outcome: Outcome, hugo: Hugo) -> Comparison:
    """Every answer on which the two differ."""
    assert outcome.site is not None
    errors = [d for d in outcome.report.diagnostics if d.severity == Severity.ERROR]
    found = Comparison()
    pairs = compare_pages(outcome.site, hugo, errors, found)
    compare_links(outcome.links, hugo, pairs, found)
    return found

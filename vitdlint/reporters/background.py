"""What the HTML report shows besides the findings. All of it may be missing: then so is that part of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..core.model import Diagnostic
from ..linter.history import History
from ..site.graph import Graph

if TYPE_CHECKING:  # most reports are made without
    from ..external.state import Record


class Background(NamedTuple):
    """The site behind a report."""

    title: str = ""
    """Of the site."""
    at: str = ""
    """The time of the run: `2026-11-30 12:00 UTC`."""
    commit: str = ""
    """Hexadecimal, short."""
    graph: Graph = Graph()
    baselined: tuple[Diagnostic, ...] | None = None
    """What the baseline records, which the report leaves out; None without a baseline."""
    history: History = History()
    """Of earlier runs and this one."""
    since: Mapping[Diagnostic, str] = {}
    """The time from which on a finding has been there."""
    verdicts: Mapping[str, Record] = {}
    """What is stored about external links, by masked URL."""

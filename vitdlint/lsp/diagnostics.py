"""A finding as the protocol has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lsprotocol import types

from ..core.docs_url import rule_url
from ..core.model import Diagnostic, Place, Severity
from .text import Position, Text

SOURCE = "vitdlint"
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_UNUSED = frozenset({"unused-suppression", "expired-ignore", "duplicate-term"})
"""What these find does nothing and can go: editors show it faded."""


class Wanted(NamedTuple):
    """What an editor shows of a finding besides its words."""

    docs: str = ""
    """Where the manuals of the rules are; '' for nowhere, or for an editor that shows no link."""
    related: bool = True
    """Places that belong to it."""
    tags: bool = True


def shown(
    found: Sequence[Diagnostic],
    text_of: Callable[[str], Text],
    uri_of: Callable[[str], str],
    wanted: Wanted,
) -> list[types.Diagnostic]:
    """The findings of one file."""
    return [_shown(diagnostic, text_of, uri_of, wanted) for diagnostic in found]


def span(text: Text, start: int, end: int) -> types.Range:
    """A stretch of a text."""
    return types.Range(types.Position(*text.position(start)), types.Position(*text.position(end)))


def offset(text: Text, position: types.Position) -> int:
    """The place in a text that an editor's position is."""
    return text.offset(Position(position.line, position.character))


def _shown(
    diagnostic: Diagnostic,
    text_of: Callable[[str], Text],
    uri_of: Callable[[str], str],
    wanted: Wanted,
) -> types.Diagnostic:
    def range_of(place: Place) -> types.Range:
        return span(text_of(place.path), place.start, place.end)

    url = rule_url(wanted.docs, diagnostic.code, diagnostic.name)
    return types.Diagnostic(
        range_of(diagnostic.place),
        f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message,
        severity=_SEVERITY[diagnostic.severity],
        code=diagnostic.name,
        code_description=types.CodeDescription(url) if url else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if wanted.tags and diagnostic.name in _UNUSED else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(uri_of(each.place.path), range_of(each.place)), each.message
            )
            for each in diagnostic.related
            if wanted.related
        ]
        or None,
    )

"""Read a report back from the `json` format.

The document may come from anywhere: it is validated, and no file is read because it names one; see `text_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from ..core.model import (
    Diagnostic,
    NotChecked,
    Place,
    PlacedEdit,
    PlacedFix,
    PlacedRelated,
    Report,
    Severity,
)
from ..page.read import line_starts
from .json import VERSION


class ReportError(Exception):
    """The document is no report: a sentence."""


def read_report(
    text: str,
    path_of: Callable[[str], str],
    text_of: Callable[[str], str | None],
    of_page: Callable[[str], bool] = lambda _code: False,
) -> Report:
    """The report in a JSON document. Raises ReportError.

    `path_of` gives the path of the site for one that the document has, `text_of` the text of a file of the site, for
    offsets. `of_page` says whether the findings of the rule with that code are about whole pages.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ReportError(f"is not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ReportError(f"is no JSON report of version {VERSION}")
    reader = _Reader(path_of, text_of, of_page)
    try:
        found = tuple(sorted({*map(reader.diagnostic, document["diagnostics"])}, key=lambda d: d.order))
        summary = document["summary"]
        return Report(
            found,
            int(summary["pages"]),
            int(summary["suppressed"]),
            tuple(
                NotChecked(str(e["what"]), str(e["reason"]), int(e["count"]), str(e.get("by", "")))
                for e in summary["not_checked"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"is no JSON report of version {VERSION}: {error!r}") from error


class _Reader:
    """Values of the document as values of the program."""

    def __init__(
        self,
        path_of: Callable[[str], str],
        text_of: Callable[[str], str | None],
        of_page: Callable[[str], bool],
    ) -> None:
        self._path_of = lru_cache(maxsize=None)(path_of)
        self._text_of = text_of
        self._of_page = of_page
        self._lines = lru_cache(maxsize=16)(self._line_starts)

    def _line_starts(self, path: str) -> tuple[Sequence[int], int]:
        text = self._text_of(path) or ""
        return line_starts(text), len(text)

    def place(self, value: dict[str, Any]) -> Place:
        path = self._path_of(str(value["path"]))
        line, column = int(value["line"]), int(value["column"])
        end_line = int(value.get("end_line", line))
        end_column = int(value.get("end_column", column))
        start, end = self._offset(path, line, column), self._offset(path, end_line, end_column)
        return Place(path, start, max(start, end), line, column, end_line, end_column)

    def _offset(self, path: str, line: int, column: int) -> int:
        lines, size = self._lines(path)
        if min(line, column) < 1:
            raise ValueError(f"line {line}, column {column}")
        return min(size, lines[min(line, len(lines)) - 1] + column - 1)

    def diagnostic(self, value: dict[str, Any]) -> Diagnostic:
        fix, code = value["fix"], str(value["code"])
        return Diagnostic(
            self.place(value),
            code,
            str(value["name"]),
            Severity.of(value["severity"]),
            str(value["message"]),
            None if value["help"] is None else str(value["help"]),
            None if fix is None else self._fix(fix),
            tuple(PlacedRelated(self.place(each), str(each["message"])) for each in value["related"]),
            None if value.get("cause") is None else str(value["cause"]),
            self._of_page(code),
            state=str(value.get("state", "")),
            fails_build=value.get("fails_build") is True,
        )

    def _fix(self, value: dict[str, Any]) -> PlacedFix:
        edits = tuple(PlacedEdit(self.place(edit), str(edit["text"])) for edit in value["edits"])
        return PlacedFix(str(value["title"]), bool(value["safe"]), edits)

"""A table in Markdown, for a job summary or a comment on a pull request; no content becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ..core.model import Report
from ..core.number_of import number_of
from ..core.visible import visible
from ..linter.causes import Cause, causes
from ..linter.cures import cures
from . import Context
from .closing import closing
from .fold import Item, items
from .statistics import headline

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&:$]|(?i:\bwww(?=\.))|[@#]")


_FEW = 10
"""With more findings than this, the biggest causes come first…"""
_CAUSES = 8
"""…so many of them."""
_ROWS = 10
"""Rows of a summary that are seen at once: with the causes above them they fill a screen."""
_COLUMNS = "| Place | Rule | Severity | Message |\n| --- | --- | --- | --- |\n"


def render(report: Report, context: Context) -> Iterator[str]:
    """A heading, counts, every finding as a row of a table; what has one cause in one row."""
    yield from _head(report, context)
    for item in items(report, context):
        yield _row(item, context)


def table(report: Report, context: Context, limit: int) -> str:
    """The same, errors and changed files first: some rows, the others folded away.

    All of it is cut to `limit` bytes of UTF-8, with a count of what was left out.
    """
    text = "".join(_head(report, context))
    size = len(text.encode("utf-8", "replace")) + 200
    rows: list[str] = []
    ordered = sorted(
        items(report, context),
        key=lambda item: (
            -max(found.severity for found in item.all),
            all(found.place.path not in context.changed for found in item.all),
        ),
    )
    left = len(report.diagnostics)
    for number, item in enumerate(ordered):
        row = _row(item, context)
        if number == _ROWS:
            rows.append(f"\n<details><summary>{left:,} more findings</summary>\n\n{_COLUMNS}")
        size += len(row.encode("utf-8", "replace"))
        if size > limit:
            rows.append(f"\n{left:,} more findings are left out.\n")
            break
        rows.append(row)
        left -= len(item.all)
    if len(rows) > _ROWS:
        rows.append("\n</details>\n")
    return text + "".join(rows)


def _head(report: Report, context: Context) -> Iterator[str]:
    yield "## vitdlint\n\n"
    for line in closing(report, context):
        yield f"- {escaped(line.rstrip())}\n"
    ranked = causes(report)
    if len(report.diagnostics) > _FEW:
        yield "\n| Biggest causes | Findings | Pages |\n| --- | ---: | ---: |\n"
        for cause in ranked[:_CAUSES]:
            count, pages = len(cause.diagnostics), cause.pages
            yield f"| {escaped(headline(cause))} | {count:,} | {pages:,} |\n"
        if len(ranked) > _CAUSES:
            rest = sum(len(cause.diagnostics) for cause in ranked[_CAUSES:])
            yield f"| {len(ranked) - _CAUSES:,} others | {rest:,} | |\n"
    if report.diagnostics:
        yield f"\n{_COLUMNS}"


def _row(item: Item, context: Context) -> str:
    diagnostic = item.diagnostic
    place = diagnostic.place
    where = escaped(f"{context.shown(place.path)}:{place.line}:{place.column}")
    if context.blob:
        # Without `plain=1` GitHub shows a Markdown file as a page, which has no lines.
        path = quote(context.in_repository(place.path), errors="surrogateescape")
        where = f"[{where}](<{context.blob}/{path}?plain=1#L{place.line}>)"
    if item.others:
        pages = len({found.place.path for found in item.all})
        where += f" and {len(item.others):,} more, in {number_of(pages, 'page')}"
    url = context.url(diagnostic.code, diagnostic.name)
    rule = f"{diagnostic.code} {diagnostic.name}"
    shown = f"[{escaped(rule)}](<{url}>)" if url else escaped(rule)
    text = escaped(f"{diagnostic.message} ({diagnostic.help})" if diagnostic.help else diagnostic.message)
    if item.cause is not None:
        text = "; ".join((escaped(item.cause.message), *_cures(item.cause, context)))
    return f"| {where} | {shown} | {diagnostic.severity.word} | {text} |\n"


def _cures(cause: Cause, context: Context) -> Iterator[str]:
    """How to cure a cause, what is to be pasted as code."""
    for cure in cures(cause, context.any_rule, context.today):
        lines = "<br>".join(f"<code>{escaped(line)}</code>" for line in cure.paste)
        yield f"{escaped(cure.advice)}: {lines}"


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing is markup, a link, a mention or a new line."""
    return _SPECIAL.sub(_escape, visible(text))


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    entity = f"&#{ord(found)};" if len(found) == 1 else found
    # Forges look for mentions, issues and hosts in the rendered text: a comment between the parts hides them.
    return f"{entity}<!-- -->" if found in "@#" or len(found) > 1 else entity

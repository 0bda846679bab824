"""The data of the report: columns of plain JSON values, which report.js documents from its side.

Every text that comes from a page, a file name or an answer has passed `visible`. References are numbers of rows, -1 for
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from ...core.model import Diagnostic, Report
from ...core.visible import visible
from ...external.state import Record
from ...external.urls import covered, masked, normal
from ...linter.causes import Cause
from ...linter.history import History
from ...site.graph import TOP, Graph, Node
from .. import Context
from ..background import Background
from .excerpts import NONE, excerpt, fix, published
from .treemap import HEIGHT, WIDTH, map_of

OTHER_FILES = "(other files)"
NOWHERE = frozenset({"dead", "not-checked"})


class Numbers(dict[str, int]):
    """Each text once, numbered in the order of appearance."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]

    def of(self, text: str | None) -> int:
        """The number of a text; -1 for none."""
        return -1 if not text else self[text]

    def shown(self) -> list[str]:
        """The texts, safe to look at."""
        return [published(text) for text in self]


def data_of(
    report: Report, causes: Sequence[Cause], background: Background, context: Context
) -> dict[str, Any]:
    """Everything that the page shows."""
    graph = background.graph
    found = [*report.diagnostics, *(background.baselined or ())]
    if background.baselined:
        found.sort(key=lambda diagnostic: diagnostic.order)
    nodes = [*graph.nodes, *_other_files(graph, found)]
    rows = {node.path: number for number, node in reversed([*enumerate(nodes)]) if node.path}
    return {
        "pages": _pages(nodes, graph, context),
        "findings": _findings(found, causes, rows, background, context),
        "causes": {
            "key": [key_of(cause) for cause in causes],
            "title": [title_of(cause) for cause in causes],
        },
        "runs": _runs(background.history),
        "rules": _rules(found, context),
        "links": _links(graph, len(nodes), background),
        "map": _map(graph),
        "base": graph.base_url if graph.base_url.startswith(("http://", "https://")) else "",
    }


def _other_files(graph: Graph, found: Sequence[Diagnostic]) -> list[Node]:
    """Files with findings that are no pages; all files, where nothing is known of the site."""
    known = {node.path for node in graph.nodes}
    paths = sorted({diagnostic.place.path for diagnostic in found} - known)
    return [
        Node(path, "", "", "file", "", "published", OTHER_FILES if graph.nodes else folder_of(path))
        for path in paths
    ]


def key_of(cause: Cause) -> str:
    """What the address calls a cause: the same in the next report."""
    return published(
        f"{cause.name} {cause.label or cause.kind} {'' if cause.label else cause.message}".strip()
    )


def title_of(cause: Cause) -> str:
    """What is wrong, for all of its findings."""
    return published(cause.message or (f"{cause.name}: {cause.label}" if cause.label else cause.name))


def folder_of(path: str) -> str:
    """The section of a page, by its file alone."""
    folders = path.partition("content/")[2].split("/")[:-1]
    return folders[0] if folders else TOP


def _pages(nodes: Sequence[Node], graph: Graph, context: Context) -> dict[str, Any]:
    sections, terms, words = Numbers(), Numbers(), Numbers()
    incoming = graph.incoming
    return {
        "path": [visible(context.shown(node.path)) if node.path else "" for node in nodes],
        "url": [visible(node.url) for node in nodes],
        "title": [visible(node.title) for node in nodes],
        "section": [sections[node.section] for node in nodes],
        "kind": [words[node.kind] for node in nodes],
        "state": [words[node.state] for node in nodes],
        "language": [words[node.language] for node in nodes],
        "terms": [[terms[term] for term in node.terms] for node in nodes],
        "aliases": [[visible(alias) for alias in node.aliases] for node in nodes],
        "incoming": incoming + [0] * (len(nodes) - len(incoming)),
        "sectionNames": sections.shown(),
        "termNames": terms.shown(),
        "words": words.shown(),
    }


def _findings(
    diagnostics: Sequence[Diagnostic],
    causes: Sequence[Cause],
    rows: dict[str, int],
    background: Background,
    context: Context,
) -> dict[str, Any]:
    @lru_cache(maxsize=16)
    def text_of(path: str) -> str | None:
        text = context.text_of(path)
        return None if text is None else covered(text)

    rules, messages, helps = Numbers(), Numbers(), Numbers()
    baselined = set(background.baselined or ())
    excerpts, fixes = [], list[Any]()
    fixed = []
    for diagnostic in diagnostics:
        text = text_of(diagnostic.place.path)
        excerpts.append(NONE if text is None else excerpt(text, diagnostic.place))
        fixed.append(-1 if diagnostic.fix is None else len(fixes))
        if diagnostic.fix is not None:
            fixes.append(fix(diagnostic.fix, text_of, context.shown))
    times = {run.at: number for number, run in enumerate(background.history.runs)}
    cause_of = {id(d): number for number, cause in enumerate(causes) for d in cause.diagnostics}
    return {
        "page": [rows[d.place.path] for d in diagnostics],
        "line": [d.place.line for d in diagnostics],
        "column": [d.place.column for d in diagnostics],
        "rule": [rules[d.code] for d in diagnostics],
        "severity": [int(d.severity) for d in diagnostics],
        "message": [messages[d.message] for d in diagnostics],
        "help": [helps.of(d.help) for d in diagnostics],
        "cause": [cause_of.get(id(d), -1) for d in diagnostics],
        "before": [e.before for e in excerpts],
        "marked": [e.marked for e in excerpts],
        "after": [e.after for e in excerpts],
        "fix": fixed,
        "baselined": [int(d in baselined) for d in diagnostics] if baselined else [],
        "since": [times.get(background.since.get(d, ""), -1) for d in diagnostics] if times else [],
        "related": {
            number: [
                [visible(context.shown(place.path)), place.line, published(message)]
                for place, message in d.related[:_RELATED]
            ]
            for number, d in enumerate(diagnostics)
            if d.related
        },
        "messages": messages.shown(),
        "helps": helps.shown(),
        "fixes": fixes,
    }


_RELATED = 10
"""Second places that are shown of one finding."""


def _rules(found: Sequence[Diagnostic], context: Context) -> dict[str, Any]:
    """In the order in which findings number them."""
    names = {diagnostic.code: diagnostic.name for diagnostic in found}
    rules = context.rules
    known = {code: rules[code] for code in names if code in rules} if names else {}
    return {
        "code": list(names),
        "name": list(names.values()),
        "manual": [known[code].manual if code in known else "" for code in names],
        "url": [context.url(code, name) or "" for code, name in names.items()],
    }


def _links(graph: Graph, pages: int, background: Background) -> dict[str, Any]:
    """By page: those of page P are the rows from first[P] to first[P + 1]."""
    statuses, targets = Numbers(), Numbers()
    counts = [0] * pages
    for edge in graph.edges:
        counts[edge.source] += 1
    verdicts: dict[int, list[Any]] = {}
    written = []
    for edge in graph.edges:
        elsewhere = edge.target < 0 or edge.status in NOWHERE
        written.append(targets[edge.written] if elsewhere else -1)
        if edge.status == "external" and background.verdicts:
            number = written[-1]
            record = background.verdicts.get(masked(normal(edge.written.partition("#")[0])))
            if record is not None and number not in verdicts:
                known = background.history.verdicts.get(record.url, ())
                verdicts[number] = [*_verdict(record), [[at[:10], kind] for at, kind in known]]
    return {
        "first": [0, *accumulate(counts)],
        "to": [edge.target for edge in graph.edges],
        "status": [statuses[edge.status] for edge in graph.edges],
        "line": [edge.line for edge in graph.edges],
        "written": written,
        "statuses": statuses.shown(),
        "targets": [visible(masked(target)) for target in targets],
        "verdicts": verdicts,
    }


def _map(graph: Graph) -> dict[str, Any]:
    """Rectangles in tenths of a unit: left, top, width, height, one page after the other."""
    made = map_of(graph)
    return {
        "size": [WIDTH, HEIGHT],
        "sections": [[visible(name), *map(round, area)] for name, area in made.sections],
        "pages": [round(10 * value) for rectangle in made.pages for value in rectangle],
    }


def _runs(history: History) -> dict[str, Any]:
    """The times, and the number of findings then: all, and of the rules that have most now."""
    runs = history.runs
    last = runs[-1].counts if runs else {}
    most = sorted(last, key=lambda rule: (-last[rule], rule))[:_LINES]
    return {
        "at": [run.at for run in runs],
        "total": [sum(run.counts.values()) for run in runs],
        "rules": [[visible(rule), [run.counts.get(rule, 0) for run in runs]] for rule in most],
    }


_LINES = 5
"""Rules that have a line of their own in the trend."""


def _verdict(record: Record) -> list[str]:
    """Class, detail, first day of the class, and the day from which on it counts as dead ('' if it does not)."""
    dead = record.dead.isoformat() if record.dead else ""
    return [record.kind.value, visible(record.code), record.since.isoformat(), dead]

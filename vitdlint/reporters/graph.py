"""The site as a graph, for other programs: Graphviz, GraphML (yEd, Gephi, networkx) and CSV (a spreadsheet)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape

from ..core.visible import visible
from ..site.graph import Edge, Graph, Node

_BROKEN = frozenset({"dead", "unpublished"})
_FORMULA = ("=", "+", "-", "@")
"""A spreadsheet runs a cell that begins with one of these; an apostrophe in front makes it text."""


def dot(graph: Graph) -> Iterator[str]:
    """For Graphviz: a cluster for each section, dead links in red."""
    yield "digraph site {\n  rankdir=LR;\n  node [shape=box];\n"
    sections: dict[str, list[int]] = {}
    for number, node in enumerate(graph.nodes):
        sections.setdefault(node.section, []).append(number)
    for index, (section, numbers) in enumerate(sections.items()):
        yield f"  subgraph cluster_{index} {{\n    label={_quoted(section)};\n"
        for number in numbers:
            node = graph.nodes[number]
            style = "" if node.state == "published" else ", style=dashed"
            title = _quoted(node.title or node.url or node.path)
            yield f"    n{number} [label={title}, URL={_quoted(node.url)}{style}];\n"
        yield "  }\n"
    dead: dict[str, str] = {}
    for edge in _internal(graph):
        if edge.target >= 0:
            color = " [color=red]" if edge.status in _BROKEN else ""
            yield f"  n{edge.source} -> n{edge.target}{color};\n"
        else:
            if edge.written not in dead:
                dead[edge.written] = f"d{len(dead)}"
                yield f"  {dead[edge.written]} [label={_quoted(edge.written)}, color=red, style=dashed];\n"
            yield f"  n{edge.source} -> {dead[edge.written]} [color=red];\n"
    yield "}\n"


def graphml(graph: Graph) -> Iterator[str]:
    """GraphML: pages with all that is known of them, links between them with status and line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in ("path", "url", "title", "kind", "language", "state", "section"):
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    yield '<key id="status" for="edge" attr.name="status" attr.type="string"/>\n'
    yield '<key id="line" for="edge" attr.name="line" attr.type="int"/>\n'
    yield '<graph id="site" edgedefault="directed">\n'
    for number, node in enumerate(graph.nodes):
        yield f'<node id="n{number}">{_data(node)}</node>\n'
    dead: dict[str, str] = {}
    for edge in _internal(graph):
        target = f"n{edge.target}"
        if edge.target < 0:
            if edge.written not in dead:
                dead[edge.written] = f"d{len(dead)}"
                missing = Node("", edge.written, edge.written, "missing", "", "dead", "")
                yield f'<node id="{dead[edge.written]}">{_data(missing)}</node>\n'
            target = dead[edge.written]
        yield (
            f'<edge source="n{edge.source}" target="{target}"><data key="status">{edge.status}</data>'
            f'<data key="line">{edge.line}</data></edge>\n'
        )
    yield "</graph>\n</graphml>\n"


def links_csv(graph: Graph) -> Iterator[str]:
    """A row for each link, external ones too: where it is, what is written, where it leads."""
    yield _row("page", "url", "line", "written", "status", "leads to", "file")
    for edge in graph.edges:
        source = graph.nodes[edge.source]
        goal = graph.nodes[edge.target] if edge.target >= 0 else None
        yield _row(
            source.path,
            source.url,
            str(edge.line),
            edge.written,
            edge.status,
            goal.url if goal else "",
            goal.path if goal else "",
        )


FORMATS: Mapping[str, Callable[[Graph], Iterator[str]]] = {"dot": dot, "graphml": graphml, "csv": links_csv}
"""By the name that `vitdlint site --output-format` has for each."""


def _internal(graph: Graph) -> Iterator[Edge]:
    """Links from page to page, and those that lead nowhere."""
    return (edge for edge in graph.edges if edge.target >= 0 or edge.status == "dead")


def _quoted(text: str) -> str:
    shown = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def _data(node: Node) -> str:
    values = zip(Node._fields[:7], node[:7], strict=True)
    return "".join(
        f'<data key="{name}">{escape(visible(str(value)))}</data>' for name, value in values if value
    )


def _row(*cells: str) -> str:
    out = io.StringIO()
    shown = (visible(cell) for cell in cells)
    csv.writer(out, lineterminator="\n").writerow(f"'{c}" if c.startswith(_FORMULA) else c for c in shown)
    return out.getvalue()

"""Where each page is on the map: sections as areas, in them the pages, larger the more pages link to them.

A squarified treemap: rows of rectangles that are as square as they can be. The same site gives the same map.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from ...site.graph import Graph

WIDTH, HEIGHT = 1600.0, 1000.0
_TITLE = 24.0
"""Of a section, above its pages."""
_GAP = 3.0


class Rectangle(NamedTuple):
    """In units of the map; the origin is on the top left."""

    x: float
    y: float
    width: float
    height: float


class Map(NamedTuple):
    """Where sections and pages are."""

    sections: tuple[tuple[str, Rectangle], ...]
    """The largest first."""
    pages: tuple[Rectangle, ...]
    """One for each node; without width for one that is not shown."""


HIDDEN = Rectangle(0, 0, 0, 0)


def map_of(graph: Graph) -> Map:
    """The map of a site. Pages that Hugo makes by itself are shown if a page links to them."""
    incoming = graph.incoming
    members: dict[str, list[int]] = {}
    for number, node in enumerate(graph.nodes):
        if node.path or incoming[number]:
            members.setdefault(node.section, []).append(number)
    # By the root: one page with a thousand links must not push all others to the edge.
    weights = [sqrt(1 + count) for count in incoming]
    sizes = {section: sum(weights[number] for number in numbers) for section, numbers in members.items()}
    order = sorted(sizes, key=lambda section: (-sizes[section], section))
    areas = squarified([sizes[section] for section in order], Rectangle(0, 0, WIDTH, HEIGHT))
    pages = [HIDDEN] * len(graph.nodes)
    for section, area in zip(order, areas, strict=True):
        numbers = sorted(members[section], key=lambda number: (-weights[number], number))
        inside = squarified([weights[number] for number in numbers], _inside(area))
        for number, rectangle in zip(numbers, inside, strict=True):
            pages[number] = rectangle
    return Map(tuple(zip(order, areas, strict=True)), tuple(pages))


def _inside(area: Rectangle) -> Rectangle:
    """The part of a section's area that its pages have: below the title, where there is room for one."""
    x, y, width, height = area
    title = _TITLE if height > 3 * _TITLE and width > 3 * _TITLE else _GAP
    return Rectangle(x + _GAP, y + title, max(1.0, width - 2 * _GAP), max(1.0, height - title - _GAP))


def squarified(weights: Sequence[float], area: Rectangle) -> list[Rectangle]:
    """The area divided by weights, which are sorted, the largest first."""
    x, y, width, height = area
    total = sum(weights)
    sizes = [weight * width * height / total for weight in weights]
    found: list[Rectangle] = []
    while len(found) < len(sizes):
        start, side = len(found), min(width, height)
        end = _row(sizes, start, side)
        row = sizes[start:end]
        thickness = sum(row) / side if side else 0.0
        along = y if width >= height else x
        for size in row:
            length = size / thickness if thickness else 0.0
            if width >= height:
                found.append(Rectangle(x, along, thickness, length))
            else:
                found.append(Rectangle(along, y, length, thickness))
            along += length
        if width >= height:
            x, width = x + thickness, max(0.0, width - thickness)
        else:
            y, height = y + thickness, max(0.0, height - thickness)
    return found


def _row(sizes: Sequence[float], start: int, side: float) -> int:
    """The end of the row that begins at `start`: another rectangle in it would make the flattest one flatter."""
    total, flattest, end = 0.0, float("inf"), start
    while end < len(sizes):
        more = total + sizes[end]
        flat = max(side * side * sizes[start] / (more * more), more * more / (side * side * sizes[end] or 1))
        if flat > flattest:
            break
        total, flattest, end = more, flat, end + 1
    return max(end, start + 1)

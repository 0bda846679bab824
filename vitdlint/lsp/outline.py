"""The parts of a page: its headings as a tree, what can be folded, its links; and the pages of a site by title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .engine import State
from .references import leading_to
from .view import Spot, View

MOST = 300
"""Symbols of a site that are shown for one query."""


class Part(NamedTuple):
    """A heading with all below it."""

    name: str
    start: int
    end: int
    text_start: int
    text_end: int
    parts: tuple[Part, ...] = ()


def outline(view: View) -> tuple[Part, ...]:
    """The headings of a page, each with those below it."""
    headings, end = view.page.body.headings, len(view.page.text)

    def below(at: int, stop: int) -> tuple[Part, ...]:
        found: list[Part] = []
        while at < stop:
            heading = headings[at]
            after = next((i for i in range(at + 1, stop) if headings[i].level <= heading.level), stop)
            until = headings[after].start if after < len(headings) else end
            found.append(
                Part(
                    heading.text or "-",
                    heading.start,
                    until,
                    heading.text_start,
                    heading.text_end,
                    below(at + 1, after),
                )
            )
            at = after
        return tuple(found)

    return below(0, len(headings))


def folds(view: View) -> Iterator[tuple[int, int]]:
    """The front matter, and each heading with its text."""
    front, text = view.page.front, view.page.text
    if front.kind:
        yield front.start, front.start + len(front.source.rstrip())

    def all_of(parts: tuple[Part, ...]) -> Iterator[Part]:
        for part in parts:
            yield part
            yield from all_of(part.parts)

    for part in all_of(outline(view)):
        yield part.start, part.start + len(text[part.start : part.end].rstrip())


def links(view: View) -> Iterator[tuple[Spot, str]]:
    """The links that lead to a file, each with that file."""
    for _, link, target in view.linked():
        path = target.page.path if target.page is not None else target.source
        if path is not None:
            yield Spot(view.path, link.start, link.end), path


def incoming(view: View) -> tuple[int, int]:
    """How many links lead to the page, and from how many others."""
    found = [spot for spot in leading_to(view, view.path) if spot.path != view.path]
    return len(found), len({spot.path for spot in found})


class Symbol(NamedTuple):
    """A page, or a place on one."""

    name: str
    url: str
    spot: Spot


def symbols(state: State, query: str) -> list[Symbol]:
    """The pages whose title or URL has the words of a query, and the headings whose ids have them."""
    words = query.lower().split()
    found = []
    for path, output in state.site.addresses.outputs.items():
        name = output.title or path
        if all(word in f"{name} {output.url}".lower() for word in words):
            found.append(Symbol(name, output.url, Spot(path, 0, 0)))
            if len(found) == MOST:
                return found
    wanted = "-".join(words)
    for path, facts in state.site.pages.items() if wanted else ():
        for anchor in facts.anchors:
            if anchor.kind == "heading" and wanted in anchor.id.lower():
                found.append(Symbol(anchor.id, path, Spot(path, anchor.start, anchor.start)))
                if len(found) == MOST:
                    return found
    return found

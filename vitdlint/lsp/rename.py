"""Rename a page by its slug or its file, a heading or a term, with all that leads to it. Plans only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..edits import rename_term
from ..edits.move_page import Move, MovedTree, MoveError, plan, plan_slug
from ..page.markdown.body import Link
from ..site.links import Links
from ..site.targets import as_written
from .engine import State
from .view import Spot, View

RenameError = MoveError
"""What cannot be renamed, and why: one sentence."""


class Renamed(NamedTuple):
    """What a rename changes."""

    texts: Mapping[str, str]
    """New texts by the path that a file has before."""
    files: Mapping[str, str] = {}  # nobody changes it
    """Old path to new path of the files that move."""


class Subject(NamedTuple):
    """What can be renamed."""

    kind: str
    """slug, term or heading."""
    spot: Spot
    term: rename_term.Term | None = None


def subject(view: View, offset: int) -> Subject | None:
    """The slug, the term or the heading at an offset; None for what cannot be renamed."""
    found = view.front_at(offset)
    if found is not None:
        pointer, place = found
        term = rename_term.term_at(view.site, view.path, view.page.front, pointer)
        if term is None and [str(step).lower() for step in pointer] != ["slug"]:
            return None
        quoted = view.page.text[place.start : place.start + 1] in ("'", '"')
        spot = Spot(view.path, place.start + quoted, place.end - quoted)
        return Subject("slug" if term is None else "term", spot, term)
    heading = view.heading_at(offset)
    if heading is None or heading.id is None:
        return None
    return Subject("heading", Spot(view.path, heading.text_start, heading.text_end))


def slug(state: State, path: str, name: str) -> Renamed:
    """Give a page another slug. Raises RenameError."""
    return _of(plan_slug(_links(state), path, name, state.tree, _Sites(state).links_of))


def file(state: State, old: str, new: str) -> Renamed:
    """Move a page's file, or the folder of its bundle. Raises RenameError."""
    return _of(plan(_links(state), old, new, state.tree, _Sites(state).links_of))


def term(state: State, found: rename_term.Term, name: str) -> Renamed:
    """Give a term another name on all pages, and the links to it another URL. Raises RenameError."""
    links_of = _Sites(state).links_of

    def links_with(texts: Mapping[str, str]) -> Links:
        return links_of(MovedTree(state.tree, {}, texts))

    return Renamed(rename_term.plan(_links(state), found, name, state.tree, links_with))


def heading(view: View, offset: int, name: str) -> Renamed:
    """Give a heading another text, and the links to it another fragment. Raises RenameError."""
    old = view.heading_at(offset)
    if old is None or old.id is None or len(name.strip().splitlines()) != 1:
        raise RenameError("a heading is one line of text")
    text = view.page.text[: old.text_start] + name.strip() + view.page.text[old.text_end :]
    after = view.state.page(view.path, text)
    number = view.page.body.headings.index(old)
    if after is None or len(after.body.headings) != len(view.page.body.headings):
        raise RenameError(f'"{name}" would not be the text of a heading')
    before_ids = [h.id for h in view.page.body.headings]
    # Others of the same text may get other numbers with it.
    moved = {
        was: now.id
        for was, now in zip(before_ids, after.body.headings, strict=True)
        if was is not None and now.id is not None and was != now.id
    }
    if after.body.headings[number].id is None:
        raise RenameError(f'"{name}" gives the heading no id, so nothing could link to it')
    texts = {view.path: text}
    shift = len(text) - len(view.page.text)
    for source, linked in view.state.linked.items():
        own = source == view.path
        edits = set()
        for _, link, target in view.linked() if own else linked:
            if target.page is None or target.page.path != view.path:
                continue
            becomes = moved.get(unquote(target.fragment))
            if becomes is not None and "#" in link.target:
                at = shift if own and link.start >= old.text_end else 0
                edits.add((link.start + at, link.end + at, _with_fragment(link, becomes)))
        done = texts.get(source) or view.state.text_of(source) or ""
        for start, end, written in sorted(edits, reverse=True):
            done = done[:start] + written + done[end:]
        if edits:
            texts[source] = done
    return Renamed(texts)


def _with_fragment(link: Link, fragment: str) -> str:
    """A link's target with another fragment, escaped as the old one is."""
    before, _, old = link.target.rpartition("#")
    return as_written(f"{before}#{quote(fragment) if '%' in old else fragment}", link)


def _of(move: Move) -> Renamed:
    back = {new: old for old, new in move.files.items()}
    files = {old: new for old, new in move.files.items() if old != new}
    return Renamed({back.get(path, path): text for path, text in move.texts.items()}, files)


def _links(state: State) -> Links:
    return Links(state.site)


class _Sites:
    """The site with files under other names."""

    def __init__(self, state: State) -> None:
        self._state = state

    def links_of(self, tree: MovedTree) -> Links:
        """Its links; only what has changed is read."""
        session, pages = self._state.session, self._state.site.pages
        same_work = session.job(tree).page_work == session.job().page_work
        return session.links(tree, {p: f for p, f in pages.items() if same_work and tree.same(p)})

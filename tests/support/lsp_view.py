"""A page on a site as a feature of the language server sees it, without a server."""

from __future__ import annotations

from pathlib import Path

from support.run import NOW
from vitdlint.lsp.engine import Engine
from vitdlint.lsp.view import View, view_of


def looked_at(root: Path, path: str, text: str) -> tuple[View, int]:
    """The view of a page with that text, and the offset of the `|` in it."""
    engine = Engine(root, clock=NOW)
    offset = text.index("|")
    text = text.replace("|", "", 1)
    view = view_of(engine.check({path: text}), path, text)
    assert view is not None
    return view, offset

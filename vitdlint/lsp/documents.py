"""What the editor has open, and texts of files that it has not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from .resident import Resident
from .text import Text


class Document(NamedTuple):
    """One open file."""

    uri: str
    """As the editor writes it."""
    root: Path
    """Of its site."""
    path: str
    """Below that root."""
    version: int | None
    text: Text
    site: Resident


class Documents:
    """The open files, by URI and by place. Changed by the protocol's thread alone."""

    def __init__(self) -> None:
        self._by_uri: dict[str, Document] = {}
        self._by_place: dict[tuple[Path, str], Document] = {}

    def put(self, document: Document) -> None:
        """Open a file, or take its new text."""
        self._by_uri[document.uri] = self._by_place[document.root, document.path] = document

    def pop(self, uri: str) -> Document | None:
        """Close a file."""
        document = self._by_uri.pop(uri, None)
        if document is not None and self.at(document.root, document.path) is document:
            del self._by_place[document.root, document.path]
            for other in self._by_uri.values():  # the same file may be open under another name
                if (other.root, other.path) == (document.root, document.path):
                    self._by_place[other.root, other.path] = other
        return document

    def any_of(self, root: Path) -> bool:
        """Whether a file of that site is open."""
        return any(where == root for where, _ in self._by_place)

    def get(self, uri: str) -> Document | None:
        """The open file of that URI."""
        return self._by_uri.get(uri)

    def at(self, root: Path, path: str) -> Document | None:
        """The open file at that place."""
        return self._by_place.get((root, path))

    def uri(self, root: Path, path: str) -> str:
        """The URI of a file, as the editor writes it if it is open."""
        document = self.at(root, path)
        return document.uri if document is not None else (root / path).as_uri()

    def reader(
        self, root: Path, texts: Mapping[str, str], text_of: Callable[[str], str | None], encoding: str
    ) -> Callable[[str], Text]:
        """The texts that findings are about, each read once; `texts` are those that the editor held then."""
        known: dict[str, Text] = {}

        def read(path: str) -> Text:
            if path not in known:
                document = self.at(root, path)
                held = texts.get(path)
                if document is not None and held == document.text.text:
                    known[path] = document.text
                else:
                    known[path] = Text((held if held is not None else text_of(path)) or "", encoding)
            return known[path]

        return read

"""The templates of a site: those of the project, its themes and modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from ..files.tree import Tree
from .config import HugoConfig
from .files import mounted_files
from .template_text import COMMENT

HTML_SUFFIXES = (".html", ".htm")
"""Of the templates for HTML; one with another suffix is for other output formats alone."""


def reached(start: Iterable[str], called: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The first templates, and those that they call, those that these call and so on: each once, however deep it is."""
    waiting, seen = list(start), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting += called(name)


class Templates:
    """All that are on disk. Each is read once, when first asked for."""

    def __init__(self, config: HugoConfig, tree: Tree) -> None:
        self.config = config
        self.tree = tree
        self._texts: dict[str, str | None] = {}
        self._plain: dict[str, str | None] = {}

    @cached_property
    def all(self) -> tuple[tuple[str, str], ...]:
        """The path of each, and that below `layouts`; also of those in whose place Hugo takes another one."""
        mounts = self.config.mounted("layouts")
        return tuple(file for mount in mounts for file in mounted_files(self.config, self.tree, mount))

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Path below `layouts` -> path of the one that Hugo takes, in the order of the mounts."""
        found: dict[str, str] = {}
        for path, virtual in self.all:
            found.setdefault(virtual, path)
        return found

    def text(self, path: str) -> str | None:
        """The text of one; None if it cannot be read."""
        if path not in self._texts:
            try:
                self._texts[path] = self.tree.read(path).decode("utf-8", "replace")
            except OSError:
                self._texts[path] = None
        return self._texts[path]

    def plain(self, path: str) -> str | None:
        """The same without its comments."""
        if path not in self._plain:
            text = self.text(path)
            self._plain[path] = COMMENT.sub("", text) if text is not None else None
        return self._plain[path]

    @cached_property
    def partials(self) -> Mapping[str, str]:
        """The file of each partial, by its path below the folder of partials."""
        return {rest: path for above, rest, path in self._below("partials/") if above in ("", "_")}

    def partial(self, name: str) -> str | None:
        """The file of the partial of that name, which need not end with `.html`."""
        return self.partials.get(name) or self.partials.get(f"{name}.html")

    def _below(self, folder: str) -> Iterator[tuple[str, str, str]]:
        for virtual, path in self.files.items():
            above, slash, rest = virtual.partition(folder)
            if slash:
                yield above, rest, path

    @cached_property
    def shortcodes(self) -> Mapping[str, tuple[str, ...]]:
        """The files of each shortcode, by its lower-case name: for several languages and formats, if need be."""
        found: dict[str, tuple[str, ...]] = {}
        for above, rest, path in self._below("shortcodes/"):
            if above in ("", "_", "_default/"):
                name = rest.rpartition(".")[0].partition(".")[0].lower().replace(" ", "-")
                found[name] = (*found.get(name, ()), path)
        return found

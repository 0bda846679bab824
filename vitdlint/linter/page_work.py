"""What is done with every page of a run, wherever that happens: in this process, in a worker, in the language server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..core.globs import matcher
from ..core.model import Diagnostic
from ..hugo.files import ContentFile
from ..hugo.markup import Markup
from ..page.page import Facts, Page, Settings
from ..page.read import read_page
from ..rules.support.run_facts import Crash
from ..schema import Schema
from .config import Active
from .run_rules import run


class PageResult(NamedTuple):
    """All that is kept of a page: the only thing that leaves a worker or enters the cache."""

    facts: Facts
    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()


class PageWork(NamedTuple):
    """What is done with every page: the rules, how it is read, and which schema it has."""

    active: tuple[Active, ...]
    settings: Settings
    schemas: tuple[tuple[str, Schema], ...]
    """Globs below the content folder, and the schema for what they match; the first match wins."""
    plugins: tuple[Path, ...] = ()
    """The files that some of the rules come from: a new process loads them first."""
    markups: tuple[tuple[str, Markup], ...] = ()
    """The languages whose `[markup]` differs from that of the default language."""
    origin: str = ""
    """What decides in which language a file is, where that matters."""

    def __call__(
        self, file: ContentFile, data: bytes | OSError, before: PageResult | None = None
    ) -> PageResult:
        """Parse one page and run the page rules on it; `before` is the result of the page as it was, if that is known."""
        settings = self.settings_for(file.languages)
        front = before.facts.front if before is not None else None
        page = read_page(file.path, data, settings, self.schema_for(file.virtual), front)
        if before is None or page.facts.unreadable or not page.front.kind or before.facts.front != page.front:
            return self.on(page)
        # What the schema finds in the same front matter is known, and its validator takes 12 ms to load.
        by_schema = of_schema(self.active)
        rest = self._replace(active=tuple(a for a in self.active if a.rule.code not in by_schema)).on(page)
        kept = (d for d in before.diagnostics if d.code in by_schema)
        return rest._replace(diagnostics=(*kept, *rest.diagnostics))

    def settings_for(self, languages: Sequence[str]) -> Settings:
        """How a page of these languages is read: as the first of them is."""
        own = next((markup for name, markup in self.markups if name in languages[:1]), None)
        return self.settings if own is None else self.settings._replace(markup=own)

    def on(self, page: Page) -> PageResult:
        """Run the page rules on a page that was read so."""
        active = self.active
        if page.facts.unreadable:
            active = tuple(a for a in active if a.rule.code.startswith("VD0"))
        crashes: list[Crash] = []
        raised = tuple(run(active, page, page.facts.place, crashes))
        return PageResult(page.facts, raised, tuple(crashes))

    def schema_for(self, name: str) -> Schema | None:
        """The schema for a page, by its path below the content folder."""
        return next((schema for glob, schema in self.schemas if matcher((glob,))(name)), None)


Source = tuple[ContentFile, Callable[[], bytes]]
"""A page's file, and a way to its bytes."""
Pages = Callable[[PageWork, Iterable[Source]], Iterable[PageResult]]
"""How `PageWork` is run over all sources: here, in processes, from a cache. Order is kept."""


def of_schema(active: Iterable[Active]) -> frozenset[str]:
    """The codes of the rules whose findings follow from front matter and its schema."""
    return frozenset(a.rule.code for a in active if a.rule.of_schema)


def read_or_error(read: Callable[[], bytes]) -> bytes | OSError:
    """A file's bytes, or why there are none."""
    try:
        return read()
    except OSError as error:
        return error

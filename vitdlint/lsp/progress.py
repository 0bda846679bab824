"""How far a check is, in the editor; one that takes less than a moment shows nothing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from ..linter.page_work import PageResult, Pages, PageWork, Source

SOON = 0.7
"""Seconds after which it is worth showing."""
STEP = 0.3
"""Seconds from one figure to the next."""


class Progress:
    """Of one site; `later` sends a message from another thread."""

    def __init__(
        self, server: LanguageServer, later: Callable[[Callable[[], object]], None], name: str
    ) -> None:
        self._server = server
        self._later = later
        self._name = name

    @contextmanager
    def show(self, pages: Pages) -> Iterator[Pages]:
        """Wrap the work on pages in a display of its progress."""
        token = uuid.uuid4().hex
        began = False

        def counted(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
            nonlocal began
            listed = list(sources)
            due = time.monotonic() + SOON
            for number, result in enumerate(pages(work, listed)):
                if time.monotonic() >= due:
                    due = time.monotonic() + STEP
                    if not began:
                        began = True
                        self._send(
                            token, types.WorkDoneProgressBegin(f"vitdlint: {self._name}", percentage=0)
                        )
                    self._send(
                        token,
                        types.WorkDoneProgressReport(
                            message=f"{number:,} of {len(listed):,} pages",
                            percentage=100 * number // len(listed),
                        ),
                    )
                yield result

        try:
            yield counted
        finally:
            if began:
                self._send(token, types.WorkDoneProgressEnd())

    def _send(
        self,
        token: str,
        value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd,
    ) -> None:
        server = self._server

        def send() -> None:
            if not get_capability(server.client_capabilities, "window.work_done_progress"):
                return
            progress = server.work_done_progress
            if isinstance(value, types.WorkDoneProgressBegin):
                # The answer comes before what follows can matter to anybody.
                progress.create(token)
                progress.begin(token, value)
            elif isinstance(value, types.WorkDoneProgressReport):
                progress.report(token, value)
            else:
                progress.end(token, value)
                progress.tokens.pop(token, None)

        self._later(send)

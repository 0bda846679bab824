"""A thread for each site: it takes texts, checks, and says what is found. A newer text replaces one that waits."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import NamedTuple, TypeVar

from ..core.errors import ConfigError, PluginError, UsageError
from ..core.gc import without_gc
from ..core.model import Diagnostic
from ..core.terminal import error_text
from .engine import Engine, State

ResultT = TypeVar("ResultT")

PAUSE = 0.15
"""Seconds without a new text before the whole site is checked."""
LARGE = 300
"""Pages from which on a page is looked at alone before the whole site is."""
POLL = 2.0
"""Seconds from one look at the disk to the next where the editor does not watch it."""
IDLE = 10.0
"""Seconds without work after which memory is tidied."""
MANY = 200
"""Edits after which it is tidied without such a pause: each message leaves some cycles behind."""


class Found(NamedTuple):
    """What is to be shown of a site."""

    state: State | None
    """None while there is none yet."""
    texts: Mapping[str, str]
    """What was checked, of the files that the editor holds."""
    diagnostics: Mapping[str, tuple[Diagnostic, ...]]
    """By path: of all files, or of one alone while the rest is being checked."""
    whole: bool
    problem: str = ""
    """Why the site cannot be checked."""


class Resident(threading.Thread):
    """One site. `publish` is called from this thread."""

    def __init__(
        self,
        engine: Engine,
        publish: Callable[[Found], None],
        *,
        polls: bool,
        after: threading.Thread | None = None,
    ) -> None:
        """`after` is the thread that did the same before, and may not have ended yet."""
        super().__init__(name="site", daemon=True)
        self._after = after
        self.state: State | None = None
        """The last one; read from any thread."""
        self._engine = engine
        self._publish = publish
        self._polls = polls
        self._news = threading.Condition()
        self._texts: dict[str, str] = {}
        self._edited = 0
        """Counts the edits."""
        self._glanced = 0
        """The edits that were looked at while the site was checked."""
        self._done = -1
        """The edits that the state knows of."""
        self._looks = False
        self._ends = False
        self._leaves = False
        self._asked: list[tuple[Callable[[Engine], object], Future[object]]] = []
        self._waiting: list[tuple[int, Future[State | None]]] = []

    def hold(self, path: str, text: str | None) -> None:
        """Take a text that the editor holds; None once it holds it no more."""
        with self._news:
            if text is None:
                self._texts.pop(path, None)
                self._looks = True  # what it has saved counts
            else:
                self._texts[path] = text
            self._edited += 1
            self._news.notify()

    def look(self) -> None:
        """Something on disk may have changed."""
        with self._news:
            self._looks = True
            self._edited += 1
            self._news.notify()

    def current(self) -> Future[State | None]:
        """The state that knows all texts up to now; None if there is none."""
        future: Future[State | None] = Future()
        with self._news:
            if self._done >= self._edited or self._ends:
                future.set_result(self.state)
            else:
                self._waiting.append((self._edited, future))
        return future

    def ask(self, work: Callable[[Engine], ResultT]) -> Future[ResultT]:
        """Do something with the engine when it is free."""
        future: Future[ResultT] = Future()
        with self._news:
            self._asked.append((work, future))  # type: ignore[arg-type]  # each future is its own work's
            self._news.notify()
        return future

    def end(self, *, leaves: bool = False) -> None:
        """Let the thread end after what it does now; `leaves` if nothing is to be shown of the site any more."""
        with self._news:
            self._leaves = leaves
            self._ends = True
            self._news.notify()

    def run(self) -> None:
        """Work until the end."""
        if self._after is not None:
            self._after.join()
            self._after = None
        done = 0
        while True:
            with self._news:
                pending = self._done < self._edited or self._asked or self._ends
                if not pending:
                    self._news.wait(POLL if self._polls else IDLE)
                if self._ends:
                    break
                asked, self._asked = self._asked, []
                pending = self._done < self._edited
                idle = not pending and not asked
                looks, self._looks = self._looks or (idle and self._polls), False
            if pending or (looks and self._polls):
                done += self._work(looks=looks, edited=pending)
            if done and (idle or done >= MANY):
                if idle:
                    self._prepare()
                gc.collect()
                gc.freeze()  # what is there now stays
                done = 0
            for work, future in asked:
                _answer(work, self._engine, future)
        if self._leaves:
            self._publish(Found(None, {}, {}, whole=True))
        self._finish(self._edited)  # whoever waits goes on

    def _prepare(self) -> None:
        try:
            self._engine.prepare()
        except Exception as error:  # noqa: BLE001  # as below
            self._fail(_internal(error), self._done)

    def _work(self, *, looks: bool, edited: bool) -> bool:
        """Check what is new; whether there was anything."""
        engine = self._engine
        with self._news:
            number = self._edited  # what is new while this fails is looked at next
        try:
            changed = engine.look() if looks else frozenset()
            if looks and not edited and not changed:
                return False
            engine.ready()
            with self._news:
                held, number = dict(self._texts), self._edited
            texts = engine.pages_among(held)
            seen: dict[str, str] = {}
            with without_gc():
                state = engine.follow(texts, changed, lambda: seen.update(self._glance(texts, seen)))
            if state is None:
                seen |= self._glance(texts, seen)
                held, number, looks = self._settled()
                if looks:
                    engine.look()
                texts = engine.pages_among(held)
                state = engine.check(texts, lambda: self._open_first(seen))
            self.state = state
            self._publish(Found(state, texts, state.found, whole=True))
        except (ConfigError, UsageError, PluginError, OSError) as error:
            self._fail(str(error), number)
        except Exception as error:  # noqa: BLE001  # every later answer waits for this thread
            self._fail(_internal(error), number)
        else:
            self._finish(number)
        return True

    def _open_first(self, seen: dict[str, str]) -> None:
        """Look at what was opened or typed while all of the site is checked; `seen` has what was looked at."""
        with self._news:
            texts = dict(self._texts) if self._edited != self._glanced else {}
            self._glanced = self._edited
        seen.update(self._glance(self._engine.pages_among(texts), seen))

    def _glance(self, texts: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
        """What shows at once on the pages that were edited, before all of a large site is checked; their texts."""
        state = self._engine.state
        if state is not None and len(state.site.pages) < LARGE:
            return {}
        before = seen if state is None else {**state.texts, **seen}
        new = {path: text for path, text in texts.items() if before.get(path) != text}
        for path, text in new.items():
            found = self._engine.glance(path, text)
            self._publish(Found(state, {path: text}, {path: found}, whole=False))
        return new

    def _settled(self) -> tuple[dict[str, str], int, bool]:
        """The texts once nothing new comes for a moment, and whether the disk may have changed meanwhile."""
        with self._news:
            while self._engine.state is not None:
                before = self._edited
                self._news.wait_for(lambda: self._edited != before or self._ends, PAUSE)  # noqa: B023  # is called at once
                if self._edited == before or self._ends:
                    break
            looks, self._looks = self._looks, False
            return dict(self._texts), self._edited, looks

    def _fail(self, problem: str, number: int) -> None:
        self._publish(Found(self._engine.state, {}, {}, whole=False, problem=problem))
        self._finish(number)

    def _finish(self, number: int) -> None:
        with self._news:
            self._done = max(self._done, number)
            ready = [future for wanted, future in self._waiting if wanted <= number]
            self._waiting = [(wanted, future) for wanted, future in self._waiting if wanted > number]
        for future in ready:
            if future.set_running_or_notify_cancel():
                future.set_result(self.state)


def _internal(error: Exception) -> str:
    """What is said of an error that nobody expects; all of it goes to the log."""
    error_text(traceback.format_exc())
    return f"internal error, with a traceback in the log: {type(error).__name__}: {error}"


def _answer(work: Callable[[Engine], object], engine: Engine, future: Future[object]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work(engine))
    except BaseException as error:  # noqa: BLE001  # whoever asked gets it
        future.set_exception(error)

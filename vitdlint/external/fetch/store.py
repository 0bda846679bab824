"""The state file and its journal on disk.

While a pass runs, every answer is one line appended to the journal beside the state file, so that killing it loses the
answers in flight and no more. At its end, or when the next one starts, the journal is folded into the state file, which
is replaced as a whole. Folding twice is folding once: an answer that is not newer than its record changes nothing.
"""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from json import dumps, loads
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from ...files.regular import regular
from .. import outage, verdict
from ..answer import Answer, Kind
from ..settings import LinksConfig
from ..state import Record, ahead, parse, render
from ..urls import domain_of, host_of, masked


class BusyError(Exception):
    """Another pass is writing the same journal."""


class Known(NamedTuple):
    """What the files say."""

    records: dict[str, Record]
    """By masked URL, the journal's answers included."""
    pending: dict[str, Answer]
    """Failures that wait for their second try, by masked URL."""
    damaged: tuple[int, ...] = ()
    """The numbers of lines of the state file that are no records."""
    future: int = 0
    """Records and answers that a clock that was ahead has written."""


def journal_of(state: Path) -> Path:
    """Where the journal of a state file is."""
    return state.with_name(state.name + ".journal")


def read(state: Path, config: LinksConfig, now: datetime) -> Known:
    """What is known, from the state file and from the journal of a pass that was killed.

    Raises web.state.Unreadable for a file of another version, OSError if a file cannot be read.
    """
    text = regular(state).read_text("utf-8", "replace") if state.exists() else ""
    records, damaged, future = parse(text, now)
    entries = _entries(journal_of(state))
    answers = {url: answer for url, answer in entries.items() if not ahead(answer.at, now)}
    future += len(entries) - len(answers)
    final = {url: a for url, a in answers.items() if not a.first}
    pending = {url: a for url, a in answers.items() if a.first}
    found = outage.of({**pending, **final}, records)
    return Known(fold(records, final, found, config), pending, damaged, future)


def fold(
    records: Mapping[str, Record], answers: Mapping[str, Answer], found: outage.Brakes, config: LinksConfig
) -> dict[str, Record]:
    """The records after the answers of a pass; failures count nothing where the network is suspected."""
    after = dict(records)
    for url, answer in answers.items():
        if answer.kind.failed and (found.network or found.unclear):
            continue
        name = masked(url)
        held = domain_of(host_of(url)) in found.hosts
        record = verdict.apply(records.get(name), url, answer, config.gate, held=held)
        if record is not None:
            after[name] = record
    return after


def write(state: Path, records: Iterable[Record]) -> None:
    """Replace the state file as a whole; it is either the old one or the new one, whatever happens meanwhile."""
    text = render(records)
    if state.exists() and state.read_bytes() == text.encode():
        return
    for left in state.parent.glob(f"{glob.escape(state.name)}*.tmp"):  # by a pass that was killed here
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=state.name, suffix=".tmp", dir=state.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(state.stat().st_mode & 0o777 if state.exists() else 0o644)
        Path(name).replace(state)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Journal:
    """The journal of a running pass, open for appending. BusyError if another pass has it open."""

    def __init__(self, state: Path) -> None:
        self._path = journal_of(state)

    def __enter__(self) -> Self:
        self._file = self._path.open("ab", buffering=0)
        if not _locked(self._file.fileno()):
            self._file.close()
            raise BusyError(f"another pass is writing {self._path}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, url: str, answer: Answer) -> None:
        """Append one answer: one write, so a line is there as a whole or is the torn last one."""
        a = answer
        entry = [
            masked(url), a.kind.value, a.code, a.at.isoformat(), masked(a.final), masked(a.moved), a.clean,
            a.until.isoformat() if a.until else "", a.first,
        ]  # fmt: skip
        self._file.write(dumps(entry).encode() + b"\n")

    def reset(self, pending: Mapping[str, Answer]) -> None:
        """Begin from scratch, once the rest is in the state file."""
        self._file.truncate(0)
        for url, answer in pending.items():
            self.add(url, answer)

    def remove(self) -> None:
        """Delete the journal: everything is in the state file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _entries(path: Path) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    if not path.exists():
        return found
    for line in regular(path).read_bytes().split(b"\n")[:-1]:  # what no line end closes was torn
        try:
            url, kind, code, at, final, moved, clean, until, first = loads(line)
            found[url] = Answer(
                Kind(kind), str(code), _time(at), str(final), str(moved), clean is True,
                _time(until) if until else None, first is True,
            )  # fmt: skip
        except (ValueError, TypeError, RecursionError):
            continue  # a torn line that a later pass has appended to
    return found


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _locked(descriptor: int) -> bool:
    """Lock the file for this process; True also where the system has no such locks."""
    try:
        import fcntl  # not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""Write several files so that a crash leaves either all of them new or all of them old.

The new contents are written and synced beside the files they replace; a journal in the site's root says so; then they
are renamed into place. A run that was killed is finished or rolled back by the next one: see `recover`. A file keeps
its mode; a link stays a link to the file that is replaced.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ..files.regular import regular
from ..files.tree import is_inside
from .journal import NAME, SUFFIX, interrupted, unborn


class WriteError(Exception):
    """Nothing was written, and why: a sentence."""


class Change(NamedTuple):
    """One file's new content."""

    path: Path
    before: bytes | None
    """What the change was computed from; None for a file that must not exist yet."""
    after: bytes | None
    """None removes the file."""


class Written(NamedTuple):
    """What became of the changes."""

    paths: tuple[Path, ...]
    changed_meanwhile: tuple[Path, ...]
    """Left alone, with their whole groups, since they are not as they were."""


def write(
    root: Path, groups: Iterable[Sequence[Change]], step: Callable[[str], None] = lambda _name: None
) -> Written:
    """Write each group whole or not at all, all groups at once. Raises WriteError.

    `step` gets the name of every step before it is taken; tests stop the process there.
    """
    written: list[Change] = []
    left: list[Path] = []
    with _alone(root):
        for group in groups:
            changed = [change.path for change in group if _content(change.path) != change.before]
            left += changed
            if not changed:
                written += group
        if written:
            _commit(root, written, step)
    return Written(tuple(change.path for change in written), tuple(left))


def recover(root: Path) -> tuple[str, ...]:
    """Finish or roll back what a killed run left; sentences that say what was done. Raises WriteError."""
    if not interrupted(root):
        return ()
    journal = root / NAME
    with _alone(root):
        _remove(str(unborn(journal)))
        if not journal.exists():
            return ()
        try:
            ready, files = _read(journal)
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            raise WriteError(f"{journal} cannot be read ({error}); remove it to go on") from error
        for file in files:
            if not is_inside(os.path.realpath(root), os.path.realpath(file.target)):
                raise WriteError(
                    f"{journal} names {file.target}, which is outside the site; remove it to go on"
                )
            if file.source not in ("", _beside(file.target)):  # nobody's file is removed or moved but ours
                raise WriteError(f"{journal} names {file.source}, which is not ours; remove it to go on")
        begun = any(file.done() for file in files)
        if not ready or (not begun and any(not file.possible() for file in files)):
            for file in files:
                _remove(file.source)
            journal.unlink()
            return ("an interrupted write was rolled back: no file had been changed",)
        left = [file.target for file in files if not file.done() and not file.possible()]
        for file in files:
            if not file.done() and file.possible():
                file.take()
            _remove(file.source)
        journal.unlink()
        notes = [f"an interrupted write was finished: {len(files) - len(left)} files"]
        return (*notes, *(f"{path} was changed in the meantime and is left as it is" for path in left))


def _beside(target: str) -> str:
    """Where the new content of a file is until it takes the file's place."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}{SUFFIX}")  # strings


def _read(journal: Path) -> tuple[bool, list[_Step]]:
    """Whether all new contents were written, and every step. Raises what a file can be wrong in."""
    entry = json.loads(regular(journal).read_bytes())
    files = [_Step(**file) for file in entry["files"]]
    if not all(isinstance(word, str) and "\0" not in word for file in files for word in file):
        raise ValueError("it names what is no file")
    return bool(entry["ready"]), files


class _Step(NamedTuple):
    """One file of a journal, with digests of its content before and after ('' for none)."""

    source: str
    """The new content; '' to remove the target."""
    target: str
    before: str
    after: str

    def done(self) -> bool:
        return _digest(_content(Path(self.target))) == self.after

    def possible(self) -> bool:
        """Whether the step can be taken: the target is as it was, and the new content is there and whole."""
        if _digest(_content(Path(self.target))) != self.before:
            return False
        return not self.source or _digest(_content(Path(self.source))) == self.after

    def take(self) -> None:
        if self.source:
            os.replace(self.source, self.target)  # both are strings
        else:
            Path(self.target).unlink()


def _commit(root: Path, changes: Sequence[Change], step: Callable[[str], None]) -> None:
    journal = root / NAME
    steps = []
    for change in changes:
        target = os.path.realpath(change.path)
        source = "" if change.after is None else _beside(target)
        steps.append(_Step(source, target, _digest(change.before), _digest(change.after)))
    if len({file.target for file in steps}) < len(steps):
        raise WriteError("two changes of one file")
    made: list[Path] = []
    try:
        step("journal")
        _note(journal, steps, ready=False)
        for file, change in zip(steps, changes, strict=True):
            if change.after is not None:
                step("content")
                made += _folders(Path(file.target).parent, root)
                _store(file, change.after)
        step("ready")
        _note(journal, steps, ready=True)
    except OSError as error:
        for file in steps:
            _remove(file.source)
        for new in reversed(made):
            with suppress(OSError):
                new.rmdir()
        _remove(str(unborn(journal)))
        _remove(str(journal))
        raise WriteError(
            f"{error.filename or root}: {error.strerror or error}; nothing was written"
        ) from error
    try:
        for file in steps:
            step("rename")
            file.take()
    except OSError as error:
        raise WriteError(
            f"{error.filename or root}: {error.strerror or error}; not all files were written: once it can be, "
            "the next run finishes that"
        ) from error
    for folder in {str(Path(file.target).parent) for file in steps}:
        _sync_folder(folder)
    step("done")
    journal.unlink()
    step("end")


def _note(journal: Path, steps: Sequence[_Step], *, ready: bool) -> None:
    new = unborn(journal)
    entry: Mapping[str, Any] = {"ready": ready, "files": [file._asdict() for file in steps]}
    with new.open("w", encoding="utf-8") as stream:
        json.dump(entry, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(journal)
    _sync_folder(str(journal.parent))


def _store(file: _Step, content: bytes) -> None:
    """Write and sync the new content, with the mode of what it replaces."""
    mode: int | None = None
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(os.stat(file.target).st_mode)  # a string
    with open(file.source, "wb") as stream:  # a string
        stream.write(content)
        stream.flush()
        if mode is not None:
            os.chmod(file.source, mode)  # a string
        os.fsync(stream.fileno())


def _folders(folder: Path, root: Path) -> list[Path]:
    """Make the folders that a new file needs; those made, outermost first."""
    missing = []
    while folder != root and not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir()
    return missing[::-1]


def _content(path: Path) -> bytes | None:
    """The file's bytes, or None if there is none."""
    try:
        return regular(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}; nothing was written") from error


def _digest(content: bytes | None) -> str:
    return "" if content is None else blake2b(content, digest_size=16).hexdigest()


def _remove(path: str) -> None:
    if path:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(path)  # a string


def _sync_folder(folder: str) -> None:
    """Make renames in a folder last; systems that cannot open a folder need no help."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the site: of two programs that write at once the second fails. No file is left behind for it."""
    try:
        import fcntl  # not on every system
    except ImportError:
        yield
        return
    try:
        handle = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise WriteError(f"{root}: {error.strerror}; nothing was written") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WriteError(f"another vitdlint is writing below {root}; nothing was written") from None
        except OSError:
            pass  # a file system without locks
        yield
    except OSError as error:
        raise WriteError(f"{error.filename or root}: {error.strerror or error}") from error
    finally:
        os.close(handle)

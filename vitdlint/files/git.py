"""What git knows of a site: what the index and commits hold, and what a change touches.

Names are handled as bytes with NUL between them, so no name is too strange; those that are not UTF-8 become the same
strings that the file system gives. Inside a hook git says by environment variables which index is meant: they are
followed where they name the site's own repository, and ignored where they name another.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .tree import SKIPPED

_LOCAL = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
)
"""What says which repository is meant; everything else in the environment is the user's configuration."""

FILE, LINK, MODULE = "100", "120000 ", "160000 "
"""How entries begin: a file, a symbolic link, a submodule."""

_SKIPPED = lazy_re(rf"(?:^|/)(?:{'|'.join(map(re.escape, sorted(SKIPPED)))})/")


class GitError(Exception):
    """Git cannot answer, and why: one sentence."""


class FileChange(NamedTuple):
    """One file that a change touches; paths are relative to the site's root."""

    status: str
    """A (added), D (deleted), M (modified, also in type), R (renamed, perhaps modified) or C (copied)."""
    path: str
    """For a deleted file its old path."""
    old: str | None = None
    """The path before, for R and C."""


Entries = Mapping[str, str]
"""What the index or a commit holds: path to `mode object`."""

Difference = tuple[FileChange, str]
"""What a change does to a file, and what was at its old path before (`mode object`), or ''."""


@dataclass(frozen=True)
class Repository:
    """The git repository that a site lies in."""

    site: Path
    """The site's root; every path is relative to it."""
    top: Path
    """The root of the work tree."""
    environment: Mapping[str, str] = field(repr=False)

    @property
    def prefix(self) -> str:
        """The way from the repository's root to the site: '' or `docs/site/`."""
        relative = Path(os.path.relpath(self.site, self.top)).as_posix()
        return "" if relative == "." else f"{relative}/"

    def ask(self, *arguments: str, given: bytes | None = None) -> bytes:
        """What git prints. Raises GitError with git's own words."""
        return _git(self.site, self.environment, arguments, given)

    @cached_property
    def index(self) -> Entries:
        """The staged files below the site's root; of a file in conflict our side. Asked once."""
        out = os.fsdecode(self.ask("ls-files", "--stage", "-z"))
        lines = out.split("\0")[:-1]
        if any(f" {stage}\t" in out for stage in "123"):
            # Stage 2 is ours, 3 theirs, 1 what both began from; a staged file has 0.
            lines.sort(key=lambda line: "1320".index(line[line.index("\t") - 1]))
        # `mode object stage<tab>path`, and all but the path is of one width.
        width = out.find("\t") - 2
        return _wanted({line[width + 3 :]: line[:width] for line in lines})

    def commit(self, ref: str) -> Entries:
        """The files of a commit below the site's root."""
        return self._taken_back(self._differences("--no-renames", "--cached", ref))

    def last_commit(self) -> Entries:
        """The files of the last commit below the site's root; none before the first."""
        return self._taken_back(self._staged)

    def _taken_back(self, differences: Iterable[Difference]) -> Entries:
        """The index with every difference taken back: git lists these in a tenth of the time that a whole commit takes."""
        found = dict(self.index)
        for change, entry in differences:
            if change.status != "D":
                found.pop(change.path, None)
            if entry and change.status != "C":
                found |= _wanted({change.old or change.path: entry})
        return found

    @cached_property
    def modified(self) -> frozenset[str]:
        """Tracked files whose content on disk may differ from the index, or that are not on disk. Asked once."""
        return frozenset(_names(self.ask("diff-files", "--name-only", "--relative", "-z")))

    def untracked(self) -> tuple[str, ...]:
        """Files on disk that are neither in the index nor ignored."""
        return tuple(_names(self.ask("ls-files", "--others", "--exclude-standard", "-z")))

    def staged(self) -> tuple[FileChange, ...]:
        """What the index changes against the last commit; before the first commit, all of it."""
        return tuple(change for change, _ in self._staged)

    @cached_property
    def _staged(self) -> tuple[Difference, ...]:
        # Whoever asks for the staged changes will ask for the index next: git looks for both at once.
        index = Thread(target=self._ask_for_the_index)
        index.start()
        try:
            return tuple(self._differences("-M", "--cached"))
        finally:
            index.join()

    def _ask_for_the_index(self) -> None:
        with suppress(GitError):  # who needs it asks again, and gets the error
            _ = self.index

    def since(self, ref: str) -> tuple[FileChange, ...]:
        """What the work tree changes against a commit, untracked files too."""
        added = tuple(FileChange("A", path) for path in self.untracked())
        return (*(change for change, _ in self._differences("-M", self.resolve(ref))), *added)

    def has_commits(self) -> bool:
        """Whether there is a last commit."""
        return bool(self._maybe("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))

    def resolve(self, ref: str) -> str:
        """The commit of a name. Raises GitError."""
        found = self._maybe("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found:
            return found
        if self.shallow():
            raise GitError(
                f'"{ref}" is not in this shallow clone; fetch the whole history first '
                "(`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout)"
            )
        raise GitError(f'"{ref}" is not a commit, branch or tag of {self.top}')

    def merge_base(self, ref: str) -> str:
        """The last commit that `ref` and the current branch share. Raises GitError."""
        other = self.resolve(ref)
        found = self._maybe("merge-base", other, "HEAD")
        if found:
            return found
        if self.shallow():
            raise GitError(
                f'this shallow clone does not reach back to where the branch left "{ref}"; fetch the whole history '
                "first (`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout)"
            )
        raise GitError(f'"{ref}" and the current branch have no commit in common')

    def shallow(self) -> bool:
        """Whether the clone lacks history."""
        return self._maybe("rev-parse", "--is-shallow-repository") == "true"

    def _maybe(self, *arguments: str) -> str:
        """What git prints, or '' if it fails."""
        try:
            return os.fsdecode(self.ask(*arguments)).strip()
        except GitError:
            return ""

    def _differences(self, *which: str) -> Iterator[Difference]:
        out = self.ask(
            "diff",
            "--raw",
            "--no-abbrev",
            "--relative",
            "-z",
            "--no-ext-diff",
            "--ignore-submodules=none",
            *which,
        )
        words = _names(out)
        for word in words:
            mode, _, oid, _, status = word.removeprefix(":").split(" ")
            entry = "" if mode == "000000" else f"{mode} {oid}"
            path = next(words)
            if status[0] in "RC":
                yield FileChange(status[0], next(words), path), entry
            else:
                yield FileChange("M" if status in "TU" else status, path), entry


def find(site: Path) -> Repository:
    """The repository of a site. Raises GitError if there is none, or no git."""
    clean = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    try:
        top = _git(site, clean, ("rev-parse", "--show-toplevel"))
        environment = _with_index(site, clean)
    except GitError:
        if "GIT_DIR" not in os.environ:
            raise
        # No repository of its own, but the environment names one: a work tree kept apart from its `.git`.
        environment = dict(os.environ)
        top = _git(site, environment, ("rev-parse", "--show-toplevel"))
    return Repository(
        Path(os.path.realpath(site)), Path(os.path.realpath(os.fsdecode(top.rstrip(b"\n")))), environment
    )


def _with_index(site: Path, clean: Mapping[str, str]) -> Mapping[str, str]:
    """The environment with the index that a hook is asked about (`git commit FILE` has one of its own)."""
    index = os.environ.get("GIT_INDEX_FILE")
    if index is None:
        return clean
    try:
        hook = _git(Path.cwd(), os.environ, ("rev-parse", "--absolute-git-dir"))
    except GitError:
        return clean
    if hook != _git(site, clean, ("rev-parse", "--absolute-git-dir")):
        return clean
    # Git runs hooks at the top of the work tree; a relative name counts from there.
    return {**clean, "GIT_INDEX_FILE": str(Path(index).absolute())}


def _git(
    folder: Path, environment: Mapping[str, str], arguments: Sequence[str], given: bytes | None = None
) -> bytes:
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=quiet(environment),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("there is no git on this system") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(words[0].removeprefix("fatal: ") if words else f"git {arguments[0]} failed")
    return done.stdout


def quiet(environment: Mapping[str, str]) -> dict[str, str]:
    """No lock on the index for a question, and no fetch or password behind it."""
    return {
        **environment,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }


def _names(out: bytes) -> Iterator[str]:
    return (os.fsdecode(name) for name in out.split(b"\0") if name)


def _wanted(entries: dict[str, str]) -> Entries:
    """Without the folders that no tree looks into."""
    everything = "/" + "\0/".join(entries)
    if not any(f"/{name}/" in everything for name in SKIPPED):
        return entries
    return {path: entry for path, entry in entries.items() if not _SKIPPED.search(path)}

"""When files were changed, by the commits of a git repository: read by one `git log` for the whole site."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few runs ask git
    from .git import Repository


class Commit(NamedTuple):
    """What a commit did to a file."""

    time: int
    """When it was made, in seconds since 1970."""
    old: str
    """The object before, '' if there was none."""
    new: str
    """The object after; see `digest_of`."""


class History:
    """The commits of all files."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._commits, self._before = _read(repository)

    def commits(self, path: str) -> Iterator[Commit]:
        """The commits that touched a file, the last one first, also under the names that it had before."""
        at, known = 0, {path}
        while True:
            for number, commit in self._commits.get(path, ()):
                if number >= at:
                    yield commit
                    before = self._before.get((number, path))
                    if before is not None:
                        break
            else:
                return
            if before in known:  # it was renamed to and fro
                return
            known.add(before)
            path, at = before, number

    def contents(self, objects: Iterable[str]) -> Mapping[str, bytes]:
        """What objects hold; those that are not there (a partial clone) are left out."""
        listed = list(dict.fromkeys(objects))
        found: dict[str, bytes] = {}
        out = self._repository.ask("cat-file", "--batch", given="".join(f"{o}\n" for o in listed).encode())
        at = 0
        for name in listed:
            end = out.index(b"\n", at)
            head = out[at:end].split()
            at = end + 1
            if len(head) == 3:
                size = int(head[2])
                found[name] = out[at : at + size]
                at += size + 1
        return found


def history_of(site: Path) -> History:
    """The history of a site. Raises GitError where there is none, or not all of it."""
    from .git import GitError, find

    repository = find(site)
    if repository.shallow():
        raise GitError("this clone is shallow, and lacks the commits before")
    return History(repository)


def no_history() -> History:
    """What a site has that is not on disk. Raises GitError."""
    from .git import GitError

    raise GitError("there is no git repository")


def decisive_files(site: Path) -> tuple[Path, ...]:
    """The files of git that differ once there is another commit; none without a repository."""
    from .git import GitError, find

    try:
        folder = Path(os.fsdecode(find(site).ask("rev-parse", "--absolute-git-dir").rstrip(b"\n")))
    except GitError:
        return ()
    return tuple(folder / name for name in ("HEAD", "index", "logs/HEAD"))


def _log(repository: Repository, renames: str) -> bytes:
    return repository.ask(
        *("log", "-z", "--raw", renames, "--no-abbrev", "--relative", "--no-ext-diff"),
        *("--diff-merges=dense-combined", "--format=commit %ct", "--", "."),
    )


_Commits = dict[str, list[tuple[int, Commit]]]
"""Path -> number of a commit, the last one is 0, and what it did."""


def _read(repository: Repository) -> tuple[_Commits, dict[tuple[int, str], str]]:
    """Also: number of a commit and path -> the path before."""
    from .git import GitError

    commits: _Commits = {}
    before: dict[tuple[int, str], str] = {}
    if not repository.has_commits():
        return commits, before
    try:
        out = _log(repository, "-M")
    except GitError:  # a partial clone has not all contents: git sees whether they are the same
        out = _log(repository, "-M100%")
    number, time = -1, 0
    words = iter(out.split(b"\0"))
    for raw in words:
        word = raw.lstrip(b"\n")
        if word.startswith(b"commit "):
            number, time = number + 1, int(word[7:])
        elif word.startswith(b":"):
            parents = len(word) - len(word.lstrip(b":"))
            *_, status = parts = os.fsdecode(word.lstrip(b":")).split(" ")
            old, new = (o.strip("0") and o for o in (parts[parents + 1], parts[2 * parents + 1]))
            path = os.fsdecode(next(words))
            if parents == 1 and status[0] in "RC":
                source, path = path, os.fsdecode(next(words))
                if status[0] == "R":
                    before[number, path] = source
                else:
                    old = ""
            commits.setdefault(path, []).append((number, Commit(time, old, new)))
    return commits, before

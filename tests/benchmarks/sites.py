"""The site that is measured on, and a git repository of the same files for what needs a change."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

TOO_YOUNG = 2.5
"""Seconds for which a file is too new to be recognised by its times: a file system's clock may have steps of two."""
TITLE = re.compile(rb"\btitle[\"']?\s*[:=]\s*[\"']?")
IDENTITY = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "gc.auto=0")


class Site:
    """The files in `scratch/site`, which nobody changes, and in `scratch/repository`, where every change is taken back."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.folder = scratch / "site"
        self.pages = sum(1 for _ in _pages(self.folder))
        if not self.pages:
            sys.exit("there is no page below content/")
        self._changes = 0
        self._touched = time.time()
        for path in self.folder.rglob("*"):
            os.utime(path, (self._touched - 3600,) * 2)

    @cached_property
    def repository(self) -> Path:
        """A copy whose files are all committed."""
        copy = self.scratch / "repository"
        shutil.copytree(self.folder, copy)
        for words in (
            ("init", "--quiet"),
            ("add", "--all"),
            ("commit", "--quiet", "--message", "Everything"),
        ):
            _git(copy, *words)
        self._touched = time.time()
        return copy

    def grow_old(self) -> None:
        """Wait until every file can be recognised by its times."""
        time.sleep(max(0.0, self._touched + TOO_YOUNG - time.time()))

    def change_body(self) -> None:
        """Append a line to a page."""
        with self._next().open("ab") as file:
            file.write(b"\nOne more line, %d.\n" % self._changes)

    def change_title(self) -> None:
        """Put a word before a page's title; of real pages some have none."""
        for page in (self._next() for _ in range(self.pages)):
            data = page.read_bytes()
            if found := TITLE.search(data):
                page.write_bytes(data[: found.end()] + b"New%d " % self._changes + data[found.end() :])
                return
        sys.exit("no page has a title to change")

    def add(self) -> None:
        """Write a page that was not there."""
        page = self._next()
        text = (
            f"---\ntitle: Added {self._changes}\n---\n\nTo [another]({page.name}) and to [none](/nowhere/).\n"
        )
        page.with_name(f"added-{self._changes}.md").write_text(text)

    def stage(self) -> None:
        """Append a line to a page, and stage that."""
        self.change_body()
        _git(self.repository, "add", "--all")

    def restore(self) -> None:
        """Make the work tree and the index what was committed."""
        _git(self.repository, "reset", "--quiet", "--hard")
        _git(self.repository, "clean", "--quiet", "-d", "--force")
        self._touched = time.time()

    def _next(self) -> Path:
        """A page that was not changed before, from anywhere in the site."""
        self._changes += 1
        return self._listed[self._changes * 7919 % self.pages]

    @cached_property
    def _listed(self) -> list[Path]:
        return sorted(_pages(self.repository))


def _pages(folder: Path) -> Iterator[Path]:
    return (folder / "content").rglob("*.md")


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder, stdout=subprocess.DEVNULL, check=True)

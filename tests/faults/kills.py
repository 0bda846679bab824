"""Every command that writes, killed at a random moment: then the next command has to find all of it old or all of it new."""

from __future__ import annotations

import mmap
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from support.memory_folder import memory_folder
from support.run import CLOCK

from .process import Done, dies_after, dies_at, run, site, state

State = Mapping[str, bytes]


class Writer(NamedTuple):
    """A command that writes, and the one that comes next."""

    argv: tuple[str, ...]
    following: tuple[str, ...]
    without: tuple[str, ...] = ()
    """Files of the site that are not there yet."""
    later: str = ""
    """A file that is written after the others are."""


CHECK = ("check", "--quiet")
WRITERS = {
    "--fix": Writer(("check", "--fix", "--unsafe-fixes"), CHECK),
    "--add-suppressions": Writer(("check", "--add-suppressions", "why"), CHECK),
    "mv": Writer(("mv", "content/posts/p1.md", "content/posts/moved.md"), CHECK),
    "--update-baseline": Writer(("check", "--update-baseline"), CHECK),
    "links": Writer(("links",), ("links",)),
    "init": Writer(
        ("init", "--baseline", "--hook"), CHECK, ("vitdlint.toml", "baseline.json"), "vitdlint-baseline.json"
    ),
    "--history": Writer(("check", "--history", "history.jsonl", CLOCK), CHECK),
    "cache": Writer(("check",), CHECK),
}


class Lost(Exception):  # noqa: N818  # what is lost is no error of this program
    """What a kill has broken: a sentence."""


class Unkilled(NamedTuple):
    """What a writer does if nobody kills it."""

    old: State
    new: State
    following: Done
    """The next command after it."""
    unwritten: Done
    """The next command without it."""
    seconds: float
    changes: int
    """How often it changes a file."""


def unkilled(writer: Writer, port: int) -> Unkilled:
    """Run it, and what comes next; and what comes next on another site like it."""
    with memory_folder() as root, memory_folder() as untouched:
        old = prepare(writer, root, port)
        prepare(writer, untouched, port)
        changes = mmap.mmap(-1, 4)
        started = time.monotonic()
        done = run(root, *writer.argv, before=dies_at(-1, 0, changes))
        seconds = time.monotonic() - started
        if done.plain():
            raise Lost(f"{writer.argv} fails without a kill: {done.plain()}")
        new = state(root)
        following, unwritten = run(root, *writer.following), run(untouched, *writer.following)
        return Unkilled(old, new, following, unwritten, seconds, int.from_bytes(changes[:4]))


@cache
def _recorded(port: int) -> bytes:
    """What is found at the beginning, as a baseline."""
    with memory_folder() as root:
        run(site(root, port), *WRITERS["--update-baseline"].argv)
        return (root / "baseline.json").read_bytes()


def prepare(writer: Writer, root: Path, port: int) -> State:
    site(root, port)
    if "--update-baseline" not in writer.argv:
        (root / "baseline.json").write_bytes(_recorded(port))
    for name in writer.without:
        (root / name).unlink()
    return state(root)


def killed(writer: Writer, whole: Unkilled, chance: Random, port: int) -> str:
    """Kill it once, and check what is left; when it was killed. Raises Lost."""
    with memory_folder() as root:
        prepare(writer, root, port)
        if chance.random() < 0.25:
            seconds = chance.random() * whole.seconds
            when = f"after {seconds:.4f} s"
            done = run(root, *writer.argv, after_start=dies_after(seconds))
        else:
            number, calls = chance.randint(1, whole.changes), chance.choice((0, 1, 2, 3, 4, 6, 9, 20, 99))
            when = f"{calls} calls after change {number} of {whole.changes}"
            done = run(root, *writer.argv, before=dies_at(number, calls))
        if done.code >= 0 and done.plain():
            raise Lost(f"{when}: {done.plain()}")
        is_whole(writer, whole, root, when)
        return when if done.code < 0 else ""


def is_whole(writer: Writer, whole: Unkilled, root: Path, when: str) -> None:
    between = state(root)
    done = run(root, *writer.following)
    if done.plain():
        raise Lost(f"{when}: then {' '.join(writer.following)}: {done.plain()}")
    found = state(root)
    if writer.argv == writer.following:
        if found != whole.new:
            raise Lost(f"{when}: run again it does not come to the same: {_unlike(found, whole.new)}")
    elif writer.later and {**found, writer.later: whole.new[writer.later]} == whole.new != found:
        pass  # the next command has said which one is missing
    elif found not in (whole.old, whole.new):
        raise Lost(
            f"{when}: neither old nor new: {_unlike(found, whole.new)}; after the kill: {_unlike(between, whole.old)}"
        )
    else:
        right = whole.unwritten if found == whole.old else whole.following
        if (done.code, done.out) != (right.code, right.out):
            raise Lost(
                f"{when}: the next report is another: {done.code} {done.out[-500:]} {right.out[-500:]}"
            )
    left = [
        p.name
        for p in (root / ".cache").rglob("*")
        if p.suffix != ".sqlite" and p.is_file() and p.stat().st_size
    ]
    if left:
        raise Lost(f"{when}: left in the cache: {left}")


def _unlike(found: State, expected: State) -> str:
    paths = sorted(p for p in {*found, *expected} if found.get(p) != expected.get(p))
    return f"{paths[:8]} {[found.get(p, b'missing')[-300:] for p in paths[:2]]}"

"""Laws for whole sites: through the engine, cold, warm, after edits, in one process and in several.

A path `then1/PATH` is what the file PATH becomes after the first run, `then2/PATH` after the second; one that is to
be removed then has the content REMOVED.
"""

from __future__ import annotations

import json
import os
import re
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

from support.hugo_random import tree_site, word
from support.memory_folder import memory_folder

from vitdlint.cli.output import context_of
from vitdlint.core.errors import ConfigError
from vitdlint.core.model import Outcome, Report
from vitdlint.files.find_site import locate
from vitdlint.linter import workers
from vitdlint.linter.examples import NOW, fixed
from vitdlint.linter.incremental.store import Cache
from vitdlint.linter.rerun import SiteState, resume
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import Session, open_session
from vitdlint.reporters import REPORTERS, render_of

from .failure import BrokenError, Files
from .mutate import page
from .others import OTHERS, other
from .pages import SITES, in_order

REMOVED = b"\0removed"
REDIRECTS = b"/old/* /posts/p1/ 301\n/a /posts/p2/#b\n/c https://vitd.test/ 302!\n"


def make(chance: Random, known: Sequence[str]) -> Files:
    """A random site, and two rounds of edits."""
    files: dict[str, bytes] = dict(chance.choice(SITES))
    if chance.random() < 0.4:
        files |= {path: text.encode() for path, text in tree_site(chance.randrange(10**6)).items()}
    if chance.random() < 0.5:
        for path in chance.sample(tuple(OTHERS), chance.randint(1, 4)):
            files[path] = other(chance, path)
    for number in range(chance.randint(1, 7)):
        files[_name(chance, number)] = _page(chance, number, known)
    if chance.random() < 0.3:
        files["static/_redirects"] = REDIRECTS
    if chance.random() < 0.3:
        files["content/posts/p1/picture.png"] = b"x"
    pages = [path for path in files if path.startswith("content/")]
    others = [path for path in files if path in OTHERS]
    for step in (1, 2) if chance.random() < 0.6 else (1,):
        for _ in range(chance.randint(1, 3)):
            if chance.random() < 0.2:
                number = chance.randrange(20)
                path, text = _name(chance, number), _page(chance, number, known)
            else:
                path = chance.choice(pages)
                text = REMOVED if chance.random() < 0.1 else _edited(chance, files[path])
            files[f"then{step}/{path}"] = text
        if others and chance.random() < 0.3:
            path = chance.choice(others)
            files[f"then{step}/{path}"] = REMOVED if chance.random() < 0.3 else other(chance, path)
        if chance.random() < 0.05:
            files[f"then{step}/vitdlint.toml"] = b'extend-select = ["orphan-page"]\n'
    return files


def _name(chance: Random, number: int) -> str:
    folder = chance.choice(("posts", "posts", "docs/deep", "p", "tags"))
    name = chance.choice(
        (f"p{number}.md", f"p{number}.md", f"p{number}/index.md", "_index.md", f"p{number}.html")
    )
    if chance.random() < 0.1:
        odd = re.sub(r"[/\0]", "", word(chance)).strip(". ") or "x"
        name = f"{odd}.md"
    return f"content/{folder}/{name}"


def _page(chance: Random, number: int, known: Sequence[str]) -> bytes:
    if chance.random() < 0.4:
        return page(chance, known)
    others = [chance.randrange(9) for _ in range(6)]
    front = f"title: Page {number}\naliases: [/old-{number}, old/{others[0]}]\ntags: [Tag {number % 3}, tag-{others[1]}]"
    return (
        f"---\n{front}\n---\n\n## Part {number % 3}\n\n[a](/posts/p{others[0]}/) [b](/posts/p{others[1]}/#part-{others[2]})"
        f" [c](/old-{others[3]}) [d](p{others[4]}.md#x) ![e](picture.png)\n[f](/tags/tag-{others[5]}/) [g](https://vitd.test/)\n"
    ).encode()


def _edited(chance: Random, text: bytes) -> bytes:
    added = (
        b"\nOne line more.\n",
        f"\n[x](/posts/p{chance.randrange(9)}/#part-{chance.randrange(3)})\n".encode(),
        f"\n## Part {chance.randrange(4)}\n".encode(),
        b"\n[y](/gone) <!-- vitdlint-disable-line dead-link -- why -->\n",
    )
    return (
        page(chance, (text.decode("utf-8", "replace"),))
        if chance.random() < 0.3
        else text + chance.choice(added)
    )


def law(files: Files) -> None:
    """The report is the same from scratch, from what is stored, and in several processes; its places are in their files."""
    with memory_folder() as folder:
        root, clock = folder / "site", _Times()
        root.mkdir()
        now = {path: data for path, data in files.items() if not path.startswith("then")}
        clock.put(root, now)
        cache = Cache(folder / "cache.sqlite")
        several = zlib.crc32(repr(sorted(files)).encode())  # what takes long is done for some
        for step in (0, 1, 2) if any(path.startswith("then2/") for path in files) else (0, 1):
            changed = {p.partition("/")[2]: data for p, data in files.items() if p.startswith(f"then{step}/")}
            clock.put(root, changed)
            now = {path: data for path, data in {**now, **changed}.items() if data != REMOVED}
            try:
                whole = _session(root).check()
            except ConfigError:
                continue
            _report_is_right(whole, now)
            _same("what is stored", whole.report, _resumed(root, cache).report)
            if step == several % 3:
                _same("what was just stored", whole.report, _resumed(root, cache).report)
            if step == several % 100:
                _same("processes", whole.report, _in_processes(root).report)
            if step == several % 8:
                rendered(
                    whole.report, root, {path: data.decode("utf-8", "replace") for path, data in now.items()}
                )


def _resumed(root: Path, cache: Cache) -> Outcome:
    session = _session(root, cache)
    located = session.project.located
    return resume(session, SiteState(b"key", located.tree, located.disk, time.time_ns()))


def _in_processes(root: Path) -> Outcome:
    before = workers.WORTH_IT, workers.CHUNK
    workers.WORTH_IT, workers.CHUNK = 1, 2
    try:
        return _session(root, jobs=2).check()
    finally:
        workers.WORTH_IT, workers.CHUNK = before


def _session(root: Path, cache: Cache | None = None, jobs: int = 1) -> Session:
    return open_session(locate([root]), RunSettings(NOW, jobs=jobs, cached=cache is not None), cache)


def _same(how: str, whole: Report, other: Report) -> None:
    if whole != other:
        only = set(whole.diagnostics) ^ set(other.diagnostics)
        raise BrokenError(
            f"from {how} it differs: {sorted(only, key=lambda d: d.order)[:3] or 'order, counts'}"
        )


def _report_is_right(outcome: Outcome, files: Files) -> None:
    report = outcome.report
    if report.crashed:
        crashes = [d.message for d in report.diagnostics if d.name == "rule-crashed"]
        raise BrokenError(f"{crashes[0].partition(':')[0] if crashes else 'crash'}: {crashes}")
    texts = {path: data.decode("utf-8", "replace") for path, data in files.items()}
    for diagnostic in report.diagnostics:
        in_order(diagnostic, texts)
    if list(report.diagnostics) != sorted(report.diagnostics, key=lambda d: d.order):
        raise BrokenError("order: the report is not sorted")
    after = fixed(outcome, texts, unsafe=True)
    if set(after) != set(texts):
        raise BrokenError("fixes: a file came or went")


def rendered(report: Report, root: Path, texts: Mapping[str, str]) -> None:
    """Every format can be written, and read by what reads it."""
    located = locate([root])
    context = context_of(located, texts.get)
    for name in REPORTERS:
        if name == "html":
            continue
        text = "".join(render_of(name)(report, context))
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)
        elif name == "jsonl":
            [json.loads(line) for line in text.split("\n") if line]
        elif name in ("junit", "checkstyle"):
            ET.fromstring(text.encode("utf-8", "backslashreplace"))
        elif re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
            raise BrokenError(f"{name} writes what steers a terminal: {text[:300]!r}")


class _Times:
    """Writes files, each a second younger than the last: no two states of a file look the same."""

    def __init__(self) -> None:
        self._next = 1_600_000_000

    def put(self, root: Path, files: Files) -> None:
        for path, data in files.items():
            target = root / path
            try:
                if data == REMOVED:
                    target.unlink(missing_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                continue  # a file and a folder of one name
            self._next += 1
            os.utime(target, (self._next, self._next))

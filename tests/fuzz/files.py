"""Laws for damaged files beside the pages: the whole command line, on a site of which one file is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from random import Random
from unittest.mock import patch

from support.cases import shell
from support.memory_folder import memory_folder
from support.run import CLOCK, write

from .failure import BrokenError, Files
from .mutate import changed_bytes, changed_text
from .pages import SITES

COMMANDS = "commands.json"
"""The file of an input that lists its command lines."""
DAMAGE = "cache.damage"
"""A file of an input that makes it damage the cache between two runs, as its content says."""
OUTSIDE = "outside.md"
TEXT = b"""---
title: "Sun."
tags: [A, a]
aliases: [/old]
---

[a](/posts/two/#x) [b](/nowhere/) [c](https://vitd.test/a?utm_source=b) ![](x.png) <b>
{{< x src="/posts/sun/" >}} \xe2\x80\x8b
"""
SITE: Files = {
    **SITES[2],
    "content/posts/sun.md": TEXT,
    "content/posts/two.md": b"---\ntitle: Two\ndate: 2030-01-01\n---\n\n## Y\n\n[a](/old) [b](sun.md)\n",
    "content/_index.md": b"+++\ntitle = 'Home'\n+++\n[a](/posts/)\n",
    "static/_redirects": b"/old/* /posts/sun/ 301\n/a /posts/two/\n# b\n/c https://vitd.test/:splat 302!\n",
    "netlify.toml": b'[build]\npublish = "public"\n[[redirects]]\nfrom = "/n/*"\nto = "/posts/:splat"\nstatus = 301\n',
    ".vitdlint-links.txt": (
        b"# vitdlint links 1\nhttps://vitd.test/a alive 2026-01-02T06:00:00Z 2026-01-01 200\n"
        b"https://vitd.test/b gone 2026-01-02T06:00:00Z 2026-01-01 404 row=2 dead=2026-01-01 strikes=3,2026-01-01,2026-01-03\n"
    ),
    ".vitdlint-links.txt.journal": b"https://vitd.test/c alive 2026-01-02T06:00:00Z 2026-01-01 200\n",
    "baseline.json": b'{"version": 1, "findings": {"content/posts/sun.md": {"dead-link": {"/nowhere/": 1}}}}\n',
    ".vitdlint-journal.json": json.dumps(
        {
            "ready": True,
            "files": [
                {"source": "content/posts/.two.md.vitdlint-new", "target": "content/posts/two.md", "before": "00", "after": "11"},
                {"source": "", "target": "../outside.md", "before": "00", "after": ""},
            ],
        },
        indent=1,
    ).encode(),
    "layouts/_markup/render-link.html": b'{{- with .Destination -}}<a href="{{ . | safeURL }}">{{ $.Text }}</a>{{ end }}',
    "data/a.yaml": b"a: [1, 2]\n",
    "i18n/en.toml": b'[a]\nother = "b"\n',
    "history.jsonl": b'{"version": 1, "at": "2026-01-01T00:00:00Z", "errors": 1, "warnings": 2, "infos": 0}\n',
}  # fmt: skip
TOKENS = (
    *("[", "]", "{", "}", '"', "'", "=", ":", ",", "\n", "\n\n", "#", "\\", "\0", "\x1b[31m", "::error::x\n", "é", "\u202e", "-1"),
    *("1e400", "true", "null", "[]", "{}", '""', "2026-13-01", "99999999999999999999", "9999-12-31", "0001-01-01", "*", "**", "/"),
    *("../", "/..", "//", "https://", "http://[::1", "%zz", "\\u0000", "select", '["all"]\n', "[rules.x]\n", "[[schema]]\n", "$ref"),
    *('{"$ref": "#"}', '"type": "x"', '"pattern": "("', "allOf", "x-unique", "[module]\n", "[[module.mounts]]\n", 'source = ".."\n'),
    *("[languages.x]\n", "weight = 'a'\n", "[permalinks]\n", ":slug", ":sections[1:]", "[params]\n", "baseURL = 'x y'\n", "theme = 'x'\n"),
    *("[mediaTypes]\n", "[outputFormats.x]\n", "disableKinds = 1\n", "ignoreFiles = ['(']\n", "301!", ":splat", "gone", "alive", "row=x"),
    *("2026-01-02T06:00:00Z", "{{", "}}", "{{ .Inner", "{{/*", "extends = ['vitdlint.toml']\n", "plugins = ['x']\n", "<<<<<<< a\n", "a: &a [*a]\n"),
)  # fmt: skip
ASKED: tuple[tuple[str, ...], ...] = (
    ("check", "--output-format", "json"),
    ("check", "--baseline", "baseline.json"),
    ("check", "--external"),
    ("check", "--baseline", "baseline.json", "--update-baseline"),
    ("check", "--history", "history.jsonl", "--output-format", "html=report.html"),
    ("check", "--diff", "--unsafe-fixes"),
    ("check", "--fix", "--unsafe-fixes"),
    ("check", "--add-suppressions", "why"),
    ("check", "--show-settings"),
    ("check", "--statistics", "cause"),
    ("site", "--output-format", "json"),
    ("links", "--dry-run"),
    ("init", "--dry-run"),
    ("mv", "content/posts/two.md", "content/posts/three.md"),
    ("rules",),
    ("cache",),
)
_OTHER_FORMS = {
    "hugo.yaml": b"baseURL: https://vitd.test/\nmarkup: {goldmark: {renderer: {unsafe: true}}}\ntaxonomies: {tag: tags}\n"
    b"languages: {en: {weight: 1}, de: {weight: 2, contentDir: inhalt}}\nmenus: {main: [{name: a, pageRef: /posts/sun}]}\n",
    "hugo.json": b'{"baseURL": "https://vitd.test/", "permalinks": {"page": {"posts": "/:year/:slug/"}}, "module": {"mounts": '
    b'[{"source": "content", "target": "content"}, {"source": "docs", "target": "content/docs"}]}}',
}
_NEVER = (COMMANDS, DAMAGE, OUTSIDE, "content/posts/sun.md", "content/posts/two.md", "content/_index.md")


def make(chance: Random, _known: Sequence[str]) -> Files:
    """The site with a file or two damaged, and what is to be run on it."""
    files = dict(SITE)
    if chance.random() < 0.8:
        del files[".vitdlint-journal.json"]  # a wrong one ends every command
    if chance.random() < 0.4:
        del files["hugo.toml"]
        name = chance.choice(list(_OTHER_FORMS))
        files[name] = _OTHER_FORMS[name]
    if chance.random() < 0.2:
        files[DAMAGE] = chance.randbytes(8)
    can_be = [path for path in files if path not in _NEVER]
    for path in chance.sample(can_be, chance.choice((1, 1, 2))):
        as_text = chance.random() < 0.7
        data = files[path]
        files[path] = changed_text(chance, data, TOKENS) if as_text else changed_bytes(chance, data)
    files[COMMANDS] = json.dumps(chance.sample(ASKED, 3)).encode()
    return files


def law(files: Files) -> None:
    """Exit codes of the table, sentences instead of tracebacks, nothing changed outside, and no answer from a damaged cache."""
    with memory_folder() as folder:
        site = write(folder / "site", files)
        (folder / OUTSIDE).write_bytes(TEXT)
        env = {"XDG_CACHE_HOME": str(folder / "cache"), "NO_COLOR": "1"}
        with chdir(site), patch.dict(os.environ, env):
            for command in json.loads(files.get(COMMANDS, b"[]")):
                _runs(command)
            if DAMAGE in files:
                _cache_is_not_believed(folder, files[DAMAGE])
        if (folder / OUTSIDE).read_bytes() != TEXT or {p.name for p in folder.iterdir()} - {
            "site",
            "cache",
            OUTSIDE,
        }:
            raise BrokenError("outside: a file outside of the site was changed")


def _runs(command: Sequence[str]) -> str:
    code, out, err = shell(*command, *(() if command[0] in ("rules", "cache") else (CLOCK,)))
    if code not in (0, 1, 2) or "Traceback" in err:
        raise BrokenError(f"exit code {code} of {command[0]} {_last(err)}: {command} {err or out}")
    if code == 2 and not err.strip():
        raise BrokenError(f"{command[0]} says nothing: {command} {out}")
    for stream in (err, "" if "--diff" in command else out):
        if any(ord(c) < 32 and c not in "\t\n" for c in stream) or "\n::error::x" in f"\n{stream}":
            raise BrokenError(f"{command[0]} writes what steers a terminal: {command} {stream!r}")
    return out


def _last(err: str) -> str:
    """The kind of error, and the last place of ours in a traceback."""
    frames = [line.strip() for line in err.splitlines() if "/vitdlint/" in line]
    kind = [line.partition(":")[0] for line in err.splitlines() if "Error" in line]
    return " ".join((*frames[-1:], *kind[-1:]))


def _cache_is_not_believed(folder: Path, damage: bytes) -> None:
    chance, command = Random(damage), ("check", "--output-format", "json")
    cold = _runs(command)
    for file in sorted((folder / "cache").rglob("*.sqlite")):
        file.write_bytes(changed_bytes(chance, file.read_bytes()))
    if _runs(command) != cold:
        raise BrokenError("cache: a damaged cache changes the report")

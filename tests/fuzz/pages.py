"""Laws for single pages: reading, and every rule about pages."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from vitdlint.core.model import Diagnostic, Place
from vitdlint.hugo.files import ContentFile
from vitdlint.linter.examples import job_of
from vitdlint.linter.page_work import PageResult, PageWork

from .failure import BrokenError, Files
from .mutate import NAMES, page

ALL = b'select = ["all"]\n'
SITES: tuple[Files, ...] = (
    {"hugo.toml": b"[markup.goldmark.renderer]\nunsafe = true\n", "vitdlint.toml": ALL},
    {"hugo.toml": b"", "vitdlint.toml": ALL},
    {
        "hugo.toml": b"""enableEmoji = true
[markup.goldmark.parser]
autoHeadingIDType = "blackfriday"
wrapStandAloneImageWithinParagraph = false
[markup.goldmark.parser.attribute]
block = true
[markup.goldmark.renderer]
hardWraps = true
[markup.goldmark.extensions]
linkify = false
footnote = false
definitionList = false
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['$$', '$$']]
inline = [['\\\\(', '\\\\)']]
""",
        "layouts/_shortcodes/b.html": b"<b>{{ .Inner | markdownify }}</b>",
        "layouts/_shortcodes/a.html": b"<div>{{ .Inner }}</div>",
        "vitdlint.toml": b"""select = ["all"]
[shortcodes.x]
links = ["0", "src"]
ids = ["id"]
schema = "x.json"
[shortcodes.b]
schema = "b.json"
[[schema]]
pages = "**"
use = "s.json"
""",
        "x.json": b"""{"required": ["src"], "additionalProperties": false, "properties": {"src": {"x-reference": "file"},
"id": {"pattern": "^[a-z]", "maxLength": 3}, "n": {"type": "integer", "minimum": 2}}}""",
        "b.json": b"""{"properties": {"0": {"enum": ["a", 1, true]}, "1": {"x-reference": "page"}, "2": {"format": "hugo-date"}},
"maxProperties": 3}""",
        "s.json": b"""{"type": "object", "required": ["title"], "additionalProperties": false, "properties": {
"title": {"type": "string", "maxLength": 9, "pattern": "^[A-Z]", "x-unique": "site"},
"date": {"format": "hugo-date"}, "p": {"type": "integer", "minimum": 3}, "q": {"enum": ["a", 1, null]},
"tags": {"type": "array", "items": {"type": "string", "format": "slug"}, "uniqueItems": true},
"a": {"x-reference": "page"}, "url": {"format": "url-path"}, "doi": {"format": "doi"}}}""",
    },
)


def make(chance: Random, known: Sequence[str]) -> Files:
    """A site of one random page."""
    return {**chance.choice(SITES), f"content/posts/{chance.choice(NAMES)}": page(chance, known)}


def law(files: Files) -> None:
    """Nothing raises; places are in the file and ordered; the result survives being stored, and is the same again."""
    work = _work(
        tuple(sorted((path, data) for path, data in files.items() if not path.startswith("content/")))
    )
    for path, data in files.items():
        if path.startswith("content/"):
            result = _checked(work, path, data)
            if pickle.loads(pickle.dumps(result, pickle.HIGHEST_PROTOCOL)) != result:
                raise BrokenError("stored: the result differs after it was stored")


@cache
def _work(rest: tuple[tuple[str, bytes], ...]) -> PageWork:
    texts = {path: data.decode() for path, data in rest}
    return job_of(texts, tomllib.loads(texts.get("vitdlint.toml", ""))).page_work


def _checked(work: PageWork, path: str, data: bytes) -> PageResult:
    result = work(ContentFile(path, path.removeprefix("content/"), "single", path, path, ()), data)
    if result.crashes:
        raise BrokenError(f"{result.crashes[0].rule} crashed: {result.crashes[0]}")
    text = data.decode("utf-8", "replace")
    for diagnostic in result.diagnostics:
        in_order(diagnostic, {path: text})
    facts = result.facts
    for what in (facts.links, facts.anchors, facts.shortcodes, facts.suppressions):
        for one in what:
            if not 0 <= one.start <= one.end <= len(text):
                raise BrokenError(f"{type(one).__name__} outside: {one} of {len(text)}")
    return result


def in_order(diagnostic: Diagnostic, texts: Mapping[str, str]) -> None:
    """Every place is in its file, and the edits of a fix do not overlap."""
    name = diagnostic.name

    def check(place: Place) -> None:
        size = len(texts[place.path]) if place.path in texts else 0
        if not 0 <= place.start <= place.end <= size:
            raise BrokenError(f"{name} outside: {place} of {size}")
        if not (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column):
            raise BrokenError(f"{name} has lines out of order: {place}")

    check(diagnostic.place)
    for related in diagnostic.related:
        check(related.place)
    if diagnostic.fix:
        last: tuple[str, int] = ("", 0)
        for edit in sorted(diagnostic.fix.edits, key=lambda edit: edit.place):
            check(edit.place)
            if last > (edit.place.path, edit.place.start):
                raise BrokenError(f"{name} overlaps: {diagnostic.fix}")
            last = (edit.place.path, edit.place.end)

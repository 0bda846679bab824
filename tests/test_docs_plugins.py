"""What docs/plugins.md shows runs as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from support.run import run, write

import vitdlint
from vitdlint.linter import examples

TEXT = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
PLUGINS = [block for block in BLOCKS if "RULES = " in block]


@pytest.mark.parametrize("text", PLUGINS, ids=lambda text: re.search(r'"([a-z]+-[a-z]+)"', text)[1])
def test_each_plug_in_holds_its_examples(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"lint/my_rules.py": text})
    done = run("test-plugin", "lint/my_rules.py", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 examples, none wrong" in done.stdout


def test_lint_runs(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = (block for block in BLOCKS if block not in PLUGINS)
    write(site, {"content/posts/dead.md": "---\ntitle: Dead\n---\n\n[x](/nowhere/)\n"})
    monkeypatch.chdir(site)
    monkeypatch.setenv("XDG_CACHE_HOME", str(site / ".cache"))
    exec(compile(program, "docs/plugins.md", "exec"), {})  # that is what is tested
    printed = capsys.readouterr().out
    assert printed.startswith("content/posts/dead.md:5:5: dead-link ")
    assert printed.endswith("2 pages; 1 errors\n")


def test_every_public_name_is_on_the_page() -> None:
    assert [
        name for name in vitdlint.__all__ if f"{name}" not in TEXT and name not in ("Diagnostic", "NoOptions")
    ] == []


A = """---
title: A
Tags: [sun, sea]
aliases: [/old/]
---

## Head

A [link](/b/), [dead](/c/), [old](/old/), `code`, <b class="x">bold</b> <!-- c --> {{< box "note" >}}

| a |
|---|
| 1 |
"""
SITE = {
    "content/a.md": A,
    "content/b.md": "---\ntitle: B\n---\nText.\n",
    "content/draft.md": "---\ndraft: true\n---\nText.\n",
    "static/sun.png": "",
}


def _at(word: str, length: int | None = None) -> tuple[str, int, int]:
    start = A.index(word)
    return ("content/a.md", start, start + (len(word) if length is None else length))


SHOWN: dict[str, dict[str, tuple[str, Any]]] = {
    "Page": {
        "path": ("path", "content/a.md"),
        "text": ("text", A),
        'front.get("title")': (
            "front.get('title'), front.get('tags'), front.get('x')",
            ("A", ["sun", "sea"], None),
        ),
        "front.data": ("front.data['Tags']", ["sun", "sea"]),
        'facts.span("tags", 0)': (
            "facts.span('tags', 0), facts.span()",
            (_at("sun"), ("content/a.md", 0, 1)),
        ),
        "key=True": ("facts.span('tags', key=True)", _at("Tags")),
        "span(start, end)": ("span(3, 5)", ("content/a.md", 3, 5)),
        "body.prose": ("len(body.prose), body.prose.find('link')", (len(A), A.index("link"))),
        "\\0": ("body.prose[:4]", "\0\0\0\n"),
        "body.links": ("len(body.links)", 3),
        "kind": ("body.links[0].kind", "link"),
        "target": ("body.links[0].target", "/b/"),
        "outer_start": ("text[body.links[0].outer_start :][:5]", "[link"),
        "outer_end": ("text[body.links[0].outer_end :][:3]", ", ["),
        "body.headings": ("len(body.headings)", 1),
        "level": ("body.headings[0].level", 2),
        "id": ("body.headings[0].id, body.headings[0].text", ("head", "Head")),
        "body.codes": ("text[body.codes[0].start : body.codes[0].end]", "`code`"),
        "body.tables": ("text[body.tables[0].start : body.tables[0].end]", "| a |\n|---|\n| 1 |"),
        "body.tags": ("text[body.tags[0].start : body.tags[0].end]", '<b class="x">'),
        "body.comments": ("text[body.comments[0].start : body.comments[0].end]", "<!-- c -->"),
        "body.shortcodes": ("text[body.shortcodes[0].start : body.shortcodes[0].end]", '{{< box "note" >}}'),
        "start": ("text[body.links[0].start :][:4]", "/b/)"),
        "end": ("text[body.links[0].end :][:3]", "), "),
        "name": ("body.tags[0].name, body.shortcodes[0].name", ("b", "box")),
        'get("href")': ("body.tags[0].get('href')", None),
        "value": ("body.tags[0].get('class').value, body.shortcodes[0].params[0].value", ("x", "note")),
        "params": ("body.shortcodes[0].params[0].name", None),
    },
    "Site": {
        "addresses.published": ("[p.path for p in addresses.published]", ["content/a.md", "content/b.md"]),
        "path": ("addresses.published[0].path", "content/a.md"),
        "url": ("addresses.published[0].url", "/a/"),
        "title": ("addresses.published[0].title", "A"),
        "kind": ("addresses.published[0].kind", "page"),
        "language": ("addresses.published[0].language", "en"),
        "aliases": ("[a.url for a in addresses.published[0].aliases]", ["/old/"]),
        "addresses.outputs[path]": ("addresses.outputs['content/b.md'].url", "/b/"),
        "state": ("[page.state for page in addresses.outputs.values()]", ["published", "published", "draft"]),
        "pages[path]": ("pages['content/a.md'].path", "content/a.md"),
        "front": ("pages['content/a.md'].front.get('title')", "A"),
        "links": ("pages['content/a.md'].links[0].target", "/b/"),
        "anchors": ("pages['content/a.md'].anchors[0].id", "head"),
        "shortcodes": ("pages['content/a.md'].shortcodes[0].name", "box"),
        'span("key")': ("pages['content/a.md'].span('title')", _at("A\n", 1)),
        "resolve(target, path)": ("resolve('/b/', 'content/a.md').page.path", "content/b.md"),
        "status": (
            "[resolve(x, 'content/a.md').status for x in ('/b/', '/old/', '/tags/sun/', '/sun.png', '/c/', 'https://x.test/')]",
            ["page", "alias", "term", "file", "dead", "external"],
        ),
        "page": ("resolve('/c/', 'content/a.md').page", None),
    },
    "Links": {
        "all": ("[link.target for _, link, _ in all]", ["/b/", "/c/", "/old/"]),
        "(page, link, target)": (
            "(all[0][0].path, all[0][1].start, all[0][2].url)",
            ("content/a.md", A.index("/b/"), "/b/"),
        ),
        'led("page", "alias")': ("[link.target for _, link, _ in led('page', 'alias')]", ["/b/", "/old/"]),
        "site": ("site.addresses.outputs['content/b.md'].url", "/b/"),
        "Site": ("type(site).__name__", "Site"),
    },
}
"""For each attribute of the page's tables: what shows that it is there, and that value."""
VALUES = {
    "None",
    "published",
    "draft",
    "future",
    "expired",
    "alias",
    "term",
    "file",
    "dead",
    "external",
    "page",
    "/",
}
"""Words of the tables that are values."""


@pytest.mark.parametrize("name", SHOWN)
def test_each_attribute_of_the_page_is_what_it_says(name: str) -> None:
    (section,) = re.findall(rf"^## {name}$(.*?)^(?:## |```)", TEXT, re.MULTILINE | re.DOTALL)
    named = {
        code for row in re.findall(r"^\|.*", section, re.MULTILINE) for code in re.findall(r"`([^`]+)`", row)
    }
    assert named - VALUES == SHOWN[name].keys() - VALUES
    subjects = list[Any]()

    def check(subject: Any, _: object) -> Iterator[vitdlint.Finding]:
        subjects.append(subject)
        yield from ()

    rule = vitdlint.Rule("MY1", "see-all", on=getattr(vitdlint, name), check=check, examples=())
    assert not examples.run(rule, vitdlint.Good(SITE)).report.diagnostics
    subject = subjects[0]
    for code, (shown, value) in SHOWN[name].items():
        given = {word: getattr(subject, word) for word in dir(subject) if not word.startswith("_")}
        assert eval(shown, given) == value, code  # that is what is tested


@pytest.mark.parametrize("kind", [vitdlint.Rule, vitdlint.Finding])
def test_each_field_is_in_its_table_or_internal(kind: Any) -> None:
    (table,) = re.findall(rf"^(\| `{kind.__name__}\(.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
    named = {code for row in table.splitlines() for code in re.findall(r"`(\w+)`", row.split(" | ")[0])}
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    assert named <= set(names)
    assert set(names) - named <= {"of_page", "fails_build", "of_schema", "scope", "meant", "builds"}

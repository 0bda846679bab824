"""The law: after any edits, in the editor and on disk, the findings are those of a check from scratch on the same texts.

`VITDLINT_EDITS=2000 pytest tests/lsp/test_random_edits.py` does more of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from support.run import NOW, write

from vitdlint.core.model import Report
from vitdlint.files.find_site import locate
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import open_session
from vitdlint.lsp.engine import Engine

EDITS = int(os.environ.get("VITDLINT_EDITS", "240"))
WORDS = ("sun", "moon", "star", "sea", "rain")


class Desk:
    """A site on disk, and an editor that holds some of its texts."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root, self.random = root, random
        self.held: dict[str, str] = {}

    def pages(self) -> list[str]:
        on_disk = {p.relative_to(self.root).as_posix() for p in (self.root / "content").rglob("*.md")}
        return sorted(on_disk | self.held.keys())

    def page(self) -> str:
        return self.random.choice(self.pages())

    def word(self) -> str:
        return self.random.choice(WORDS)

    def text(self, path: str) -> str:
        if path in self.held:
            return self.held[path]
        return (self.root / path).read_bytes().decode("utf-8", "replace")

    def hold(self, path: str, text: str) -> None:
        self.held[path] = text

    def append(self, line: str) -> None:
        path = self.page()
        self.hold(path, f"{self.text(path)}\n{line}\n")

    def key(self, line: str) -> None:
        """Put a key at the top of a page's front matter, in place of the same key."""
        path = self.page()
        name = line.partition(":")[0]
        first, *rest = self.text(path).split("\n")
        self.hold(path, "\n".join([first, line, *(r for r in rest if not r.startswith(f"{name}:"))]))


def _drop_heading(desk: Desk) -> None:
    path = desk.page()
    lines = desk.text(path).split("\n")
    found = [i for i, line in enumerate(lines) if line.startswith("#")]
    if found:
        del lines[desk.random.choice(found)]
        desk.hold(path, "\n".join(lines))


def _close(desk: Desk) -> None:
    if desk.held:
        del desk.held[desk.random.choice(sorted(desk.held))]


def _save(desk: Desk) -> None:
    if desk.held:
        path = desk.random.choice(sorted(desk.held))
        write(desk.root, {path: desk.held[path]})


def _delete(desk: Desk) -> None:
    path = desk.page()
    (desk.root / path).unlink(missing_ok=True)
    desk.held.pop(path, None)


def _rename(desk: Desk) -> None:
    path = desk.page()
    if (desk.root / path).exists():
        (desk.root / path).rename(desk.root / f"content/posts/{desk.word()}-{desk.random.randrange(9)}.md")
        desk.held.pop(path, None)


def _on_disk(desk: Desk) -> None:
    path = desk.page()
    write(desk.root, {path: f"{desk.text(path)}\n[x](/posts/{desk.word()}/)\n"})


def _same_size_on_disk(desk: Desk) -> None:
    path = desk.page()
    write(desk.root, {path: desk.text(path).replace("sun", "sea")})


def _line_ends(desk: Desk) -> None:
    path = desk.page()
    desk.hold(path, desk.text(path).replace("\n", "\r\n"))


def _static(desk: Desk) -> None:
    file = desk.root / "static/pic.png"
    if file.exists():
        file.unlink()
    else:
        write(desk.root, {"static/pic.png": "x"})


def _configure(desk: Desk) -> None:
    rules = desk.random.choice(['["all"]', '["default"]', '["dead-link", "dead-fragment"]'])
    write(desk.root, {"vitdlint.toml": f"select = {rules}\n"})


def _hugo(desk: Desk) -> None:
    write(
        desk.root,
        {"hugo.toml": desk.random.choice(["", 'baseURL = "https://a.test/"\n', "disableAliases = true\n"])},
    )


def _template(desk: Desk) -> None:
    write(
        desk.root,
        {
            "layouts/shortcodes/lamp.html": desk.random.choice(
                ["lamp", '<b id="{{ .Get 0 }}">', "{{ .Inner }}"]
            )
        },
    )


KINDS: dict[str, Callable[[Desk], None]] = {
    "text": lambda d: d.append("Some more words."),
    "dead link": lambda d: d.append(f"[x](/none/{d.random.randrange(9)}/)"),
    "link": lambda d: d.append(f"[x](/posts/{d.word()}/)"),
    "fragment": lambda d: d.append(f"[x](/posts/{d.word()}/#{d.word()})"),
    "own fragment": lambda d: d.append(f"[x](#{d.word()})"),
    "ref": lambda d: d.append(f'[x]({{{{< ref "{d.word()}" >}}}})'),
    "heading": lambda d: d.append(f"## {d.word()}"),
    "heading gone": _drop_heading,
    "shortcode": lambda d: d.append("{{< lamp a >}}"),
    "image": lambda d: d.append("![](/pic.png)"),
    "definition": lambda d: d.append(f"[{d.word()}][a]\n\n[a]: /posts/{d.word()}/"),
    "suppression": lambda d: d.append("<!-- vitdlint-disable-next-line dead-link: later -->"),
    "suppression of the file": lambda d: d.append("<!-- vitdlint-disable-file dead-fragment: later -->"),
    "title": lambda d: d.key(f"title: {d.word()} {d.random.randrange(5)}"),
    "slug": lambda d: d.key(f"slug: {d.word()}"),
    "alias": lambda d: d.key(f"aliases: [/posts/{d.word()}/, /old/]"),
    "draft": lambda d: d.key(f"draft: {d.random.choice(['true', 'false'])}"),
    "date": lambda d: d.key(f"date: {d.random.choice(['2020', '2030'])}-01-01"),
    "tag": lambda d: d.key(f"tags: [{d.word()}, {d.word().upper()}]"),
    "menu": lambda d: d.key(f"menu: {d.word()}"),
    "empty": lambda d: d.hold(d.page(), "---\ntitle: Nothing\n---\n"),
    "broken front matter": lambda d: d.hold(d.page(), "---\ntitle: [\n---\n\nText.\n"),
    "line ends": _line_ends,
    "hostile": lambda d: d.append("\x0b\u2028\x85 \U0001f319 [a](/posts/\u00fc/)"),
    "new page": lambda d: d.hold(f"content/posts/{d.word()}.md", f"---\ntitle: {d.word()}\n---\n\nText.\n"),
    "new section": lambda d: d.hold(f"content/{d.word()}/_index.md", "---\ntitle: All\n---\n"),
    "close": _close,
    "save": _save,
    "delete": _delete,
    "rename": _rename,
    "on disk": _on_disk,
    "same size on disk": _same_size_on_disk,
    "not UTF-8": lambda d: write(d.root, {"content/posts/latin.md": b"---\ntitle: \xe4\n---\n"}) and None,
    "static file": _static,
    "configuration": _configure,
    "hugo": _hugo,
    "template": _template,
}


def from_scratch(root: Path, texts: dict[str, str]) -> Report:
    settings = RunSettings(datetime.fromisoformat(NOW), plugins=False, cached=False, jobs=1)
    session = open_session(locate([root]), settings)
    return session.check(session.overlay(texts)).report


@pytest.mark.parametrize("seed", range(4))
def test_findings_are_those_of_a_check_from_scratch(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    random = Random(seed)
    root = write(
        tmp_path / "site",
        {
            "hugo.toml": "",
            "layouts/shortcodes/lamp.html": "lamp",
            "layouts/all.html": "{{ .Content }}",
            **{
                f"content/posts/{w}.md": f"---\ntitle: {w}\n---\n\n## {w}\n\n[x](/posts/sun/#sun)\n"
                for w in WORDS
            },
        },
    )
    desk, engine, followed = Desk(root, random), Engine(root, clock=NOW), 0
    engine.check({})
    done: list[str] = []
    for _ in range(EDITS // 4):
        for kind in random.sample(sorted(KINDS), random.choice([1, 1, 1, 2])):
            KINDS[kind](desk)
            done.append(kind)
        texts = engine.pages_among(desk.held)
        if random.random() < 0.3:  # an edit arrives before the news of what has changed on disk
            engine.follow(texts) or engine.check(texts)
        state = engine.follow(texts, engine.look())
        followed += state is not None
        state = state or engine.check(texts)
        report = from_scratch(root, texts)
        assert state.outcome.report.diagnostics == report.diagnostics, done[-6:]
        assert state.outcome.report.not_checked == report.not_checked, done[-6:]
        assert {p: list(f) for p, f in state.reported.items()} == {
            p: [d for d in report.diagnostics if d.place.path == p]
            for p in {d.place.path for d in report.diagnostics}
        }
    assert followed > EDITS // 20

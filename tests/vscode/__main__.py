"""The real VS Code in a browser on a small site: what a person sees of vitdlint, as pictures and as facts.

    make vscode-look

Needs node, npm, Chromium and playwright; installs code-server into build/ (290 MB) the first time. Pictures are written to
build/vscode. Ends with 1 if something is not as it should be.
"""

from __future__ import annotations

import shutil
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.chromium import CHROMIUM, sync_playwright
from support.paths import ROOT
from support.run import write

from .server import install, serving

OUT = ROOT / "build" / "vscode"
MOON, SUN = "content/posts/moon.md", "content/posts/sun.md"
SITE = {
    "hugo.toml": 'baseURL = "https://example.org/"\n',
    "vitdlint.toml": '[[schema]]\npages = "posts/**"\nuse = "post.schema.json"\n',
    "post.schema.json": """{
  "type": "object",
  "properties": {
    "title": { "type": "string" },
    "mood": { "enum": ["bright", "dark"], "description": "How the page feels." }
  }
}
""",
    SUN: """---
title: The Sun
slug: star
aliases: [/old-sun/]
mood: bright
---

The sun is a star. It is the one that is nearest to us.

## Light

It takes eight minutes.
""",
    MOON: """---
title: The Moon
mood: gloomy
---

\U0001f319 It has no [light](/posts/star/#light) of its own, as [the sun](/old-sun/) has it.

See [its far side](/posts/far-side/) and [a draft](/posts/eclipse/).

It goes around [the earth](/posts/earth/).
""",
    "content/posts/earth.md": "---\ntitle: The Earth\n---\n\nWe live here.\n",
    "content/posts/eclipse.md": "---\ntitle: Eclipse\ndraft: true\n---\n\nOne hides [the other](/posts/star/).\n",
}
Scene = Callable[["Editor"], None]


class Editor:
    """VS Code in a page of the browser."""

    def __init__(self, page: Any, site: Path) -> None:
        self.page = page
        self.site = site

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            time.sleep(0.2)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=30)

    def open(self, path: str) -> None:
        """Open a file as a person does; code-server has no search for names without its native programs."""
        name = path.rpartition("/")[2]
        tab = self.page.locator(".tab", has_text=name)
        if tab.count():
            tab.first.click()
        else:
            self.row(path).click()
        self.wait(".tab.active", name)
        self.page.mouse.move(700, 480)
        self.press("Control+1")

    def row(self, path: str) -> Any:
        """The file's row in the explorer."""
        self.press("Control+Shift+e")
        *folders, name = path.split("/")
        for folder, below in zip(folders, [*folders[1:], name], strict=True):
            if not self._rows(below).count():
                self._rows(folder).click()
                self.wait(".explorer-folders-view .monaco-list-row", below)
        return self._rows(name)

    def _rows(self, name: str) -> Any:
        return self.page.locator(".explorer-folders-view .monaco-list-row", has_text=name).first

    def go(self, line: int, column: int) -> None:
        self.press("Control+g")
        self.type(f":{line}:{column}")
        self.press("Enter")

    def texts(self, selector: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(f"{selector}:visible").all_inner_texts()]

    def wait(self, selector: str, text: str = "", seconds: float = 60) -> list[str]:
        """The texts that are visible there, once one has that text."""
        end = time.monotonic() + seconds
        while True:
            found = self.texts(selector)
            if any(text in each for each in found):
                time.sleep(0.5)
                return self.texts(selector)
            assert time.monotonic() < end, f"no {text!r} in {selector}: {found}"
            time.sleep(0.2)

    def count(self, selector: str, number: int, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while (found := self.page.locator(selector).count()) != number:
            assert time.monotonic() < end, f"{found} of {selector}, not {number}"
            time.sleep(0.2)

    def lines(self) -> str:
        """The text of the editor, without the lines that are scrolled away."""
        lines = self.page.locator(".monaco-editor .view-line").all()
        placed = sorted(
            (line.bounding_box()["y"], line.inner_text()) for line in lines if line.bounding_box()
        )
        return "\n".join(text.replace("\xa0", " ") for _, text in placed)

    def shot(self, name: str) -> None:
        self.page.screenshot(path=OUT / f"{name}.png")

    def undo_all(self) -> None:
        self.press("Escape", "Escape")
        self.press("Control+Shift+p")
        self.type("File: Revert File")
        self.wait(".quick-input-list .monaco-list-row", "Revert File")
        self.press("Enter")


def squiggles(editor: Editor) -> None:
    """What is wrong with the page is underlined, and listed for all pages of the site."""
    editor.open(MOON)
    editor.count(".squiggly-error", 3)
    editor.count(".squiggly-warning", 1)
    editor.press("Control+Shift+m")
    said = "\n".join(editor.wait(".markers-panel .monaco-list-row", "far-side"))
    for rule in ("dead-link", "link-to-alias", "schema"):
        assert rule in said, said


def lens(editor: Editor) -> None:
    """How many links lead to the page."""
    editor.open(SUN)
    assert "3 links from 2 pages" in editor.wait(".codelens-decoration", "links from")


def hover(editor: Editor) -> None:
    """What a link leads to, and what is reported about it."""
    editor.open(MOON)
    editor.go(8, 58)
    editor.press("Control+k", "Control+i")
    said = editor.wait(".monaco-hover", "a draft, so")
    for words in ("This page is a draft.", "publish the page, or remove the link", "link-to-unpublished"):
        assert any(words in each for each in said), said


def completion(editor: Editor) -> None:
    """Pages by their titles, with the address that is written."""
    editor.open(MOON)
    editor.go(11, 1)
    editor.type("[x](/po")
    editor.press("Control+Space")
    said = editor.wait(".suggest-widget .monaco-list-row", "The Sun")
    assert "The Sun /posts/star/ content/posts/sun.md" in said, said
    assert any(each.startswith("Eclipse /posts/eclipse/ draft") for each in said), said
    editor.press("ArrowDown", "ArrowDown", "ArrowDown", "Control+Space")
    editor.wait(".suggest-details", "The sun is a star.")


def front_matter(editor: Editor) -> None:
    """The values that the site's schema allows."""
    editor.open(SUN)
    editor.go(5, 7)
    editor.press("Shift+End", "Delete", "Control+Space")
    said = editor.wait(".suggest-widget .monaco-list-row", "bright")
    assert any("dark" in each for each in said), said


def fixes(editor: Editor) -> None:
    """What can be done about a finding; the safe fix is applied."""
    editor.open(MOON)
    editor.count(".squiggly-error", 3)
    editor.go(6, 72)
    editor.press("Control+.")
    said = editor.wait(".action-widget .monaco-list-row", "Suppress link-to-alias here")
    assert any("baseline" not in each for each in said), said
    editor.shot("fixes_offered")
    editor.press("Enter")
    editor.count(".squiggly-warning", 0)
    assert "[the sun](/posts/star/)" in editor.lines()


def rename_preview(editor: Editor) -> None:
    """A new slug with every link to the page, looked at before it is done."""
    editor.open(SUN)
    editor.go(3, 8)
    editor.press("F2")
    editor.wait(".rename-box", "")
    editor.press("Control+a")
    editor.type("our-star")
    editor.press("Control+Enter")
    said = "\n".join(editor.wait(".bulk-edit-panel .monaco-list-row", "moon.md"))
    assert "eclipse.md" in said, said


def broken_elsewhere(editor: Editor) -> None:
    """An edit that breaks a link on another page is reported there, unsaved."""
    editor.open(SUN)
    editor.go(10, 4)
    editor.type("Dark ")
    editor.press("Control+Shift+m")
    editor.wait(".markers-panel .monaco-list-row", "dead-fragment")


def file_rename(editor: Editor) -> None:
    """A file that is renamed in the explorer takes the links to it along."""
    editor.row("content/posts/earth.md").click()
    editor.press("F2", "Control+a")
    editor.type("world.md")
    editor.press("Enter")
    editor.wait(".monaco-dialog-box", "vitdlint")
    editor.press("Enter")
    editor.open(MOON)
    end = time.monotonic() + 30
    while "[the earth](/posts/world/)" not in editor.lines():
        assert time.monotonic() < end, editor.lines()
        time.sleep(0.5)
    assert (editor.site / "content/posts/world.md").exists()


SCENES: tuple[Scene, ...] = (
    squiggles,
    lens,
    hover,
    completion,
    front_matter,
    rename_preview,
    broken_elsewhere,
    fixes,
    file_rename,
)


def look(scenes: tuple[Scene, ...]) -> int:
    """Play the scenes; the number of those that failed."""
    if CHROMIUM is None or sync_playwright is None or shutil.which("npm") is None:
        sys.exit("needs Chromium, playwright, node and npm")
    install()
    shutil.rmtree(OUT, ignore_errors=True)
    site = write(OUT / "site", SITE)
    failed = 0
    with (
        serving(ROOT / "build" / "vitdlint.vsix", site, OUT / "home") as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        editor = Editor(page, site)
        editor.wait(".statusbar-item", "vitdlint", 120)
        for scene in scenes:
            try:
                scene(editor)
                print(f"ok      {scene.__name__}: {(scene.__doc__ or '').strip()}")
            except Exception:  # noqa: BLE001  # the other scenes are played too
                failed += 1
                print(f"FAILED  {scene.__name__}\n{traceback.format_exc()}")
            editor.shot(scene.__name__)
            editor.undo_all()
        browser.close()
    return failed


def main() -> None:
    """Play all scenes, or those that the command line names."""
    chosen = tuple(scene for scene in SCENES if not sys.argv[1:] or scene.__name__ in sys.argv[1:])
    failed = look(chosen)
    print(f"pictures: {OUT.relative_to(ROOT)}/*.png")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()

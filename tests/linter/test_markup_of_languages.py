"""A page is read with the Markdown settings of its own language: cold, warm and after an edit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.hugo_build import build
from support.run import CLOCK, report, run, write

JSON = ("check", CLOCK, "--output-format=json", "--exit-zero")
BODY = "## Rye -- wheat\n\n[a](#rye--wheat) [b](#rye----wheat) [c](#ryewheat)\n"
CONFIG = """baseURL = "https://lamps.example/"
defaultContentLanguage = "en"
[languages.en]
[languages.de]
[languages.de.markup.goldmark.extensions.typographer]
{}
"""


@pytest.mark.parametrize("settings", ["disable = true", "enDash = '--'", "emDash = '--'"])
@pytest.mark.parametrize("folders", [False, True])
def test_anchors_are_those_of_hugo(settings: str, folders: bool, tmp_path: Path) -> None:
    config, pages = CONFIG.format(settings), {"en": "content/a.md", "de": "content/a.de.md"}
    if folders:
        for language in pages:
            config = config.replace(
                f"[languages.{language}]\n", f"[languages.{language}]\ncontentDir = 'content/{language}'\n"
            )
            pages[language] = f"content/{language}/a.md"
    files = {"hugo.toml": config, **dict.fromkeys(pages.values(), BODY)}
    built = build({**files, "layouts/all.html": "{{ .Content }}"}, pages=False).files
    dead = {}
    for language, path in pages.items():
        html = built[{"en": "a/index.html", "de": "de/a/index.html"}[language]].decode()
        ids = re.findall(r'id="([^"]*)"', html)
        dead[path] = [f for f in ("rye--wheat", "rye----wheat", "ryewheat") if f not in ids]
    write(tmp_path, files)
    for edit in ("", "", "More.\n"):
        write(tmp_path, dict.fromkeys(pages.values(), BODY + edit))
        for options in ((), ("--no-cache",)):
            found: dict[str, list[str]] = {path: [] for path in pages.values()}
            for each in report(run(*JSON, *options, cwd=tmp_path))["diagnostics"]:
                found[each["path"]] += re.findall(r'no anchor "([^"]*)"', each["message"])
            assert found == dead

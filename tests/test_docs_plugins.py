"""What docs/plugins.md shows runs as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import ROOT
from support.run import run, write

import vitdlint

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

"""A pipe or a device in the place of a file holds nothing up, and is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.run import run, write

from vitdlint.files.regular import regular

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
CONFIG = 'extends = ["more.toml"]\nbaseline = "baseline.json"\nplugins = ["rule.py"]\nhugo-answers = "answers.jsonl"\n'
FILES = {
    "hugo.toml": "",
    "content/posts/page.md": "---\ntitle: Page\n---\n[a](https://vitd.test/)\n",
    "vitdlint.toml": CONFIG,
    "more.toml": "",
    "baseline.json": '{"version": 1, "findings": {}}\n',
    "rule.py": "RULES = ()\n",
    "answers.jsonl": "",
    ".vitdlint-links.txt": "# vitdlint links 1\n",
    ".vitdlint-links.txt.journal": "",
    ".vitdlint-journal.json": "{}",
}
CHECK, LINKS = ("check", "--no-cache"), ("links", "--dry-run")


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("vitdlint.toml", CHECK),
        ("more.toml", CHECK),
        ("baseline.json", CHECK),
        ("rule.py", CHECK),
        ("answers.jsonl", CHECK),
        (".vitdlint-journal.json", CHECK),
        (".vitdlint-links.txt", LINKS),
        (".vitdlint-links.txt.journal", LINKS),
    ],
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    site = write(tmp_path, {p: t for p, t in FILES.items() if p not in (name, ".vitdlint-journal.json")})
    os.mkfifo(site / name)
    done = run(*command, cwd=site)
    assert done.returncode == 2, done
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_device_is_not_read(tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.symlink_to("/dev/zero")
    with pytest.raises(OSError, match="is not a regular file"):
        regular(device)

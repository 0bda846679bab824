"""Front matter behind a character that nobody sees: what Hugo shows as text is reported once, and nothing else is."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from support.hugo_build import build
from support.run import report, run, write

BEFORE = [
    "",
    "\n",
    " \t\n",
    "\ufeff",
    "\ufeff\n",
    "\ufeff\ufeff",
    "\n\ufeff",
    "\u200b",
    " \u00a0\n",
    "\u200e\u2060",
]
BLOCKS = ["---\ntitle: Sun\n---\n", '+++\ntitle = "Sun"\n+++\n', '{"title": "Sun"}\n']
ABOUT_IT = {"VD101", "VD404"}


def test_what_hugo_does_not_read_is_reported(tmp_path: Path) -> None:
    pages = {
        f"content/p{number}.md": f"{before}{block}Text\n"
        for number, (before, block) in enumerate(product(BEFORE, BLOCKS))
    }
    site = {"hugo.toml": "", "layouts/all.html": "{{ .Title }}|{{ .Content }}", **pages}
    built = build(site, pages=False)
    assert built.code == 0
    unread = {path for path in pages if not built.files[f"{path[8:-3]}/index.html"].startswith(b"Sun|")}
    assert 0 < len(unread) < len(pages)
    found = report(run("check", "--output-format=json", cwd=write(tmp_path, site)))["diagnostics"]
    reported = [d["path"] for d in found if d["code"] in ABOUT_IT]
    assert sorted(reported) == sorted(unread)
    assert {d["code"] for d in found if d["path"] in unread} >= {"VD101"}

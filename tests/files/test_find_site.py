"""Where the site is that a path names."""

from __future__ import annotations

from pathlib import Path

from support.run import run, write

PAGE = "---\ntitle: Sun\n---\nText.\n"


def test_a_repository_whose_site_is_below_is_no_content_folder(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# A\n", "docs/hugo.toml": "", "docs/content/a.md": PAGE})
    for paths in ((), (".",), (str(tmp_path),)):
        done = run("check", "--no-cache", *paths, cwd=tmp_path)
        assert (done.returncode, "there is one in docs; name" in done.stderr) == (2, True), done.stderr
    assert run("check", "--no-cache", "docs", cwd=tmp_path).returncode == 0


def test_a_folder_without_a_site_below_and_a_content_folder_are_checked_with_hugos_defaults(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"pages/a.md": PAGE, "own/content/b.md": PAGE, "own/content/x/hugo.toml": ""})
    for path in ("pages", "own", "own/content"):
        done = run("check", "--no-cache", path, cwd=tmp_path)
        assert (done.returncode, "Hugo's defaults are assumed" in done.stderr) == (0, True), done.stderr

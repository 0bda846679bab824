"""`vitdlint cure`: each way ends the dead links that it says, changes nothing else, and leaves a site that checks so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.run import git, names, report, run, write

SITE: dict[str, str | bytes | None] = {
    "hugo.toml": 'baseURL = "https://vitd.test/"\nmarkup.goldmark.renderer.unsafe = true\n',
    "layouts/single.html": "{{ .Content }}",
    "content/posts/a.md": "---\ntitle: A\n---\n"
    'See [**sun** light](/old/sun/ "t"), ![x](/old/x.png) and [moon](/old/moon/).\n\n'
    "[# no heading](/old/sun/)\n\n[by reference][s] [live](/posts/sun/)\n\n[s]: /old/sun/\n",
    "content/posts/b.md": "---\ntitle: B\n---\n<a href='/old/moon/'>the moon</a>, [lost](/lost/).\n",
    "content/posts/sun.md": "---\ntitle: Sun\n---\nText.\n",
    "content/posts/moon.md": '{"title": "Moon"}\n\nText.\n',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, SITE)


def dead(folder: Path) -> int:
    done = run("check", "--output-format", "json", "--select", "dead-link,missing-file", cwd=folder)
    return len(names(done))


def texts(folder: Path) -> dict[str, str]:
    files = (*folder.glob("content/**/*.md"), *folder.glob("static/*"), *folder.glob("*.toml"))
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_without_a_way_all_are_shown_and_nothing_is_written(site: Path) -> None:
    before = texts(site)
    done = run("cure", "/old/*/", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "5 dead links on 2 pages" in done.stdout
    assert "/old/sun/ -> /posts/sun/" in done.stdout
    for way in ("link", "alias", "redirect", "unlink", "extra-urls"):
        assert f"\n  {way} " in done.stdout
    assert texts(site) == before


@pytest.mark.parametrize(
    ("way", "ended"), [("link", 5), ("alias", 5), ("redirect", 5), ("extra-urls", 5), ("unlink", 2)]
)
def test_each_way_ends_what_it_says_in_one_step(site: Path, way: str, ended: int) -> None:
    before = dead(site)
    old = texts(site)
    patch = run("cure", "/old/*/", "--by", way, "--dry-run", cwd=site)
    assert patch.returncode == 0, patch.stderr
    assert f"{ended} dead links would be ended" in patch.stderr
    assert texts(site) == old
    done = run("cure", "/old/*/", "--by", way, cwd=site)
    assert done.returncode == 0, done.stderr
    assert f"{ended} dead links ended" in done.stdout
    assert before - dead(site) == ended
    new = texts(site)
    write(site, {path: old.get(path) for path in new if old.get(path) != new[path]})
    git(site, "init", "-q")
    subprocess.run(["git", "apply"], cwd=site, input=patch.stdout, text=True, check=True)
    assert texts(site) == new


def test_what_each_way_writes(site: Path) -> None:
    for way, path, text in (
        ("alias", "content/posts/moon.md", '"aliases": ["/old/moon/"]'),
        ("redirect", "static/_redirects", "/old/*  /posts/:splat  301\n"),
        ("extra-urls", "vitdlint.toml", 'extra-urls = ["/old/*/"]\n'),
        ("unlink", "content/posts/a.md", "See **sun** light, ![x](/old/x.png) and moon.\n"),
        ("link", "content/posts/b.md", "<a href='/posts/moon/'>the moon</a>"),
    ):
        write(site, SITE)
        (site / "vitdlint.toml").unlink(missing_ok=True)
        (site / "static/_redirects").unlink(missing_ok=True)
        assert run("cure", "/old/*/", "--by", way, cwd=site).returncode == 0
        assert text in texts(site)[path]


def test_a_link_whose_text_would_be_read_otherwise_is_left(site: Path) -> None:
    run("cure", "/old/*/", "--by", "unlink", cwd=site)
    assert "[# no heading](/old/sun/)" in texts(site)["content/posts/a.md"]


def test_what_was_meant_can_be_named(site: Path) -> None:
    refused = run("cure", "/lost/", "--by", "link", cwd=site)
    assert refused.returncode == 2
    assert "--to" in refused.stderr
    done = run("cure", "/lost/", "--to", "/posts/sun/", "--by", "redirect", cwd=site)
    assert done.returncode == 0, done.stderr
    assert texts(site)["static/_redirects"] == "/lost/  /posts/sun/  301\n"
    assert run("cure", "/lost/", cwd=site).returncode == 2


def test_lines_are_added_to_what_is_there(site: Path) -> None:
    write(site, {"static/_redirects": "/a  /b", "vitdlint.toml": '# mine\nextra-urls = ["/x"]\n'})
    run("cure", "/old/sun/", "--by", "redirect", cwd=site)
    assert texts(site)["static/_redirects"] == "/a  /b\n/old/sun/  /posts/sun/  301\n"
    run("cure", "/lost/", "--by", "extra-urls", cwd=site)
    assert texts(site)["vitdlint.toml"] == '# mine\nextra-urls = ["/x", "/lost/"]\n'


def test_the_baseline_stays_true(site: Path) -> None:
    write(site, {"vitdlint.toml": 'baseline = "b.json"\n'})
    run("check", "--update-baseline", cwd=site)
    run("cure", "/old/*/", "--by", "link", cwd=site)
    done = run("check", "--output-format", "json", cwd=site)
    assert report(done)["diagnostics"] == []
    assert "/old/sun/" not in (site / "b.json").read_text()

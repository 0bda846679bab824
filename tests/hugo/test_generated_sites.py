"""Random sites and the corpus, compared with the real Hugo as a whole; and how long publishing takes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.hugo_build import CLOCK, LAYOUTS, Build, dump, run_hugo, walk, write
from support.hugo_compare import compare_files, compare_pages, differences, publish_tree
from support.hugo_random import names_site, tree_site

from vitdlint.files.tree import DiskTree

SEEDS = st.integers(min_value=0, max_value=10**9)
UNHURRIED = settings(
    max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.slow
@UNHURRIED
@given(seed=SEEDS, ugly=st.booleans())
def test_odd_names_are_published_as_hugo_does(seed: int, ugly: bool) -> None:
    assert differences(names_site(seed, ugly=ugly)) == []


@pytest.mark.slow
@settings(UNHURRIED, max_examples=40)
@given(seed=SEEDS)
def test_odd_sites_are_published_as_hugo_does(seed: int) -> None:
    try:
        assert differences(tree_site(seed)) == []
    except AssertionError as error:
        # Hugo 0.168 itself crashes on some files for a language whose section is made late.
        if "hugolib.(*pageState)" not in str(error):
            raise


@pytest.mark.slow
@pytest.mark.parametrize("ugly", [False, True], ids=["pretty", "ugly"])
def test_the_corpus_is_published_as_hugo_does(shared: Path, tmp_path: Path, ugly: bool) -> None:
    site = tmp_path / "site"
    shutil.unpack_archive(shared / "corpus" / "vitd-posts.tar.gz", site, filter="data")
    site = next(p.parent for p in site.rglob("hugo.toml"))
    config = site / "hugo.toml"
    config.write_text(
        config.read_text("utf-8")
        .replace("uglyURLs = true", f"uglyURLs = {str(ugly).lower()}")
        .replace("minifyOutput = true", "minifyOutput = false"),
        "utf-8",
    )
    write(site, {**LAYOUTS, "layouts/page.html": "page", "layouts/_shortcodes/toc.html": "x"})
    public = tmp_path / "public"
    done = run_hugo(site, "--destination", str(public), "--clock", CLOCK)
    assert done.returncode == 0, done.stderr
    files = {p.relative_to(public).as_posix(): p.read_bytes() for p in walk(public)}
    theirs = Build(0, "", files, dump(site, tmp_path / "dumped", "--clock", CLOCK))
    ours = publish_tree(DiskTree(site))
    assert [*compare_files(ours, theirs), *compare_pages(ours, theirs)] == []
    mine = {a.file: o.url for o in ours.publication.outputs for a in o.aliases}
    assert {f: u for f, u in theirs.redirects.items() if f in mine} == mine
    assert len(theirs.pages) > 1700

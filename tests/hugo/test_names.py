"""Names to URLs: Hugo's own answers for slugs, file names, terms and aliases, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.hugo_compare import Ours, publish_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.names import clean, escape_path, join, logical, lower, sanitize

LAYOUTS = {"layouts/all.html": "x"}


def vectors(shared: Path, what: str) -> Iterator[dict[str, Any]]:
    for line in (shared / "vectors" / "names.jsonl").read_text("utf-8").split("\n"):
        if line and (vector := json.loads(line))["what"] == what:
            yield vector


def page(**front: Any) -> str:
    return json.dumps({"title": "x", **front}, ensure_ascii=False)


def published(tree: dict[str, str], ugly: bool) -> Ours:
    return publish_tree(MemoryTree({**LAYOUTS, **tree, "hugo.toml": f"uglyURLs = {str(ugly).lower()}"}))


@pytest.mark.parametrize("ugly", [False, True])
def test_slugs_are_published_as_hugo_does(shared: Path, ugly: bool) -> None:
    cases = [v for v in vectors(shared, "slug") if v["ugly"] is ugly]
    tree = {f"content/{v['section']}/{v['filename']}": page(slug=v["in"]) for v in cases}
    ours = published(tree, ugly).pages
    got = {v["in"]: ours[f"content/{v['section']}/{v['filename']}"] for v in cases}
    assert {k: (o.file, o.url) for k, o in got.items()} == {v["in"]: (v["out"], v["rel"]) for v in cases}
    assert len(cases) > 300


@pytest.mark.parametrize("ugly", [False, True])
def test_file_names_are_published_as_hugo_does(shared: Path, ugly: bool) -> None:
    cases = [v for v in vectors(shared, "filename") if v["ugly"] is ugly]
    tree = {f"content/{v['section']}/{v['in']}": page() for v in cases}
    ours = published(tree, ugly).pages
    got = {v["in"]: ours[f"content/{v['section']}/{v['in']}"] for v in cases}
    assert {k: (o.file, o.url) for k, o in got.items()} == {v["in"]: (v["out"], v["rel"]) for v in cases}
    assert len(cases) > 250


@pytest.mark.parametrize("ugly", [False, True])
def test_terms_are_published_as_hugo_does(shared: Path, ugly: bool) -> None:
    cases = [v for v in vectors(shared, "term") if v["ugly"] is ugly]
    tree = {f"content/p/{i}.md": page(tags=[v["in"]]) for i, v in enumerate(cases)}
    ours = published(tree, ugly).publication
    by_key = {o.logical: o for o in ours.outputs if o.kind == "term"}
    got = {v["in"]: by_key["/tags/" + logical(v["in"])] for v in cases}
    assert {k: (o.file, o.url) for k, o in got.items()} == {v["in"]: (v["out"], v["rel"]) for v in cases}
    assert len(cases) > 250


@pytest.mark.parametrize("ugly", [False, True])
def test_aliases_are_written_as_hugo_does(shared: Path, ugly: bool) -> None:
    cases = [v for v in vectors(shared, "alias") if v["ugly"] is ugly]
    tree = {f"content{v['page_dir']}/{i}.md": page(aliases=[v["in"]]) for i, v in enumerate(cases)}
    ours = published(tree, ugly).pages
    got = {v["in"]: ours[f"content{v['page_dir']}/{i}.md"].aliases[0].file for i, v in enumerate(cases)}
    assert got == {v["in"]: v["out"] for v in cases}
    assert len(cases) > 250


def test_a_sanitised_and_escaped_term_is_what_urlize_makes_of_it(shared: Path) -> None:
    for vector in vectors(shared, "term"):
        path = sanitize(vector["in"]).partition("#")[0]
        assert escape_path(path) == vector["urlize"].partition("#")[0], vector["in"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", "plain"),
        ("a b", "a-b"),
        ("  a   b  ", "a-b"),
        ("a - b", "a-b"),
        ("Cancer\u00a0– x", "cancer-x"),
        ("100%", "100"),
        ("a%2Fb", "a%2fb"),
        ("C++", "c++"),
        ("\u0130\u03a3", "i\u03c3"),
        ("½", ""),
        ("日本", "日本"),
    ],
)
def test_sanitize(text: str, expected: str) -> None:
    assert sanitize(text) == expected


def test_sanitize_keeps_case_and_drops_accents_where_the_site_says_so() -> None:
    assert sanitize("Ünï Côdé", keep_case=True) == "Ünï-Côdé"
    assert sanitize("Ünï Côdé", drop_accents=True) == "uni-code"


def test_lower_case_knows_no_final_sigma() -> None:
    assert lower("ΟΔΟΣ") == "οδοσ"
    assert logical("Two  Words") == "two--words"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("", "."), ("/", "/"), ("//a", "/a"), ("/../a", "/a"), ("a/../..", ".."), ("a/./b/", "a/b")],
)
def test_clean_is_gos(path: str, expected: str) -> None:
    assert clean(path) == expected


def test_join_skips_what_is_empty() -> None:
    assert join("", "/a", "", "../b") == "/b"
    assert join("", "") == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/b/", "/a/b/"),
        ("/ü/", "/%C3%BC/"),
        ("/a%20b/", "/a%20b/"),
        ("/ü%2f/", "/%C3%BC//"),
        ("/c#/", "/c%23/"),
        ("/a\\b/", "/a%5Cb/"),
        ("/a'b(c)/", "/a'b(c)/"),
        ("/ü'/", "/%C3%BC%27/"),
    ],
)
def test_escape_path_is_relpermalinks(path: str, expected: str) -> None:
    assert escape_path(path) == expected

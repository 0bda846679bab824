"""Files that git ignores and that are not there: what they could supply."""

from __future__ import annotations

import pytest

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.unmounted import supplied, unmounted

LANGUAGES = '[languages.en]\nweight = 1\ncontentDir = "content/en"\n[languages.fr]\nweight = 2\ncontentDir = "content/fr"\n'


def urls(ignore: str, config: str = "", **files: str) -> list[str]:
    tree = MemoryTree({"hugo.toml": config, "content/a.md": "x", ".gitignore": ignore, **files})
    return [part.url for part in unmounted(load(tree), tree)]


@pytest.mark.parametrize(
    ("ignore", "expected"),
    [
        ("content/docs/\n", ["/docs"]),
        ("/content/Docs/**\n", ["/docs"]),
        ("content/cmd/x*.md\n", ["/cmd/x*.md"]),
        ("static/api\n", ["/api"]),
        ("# content/docs\n!content/docs\n\n*.md\ncontent/*.md\ndocs/\nbuild/\n", []),
        ("content/**/a/**/b/**/c*/d*/e*\n", []),
    ],
)
def test_only_patterns_that_name_a_folder_of_the_site_count(ignore: str, expected: list[str]) -> None:
    assert urls(ignore) == expected


def test_a_folder_may_have_a_list_of_its_own() -> None:
    assert urls("", **{"content/cmd/.gitignore": "made-*.md\n/sub/list\n"}) == [
        "/cmd/**/made-*.md",
        "/cmd/sub/list",
    ]


def test_each_language_has_its_own_urls() -> None:
    found = urls(
        "content/fr/docs\ncontent/en/docs\n", LANGUAGES, **{"content/en/a.md": "x", "content/fr/a.md": "x"}
    )
    assert found == ["/docs", "/fr/docs"]


def test_what_has_been_made_is_checked() -> None:
    assert (
        urls("content/docs/\ncontent/cmd/*.md\n", **{"content/docs/a.md": "x", "content/cmd/b.md": "y"}) == []
    )


@pytest.mark.parametrize(
    ("pattern", "lies_in", "does_not"),
    [
        ("/cmd/x*", ["/cmd/xy", "/cmd/x/y/", "/cmd/xy.png"], ["/cmd/", "/cmd/y"]),
        ("/cmd/x*.md", ["/cmd/xy", "/cmd/xy/", "/cmd/xy.html"], ["/cmd/y"]),
        ("/cmd/*/_index.md", ["/cmd/a/", "/cmd/a/b"], ["/cm", "/a"]),
        ("/cmd/**/made-*.md", ["/cmd/made-a/", "/cmd/b/c/made-d"], ["/cmd/b/"]),
        ("", ["/", "/a"], []),
    ],
)
def test_a_pattern_means_what_lies_below_it_too(
    pattern: str, lies_in: list[str], does_not: list[str]
) -> None:
    assert all(supplied(pattern).match(path) for path in lies_in)
    assert not any(supplied(pattern).match(path) for path in does_not)


def test_the_root_of_the_site_may_be_mounted() -> None:
    mount = '[[module.mounts]]\nsource = "."\ntarget = "content"\nfiles = ["*.md"]\n'
    assert urls("", mount) == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"config/_default/.gitignore": "module.yaml\n"}, ["config/_default/module.yaml"]),
        ({".gitignore": "/config/production/module.yaml\n"}, ["config/production/module.yaml"]),
        ({"config/_default/.gitignore": "module.yaml\n", "config/_default/module.yaml": "{}"}, []),
        ({"config/_default/.gitignore": "*.yaml\nnotes.txt\n"}, []),
        ({"config/development/.gitignore": "module.yaml\n"}, []),
        ({".gitignore": "module.yaml\n"}, []),
    ],
)
def test_a_build_step_may_make_a_part_of_the_configuration(files: dict[str, str], found: list[str]) -> None:
    tree = MemoryTree({"config/_default/hugo.toml": "", "content/a.md": "x", **files})
    assert [part.name for part in unmounted(load(tree), tree) if part.what == "configuration"] == found

"""Terms that only the files of a bundle have: Hugo makes their pages, too."""

from __future__ import annotations

import json

import pytest
from support.hugo_compare import differences

LANGUAGES = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
BUNDLES = {
    "plain": {},
    "draft": {"draft": True},
    "expired": {"expiryDate": "2020-01-01"},
    "headless": {"headless": True},
    "not rendered": {"build": {"render": "never"}},
    "only a link": {"build": {"render": "link"}},
    "no list": {"build": {"list": "never"}},
}
PARTS = {**BUNDLES, "cascaded": {"cascade": {"tags": ["cascaded"]}}}


@pytest.mark.parametrize("bundle", BUNDLES)
@pytest.mark.parametrize("part", PARTS)
def test_hugo_makes_the_same_terms(bundle: str, part: str) -> None:
    tree = {
        "hugo.toml": "",
        "content/posts/b/index.md": json.dumps({"title": "B", "tags": ["whole"], **BUNDLES[bundle]}),
        "content/posts/b/part.md": json.dumps({"title": "P", "tags": ["part"], **PARTS[part]}),
        "content/posts/b/deep/other.md": json.dumps({"title": "O", "categories": ["Deep Down"]}),
    }
    assert differences(tree) == []


@pytest.mark.parametrize("name", ["part.md", "part.de.md", "part.en.md"])
@pytest.mark.parametrize("index", ["content/b/index.md", "content/b/index.de.md", "content/index.md"])
def test_in_languages_too(name: str, index: str) -> None:
    tree = {
        "hugo.toml": LANGUAGES,
        index: '{"title": "B"}',
        f"content/b/{name}": '{"title": "P", "tags": ["part"]}',
    }
    assert differences(tree) == []

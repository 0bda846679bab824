"""Generated front matter, read by vitdlint and by the real Hugo: the same is refused, the same values are found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from support.front_matter_random import json_page, toml_page, yaml_page
from support.hugo_build import build

from vitdlint.frontmatter.block import FrontMatter
from vitdlint.frontmatter.read import read

HUGO = """disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]
baseURL = "https://example.org/"
"""
PAGE = "{{ jsonify (dict `params` .Params `body` .RawContent) }}"
ADDED = {"draft", "iscjklanguage", "title"}
"""What Hugo adds to the parameters, and the title, which it turns into text."""


def refused(front: FrontMatter) -> bool:
    """Whether vitdlint says that Hugo's build fails."""
    fatal = front.kind != "json"
    return any(p.kind == "syntax" or (fatal and "twice" in p.message) for p in front.problems)


def pages_of(texts: list[str]) -> dict[str, Any] | None:
    """What Hugo makes of pages, by their number; None if the build fails."""
    tree = {"hugo.toml": HUGO, "layouts/single.html": PAGE}
    tree |= {f"content/p/{i}.md": text for i, text in enumerate(texts)}
    built = build(tree, pages=False)
    if built.code:
        return None
    return {
        path.split("/")[1]: json.loads(data) for path, data in built.files.items() if path.startswith("p/")
    }


def as_go(value: Any) -> Any:
    """A value as Hugo's `jsonify` writes it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value in ("2020-01-01T10:00", "07:32"):
        return f"{value}:00"  # times of TOML; here they stay as they are written
    if isinstance(value, list):
        return [as_go(item) for item in value]
    if isinstance(value, dict):
        return {key: as_go(item) for key, item in value.items()}
    return value


@pytest.mark.slow
@pytest.mark.parametrize("make", [yaml_page, json_page, toml_page], ids=["yaml", "json", "toml"])
def test_hugo_takes_what_we_take_and_finds_the_same(make: Callable[[random.Random], str]) -> None:
    texts = [make(random.Random(number)) for number in range(400)]
    fronts = [read(text) for text in texts]
    fine = [i for i, front in enumerate(fronts) if not refused(front)]
    wrong = [i for i, front in enumerate(fronts) if refused(front)][:25]
    assert len(fine) > 50
    assert len(wrong) == 25
    made = pages_of([texts[i] for i in fine])
    if made is None:
        pytest.fail(f"Hugo refuses one of {[texts[i] for i in fine if pages_of([texts[i]]) is None]}")
    for number, i in enumerate(fine):
        page = made[str(number)]
        params = {key: value for key, value in page["params"].items() if key not in ADDED}
        assert params == as_go({k: v for k, v in fronts[i].data.items() if k != "title"}), texts[i]
        assert page["body"] == texts[i][fronts[i].end :], texts[i]
    accepted = [texts[i] for i in wrong if pages_of([texts[i]]) is not None]
    assert accepted == []


ORG = [
    "#+TITLE: a\n#+DATE: <2020-06-26 Fri>\n#+LASTMOD: [2020-06-27 Sat 10:20]\n#+publishdate: 2020-06-28\n#+expirydate: about <2090-06-26 Mon>.\n",
    "#+x: 1\n#+X: 2\n#+y: one\n#+z[]: a b\n#+Z[]: c\n\n#+x: later\n",
    "#+FILETAGS: :work:fun:\n#+filetags2: :a:b:\n#+TAGS: p q\n#+note: see <2020-06-26 Fri>\n",
    "#+filetags: work\n#+empty:\n#+not a key\n#+k:v: w\n#+j:v\n#+a b: c\n#+l:\tm\n",
]


def test_keywords_of_org_are_read_as_hugo_reads_them() -> None:
    made = pages_of(ORG)
    assert made is not None
    dates = {"date", "lastmod", "publishdate", "expirydate"}
    for number, text in enumerate(ORG):
        theirs = {k: v for k, v in made[str(number)]["params"].items() if k not in ADDED}
        theirs |= {k: str(v)[:10] for k, v in theirs.items() if k in dates}
        ours = {k: v for k, v in read(text).data.items() if k != "title"}
        if "lastmod" not in ours:
            theirs.pop("lastmod", None)
        assert theirs == ours, text

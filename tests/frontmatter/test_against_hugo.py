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

"""What the results of pages share on a large site: the values are the same, and the same objects."""

from __future__ import annotations

import pickle
from typing import Any

from vitdlint.linter.incremental import page_results
from vitdlint.linter.page_work import PageResult
from vitdlint.page.page import Settings
from vitdlint.page.read import read_page

FRONT = "tags: [Vitamin D, sun]\nmixed: [1, true, 1.0, sun, [sun]]\nnested: {a: [1, true]}\n"
LONG = "text\n" * 14_000
"""So many offsets do not fit into two bytes."""
BODY = "# Part\n\n[a](/there/) ![b](c.png) <a id=x href='/there/'>\n"


def results(text: str) -> list[PageResult]:
    return [
        PageResult(read_page(f"content/{i}.md", text.encode(), Settings(), None).facts, ()) for i in (1, 2)
    ]


def test_pages_share_keys_terms_targets_and_offsets_and_no_value_becomes_another() -> None:
    for text in (f"---\n{FRONT}---\n{BODY}", f"---\n{FRONT}---\n{LONG}{BODY}", BODY, ""):
        shared = page_results._sharing(page_results.HUGE)  # a site of thousands of pages takes too long here
        found = [shared(pickle.loads(pickle.dumps(result))) for result in results(text)]
        assert list(map(repr, found)) == list(map(repr, results(text)))
        assert ids(found[0]) == ids(found[1]), text


def ids(result: PageResult) -> list[int]:
    front = result.facts.front
    values: list[Any] = [front.kind, *front.data, *front.data.get("tags", ())]
    return [id(value) for value in [*values, *sum((*result.facts.links, *result.facts.anchors), ())]]

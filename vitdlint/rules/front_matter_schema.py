"""Front matter does not match the schema.

The schema that vitdlint brings only knows what Hugo reads: `draft: "yes"` is false, a list as a title is an empty
title, `build: "never"` fails the build, and for the first two Hugo says nothing. A site that demands more (a date on
every post, a slug in small letters, a number that no other page has) writes a schema of its own, in JSON Schema
2020-12, and names it under `[[schema]]` in the configuration.

Fix the value, or the schema. With `x-message` the author of a schema sets the message that contributors see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.dates import KEYS, parse
from ..page.page import Page
from ..schema import CLOSED, Violation


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Everything the schema does not allow, but for keys that it does not know: unknown-key reports those."""
    front = page.front
    if page.schema is None or not front.kind or any(p.kind == "syntax" for p in front.problems):
        return
    for found in page.schema.problems(front.data, _folder(page.path)):
        if found.keyword not in CLOSED and not _is_reported_elsewhere(found, front.data):
            yield Finding(page.facts.span(*found.pointer, key=found.key), found.message, help=found.help)


def _is_reported_elsewhere(found: Violation, data: Mapping[str, Any]) -> bool:
    """Whether it is a date at which Hugo's build fails: unparsable-date reports that, schema or none."""
    if found.keyword != "format" or len(found.pointer) != 1 or str(found.pointer[0]).lower() not in KEYS:
        return False
    value = data.get(str(found.pointer[0]))
    return isinstance(value, str) and parse(value) is None


def _folder(path: str) -> str:
    """Where the page is published, as far as its path shows: `content/posts/sun.md` -> `/posts/`."""
    root, *folders = path.split("/")[:-1]
    if path.endswith("/index.md") and folders:
        folders = folders[:-1]
    return "/" + "".join(f"{folder}/" for folder in folders) if root == "content" else ""


_SCHEMA = """{
  "required": ["date"],
  "properties": {
    "date": {"format": "hugo-date", "description": "Every post says when it was written."},
    "slug": {"format": "slug"},
    "wiki_id": {"type": "integer", "x-alias": "/{value}"},
    "tags": {"items": {"enum": ["sun", "diet"]}}
  }
}"""
_SETTINGS = {"schema": [{"pages": "posts/**", "use": "post.json"}]}


def _site(page: str) -> dict[str, str]:
    return {"content/posts/page.md": page, "post.json": _SCHEMA}


RULE = Rule(
    "VD104",
    "front-matter-schema",
    on=Page,
    check=check,
    of_schema=True,
    examples=(
        Good(
            '{"title": 7, "draft": "true", "Weight": "5", "tags": "sun", "anything": {"goes": [1]}}\nText\n'
        ),
        Bad("---\ntitle: [Sun]\ndraft: yes\n---\nText\n", at=["2:8-2:13", "3:8-3:11"]),
        Bad('{"title": "Sun", "build": "never"}\nText\n', at=["1:27-1:34"]),
        Good(
            _site(
                '{"Date": "2019-07-13", "slug": "sun", "tags": ["sun"], "wiki_id": 3, "aliases": ["/3"]}\n'
            ),
            settings=_SETTINGS,
        ),
        Bad(_site('{"slug": "sun"}\nText\n'), settings=_SETTINGS, at=["1:1-1:2"]),
        Bad(
            _site('{"date": "2019-07-13", "slug": "Über uns"}\nText\n'), settings=_SETTINGS, at=["1:32-1:42"]
        ),
        Bad(
            _site("---\ndate: 2019-07-13\ntags:\n  - sun\n  - diets\n---\n"),
            settings=_SETTINGS,
            at=["5:5-5:10"],
        ),
        Bad(
            _site('+++\ndate = 2019-07-13\nwiki_id = 3\naliases = ["/4"]\n+++\n'),
            settings=_SETTINGS,
            at=["3:11-3:12"],
        ),
    ),
)

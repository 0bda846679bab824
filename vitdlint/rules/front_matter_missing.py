"""A page has no front matter, and its schema requires some.

Hugo publishes such a page without a title, a date or tags. Lists show it as an empty line, and nobody finds it.

Add the keys that the message names. A page may go without front matter if its schema requires no key; the schema that
vitdlint brings requires none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Pages that begin with their text, where the schema requires keys."""
    if page.front.kind or page.front.problems or page.schema is None:
        return
    missing = [v for v in page.schema.problems({}) if v.keyword == "required"]
    if missing:
        reasons = "; ".join(violation.message for violation in missing)
        yield Finding(
            page.span(0, min(1, len(page.text))),
            f"this page has no front matter: {reasons}",
            help="put front matter at the very top of the file",
        )


_SETTINGS = {"schema": [{"pages": "posts/**", "use": "post.json"}]}
_SCHEMA = '{"required": ["title", "date"]}'

RULE = Rule(
    "VD102",
    "front-matter-missing",
    on=Page,
    check=check,
    of_schema=True,
    examples=(
        Good("Text\n"),
        Good({"content/posts/page.md": "---\ntitle: Sun\n---\n", "post.json": _SCHEMA}, settings=_SETTINGS),
        Bad({"content/posts/page.md": "Text\n", "post.json": _SCHEMA}, settings=_SETTINGS, at=["1:1-1:2"]),
    ),
)

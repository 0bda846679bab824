"""A page cannot be read as text.

Hugo reads pages as UTF-8. Bytes that are not UTF-8 become replacement characters (�) on the published page, a NUL
fails the build, and a pipe, a socket or a dangling link with a page's name stops the build or is left out.

Save the file as UTF-8, or remove what is not a page from the content folder. No other rule reports such a page, but
links to it are checked as if it could be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Report why the text could not be read, at the first bad character."""
    if page.facts.unreadable:
        at = next((i for i in (page.text.find("\0"), page.text.find("\ufffd")) if i >= 0), 0)
        yield Finding(page.span(at, min(at + 1, len(page.text))), f"this file {page.facts.unreadable}")


RULE = Rule(
    "VD001",
    "unreadable-file",
    on=Page,
    check=check,
    examples=(
        Good("---\ntitle: Sonne\n---\nGrüße\n"),
        Bad("---\ntitle: Sun\n---\nA\0B\n", at=["4:2-4:3"]),
    ),
)

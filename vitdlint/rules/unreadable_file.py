"""A page cannot be read as text.

Hugo reads pages as UTF-8. Bytes that are not UTF-8 become replacement characters (�) on the published page, a NUL
fails the build, and a pipe or a socket with a page's name stops the build. Hugo leaves out what is a symbolic link,
whether to a file or to a folder, wherever it leads. A folder that cannot be read is reported too: nobody knows what is in it.

Save the file as UTF-8, remove what is not a page from the content folder, and mount a folder (`module.mounts`) instead
of linking to it. No other rule reports such a page, but links to a file that is not UTF-8 are checked as if it were.
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

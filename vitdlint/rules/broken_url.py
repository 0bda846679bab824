"""A space cuts an address in two.

`http:// www.example.org/`, `http://dx.doi. org/10.1000/182`: a line break in the source of a copied text became a
space. Readers see half a link, or none, and it leads nowhere.

Only places where both halves are certain are reported: a scheme with the host after the space, and a host with its
top-level domain after the space. Hugo makes a link of the first half if that looks like an address.

The fix removes the space. It is unsafe, because what follows the second half may belong to the address as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.spaces_in_addresses import AFTER_SCHEME

_SCHEME_ALONE = re.compile("://[ \t]")
_SECOND_HALF = lazy_re(
    r"(?:\.(?P<after>[ \t]{1,3})|(?P<before>[ \t]{1,3})\.)(?:com|org|net|gov|edu|int|info)/[^\s<>\"\]|]*",
)
_HOST_ALONE = lazy_re(
    r"https?://[\w.-]+(?<!\.com)(?<!\.org)(?<!\.net)(?<!\.gov)(?<!\.edu)(?<!\.\w\w)\Z", re.IGNORECASE
)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look after every link for its second half, and in the text for a scheme alone."""
    text = page.text
    for link in page.body.links:
        if (
            link.kind == "bare"
            and text[link.end : link.end + 1] in (".", " ")
            and _HOST_ALONE.match(link.target)
        ):
            half = _SECOND_HALF.match(text, link.end)
            if half is not None:
                yield _finding(page, link.start, half, "after" if half["after"] else "before")
    if _SCHEME_ALONE.search(text) is None:
        return
    for match in AFTER_SCHEME.finditer(text, page.body.start):
        if page.body.prose[match.start("space") - 1] != "\0":
            yield _finding(page, match.start(), match, "space")
    for link in page.body.links:
        inside = AFTER_SCHEME.match(text, link.start, link.end)
        if inside is not None:
            yield _finding(page, link.start, inside, "space")


def _finding(page: Page, start: int, match: re.Match[str], group: str) -> Finding:
    cut, end = match.span(group)
    second = page.text[end : match.end()].rstrip(".,;:")
    while second.endswith(")") and second.count(")") > second.count("("):
        second = second[:-1].rstrip(".,;:")
    return Finding(
        page.span(start, end + len(second)),
        f'a space cuts the address "{page.text[start:cut]}{second}" in two',
        help="remove the space",
        fix=Fix("Remove the space", (Edit(page.span(cut, end), ""),), safe=False),
    )


RULE = Rule(
    "VD705",
    "broken-url",
    on=Page,
    check=check,
    examples=(
        Good("Write http:// or https:// before the host. `http:// www.example.org`\n"),
        Good("See http://www.example.org. Org/anisation. <!-- http:// www.example.org/ -->\n"),
        Bad(
            "(see: http:// www.example.org/a/b)\n",
            at=["1:7-1:34"],
            fixed="(see: http://www.example.org/a/b)\n",
            unsafe=True,
        ),
        Bad(
            "PMID:1; http://dx.doi. org/10.5555/endo-129.\n",
            at=["1:9-1:44"],
            fixed="PMID:1; http://dx.doi.org/10.5555/endo-129.\n",
            unsafe=True,
        ),
        Bad(
            '<a href="http:// www.example.org/">x</a>\n',
            at=["1:10-1:34"],
            fixed='<a href="http://www.example.org/">x</a>\n',
            unsafe=True,
        ),
    ),
)

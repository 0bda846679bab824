"""An address is cut in two.

`http:// www.example.org/`, `http://dx.doi. org/10.1000/182`: a line break in the source of a copied text became a
space. Readers see half a link, or none, and it leads nowhere.

Only places where both halves are certain are reported: a scheme with the host after the space, a host with its
top-level domain after the space, `http://www. example.org`, a mail address, a page with its `html`, `php` or `pdf` after the
space, and the DOIs of two publishers that have a dot in a known place. Hugo makes a link of the first half if that looks like an address.

A bare address ends for Hugo, but not for people, at a letter that is not ASCII (`https://example.org/wiki/Zürich`), at
a star in it, and at a backslash, which many converters write before `_`. Readers see the whole address and are led to
the half of it.

The first fix removes the space. It is unsafe, because what follows the second half may belong to the address as well.
The second puts `<` and `>` around the whole address, so that Hugo links all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external.doi import RESOLVER
from ..page.page import Page
from .support.cut_addresses import cut_addresses
from .support.spaces_in_addresses import AFTER_SCHEME

_CUT = lazy_re(r"://(?:[ \t]|[\w-]{2,}\.[ \t])")
"""What addresses begin with whose scheme or first word is alone: most pages have none."""
_SECOND_HALF = lazy_re(
    r"(?:\.(?P<after>[ \t]{1,3})|(?P<before>[ \t]{1,3})\.)"
    r"(?:(?:com|org|net|gov|edu|int|info)/[^\s<>\"\]|]*|(?:com|org|gov|edu)(?=[)\]>;,]|\.?[ \t\r]*(?:\n|\Z)))",
)
_HOST_OF_ONE_WORD = lazy_re(
    r"https?://(?!www\.)[\w-]{2,}\.(?P<space>[ \t]{1,2})"
    r"(?:(?:com|org|net|gov|edu)\b(?!\.[ \t])(?:/[^\s<>\"\]|]*)?)(?=[\s)\]>;,.]|\Z)"
)
"""Of such a half Hugo makes no link."""
_PAGE = lazy_re(r"\.(?P<space>[ \t]{1,2})(?:html?|php|aspx?|pdf)(?=[?#)\]>;,]|\.?[ \t\r]*(?:\n|\Z)|[ \t])")
_UNNAMED = lazy_re(r"https?://[^/?#]+/(?:[^?#]*/)?[^/?#.]+\Z", re.IGNORECASE)
"""An address with a path whose last segment has no extension."""
_HOST_ALONE = lazy_re(
    r"https?://[\w.-]+(?<!\.com)(?<!\.org)(?<!\.net)(?<!\.gov)(?<!\.edu)(?<!\.\w\w)\Z", re.IGNORECASE
)


_WWW_ALONE = lazy_re(
    r"\b(?:https?://)?www\.(?P<space>[ \t]{1,3})"
    r"(?:[\w-]+\.)+(?:(?:com|org|net|gov|edu|int|info)\b(?:/[^\s<>\"\]|]*)?|[a-z]{2,3}/[^\s<>\"\]|]*)"
)
_WWW_SPACE = lazy_re(r"www\.[ \t]")
_SECOND_LEVEL = lazy_re(r"\.(?P<space>[ \t]{1,3})(?:gov|co|ac|org|nhs)\.uk/[^\s<>\"\]|]*")
_DOI_REST = lazy_re(
    r"\.(?P<space> {1,2})(?:(?<=\.(?:19|20)\d\d\. )\d\d\.\d{3}|(?<=/01\. )[A-Z]{2,4}\.\d{10}\.\d{5}\.\w\w)\b"
)
"""`j.yfrne.2012. 07.001`, `01. HP.0000123456.12345.6a`."""
_MAIL = lazy_re(
    r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[\w-]+\.)*?[\w-]+(?<!\.com)(?<!\.org)(?<!\.net)(?<!\.gov)(?<!\.edu)(?<!\.\w\w)"
    r"(?P<cut>\.[ \t]{1,2}|[ \t]{1,2}\.)(?:com|org|net|gov|edu)(?=[)\]>;,]|\.?[ \t\r]*(?:\n|\Z)|[ \t][a-z(])"
)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look after every link for its second half, and in the text for a scheme alone."""
    yield from _by_space(page)
    yield from _in_text(page)
    for cut in cut_addresses(page):
        span = page.span(cut.link.start, cut.end)
        fix = Fix("Put it in angle brackets", (Edit(span, f"<{cut.whole}>"),))
        yield Finding(
            span,
            f'Hugo ends this address at "{cut.at}", and links to "{cut.link.target}"',
            help=f"write <{cut.whole}>",
            fix=None if "*" in cut.whole else fix,  # the star itself may be what is wrong
        )


def _in_text(page: Page) -> Iterator[Finding]:
    """A `www.` alone, and mail addresses."""
    prose = page.body.prose
    if _WWW_SPACE.search(prose) is not None:
        for match in _WWW_ALONE.finditer(page.text, page.body.start):
            if prose[match.start()] != "\0":
                yield _finding(page, match.start(), match, "space")
    at = prose.find("@", page.body.start)
    while at >= 0:
        near = max(at - 65, page.body.start)
        mail = _MAIL.search(prose, max(prose.rfind("\n", near, at) + 1, near), at + 300)
        if mail is not None and mail.start() < at < mail.start("cut"):
            first, second = prose[mail.start() : mail.start("cut")], prose[mail.end("cut") : mail.end()]
            space = page.span(*mail.span("cut"))
            yield Finding(
                page.span(*mail.span()),
                f'a space cuts the mail address "{first}.{second}" in two',
                help="remove the space",
                fix=Fix("Remove the space", (Edit(space, "."),), safe=False),
            )
        at = prose.find("@", at + 1)


def _by_space(page: Page) -> Iterator[Finding]:
    """Addresses that a space cuts, and of which Hugo makes a link."""
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
        elif link.kind == "bare" and text.startswith(". ", link.end):
            is_doi = RESOLVER.match(link.target) is not None
            rest = (_DOI_REST if is_doi else _SECOND_LEVEL).match(text, link.end)
            if rest is not None and (is_doi or "/" not in link.target[8:]):
                yield _finding(page, link.start, rest, "space")
            elif (file := _PAGE.match(text, link.end)) is not None and _UNNAMED.match(link.target):
                yield _finding(page, link.start, file, "space")
    if _CUT.search(text) is None:
        return
    for match in _HOST_OF_ONE_WORD.finditer(text, page.body.start):
        if page.body.prose[match.start()] != "\0":
            yield _finding(page, match.start(), match, "space")
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
        Good(
            "**https://example.org/a** https://example.org/吗？ https://example.org, https://example.org/a_b and a@example. Org\n"
        ),
        Bad(
            "https://example.net/wiki/Zürich. (https://example.net/a\\_b\\_c)\n",
            at=["1:1-1:32", "1:35-1:62"],
            fixed="<https://example.net/wiki/Zürich>. (<https://example.net/a_b_c>)\n",
        ),
        Bad(
            "http://www. example.org/c and me@example. org, at http://www.dh. gov.uk/a\n",
            at=["1:1-1:26", "1:31-1:46", "1:51-1:74"],
            fixed="http://www.example.org/c and me@example.org, at http://www.dh.gov.uk/a\n",
            unsafe=True,
        ),
        Bad(
            "Mail me@example. com for it, see https://example. com/b and http://www.example.com/page. html or not\n",
            at=["1:6-1:21", "1:34-1:56", "1:61-1:94"],
            fixed="Mail me@example.com for it, see https://example.com/b and http://www.example.com/page.html or not\n",
            unsafe=True,
        ),
        Good("See https://localhost. Come on. Run https://example.net/a. Html is next; me@example.de. com\n"),
        Bad("https://example.net/a*b/ and *https://example.net/c* or\n", at=["1:1-1:25"]),
        Bad("https://doi.org/10.5555/j.yfrne.2012. 07.001 (2012)\n", at=["1:1-1:45"]),
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

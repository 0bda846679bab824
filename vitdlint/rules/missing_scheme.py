"""A link to another site lacks `https://`, or has it misspelt.

`[shop](www.example.org/shop)` is a relative link: Hugo publishes it as it is, and a browser looks for a page
named `www.example.org/shop` below the current one. The same goes for `ttps://`, `http//`, `https:/`, for
`doi:10.1000/182` and for a mail address without `mailto:`.

Told are targets that begin with `www.`, whose first part ends with `.com`, `.org`, `.gov` or `.edu`, DOIs,
mail addresses on such hosts, and schemes a letter or mark away from http and https; the latter in the text as
well, where Hugo makes no link of a bare `ttp://` address.

The fix writes the scheme; `https://` where none was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from ..site.targets import BARE_HOST, BARE_MAIL, MISSPELT_SCHEME

_RIGHT = ("/", "https://", "http://")
"""Beginnings of targets that a closer look would let through."""

_SUSPECT = re.compile(
    r"[ \t]*(?:www\.|doi[.:]|dx\.doi|[htps]{2,7}[:;/.\\]|[\w-]+\.|[\w.+-]+@)", re.IGNORECASE
)

_SCHEME_END = re.compile("://")
_BARE_TYPO = lazy_re(
    r"(?<![\w+])(?=[hps]{0,3}t[htps]{0,3}p[htps]{0,3}:)[htps]{2,7}://(?=[\w-]+\.[\w-])", re.IGNORECASE
)
_DOI = lazy_re(r"doi:\s?(?=10\.\d{4,9}/)|(?=(?:dx\.)?doi\.org/10\.)", re.IGNORECASE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look at the beginning of every target that is written, not linkified."""
    for link in page.body.links:
        target = link.target
        if target.startswith(_RIGHT) or link.kind == "bare" or _SUSPECT.match(target) is None:
            continue
        if "{{" in target:
            continue  # a shortcode completes it
        found = _scheme(target.lstrip(" \t"), mail=link.kind == "link" or link.attribute == "a.href")
        if found is None:
            continue
        wrong, scheme = found
        raw = page.text[link.start : link.end]
        blanks = len(raw) - len(raw.lstrip(" \t"))
        at = link.start + blanks
        same = raw[blanks : blanks + len(wrong)] == wrong
        yield Finding(
            page.span(link.start, link.end),
            f'"{target}" is no address without "{scheme}"; it leads to a page of this site that does not exist'
            if not wrong
            else f'"{wrong}" is not "{scheme}"; the link leads nowhere',
            help=f'write "{scheme}{target.lstrip()[len(wrong) :]}"',
            fix=Fix(f"Write {scheme}", (Edit(page.span(at, at + len(wrong)), scheme),)) if same else None,
        )
    yield from _in_text(page)


def _in_text(page: Page) -> Iterator[Finding]:
    """Misspelt schemes of bare addresses: Hugo makes no link of them."""
    prose = page.body.prose
    for found in _SCHEME_END.finditer(prose, page.body.start):
        at = found.start()
        # From the longest scheme to the shortest: a search through all the text takes a hundred times as long.
        match = next(filter(None, (_BARE_TYPO.match(prose, at - n) for n in range(7, 1, -1))), None)
        if match is not None and (wrong := match[0]).lower() not in ("http://", "https://"):
            right = "https://" if "s" in wrong.lower().partition("p")[2] else "http://"
            span = page.span(*match.span())
            yield Finding(
                span,
                f'"{wrong}" is not "{right}"; readers see an address, but no link',
                help=f'write "{right}"',
                fix=Fix(f"Write {right}", (Edit(span, right),), reshapes=True),
            )


def _scheme(target: str, *, mail: bool) -> tuple[str, str] | None:
    """What stands for the scheme ('' if nothing does), and what should; None if nothing is wrong."""
    typo = MISSPELT_SCHEME.match(target)
    if typo is not None:
        secure = "s" in typo[0].lower().partition("p")[2]
        return typo[0], "https://" if secure else "http://"
    doi = _DOI.match(target)
    if doi is not None:
        return doi[0], "https://doi.org/" if doi[0] else "https://"
    if BARE_HOST.match(target):
        return "", "https://"
    return ("", "mailto:") if mail and BARE_MAIL.match(target) else None


RULE = Rule(
    "VD706",
    "missing-scheme",
    on=Page,
    check=check,
    examples=(
        Good(
            "[a](https://www.example.org/) www.example.org [b](mailto:joe@example.org) [c](//www.example.org/)\n"
        ),
        Good(
            "[d](/www.example.org/) [e](asp.net/) [f](notes.md) ![g](logo@2x.png) [h](tel:+123) [i](sftp://example.org/)\n"
        ),
        Bad(
            "[a](www.example.org/shop) [b](example.com) [c](joe@example.org)\n",
            at=["1:5-1:25", "1:31-1:42", "1:48-1:63"],
            fixed="[a](https://www.example.org/shop) [b](https://example.com) [c](mailto:joe@example.org)\n",
        ),
        Bad(
            "PMID:1; ttp://dx.doi.org/10.5555/12, not `ttp://a.b`, sftp://a.example, stp://x or http://localhost/\n",
            at=["1:9-1:15"],
            fixed="PMID:1; http://dx.doi.org/10.5555/12, not `ttp://a.b`, sftp://a.example, stp://x or http://localhost/\n",
        ),
        Bad(
            "[a](ttps://example.org/) [b](http//example.org/) [c](https:/example.org/x) [d](http;//example.org)\n",
            at=["1:5", "1:30", "1:54", "1:80"],
            fixed="[a](https://example.org/) [b](http://example.org/) [c](https://example.org/x) [d](http://example.org)\n",
        ),
        Bad(
            '[a](doi:10.5555/12) <a href="dx.doi.org/10.5555/12">b</a>\n',
            at=["1:5-1:19", "1:30-1:51"],
            fixed='[a](https://doi.org/10.5555/12) <a href="https://dx.doi.org/10.5555/12">b</a>\n',
        ),
    ),
)

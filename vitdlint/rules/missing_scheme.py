"""A link to another site lacks `https://`, or has it misspelt.

`[shop](www.example.org/shop)` is a relative link: Hugo publishes it as it is, and a browser looks for a page
named `www.example.org/shop` below the current one. The same goes for `ttps://`, `http//`, `https:/`, `https::`, for
`doi:10.1000/182`, for a mail address without `mailto:`, for an address with parentheses around it,
`[shop]((https://example.org))`, and for a link in the place of an address, `[shop]([shop](https://example.org))`.

It reports targets that begin with `www.`, whose first part ends with `.com`, `.org`, `.gov` or `.edu`, DOIs,
mail addresses on such hosts, and schemes a letter or mark away from http and https; the latter in the text as
well, where Hugo makes no link of a bare `ttp://` address.

What leads to a file of this site, such as `notes.org` beside the page, is none of this.

The fix writes the scheme; `https://` where none was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.bad_schemes import BadScheme
from ..page.markdown.body import Link
from ..site.links import Links
from ..site.relink import is_live


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every target that is written, not linkified, and leads to nothing on this site."""
    for path, facts in links.pages.items():
        for found in facts.bad_schemes:
            link = found.link
            if link is None:
                yield _in_text(path, found)
            elif not _is_there(links, path, link):
                yield _of_link(path, found, link)


def _is_there(links: Links, path: str, link: Link) -> bool:
    """Whether this site has a file of that name: `notes.org` in the folder of the page, say."""
    page = links.site.addresses.outputs.get(path)
    if page is None or ":" in link.target:
        return False
    target = links.site.resolve(link.target, page, link.kind, link.attribute)
    return is_live(target) or target.status == "alias"


def _of_link(path: str, found: BadScheme, link: Link) -> Finding:
    wrong, right = found.wrong, found.right
    span = Span(path, found.start, found.end)
    if found.bare:
        what = "is written as a link in the target" if wrong == "[" else "has parentheses around it"
        return Finding(
            span,
            f'the address "{found.bare}" {what}; the link leads nowhere',
            help=f'write "{found.bare}"',
            fix=Fix("Write the address alone", (Edit(span, found.bare),)),
        )
    edit = Edit(Span(path, found.at, found.at + len(wrong)), right)
    return Finding(
        span,
        f'"{wrong}" should be "{right}"; the link leads nowhere'
        if wrong
        else f'"{link.target}" lacks "{right}", so it leads to a page of this site that does not exist',
        help=f'write "{right}{link.target.lstrip()[len(wrong) :]}"',
        fix=Fix(f"Write {right}", (edit,)) if found.at >= 0 else None,
    )


def _in_text(path: str, found: BadScheme) -> Finding:
    span = Span(path, found.start, found.end)
    return Finding(
        span,
        f'"{found.wrong}" should be "{found.right}"; readers see the address, but no link',
        help=f'write "{found.right}"',
        fix=Fix(f"Write {found.right}", (Edit(span, found.right),)),
    )


RULE = Rule(
    "VD706",
    "missing-scheme",
    on=Links,
    check=check,
    examples=(
        Good(
            "[a](https://www.example.org/) www.example.org [b](mailto:joe@example.org) [c](//www.example.org/)\n"
        ),
        Good(
            "[d](/www.example.org/) [e](asp.net/) [f](notes.md) ![g](logo@2x.png) [h](tel:+123) [i](sftp://example.org/)\n"
        ),
        Good({"content/posts/a/index.md": "[notes](notes.org)\n", "static/posts/a/notes.org": "* Notes\n"}),
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
            "[a](ttps://example.org/) [b](http//example.org/) [c](https:/example.org/x) [d](http;//example.org) [e](https:example.org)\n",
            at=["1:5", "1:30", "1:54", "1:80", "1:104"],
            fixed="[a](https://example.org/) [b](http://example.org/) [c](https://example.org/x) [d](http://example.org) [e](https://example.org)\n",
        ),
        Bad(
            "[a](https::example.org/a) [b](http::/example.org) [c](https:::example.org)\n",
            at=["1:5", "1:31", "1:55"],
            fixed="[a](https://example.org/a) [b](http://example.org) [c](https://example.org)\n",
        ),
        Bad(
            '[a]((https://example.org/a)) and <a href="(http://example.org/)">b</a>\n',
            at=["1:5-1:28", "1:43-1:64"],
            fixed='[a](https://example.org/a) and <a href="http://example.org/">b</a>\n',
        ),
        Bad(
            "See [a]([b](https://example.org/a#b)).\n",
            at=["1:9-1:37"],
            fixed="See [a](https://example.org/a#b).\n",
        ),
        Good("[a]([b](c)) [![a](https://example.org/a.png)](https://example.org/a)\n"),
        Good("[a](https://example.org/a_(b)) [c]((see https://example.org/))\n"),
        Bad(
            '[a](doi:10.5555/12) <a href="dx.doi.org/10.5555/12">b</a>\n',
            at=["1:5-1:19", "1:30-1:51"],
            fixed='[a](https://doi.org/10.5555/12) <a href="https://dx.doi.org/10.5555/12">b</a>\n',
        ),
    ),
)

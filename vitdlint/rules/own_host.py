"""A link to this site spells out its host.

Such a link leads readers of a preview or a local build to the live site, keeps `http:` or an old host name alive, and
is easily forgotten when the page moves. The hosts of this site are those of `baseURL` and of `base-urls`.

Link by path. The fix removes scheme and host. Links with a query (a search, say) are left alone, and old addresses
that only an alias answers are told by legacy-link.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from .support.links import link_to, span_of

_OURS = ("page", "section", "term", "file", "generated", "dead-fragment")


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Tell absolute links to the site's own pages and files."""
    for page, link, target in links.led(*_OURS, "not-checked"):
        if (
            not target.host
            or (target.status == "not-checked" and target.what != "fragments")
            or target.query is not None
            or target.via == "redirect"
            or link.kind in ("autolink", "bare")
        ):
            continue
        yield Finding(
            span_of(page, link),
            f'"{target.host}" is this site; link by path',
            *link_to(page, link, target, target.url),
            cause=target.host,
        )


RULE = Rule(
    "VD607",
    "own-host",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good("[b](/posts/page/#a), [c](https://example.net/posts/page/)\n\n## A\n"),
        Good("[c](https://sun.example/posts/page/?q=1)\n", settings={"base-urls": ["https://sun.example"]}),
        Bad(
            {
                "content/posts/page.md": "[b](http://Sun.example/posts/b#dose)\n",
                "content/posts/b.md": "## Dose\n",
            },
            settings={"base-urls": ["https://sun.example"]},
            at=["1:5-1:36"],
            fixed="[b](/posts/b/#dose)\n",
        ),
    ),
)

"""A link to this site spells out its host.

Such a link leads readers of a preview or a local build to the live site, keeps `http:` or an old host name alive, and
is easily forgotten when the page moves. The hosts of this site are those of `baseURL` and of `base-urls`.

Link by path. The fix removes scheme and host, where the path leads to the same page; where each language has a host of
its own, only links to the page's own host can be written so. Links to the home page, with a query (a search, say) or
bare in the text are left alone; old addresses that only an alias answers are reported by legacy-link.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from ..site.relink import relink
from .support.links import fix_of, help_of, span_of, translation

_OURS = ("page", "section", "term", "file", "generated", "dead-fragment")


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report absolute links to the site's own pages and files that can be written by path."""
    for page, link, target in links.led(*_OURS, "not-checked"):
        if (
            not target.host
            or (target.status == "not-checked" and target.what != "fragments")
            or target.query is not None
            or target.via == "redirect"
            or link.kind in ("autolink", "bare")
            or link.attribute == "link.href"  # a canonical address is a whole one
        ):
            continue
        if target.page is not None and target.page.kind == "home" and not target.fragment:
            continue  # "first published at example.org" means the site, not a page
        if translation(links.site, page, target) is not None:
            continue  # to the other language on purpose, as the host shows
        new = relink(links.site, page, link, target)
        if new is None or new.elsewhere or not new.text.startswith("/"):
            continue
        yield Finding(
            span_of(page, link),
            f'"{target.host}" is this site itself; link to the path alone',
            help_of(new),
            fix_of(page, link, new, safe=target.via != "old-host"),
            cause=target.host,
        )


RULE = Rule(
    "VD607",
    "own-host",
    on=Links,
    check=check,
    severity=Severity.INFO,
    examples=(
        Good("[b](/posts/page/#a), [c](https://example.net/posts/page/)\n\n## A\n"),
        Good("[c](https://sun.example/posts/page/?q=1)\n", settings={"base-urls": ["https://sun.example"]}),
        Good('<link rel="canonical" href="https://example.org/posts/page/">\n'),
        Good(
            "[first published at Sun](https://sun.example/)\n",
            settings={"base-urls": ["https://sun.example"]},
        ),
        Good(
            {
                "hugo.toml": '[languages.en]\nbaseURL = "https://en.sun.example/"\n[languages.fr]\nbaseURL = "https://fr.sun.example/"\n',
                "content/posts/page.md": "[b in French](https://fr.sun.example/posts/b/)\n",
                "content/posts/b.md": "Text.\n",
                "content/posts/b.fr.md": "Texte.\n",
            }
        ),
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

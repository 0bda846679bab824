"""A link leads to an alias, so the reader is redirected, and a fragment is lost.

Hugo publishes an alias as a small page that sends the browser on to the page's present URL. That costs the reader a
second round trip, and whatever follows a `#` in the link is forgotten. Aliases are for links from outside.

Link to the page itself. The fix does so, unless several pages have the alias. It keeps the query, and the fragment if
the page has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from ..site.relink import lacks_fragment
from .support.links import link_to, span_of
from .support.wording import cut


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every link that an alias of a page answers."""
    for page, link, target in links.led("alias", "fragment-lost"):
        if target.page is None or target.alias is None or target.host:
            continue  # an absolute link to an old address is reported by legacy-link
        span = span_of(page, link)
        lost = f', and "#{cut(target.fragment, 80)}" is lost in the redirect' if target.fragment else ""
        if lacks_fragment(links.site, target):
            lost += "; the page has no such anchor"
        related: tuple[Related, ...] = ()
        facts = links.site.facts(target.page)
        if facts is not None:
            related = (Related(facts.span(*target.alias.pointer), "the alias"),)
        if target.alias.file in links.site.addresses.urls.contested:
            yield Finding(
                span,
                f'"{target.path}" is an alias of several pages: the reader is redirected to any of them{lost}',
                "link to the page that is meant",
                related=related,
                cause=target.path,
            )
            continue
        yield Finding(
            span,
            f'"{target.path}" is an alias: the reader is redirected to "{target.url}"{lost}',
            *link_to(links.site, page, link, target),
            related,
            cause=target.path,
        )


RULE = Rule(
    "VD603",
    "link-to-alias",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/b.md": "---\naliases: [/Old+B]\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "[b](/Old+B) and [dose](/Old+B#dose)\n",
                "content/posts/b.md": "---\naliases: [/Old+B]\n---\n## Dose\n",
            },
            at=["1:5-1:11", "1:24-1:35"],
            fixed="[b](/posts/b/) and [dose](/posts/b/#dose)\n",
        ),
        Bad(
            {
                "content/posts/page.md": "[dose](/Old+B#doze)\n",
                "content/posts/b.md": "---\naliases: [/Old+B]\n---\n## Dose\n",
            },
            at=["1:8"],
            fixed="[dose](/posts/b/)\n",
        ),
        Bad(
            {
                "content/posts/page.md": "[b](/Old+B)\n",
                "content/posts/b.md": "---\naliases: [/Old+B]\n---\nText.\n",
                "content/posts/c.md": "---\naliases: [/Old+B]\n---\nText.\n",
            },
            at=["1:5-1:11"],
        ),
    ),
)

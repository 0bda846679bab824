"""No page links to this one.

Readers find it only in a list, under a term or by a search. If a site's layouts list every page, that may be enough,
so this rule is off by default.

Link to the page from a page on the same subject. Links from menus (`pageRef`, `url`) count; links of a page to itself
do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.links import Links


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report regular pages that no link leads to."""
    linked = {
        target.page.url
        for page, _link, target in links.all
        if target.page is not None and target.page is not page and page.state == "published"
    }
    linked |= {entry.target.url for entry in links.menus}
    for page in links.site.addresses.published:
        facts = links.site.facts(page)
        if page.kind == "page" and page.url not in linked and facts is not None:
            if any(facts.front.get(key) for key in ("menu", "menus")):
                continue
            yield Finding(
                Span(facts.path, 0, 0),
                f'no page links to "{page.url}"',
                "link to it from a page on the same subject",
            )


RULE = Rule(
    "VD612",
    "orphan-page",
    on=Links,
    of_page=True,
    scope=Scope.SITE,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good({"content/posts/page.md": "[b](/posts/b/)\n", "content/posts/b.md": "[page](/posts/page/)\n"}),
        Good(
            {
                "hugo.toml": '[[menus.main]]\nname = "Page"\npageRef = "/posts/page"\n',
                "content/posts/page.md": "Text.\n",
            }
        ),
        Bad({"content/posts/page.md": "[page](/posts/page/)\n"}, at=["1:1"]),
    ),
)

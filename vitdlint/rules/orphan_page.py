"""No page links to this one.

Readers find it only by a list, a term or a search. On a site whose layouts list every page that may be enough, so
this rule is off by default.

Link to the page from where it belongs. Links from menus (`pageRef`, `url`) count, links of a page to itself do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..model import Finding, Severity, Span
from ..rule import Bad, Good, NoOptions, Rule
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Tell regular pages that no link leads to."""
    linked = {
        target.page.url
        for page, _link, target in site.links
        if target.page is not None and target.page is not page and page.state == "published"
    }
    linked |= (
        {site.resolve(url, site.published[0]).url for url in _menu_urls(site)} if site.published else set()
    )
    for page in site.published:
        facts = page.facts
        if page.kind == "page" and page.url not in linked and facts is not None:
            if any(facts.front.get(key) for key in ("menu", "menus")):
                continue
            yield Finding(
                Span(facts.path, 0, 0),
                f'no page links to "{page.url}"',
                "link to it from where it belongs",
            )


def _menu_urls(site: Site) -> Iterator[str]:
    for own in site.config.sites:
        for entries in own.menus.values():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping):
                    yield from _entry_urls(site, entry)


def _entry_urls(site: Site, entry: Mapping[str, Any]) -> Iterator[str]:
    reference, url = entry.get("pageref"), entry.get("url")
    if isinstance(reference, str) and site.published:
        found = site.resolver.logical.find(reference, site.published[0]).page
        if found is not None:
            yield found.url
    elif isinstance(url, str):
        yield url


RULE = Rule(
    "VD612",
    "orphan-page",
    on=Site,
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

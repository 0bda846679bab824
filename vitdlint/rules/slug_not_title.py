"""A page's slug does not come from its title.

On a site that makes slugs from titles, a different slug is often left over from an earlier title or from a page that
was copied. Off by default: titles change more often than slugs, and a changed slug breaks the URL.

Change the slug only on a page that is new; otherwise keep the old URL as an alias.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.plain import plain
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.names import sanitize
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every slug with other letters and digits than its title; one cut short is fine."""
    for page in site.addresses.published:
        facts = site.facts(page)
        slug = facts.front.get("slug") if facts is not None else None
        if facts is None or not isinstance(slug, str) or not slug or not page.title:
            continue
        have, want = plain(slug), plain(sanitize(page.title))
        if not want.startswith(have):
            yield Finding(
                facts.span("slug"),
                f'the slug "{slug}" does not come from the title "{page.title}"',
                "on a new page, change one of them; on an old one, keep the URL as an alias",
            )


RULE = Rule(
    "VD509",
    "slug-not-title",
    on=Site,
    scope=Scope.PAGE,
    of_page=True,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("---\ntitle: The Sun, and You\nslug: the-sun-and\n---\nText.\n"),
        Bad("---\ntitle: The Moon\nslug: the-sun\n---\nText.\n", at=["3:7-3:14"]),
    ),
)

"""A page's slug is not the name of its file.

Hugo does not need this. But a URL's source is easier to find if both are the same, and a link checker or an editor
that knows only files is right about the page. Off by default: many sites name files by date or language.

Rename the file, or remove the slug. For bundles the name of the folder counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every slug that differs from its file's name."""
    for page in site.addresses.published:
        facts = site.facts(page)
        slug = facts.front.get("slug") if facts is not None else None
        name = page.logical.rpartition("/")[2]
        if facts is None or page.kind != "page" or not isinstance(slug, str) or not slug:
            continue
        if slug.lower() != name:
            yield Finding(
                facts.span("slug"),
                f'the slug is "{slug}", but the file is named "{name}"',
                "rename the file, or remove the slug",
            )


RULE = Rule(
    "VD508",
    "slug-not-filename",
    on=Site,
    scope=Scope.PAGE,
    of_page=True,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("---\nslug: page\n---\nText.\n"),
        Good("---\ntitle: Sun\n---\nText.\n"),
        Bad("---\nslug: sun\n---\nText.\n", at=["2:7-2:10"]),
    ),
)

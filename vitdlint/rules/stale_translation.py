"""A translation is older than its source.

The page in the site's default language has a later `lastmod` than its translation: what was changed since is not in the
translation. Both pages must have a `lastmod` in their front matter.

Off by default: not every change needs to be translated. Bring the translation up to date, and its `lastmod` too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from ..core.model import Finding, Related, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.dates import parse, zone_of
from ..site.site import Site
from ..site.translations import sections

if TYPE_CHECKING:
    from ..hugo.publication import Output


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each published translation that is older, at its date."""
    languages = site.addresses.config.languages
    default = next((language.name for language in languages if language.default), languages[0].name)
    for section in sections(site) if len(languages) > 1 else ():
        for page in section.pages:
            source = page.get(default)
            facts = None if source is None else site.facts(source)
            changed = None if source is None else _changed(site, source)
            if changed is None or facts is None:
                continue
            for name, other in page.items():
                own = None if name == default or other.path == facts.path else site.facts(other)
                mark = None if own is None else _changed(site, other)
                if own is not None and mark is not None and mark < changed and other.state == "published":
                    yield Finding(
                        own.span("lastmod"),
                        f"this translation is of {mark:%Y-%m-%d}, its source of {changed:%Y-%m-%d}",
                        "bring it up to date, and its lastmod too",
                        related=(Related(facts.span("lastmod"), "the source"),),
                    )


def _changed(site: Site, page: Output) -> datetime | None:
    """When a page says that it was changed."""
    facts = site.facts(page)
    value = None if facts is None or facts.front.problems else facts.front.get("lastmod")
    if value in (None, ""):
        return None
    zone = zone_of(site.addresses.config.language(page.language).time_zone)
    return parse(value, zone, facts.front.kind if facts is not None else "")


_HUGO = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"

RULE = Rule(
    "VD522",
    "stale-translation",
    on=Site,
    check=check,
    severity=Severity.INFO,
    default=False,
    examples=(
        Good(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.md": "---\nlastmod: 2020-05-01\n---\nText.\n",
                "content/posts/page.fr.md": "---\nlastmod: 2020-05-01\n---\nTexte.\n",
                "content/posts/b.md": "---\nlastmod: 2020-05-01\n---\nText.\n",
                "content/posts/b.fr.md": "Texte.\n",
            }
        ),
        Bad(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.md": "---\nlastmod: 2021-05-01\n---\nText.\n",
                "content/posts/page.fr.md": "---\nlastmod: 2020-05-01\n---\nTexte.\n",
            },
            at=["content/posts/page.fr.md:2:10"],
        ),
    ),
)

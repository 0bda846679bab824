"""A page links to another language although the target exists in its own.

The reader of a French page follows a link and gets an English page, although the French one exists. This happens when a
page is translated and its links are not.

Pages are translations of one another by their path or by `translationKey`. Link to the translation. Not reported are links on purpose
("read this in English") to the page's own translations, and links to an alias that several pages have (see alias-collision).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from ..site.relink import goal_of
from .support.links import link_to, span_of, translation


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report links into another language that have a translation."""
    if not links.site.addresses.config.multilingual:
        return
    for page, link, target in links.led("page", "section", "term", "alias"):
        other = translation(links.site, page, target)
        if other is None or target.page is None or target.host or target.via == "ref":
            continue
        if target.alias is not None and target.alias.file in links.site.addresses.alias_owners:
            continue
        goal = goal_of(other, target.fragment, target.query)
        yield Finding(
            span_of(page, link),
            f'"{link.target}" is in language "{target.page.language}", but there is a translation into "{page.language}"',
            *link_to(links.site, page, link, goal, safe=False),
        )


_HUGO = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[markup.goldmark.renderer]\nunsafe = true\n"

RULE = Rule(
    "VD611",
    "wrong-language-link",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.fr.md": "[old](/old/)\n",
                "content/posts/a.md": "---\naliases: [/old/]\n---\nText.\n",
                "content/posts/a.fr.md": "Texte.\n",
                "content/posts/b.md": "---\naliases: [/old/]\n---\nText.\n",
            }
        ),
        Good(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/page.fr.md": "[b](/posts/b/), [in English](/posts/page/)\n",
                "content/posts/b.md": "Text.\n",
            }
        ),
        Bad(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.fr.md": "[b](/posts/b/)\n",
                "content/posts/b.md": "---\ntranslationKey: b\n---\nText.\n",
                "content/posts/bee.fr.md": "---\ntranslationKey: b\n---\n[in English](/posts/b/)\n",
            },
            at=["content/posts/page.fr.md:1:5"],
            fixed={"content/posts/page.fr.md": "[b](/fr/posts/bee/)\n"},
            unsafe=True,
        ),
        Bad(
            {
                "hugo.toml": _HUGO,
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/page.fr.md": '[b](/fr/posts/b/), <a href="/posts/b/">b</a>\n',
                "content/posts/b.md": "Text.\n",
                "content/posts/b.fr.md": "Texte.\n",
            },
            at=["content/posts/page.fr.md:1:29"],
            fixed={"content/posts/page.fr.md": '[b](/fr/posts/b/), <a href="/fr/posts/b/">b</a>\n'},
            unsafe=True,
        ),
    ),
)

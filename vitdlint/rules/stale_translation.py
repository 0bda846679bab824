"""A translation is older than its source.

The page in the site's default language has a later `lastmod` than its translation: what was changed since is not in the
translation. If one of them has no `lastmod`, the last commit that changed the text of each decides. Commits that renamed
a page, or changed its front matter alone, do not count; what is not committed yet was changed now. Git is asked once for
the whole site. Without its whole history (a shallow clone, as in most CI) such translations are counted as not checked.

Off by default: not every change needs to be translated. Bring the translation up to date, and its `lastmod` too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.stale_translations import MARK, StaleTranslations


def check(translations: StaleTranslations, _: NoOptions) -> Iterator[Finding]:
    """Report each published translation that is older, at its date or at its beginning."""
    for stale in translations.all:
        own, source = stale.translation, stale.source
        when = f"{stale.changed:%Y-%m-%d}"
        later = "has changes that are not committed yet"
        if stale.source_changed is not None:
            later = f"on {stale.source_changed:%Y-%m-%d}"
        message = f"this translation was last changed on {when}, its source {later}"
        if stale.marked:
            span, other = own.span(MARK), source.span(MARK)
            help_ = f"translate what has changed, and update {MARK}"
        else:
            span, other = Span(own.path, 0, 0), Span(source.path, 0, 0)
            help_ = f"translate what has changed, or give both pages a {MARK}"
        yield Finding(span, message, help_, related=(Related(other, "the source"),))


_HUGO = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"

RULE = Rule(
    "VD522",
    "stale-translation",
    on=StaleTranslations,
    scope=Scope.SITE,
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

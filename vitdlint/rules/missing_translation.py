"""A page is not in a language in which its section is otherwise complete.

Where 90 in 100 pages of a section (the first folder below `content`) are in a language, the others were probably forgotten:
readers of that language do not find them. `complete` is another number of pages in 100.

Off by default: what is translated is a decision. A draft in that language counts as a translation. Translate the page, or
suppress the finding where it is meant for one language only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, Rule
from ..site.site import Site
from ..site.translations import sections


class Options(NamedTuple):
    """The options of `[rules.missing-translation]`."""

    complete: int = 90
    """How many of 100 pages of a section are in a language that the others are missed in."""


def check(site: Site, options: Options) -> Iterator[Finding]:
    """Report each published page of which a translation is missed, once, where it is in the first language."""
    languages = [language.name for language in site.addresses.config.languages]
    for section in sections(site) if len(languages) > 1 else ():
        where = f'section "{section.name}" is' if section.name else "the pages in no section are"
        expected = [name for name in languages if section.share(name) >= options.complete / 100]
        for page in section.pages:
            first = next((page[n] for n in languages if n in page and page[n].state == "published"), None)
            missing = [name for name in expected if name not in page]
            if first is None or first.path is None or not missing:
                continue
            words = ", ".join(f'"{name}" ({section.share(name):.0%} of {where})' for name in missing)
            yield Finding(
                Span(first.path, 0, 0),
                f"this page is not translated into {words}",
                "translate it, or suppress this where it is for one language only",
            )


_HUGO = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"
_PAGES = {
    "content/posts/page.md": "Text.\n",
    "content/posts/a.md": "Text.\n",
    "content/posts/a.fr.md": "---\ndraft: true\n---\nTexte.\n",
    "content/posts/b.md": "---\ntranslationKey: b\n---\nText.\n",
    "content/posts/bee.fr.md": "---\ntranslationKey: b\n---\nTexte.\n",
}

RULE = Rule(
    "VD521",
    "missing-translation",
    on=Site,
    of_page=True,
    check=check,
    options=Options,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good({"hugo.toml": _HUGO, **_PAGES}),
        Good({"hugo.toml": _HUGO, "content/posts/page.md": "Text.\n"}, options={"complete": 1}),
        Bad({"hugo.toml": _HUGO, **_PAGES}, options={"complete": 60}, at=["1:1"]),
    ),
)

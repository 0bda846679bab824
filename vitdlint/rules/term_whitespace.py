"""A term has a leading or trailing space, or two spaces in a row.

Hugo makes a page for every term, and turns every space into a hyphen: `"Deficiency "` is published at
`/tags/deficiency-/`, beside `/tags/deficiency/`, and the templates' usual link to it (`urlize`) is dead.

The fix moves the term's page to another URL, so it is unsafe: look for links to the old one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.write import quote
from ..hugo.names import logical, sanitize
from ..page.page import Page

_SPACES = lazy_re(r"^\s|\s$|\s{2}")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Terms with a leading or trailing space, or several in a row."""
    for taxonomy in page.settings.taxonomies:
        value = page.front.get(taxonomy)
        terms = value if isinstance(value, list) else [value]
        if _is_tidy([term for term in terms if isinstance(term, str)]):
            continue
        for index, term in enumerate(terms):
            if not isinstance(term, str) or not _SPACES.search(term):
                continue
            pointer = (taxonomy, index) if isinstance(value, list) else (taxonomy,)
            span = page.facts.span(*pointer)
            literal = page.text[span.start : span.end]
            if literal[:1] in {"|", ">"}:
                continue
            better = " ".join(term.split())
            published, good = (sanitize(logical(text)) for text in (term, better))
            shown = f'"{term}"' if term.isprintable() else "this term"
            yield Finding(
                span,
                f'the term {shown} is published as "{published}"' + (f', beside "{good}"' if better else ""),
                help=f'write "{better}"' if better else "remove it",
                fix=Fix(
                    f'Write "{better}"', (Edit(span, quote(page.front.kind, better, literal)),), safe=False
                )
                if better
                else None,
                cause=f"term {term}",
            )


def _is_tidy(terms: list[str]) -> bool:
    """Whether no term can be at fault: one look at all of them together."""
    text = f"|{'|'.join(terms)}|"
    return not ("  " in text or " |" in text or "| " in text) and text.isprintable()


RULE = Rule(
    "VD115",
    "term-whitespace",
    on=Page,
    check=check,
    examples=(
        Good('{"tags": ["Vitamin D", "Cancer - after diagnosis"], "keywords": [" x"]}\nText\n'),
        Bad(
            '{"tags": ["Deficiency ", "vitamin  d"]}\nText\n',
            at=["1:11-1:24", "1:26-1:38"],
            fixed='{"tags": ["Deficiency", "vitamin d"]}\nText\n',
            unsafe=True,
        ),
        Bad(
            "---\ncategories:\n  - ' Sun'\n---\nText\n",
            at=["3:5-3:11"],
            fixed="---\ncategories:\n  - 'Sun'\n---\nText\n",
            unsafe=True,
        ),
    ),
)

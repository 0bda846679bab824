"""What the safe fixes of a rule may change besides what they are for; each with its reason.

Patterns match whole strings. In those about text, what is lost is marked by ⟦ and ⟧ among the words around it, words and
marks separated by spaces.
"""

from __future__ import annotations

_MARKUP = r"[-|*_`~#:^=\\—–{}()\[\] ]*"
_QUOTES = r""".*⟦["'“”‘’]⟧.*"""

MAY_REMOVE_TEXT = {
    "broken-table": (rf".*⟦{_MARKUP}⟧.*", "the source of a table becomes a table"),
    "doi-syntax": (r".*⟦http : / / dx \. doi \. org /⟧ 10 .*", "the second address of the same DOI"),
    "escaped-title": (r".*⟦\\(?: \\)*⟧.*", "the backslashes of its title"),
    "leftover-markup": (r".*⟦.*(#|~|\{|\^).*⟧.*", "the marks of another wiki, which its title shows as HTML"),
    "malformed-url": (_QUOTES, "Hugo's typographer turns quotation marks to the side of their words"),
    "missing-scheme": (r".*⟦[htps:/ ]+⟧.*", "a scheme that is not written right"),
    "nested-marker-list": (r".*⟦-(?: -)*⟧.*", "the marks of a list, which become dashes"),
    "reversed-link": (r".*⟦(\(|\) \[ .* \])⟧.*", "the brackets, and the address that becomes the link's"),
    "title-trailing-punctuation": (
        r"(?!.*& (# )?\w+ ⟦;⟧)(?!.*: \w+ ⟦:⟧).*⟦[.,:;]⟧",
        "the mark of its title; not one that ends an entity or an emoji",
    ),
    "tracking-parameter": (r".*⟦[?&] [^ ]*(id|utm_\w+) = .*⟧.*", "parameters that show with a bare address"),
    "trailing-escape": (r".*⟦(% 20)+⟧.*", "the escape shown with a bare address"),
    "zero-width-character": (_QUOTES, "Hugo's typographer turns quotation marks to the side of their words"),
}
MAY_REMOVE_REPEATED = {"empty-toc": "a second table of contents"}
"""Rules that may remove words which the page still has elsewhere."""
MAY_CHANGE_URL = {
    "doi-syntax": (
        r"\S+doi\.org/http\S* \S+doi\.org/10\.\S+",
        "the first of two addresses led to a DOI 'http…'",
    ),
    "doi-trailing-punctuation": (r"(\S+?)[.,;:)\]]+(\S*) \1\2", "no DOI ends in such a mark"),
    "malformed-url": (
        r"(\S+?)(%22|%27|%3E|[\"'>)\]])+ \1",
        "marks around the address that were read as its end",
    ),
    "moved-permanently": (r".*", "the host itself sends readers there"),
    "tracking-parameter": (
        r"([^?]+)\?[^#]*(#\S*)? \1(\?[^#]*)?(#\S*)?",
        "parameters that only count readers",
    ),
    "trailing-escape": (r"(\S+?)(%20|%C2%A0)+ \1", "an encoded space at the end"),
    "zero-width-character": (r"(\S+?)%E2%80%8B(\S*) \1\2", "a character without width is in no address"),
}
MAY_DROP_LINK = {
    "empty-toc": (r"#.*", "the first table of contents has the same links"),
    "empty-href": (r"", "an empty address leads to the page that the reader is on"),
}
MAKES_LIVE = {
    "accidental-code-block": (r".*", "what was code becomes text"),
    "broken-table": (r".*", "what was text becomes a table"),
    "missing-scheme": (
        r"dead-link|insecure-scheme|bad-host|doi-.*|malformed-url",
        "without its scheme the link led nowhere, and no rule could say more about its address",
    ),
}
"""Rules whose fixes turn text that Markdown did not read into text that it does: these other rules find more there."""

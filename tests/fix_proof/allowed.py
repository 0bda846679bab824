"""What the safe fixes of a rule may change besides what they are for; each with its reason.

Patterns match whole strings. In those about text, what is lost is marked by ⟦ and ⟧ among the words around it, words and
marks separated by spaces.
"""

from __future__ import annotations

from .content import ADDRESS

_MARKUP = r"[-|*_`~#:^=\\—–{}()\[\] ]*"
_QUOTES = r""".*⟦["'“”‘’]⟧.*"""

MAY_REMOVE_TEXT = {
    "broken-table": (rf".*⟦{_MARKUP}⟧.*", "the source of a table becomes a table"),
    "escaped-title": (r".*⟦\\(?: \\)*⟧.*", "the backslashes of its title"),
    "leftover-markup": (
        r".*⟦.*(#|~|\{|\^|=).*⟧.*",
        "the marks of another wiki, which its title shows as HTML",
    ),
    "literal-markup": (rf".*⟦{_MARKUP}⟧.*", "the source of a list, a quotation or a table becomes one"),
    "malformed-url": (_QUOTES, "Hugo's typographer turns quotation marks to the side of their words"),
    "reversed-link": (r".*⟦(\(|\) \[ .* \])⟧.*", "the brackets, and the address that becomes the link's"),
    "title-trailing-punctuation": (
        r"(?!.*& (# )?\w+ ⟦;⟧)(?!.*: \w+ ⟦:⟧).*⟦[.,:;–—-]⟧",
        "the mark of its title; not one that ends an entity or an emoji",
    ),
    "unknown-tag": (r".*⟦(\w+ )?< x >( \w+)?⟧.*", "where HTML is not rendered, the tag itself"),
    "zero-width-character": (_QUOTES, "Hugo's typographer turns quotation marks to the side of their words"),
}
MAY_REMOVE_WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    "doi-syntax": (("doi", ":", "http", ADDRESS), "the first of two addresses of one DOI"),
    "leftover-markup": ((*"‘’'[]|%=^~{}#_-`<>", ADDRESS), "the marks of another wiki"),
    "nested-marker-list": (("-",), "the marks of a list, which become dashes"),
}
MAY_JOIN_WORDS = {"unknown-tag": "a tag that nobody knows cut a word in two"}
MAY_REMOVE_REPEATED = {"empty-toc": "a second table of contents"}
"""Rules that may remove words, links and images which the page still has elsewhere."""
MAY_CUT_URL = {
    "doi-trailing-punctuation": (r"(?<=[^/])[.,;:)\]]+(?=[?#]|$)", "no DOI ends in such a mark"),
    "leftover-markup": (r"(%27|%29|['\")=])+$", "marks of another wiki, read as the end of a bare address"),
    "malformed-url": (
        r"amp;|(%22|%27|%3E|%60|%29|[\"'`>)\]=])+$",
        "marks around the address, read as its end",
    ),
    "tracking-parameter": (
        r"(?<=[?&])(utm_\w+|\w*clid|mc_[ce]id)=[^&#]*&?|[?&.,]$|[?&](?=#)",
        "parameters that only count readers",
    ),
    "trailing-escape": (r"(%20|%C2%A0)+$", "an encoded space at the end"),
    "zero-width-character": (r"%E2%80%8B|\u200b", "a character without width is in no address"),
}
"""What the fixes of a rule cut out of external addresses."""
MAY_REWRITE_URL = {
    "broken-url": (r"(\S+) \1\S+", "a bare address that a letter or a backslash cut"),
    "doi-syntax": (
        r"\S+doi\.org/http\S* \S+doi\.org/10\.\S+",
        "the first of two addresses led to a DOI 'http…'",
    ),
    "moved-permanently": (r".*", "the host itself sends readers there"),
    "zero-width-character": (r"(\S+) \1\S+", "a character without width cut a bare address"),
}
"""External address before and after, in one string."""
MAY_DROP_LINK = {
    "empty-href": (r"", "an empty address leads to the page that the reader is on"),
}
EVERYTHING = r".*"
MAKES_LIVE = {
    "accidental-code-block": (EVERYTHING, "what was code becomes text"),
    "broken-table": (EVERYTHING, "what was text becomes a table"),
    "literal-markup": (EVERYTHING, "what was shown as it is typed is read as Markdown"),
    "malformed-url": (r"doi-.*|insecure-scheme|bad-host", "only now the address is read to its end"),
    "reversed-link": (
        r"self-link|wrong-language-link|insecure-scheme|doi-.*",
        "what was text becomes a link",
    ),
    "tracking-parameter": (
        r"leftover-markup|doi-trailing-punctuation",
        "an equals sign less in marks that were no pair; the end of an address that parameters were after",
    ),
    "leftover-markup": (
        r"dead-link|dead-fragment|insecure-scheme",
        "what was a link in another wiki becomes one here",
    ),
    "missing-scheme": (
        r"dead-link|literal-markup|insecure-scheme|bad-host|doi-.*|malformed-url",
        "without its scheme the link led nowhere, and no rule could say more about its address",
    ),
}
"""Rules whose fixes turn text that Markdown did not read into text that it does: these other rules find more there."""

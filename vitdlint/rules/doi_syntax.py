"""A link to the DOI resolver does not hold a whole DOI.

A DOI is `10.`, the number of a registrant with four digits or more, a slash, and a suffix: `10.1000/182`.
Links lose a part of it when a text is copied out of a PDF or converted: `https://doi.org/http`,
`https://doi.org/10.1016/j`, `http://dx.doi.org/10.1073/` before a space and the rest. The resolver answers
such a link with "DOI not found", and the reader cannot guess the paper.

Only what is certain is reported. Many DOIs contain parentheses, `<`, `>`, `;` and square brackets; short DOIs
(`https://doi.org/gh2x`) and the resolver's own pages are fine. Punctuation at the end is reported by
doi-trailing-punctuation.

Take the DOI from the title page of the paper, or search for its title at search.crossref.org. If the rest of the DOI
directly follows the link, the fix joins the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external.doi import RESOLVER, bare, doi_in, flaw
from ..page.markdown.body import Link
from ..page.page import Page

_SECOND = lazy_re(
    r"[^\s\"'<>]*?(?:https?:)?//(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/[^\s<>\[\]|\"*`!]+)", re.IGNORECASE
)
_REST = lazy_re(r" {1,2}([\w.;:/()-]{3,80})(?=\s|\Z)")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Check every link to the resolver."""
    if "oi.org" not in page.body.targets and "OI.ORG" not in page.body.targets:
        return
    for link in page.body.links:
        doi = doi_in(link.target)
        if not doi:
            continue
        what = flaw(doi)
        if what is not None:
            yield Finding(
                page.span(link.start, link.end),
                f'"{doi}" {what}; the DOI resolver will not find it',
                help="copy the whole DOI from the paper, or search for its title at search.crossref.org",
                fix=_joined(page, link, doi),
            )


def _joined(page: Page, link: Link, doi: str) -> Fix | None:
    """The link with the rest of its DOI, where that directly follows it."""
    text = page.text
    if link.kind == "link" and doi.lower() in ("http", "https"):
        # `[doi: http](https://doi.org/http)://dx.doi.org/10.1000/182`
        rest = _SECOND.match(text, link.outer_end, link.outer_end + 200)
        whole = bare(rest[1]) if rest else ""
        if rest and flaw(whole) is None and whole.isascii() and whole.count("(") == whole.count(")"):
            new = f"[doi:{whole}](https://doi.org/{whole})"
            end = rest.start(1) + len(whole)
            if text[end : end + 1] in ("`", "!", "["):
                return None  # markup, or more of the DOI: who knows where it ends
            return Fix("Link the DOI that follows", (Edit(page.span(link.outer_start, end), new),))
    if link.kind == "bare" and doi.endswith("/"):
        # `http://dx.doi.org/10.1073/ pnas.0502311102.`
        rest = _REST.match(text, link.end, link.end + 90)
        whole = bare(rest[1]) if rest else ""
        if rest and re.search(r"\d", whole) and flaw(doi + whole) is None:
            gap = page.span(link.end, rest.start(1))
            return Fix("Join the DOI with what follows", (Edit(gap, ""),), safe=False)
    twice = RESOLVER.match(link.target)
    if twice and RESOLVER.match(link.target, twice.end()) and text[link.start : link.end] == link.target:
        inner = link.target[twice.end() :]
        whole = doi_in(inner) or ""
        if flaw(whole) is None and whole:
            cut = page.span(link.start, link.start + twice.end())
            return Fix("Keep only the DOI's own address", (Edit(cut, ""),))
    return None


RULE = Rule(
    "VD701",
    "doi-syntax",
    on=Page,
    check=check,
    examples=(
        Good(
            "[a](https://doi.org/10.1890/1051-0761(1997)007[1226:ITICBM]2.0.CO;2) https://doi.org/10.1000/182\n"
        ),
        Good(
            "[short](https://doi.org/gh2x), [short](http://doi.org/10/gh2x), [what](https://www.doi.org/hb.html)\n"
        ),
        Good("[coded](http://dx.doi.org/10.1016/S1473-3099%2812%2970275-X)\n"),
        Bad("[a paper](https://doi.org/10.1016/j)\n", at=["1:11-1:36"]),
        Bad(
            "[prefix](http://dx.doi.org/10.1016/) [lost](https://doi.org/.1016/j.jns.2013.1)\n",
            at=["1:10", "1:45"],
        ),
        Good(
            "[handle](https://doi.org/2027/mdp.390) [other](https://doi.org/20.500.12345/7) [t](https://doi.org/1721.1/3)\n"
        ),
        Bad(
            "[a](https://doi.org/357/3/266) [b](https://doi.org/jc.2011-0385) [c](https://doi.org/11.2013/JCPSP.780783) "
            "[d](https://doi.org/10-1136/adc) [e](https://doi.org/[10.1002/a])\n",
            at=["1:5", "1:36", "1:70", "1:112", "1:145"],
        ),
        Bad("[item](https://doi.org/S0140-6736(12)60124-6)\n", at=["1:8-1:45"]),
        Bad(
            "See [doi: http](https://doi.org/http)://dx.doi.org/10.5555/12-020.\n",
            at=["1:17-1:37"],
            fixed="See [doi:10.5555/12-020](https://doi.org/10.5555/12-020).\n",
        ),
        Bad(
            "[twice](https://doi.org/https://doi.org/10.5555/12-020)\n",
            at=["1:9-1:55"],
            fixed="[twice](https://doi.org/10.5555/12-020)\n",
        ),
        Bad(
            "Sun, http://dx.doi.org/10.5555/ pnas.0502311102. Rain.\n",
            at=["1:6-1:32"],
            fixed="Sun, http://dx.doi.org/10.5555/pnas.0502311102. Rain.\n",
            unsafe=True,
        ),
    ),
)

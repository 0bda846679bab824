"""A DOI link ends with the punctuation of the sentence around it.

`[doi](https://doi.org/10.1000/182.)`: the full stop after the DOI became a part of it, usually when a bibliography
was converted. No registered DOI is `10.1000/182.`, so the resolver answers "DOI not found".

Hugo takes the link as it is written. (In a bare URL it leaves a full stop, comma or colon outside the link by
itself, but not a semicolon.)

The fix removes the punctuation from the address. If the address is also the link's text, the punctuation stays as text
after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external.doi import doi_in, flaw
from ..page.markdown.body import Link
from ..page.page import Page

_END = lazy_re(r"[.,;:]+\Z")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look at the last characters of every link to the resolver."""
    text = page.text
    if "oi.org" not in page.body.targets and "OI.ORG" not in page.body.targets:
        return
    for link in page.body.links:
        if link.target[-1:] not in (".", ",", ";", ":"):
            continue
        doi = doi_in(link.target)
        end = _END.search(text, link.start, link.end)
        if doi is None or end is None or flaw(doi) is not None or not doi.startswith("10."):
            continue
        marks = end[0]
        if link.target[len(link.target) - len(marks) :] != marks:
            continue  # the end of an entity, `&gt;`
        yield Finding(
            page.span(link.start, link.end),
            f'the DOI link ends with "{marks}", which is not part of the DOI; the resolver will not find it',
            help=f'link to "{doi[: -len(marks)]}"',
            fix=_fix(page, link, marks),
        )


def _fix(page: Page, link: Link, marks: str) -> Fix:
    at = link.end - len(marks)
    if link.kind == "autolink":
        edit = Edit(page.span(at, link.outer_end), f">{marks}")
    elif link.kind == "bare":
        edit = Edit(page.span(link.start, link.end), f"<{page.text[link.start : at]}>{marks}")
    else:
        edit = Edit(page.span(at, link.end), "")
    return Fix(f'Remove "{marks}" from the address', (edit,))


RULE = Rule(
    "VD702",
    "doi-trailing-punctuation",
    on=Page,
    check=check,
    examples=(
        Good("See https://doi.org/10.1000/182. And [this](https://doi.org/10.1000/182).\n"),
        Good("[SICI](https://doi.org/10.1890/1051-0761(1997)007[1226:ITICBM]2.0.CO;2)\n"),
        Good("[fragment](https://example.org/#:~:text=a%20daily%20dosage.)\n"),
        Bad(
            "[10.1000/182.](https://doi.org/10.1000/182.)\n",
            at=["1:16-1:44"],
            fixed="[10.1000/182.](https://doi.org/10.1000/182)\n",
        ),
        Bad(
            "At <https://doi.org/10.1000/182.> and https://doi.org/10.1000/183; more.\n",
            at=["1:5-1:33", "1:39-1:67"],
            fixed="At <https://doi.org/10.1000/182>. and <https://doi.org/10.1000/183>; more.\n",
        ),
        Bad(
            '<a href="http://dx.doi.org/10.1000%2F182.,">paper</a>\n',
            at=["1:10-1:43"],
            fixed='<a href="http://dx.doi.org/10.1000%2F182">paper</a>\n',
        ),
    ),
)

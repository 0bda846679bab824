"""An external address ends with an escaped space, `%20`.

A space after a copied address becomes `%20` when a page is converted. Many servers answer such an address with "not
found", others accept it; the DOI resolver does not.

`%C2%A0` (no-break space), `%E2%80%8B` (zero-width space), `%09`, `%0A` and `%0D` at the end are reported too. A text
fragment (`#:~:text=`) may end with any of them.

The fix removes the space.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.spaces_in_addresses import escaped_end


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look at the last three characters of every external link."""
    text = page.text
    if "%" not in page.body.targets:
        return
    for link in page.body.links:
        end = escaped_end(text, link)
        if end is None:
            continue
        yield Finding(
            page.span(link.start, link.end),
            f'the address ends with an escaped space, "{end[0]}"; many servers answer "not found"',
            help="remove it from the end of the address",
            fix=Fix(f'Remove "{end[0]}"', (Edit(page.span(end.start(), link.end), ""),)),
        )


RULE = Rule(
    "VD707",
    "trailing-escape",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "[a](https://example.org/a%20b.pdf) [ours](/posts/a%20) [f](https://example.org/#:~:text=a%20)\n"
        ),
        Bad(
            "[a](https://example.org/a.pdf%20) and [b](http://example.org/?q=x%20%C2%A0).\n",
            at=["1:5-1:33", "1:43-1:75"],
            fixed="[a](https://example.org/a.pdf) and [b](http://example.org/?q=x).\n",
        ),
    ),
)

"""A DOI does not exist: the handle system, which knows every DOI, has no entry for it.

Most often it has a character too few or too many. vitdlint does not ask the publisher's page, because most publishers
block bots; if the DOI exists, the publisher keeps it working. A new paper's DOI can be registered days after the paper
appears, so a DOI counts as dead by the same rule as a page: unknown three times, three days apart, over seven days. A
DOI that this change adds is reported at once, if it was unknown twice within one pass.

Compare the DOI with the paper, or search for the paper's title at search.crossref.org.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.doi import doi_of


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a DOI which is dead, or new and unknown."""
    for url, record, spot in web.known():
        doi = doi_of(url)
        if doi is None or not (record.dead or (url in web.new and record.kind.dying)):
            continue
        yield Finding(
            spot.span,
            f'the DOI "{doi}" does not exist (not found since {record.failing_since.isoformat()})',
            help="compare it with the paper; often a character is missing or was added",
            cause=url,
        )


RULE = Rule(
    "VD805",
    "dead-doi",
    on=Web,
    check=check,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[paper](https://doi.org/10.5555/dose.1)\n",
            web={"https://doi.org/10.5555/dose.1": "ok 2026-01-30T06:00:00Z 2025-12-01 DOI ok=2026-01-30"},
        ),
        Bad(
            "---\ntitle: Sun\n---\n[paper](https://doi.org/10.5555/dose.)\n",
            web={
                "https://doi.org/10.5555/dose.": "gone 2026-01-30T06:00:00Z 2026-01-20 DOI "
                "strikes=3,2026-01-20,2026-01-26 row=11 dead=2026-01-27"
            },
            at=["4:9-4:38"],
        ),
    ),
)

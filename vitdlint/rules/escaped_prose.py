"""A stretch of text is shown percent-encoded: `In%20a%20cohort%20of%20women`.

A converter took a paragraph for the target of a link and encoded it. Nobody can read that, and no search engine
finds it.

Decode the text and remove the brackets around it. If it was part of a link, look up the link's target in the source of
the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, Rule
from ..page.page import Page
from .support.wording import cut

_RUN = lazy_re(r"[^\s\x00]+")
_ADDRESS = lazy_re(r"://|^[\w.-]*/|www\.|[?&][\w-]+=")


class Options(NamedTuple):
    """What counts as prose."""

    blanks: int = 12
    """How many `%20` one unbroken stretch of text must hold."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Visible stretches without a space that hold many encoded ones."""
    prose = page.body.prose
    end = page.body.start
    if "%" not in prose:  # one character is found ten times as fast as three
        return
    while (at := prose.find("%20", end)) >= 0:
        start = at
        while start > end and not prose[start - 1].isspace() and prose[start - 1] != "\0":
            start -= 1
        match = _RUN.match(prose, start)
        end = match.end() if match else at + 3
        run = prose[start:end]
        spaces = run.count("%20")
        if spaces < options.blanks or _ADDRESS.search(run.partition("%20")[0]):
            continue
        yield Finding(
            page.span(start, end),
            f'readers see percent-encoded text here: "{cut(run, 60)}" ({spaces} encoded spaces)',
            help="write the text with spaces",
        )


RULE = Rule(
    "VD208",
    "escaped-prose",
    on=Page,
    options=Options,
    check=check,
    examples=(
        Good(
            "`a%20b%20c` and https://example.org/In%20a%20cohort%20of%20women%20with%20low%20levels%20of%20it%20in%20a%20land\n"
        ),
        Bad(
            "(In%20a%20cohort%20of%20women%20with%20low%20levels%20of%20it%20in%20a%20northern%20land) we saw\n",
            at=["1:1"],
        ),
    ),
)

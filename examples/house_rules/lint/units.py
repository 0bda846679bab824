"""Light is given in units that readers know.

"Foot-candles" and "phot" are units of another century; readers cannot compare them with the label on a lamp.

Convert them: a foot-candle is 10.8 lux, a phot 10,000 lux.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vitdlint import Bad, Finding, Good, Page, Rule

OLD = re.compile(r"\b\d+ (foot-candles?|phots?)\b")


@dataclass(frozen=True)
class Options:
    """What a site may set in [rules.plain-units]."""

    units: tuple[str, ...] = ("lux",)
    """The units that this site uses."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Every amount in an old unit, in the text that readers see."""
    for match in OLD.finditer(page.body.prose):
        help_ = f"use {' or '.join(options.units)}"
        yield Finding(
            page.span(match.start(1), match.end(1)), f'"{match[1]}" is a unit of another century', help_
        )


RULE = Rule(
    "HOUSE1",
    "plain-units",
    on=Page,
    check=check,
    options=Options,
    examples=(Good("The desk had 400 lux.\n"), Bad("The desk had 37 foot-candles.\n", at=["1:17-1:29"])),
)
RULES = (RULE,)

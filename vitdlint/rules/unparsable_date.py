"""A date cannot be read.

Hugo reads `2019-07-13`, `2019-07-13T10:00:00+02:00` and a few other layouts; at `2019/07/13`, `2019-7-3` or
`July 13, 2019` the build fails. A number without quotes is worse: in YAML and TOML Hugo takes `date: 2019` for
2,019 seconds after the start of 1970, without a warning, and the page goes to the end of every list.

Write the date as `2019-07-13`. Only the keys that Hugo reads as dates are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.dates import KEYS, parse
from ..page.page import Page

_KEYS = frozenset(KEYS)
_FIRST_REAL = 100_000_000
"""Unix seconds: before March 1973 nobody wrote for the web, so a smaller number is a year or a date without hyphens."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Values of date keys that Hugo refuses, and numbers that it takes for seconds of 1970."""
    front = page.front
    for key, value in front.data.items():
        name = key.lower()
        if name not in _KEYS or front.key(name) != key:
            continue
        message, hint = _fault(key, value, front.kind)
        if message:
            builds = parse(value, UTC, front.kind) is not None
            yield Finding(page.facts.span(name), message, help=hint, builds=builds)


def _fault(key: str, value: Any, kind: str) -> tuple[str, str | None]:
    date = parse(value, UTC, kind)
    if date is None:
        if isinstance(value, str):
            from ..schema.format_words import date_words  # only a finding needs words

            message, hint = date_words(value, key)
            return f"{message}, and the build fails", hint
        what = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else str(value)
        return f"{key} is {what}, which is not a date; Hugo's build fails", "write a date like 2019-07-13"
    if isinstance(value, int) and not isinstance(value, bool) and -_FIRST_REAL < value < _FIRST_REAL:
        return (
            f"{key} is the number {value}, which Hugo reads as {date:%Y-%m-%d %H:%M:%S}",
            "write the whole date: 2019-07-13",
        )
    return "", None


RULE = Rule(
    "VD106",
    "unparsable-date",
    on=Page,
    check=check,
    fails_build=True,
    examples=(
        Good("#+title: Sun\n#+date: <2020-06-26 Fri>\n\nText.\n"),
        Good(
            '{"date": "2019-07-13", "lastmod": "2019-07-13T10:00:00+02:00", "expiryDate": "", "updated": "x"}\n'
        ),
        Good("---\ndate: 2019-07-13 10:00:00 +0200\npubdate: 13 Jul 2019\n---\n"),
        Good("+++\ndate = 2019-07-13T10:00:00Z\n+++\n"),
        Bad('{"date": "2019/7/13"}\nText\n', at=["1:10-1:21"]),
        Bad('{"Date": "2019-02-29"}\nText\n', at=["1:10-1:22"]),
        Bad('{"date": 20190713}\nText\n', at=["1:10-1:18"]),
        Bad("---\ndate: 2019\n---\n", at=["2:7-2:11"]),
        Bad("---\ndate: 2019\nexpiryDate: never\n---\n", at=["2:7-2:11", "3:13-3:18"]),
    ),
)

"""Faults of vitdlint that this test has found and nobody has fixed yet; each has its smallest site in `sites/`.

A test compares the laws that each site breaks with those named here: whoever fixes a fault takes it out of this list.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .compare import Violation


class Fault(NamedTuple):
    """One fault."""

    site: str
    """Name of the file in `sites/`."""
    laws: tuple[str, ...]
    """What the site breaks."""
    rules: str
    """Pattern of the rules whose fixes are at fault."""
    words: str
    """Pattern of what is before and after: by it the fault is known again on other sites."""


UNFIXED: tuple[Fault, ...] = ()


def known(violation: Violation) -> Fault | None:
    """The fault that a violation is an instance of."""
    rules = {fix.rule for fix in violation.fixes}
    said = f"{violation.before}\n{violation.after}"
    return next(
        (
            fault
            for fault in UNFIXED
            if violation.law in fault.laws
            and any(re.fullmatch(fault.rules, rule) for rule in rules)
            and re.search(fault.words, said)
        ),
        None,
    )

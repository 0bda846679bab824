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


_TO_PATH = "own-host|legacy-link|link-to-alias|link-form"
_TRANSLATED = r"-> page (\S*?)(\S+?)(#\S*)?\n[^\n]*-> page \1[a-z]{2}/\2"
"""The same page below the folder of another language."""

UNFIXED: tuple[Fault, ...] = (
    Fault(
        "a2-own-host-multihost",
        ("link leads elsewhere", "new finding"),
        _TO_PATH,
        r"//en\.|//de\.|/(en|de)/files/",
    ),
    Fault("a4-title-entity", ("title loses text",), "title-trailing-punctuation", r"⟦[;:]⟧"),
    Fault("a5-alias-of-output-format", ("link leads elsewhere",), "link-to-alias", r"/amp/(old|Lamp)"),
    Fault(
        "a6-alias-with-dead-fragment",
        ("fragment lost", "new finding"),
        "link-to-alias",
        r"no anchor|dead-fragment",
    ),
    Fault(
        "a6-legacy-link-with-dead-fragment",
        ("fragment lost", "new finding"),
        "legacy-link",
        r"no anchor|dead-fragm",
    ),
    Fault("a6-reversed-link-citation", ("new finding",), "reversed-link", r"dead-fragment"),
    Fault("reversed-link-to-nothing", ("new finding",), "reversed-link", r"dead-link"),
    Fault(
        "reversed-link-in-html",
        ("new finding", "text lost"),
        "reversed-link",
        r"literal-markup|⟦[^⟧]*[])([][^⟧]*⟧",
    ),
    Fault("alias-in-several-languages", ("link leads elsewhere",), _TO_PATH, _TRANSLATED),
    Fault("legacy-link-in-several-languages", ("link leads elsewhere",), _TO_PATH, _TRANSLATED),
    Fault("alias-of-the-page-itself", ("new finding",), _TO_PATH, r"self-link"),
    Fault("legacy-link-of-the-page-itself", ("new finding",), _TO_PATH, r"self-link"),
    Fault("legacy-link-to-another-language", ("new finding",), _TO_PATH, r"wrong-language-link"),
    Fault("suppression-at-the-end-of-bold", ("new finding",), "unused-suppression", r"literal-markup"),
    Fault(
        "path-with-relative-urls",
        ("link leads elsewhere", "new finding"),
        _TO_PATH,
        r"/sub/sub/|dead-link|missing-file",
    ),
    Fault(
        "empty-link-after-angle-bracket", ("link leads elsewhere", "text lost"), "empty-href", r"< ?30|\(30\)"
    ),
    Fault("empty-link-at-the-start-of-a-line", ("text lost",), "empty-href", r"⟦1+ \.⟧"),
    Fault(
        "doi-before-an-image", ("image lost", "link leads elsewhere"), "doi-syntax", r"img\.src|picture|sun"
    ),
    Fault("doi-before-code", ("link leads elsewhere", "text lost"), "doi-syntax", r"doi\.org/http|` `"),
    Fault("heading-in-a-site-without-page-layouts", ("heading id lost",), r".*", r"(?!)"),
)


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

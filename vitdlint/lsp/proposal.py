"""The nouns of completion."""

from __future__ import annotations

from typing import NamedTuple

MOST = 200
"""Proposals for one place: nobody reads more, and typing on asks again."""


class Proposal(NamedTuple):
    """One thing that can be written."""

    text: str
    label: str
    kind: str
    """page, file, anchor, term, key, value, shortcode, parameter, label or rule."""
    detail: str = ""
    path: str = ""
    """Of the page that it names, to say more about."""
    outdated: bool = False
    """An alias, or a page that readers do not see."""
    back: int = 0
    """Characters from its end to where writing goes on."""


class Proposals(NamedTuple):
    """All of a place, the best first, and the stretch that they replace."""

    start: int
    end: int
    found: tuple[Proposal, ...]


def matching(proposals: list[Proposal], typed: str) -> tuple[Proposal, ...]:
    """Those that have all that is typed in label, text or detail; those that begin so first."""
    words = typed.lower().replace("-", " ").replace("/", " ").split()
    found = []
    for each in proposals:
        label, text = each.label.lower(), each.text.lower()
        everything = f"{label} {text} {each.detail.lower()}"
        if all(word in everything for word in words):
            begins = text.startswith(typed.lower()) or label.startswith(typed.lower())
            found.append((not begins, each.outdated, label, each.text, each))
    found.sort(key=lambda ranked: ranked[:4])
    return tuple(each for *_, each in found[:MOST])

"""What can be written at a place. Each kind of place has a file of its own; the first that knows the place answers."""

from __future__ import annotations

from . import complete_front_matter, complete_links, complete_shortcodes, complete_suppressions
from .proposal import Proposals
from .view import View

_KINDS = (
    complete_suppressions.proposals,
    complete_front_matter.proposals,
    complete_shortcodes.proposals,
    complete_links.proposals,
)
TRIGGERS = ("(", "/", "#", '"', "<", "%", "[", ":", "-", ",", " ")


def complete(view: View, offset: int) -> Proposals | None:
    """What can be written there; None where nothing is known."""
    for kind in _KINDS:
        found = kind(view, offset)
        if found is not None:
            return found
    return None

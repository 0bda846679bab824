"""What can be written at a place. Each kind of place has a file of its own; the first that knows the place answers."""

from __future__ import annotations

import re

from . import complete_front_matter, complete_links, complete_shortcodes, complete_suppressions
from .proposal import Proposals
from .view import View

_KINDS = (
    complete_suppressions.proposals,
    complete_front_matter.proposals,
    complete_shortcodes.proposals,
    complete_links.proposals,
)
_LINE_END = re.compile(r"[\r\n]")
TRIGGERS = ("(", "/", "#", '"', "<", "%", "[", ":", "-", ",", " ")


def complete(view: View, offset: int) -> Proposals | None:
    """What can be written there; None where nothing is known."""
    for kind in _KINDS:
        found = kind(view, offset)
        if found is None:
            continue
        # An editor ends a line at CR, too, and takes edits of one line alone.
        return found if _LINE_END.search(view.page.text, found.start, found.end) is None else None
    return None

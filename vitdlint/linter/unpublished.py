"""What is found on a page that readers do not see, not yet or no longer, says so."""

from __future__ import annotations

from typing import Final

from ..core.model import Diagnostic
from ..site.addresses import Addresses

_NOTES: Final = {
    "draft": "this page is a draft",
    "future": "this page is not published yet",
    "expired": "this page has expired",
}
_SAYS_SO: Final = frozenset({"future-date"})


def with_state(diagnostic: Diagnostic, addresses: Addresses) -> Diagnostic:
    """The finding with the state of its page, in its message too. What it is about, its fingerprint, stays the same.

    Readers see the text of a page that others show.
    """
    path = diagnostic.place.path
    page = addresses.outputs.get(path) if path not in addresses.shown_elsewhere else None
    note = _NOTES.get(page.state) if page is not None else None
    if page is None or note is None or diagnostic.name in _SAYS_SO:
        return diagnostic
    return diagnostic._replace(message=f"{diagnostic.message} ({note})", state=page.state)

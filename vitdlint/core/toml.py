"""TOML 1.1, the version that Hugo reads. `tomli` comes in here and nowhere else: the standard library reads 1.0."""

from __future__ import annotations

from typing import Any


class TomlError(ValueError):
    """A text that is not TOML: in the parser's words, and at which offset of it; its length for an early end."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


def parse_toml(text: str) -> dict[str, Any]:
    """The values of a document. Raises TomlError."""
    import tomli  # a site without a configuration of ours needs it only when Hugo's is read

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        # Its offset counts a CR LF as one character.
        above = sum(len(line) + 1 for line in text.split("\n")[: error.lineno - 1])
        at = len(text) if error.pos >= len(error.doc) else above + error.colno - 1
        raise TomlError(at, error.msg) from error
    except RecursionError as error:
        raise TomlError(0, str(error)) from error

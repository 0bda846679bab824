"""The failures that are expected, each with the sentence that a person sees. Any other exception is a bug of vitdlint.

Exception
  UsageError        the command line asks for what cannot be         exit code 2
  ConfigError       a configuration or schema is wrong               exit code 2
  PlacedError       one file of it is, at a place in it              becomes a ConfigError
  PluginError       a plug-in cannot be loaded                       exit code 3
  HugoFailedError   the hugo that was asked does not answer      exit code 3
  WorkerDiedError   a worker process ended without an answer         exit code 3
"""

from __future__ import annotations

from typing import Self

from .excerpt import excerpt


class UsageError(Exception):
    """The command line asks for something that cannot be."""


class ConfigError(Exception):
    """The configuration is wrong. `problems` are texts to print, each `file:line:column: sentence` and an excerpt."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class PlacedError(Exception):
    """A file that cannot be used: where in it (from 1), why, and the line with carets where a place is known."""

    def __init__(self, path: str, line: int, column: int, message: str, drawing: str = "") -> None:
        super().__init__(f"{path}:{line}:{column}: {message}{drawing}")
        self.path, self.line, self.column, self.message, self.drawing = path, line, column, message, drawing

    @classmethod
    def in_text(cls, path: str, text: str, start: int, end: int, message: str) -> Self:
        """An error about `text[start:end]`."""
        line, column, drawing = excerpt(text, start, end)
        return cls(path, line, column, message, drawing)

    def shown_as(self, path: str) -> str:
        """What a person sees, to whom the file has another path."""
        return f"{path}:{self.line}:{self.column}: {self.message}{self.drawing}"


class PluginError(Exception):
    """A plug-in raises, ends the program or has no rules when it is loaded: `file:line: sentence`."""


class WorkerDiedError(Exception):
    """A worker process ended without an answer: killed, or out of memory."""


class HugoFailedError(Exception):
    """The hugo that `--ask-hugo` runs fails, takes too long, or says what cannot be read."""

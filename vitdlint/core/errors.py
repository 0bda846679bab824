"""The failures that are expected, each with the sentence that a person sees. Any other exception is a mistake of ours.

Exception
  UsageError        the command line asks for what cannot be         exit code 2
  ConfigError       a configuration or schema is wrong               exit code 2
  WorkerDiedError   a worker process ended without an answer         exit code 3
"""

from __future__ import annotations


class UsageError(Exception):
    """The command line asks for something that cannot be."""


class ConfigError(Exception):
    """The configuration is wrong. `problems` are texts to print, each `file:line:column: sentence` and an excerpt."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class WorkerDiedError(Exception):
    """A worker process ended without an answer: killed, or out of memory."""

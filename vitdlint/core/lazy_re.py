"""Regular expressions that are compiled at their first use: to compile them all costs more than to lint a page."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def lazy_re(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, for an expression that most pages never reach.

    What is returned has the methods of a pattern, and nothing else of it but the source; a call is 30 ns dearer. An
    expression that is used on every page is better compiled at once.
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet: from then on the methods of the compiled pattern are."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)

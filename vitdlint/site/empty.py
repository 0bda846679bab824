"""Which published pages say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from posixpath import dirname

from ..core.lazy_re import lazy_re
from ..hugo.publication import Output
from ..page.page import Facts

_FILLED_BY_LAYOUT = ("layout", "type", "build", "_build", "outputs")
"""Front matter that gives a page its content by other means than its body."""
_ELSEWHERE = lazy_re("redirect|manuallink|external", re.IGNORECASE)
"""In a key: the page only stands for another address, as themes offer it (`redirect_to`, `manualLink`)."""


def is_empty(page: Output, facts: Facts | None, filled_folders: Callable[[], frozenset[str]]) -> bool:
    """Whether a regular page has an empty body and nothing else that could fill it, as the files of its bundle."""
    if facts is None:
        return False
    if facts.unreadable or facts.not_judged or facts.front.problems:
        return False
    if any(facts.front.get(key) is not None for key in _FILLED_BY_LAYOUT):
        return False
    if page.text_from:
        return False
    if any(_ELSEWHERE.search(key) or value == "redirect" for key, value in facts.front.data.items()):
        return False
    return not (page.bundle == "leaf" and dirname(facts.path) in filled_folders())


def folders_of(sources: Iterable[str | None]) -> frozenset[str]:
    """The folders that hold these files, at any depth."""
    found: set[str] = set()
    for source in sources:
        folder = dirname(source or "")
        while folder and folder not in found:
            found.add(folder)
            folder = dirname(folder)
    return frozenset(found)

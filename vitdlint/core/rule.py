"""What a rule is: plain data around one pure generator.

A rule's module holds its manual (the docstring), its `Options`, its `check`, and `RULE`. The examples are at once
its tests, part of its manual, and the proof that it can fix what it finds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from .model import Finding, Severity

SubjectT = TypeVar("SubjectT")
OptionsT = TypeVar("OptionsT")

PAGE = "content/posts/page.md"
"""The path of an example that is given as a plain string."""
RAISED = 5000
"""Findings of one rule on one page that are counted: after so many it stops."""


class Scope(Enum):
    """What decides the findings of a rule about a site or its links, and so which of them an edit may change."""

    PAGE = "one page, and what its front matter or links name"
    ADDRESSES = "the addresses of all pages"
    NAMES = "pages whose names or titles are nearly the same"
    TERMS = "the uses of one term"
    KEYS = "which keys of front matter the pages have"
    VALUES = "pages that have the same value where it must be unique"
    SITE = "any page: after an edit of front matter, the whole site is checked"


@dataclass(frozen=True)
class NoOptions:
    """For a rule with nothing to configure."""


@dataclass(frozen=True)
class Good:
    """A miniature site on which the rule stays silent.

    `files` maps paths below the site's root to texts; a plain string is one page, `content/posts/page.md`.
    `options` are the rule's own, as in `[rules.NAME]`; `settings` are further keys of `vitdlint.toml`. Without a
    `hugo.toml` of its own the site gets one that sets `unsafe = true`.
    """

    files: str | Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    web: Mapping[str, str] = field(default_factory=dict)
    """For rules about external links: URLs, and the rest of their lines in the state file; see external/subject.py."""

    before: Mapping[str, str] | None = None
    """URLs that the site had at the revision compared with, and the file that each belonged to."""

    @property
    def tree(self) -> dict[str, str]:
        """The files of the miniature site."""
        return {PAGE: self.files} if isinstance(self.files, str) else dict(self.files)


@dataclass(frozen=True)
class Bad(Good):
    """A miniature site with findings of the rule at exactly the places of `at`.

    A place is `line:column` in `content/posts/page.md`, or `path:line:column`; append `-line:column` to pin the
    end too. `fixed` is what the page (or, as a mapping, each changed file) becomes when the rule's fixes are
    applied; it must be clean and stable. `unsafe` says that those fixes are unsafe ones.
    """

    at: tuple[str, ...] | list[str] = ()
    fixed: str | Mapping[str, str] | None = None
    unsafe: bool = False


@dataclass(frozen=True)
class Rule(Generic[SubjectT, OptionsT]):
    """A rule: its code and name, the subject it checks, its check, and its examples.

    `on` is the type of the subject: Page, Site, Links, UnusedFiles, StaleTranslations, Compared, Web or Settled. `check` is pure: it prints nothing, reads no
    file, waits for nothing. `default` says whether it runs unless asked not to.
    """

    code: str
    name: str
    on: type[SubjectT]
    check: Callable[[SubjectT, OptionsT], Iterator[Finding]]
    examples: tuple[Good, ...]
    options: type[OptionsT] = NoOptions  # type: ignore[assignment]  # no options is the common case
    severity: Severity = Severity.ERROR
    default: bool = True
    of_page: bool = False
    """Its findings are about a page as a whole, and their places only represent it: a baseline records the page alone."""
    fails_build: bool = False
    """Hugo's build fails on its errors on published pages (but see `Finding.builds`): they are reported first."""
    of_schema: bool = False
    """Its findings on a page follow from the front matter and its schema: none are about a file inside a leaf bundle."""
    scope: Scope | None = None
    """None: `Scope.PAGE` for a rule about links, `Scope.SITE` for one about a site."""

    @property
    def manual(self) -> str:
        """The whole docstring of the rule's module."""
        return (sys.modules[self.check.__module__].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first line of the manual: one sentence."""
        return self.manual.partition("\n")[0]

    @property
    def fixable(self) -> str:
        """'safe', 'unsafe' or '' (no fix), as the examples prove."""
        fixes = [e.unsafe for e in self.examples if isinstance(e, Bad) and e.fixed is not None]
        if not fixes:
            return ""
        return "unsafe" if all(fixes) else "safe"


AnyRule = Rule[Any, Any]

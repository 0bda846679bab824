r"""The text has something that this site has forbidden in its configuration.

A name that changed, a sentence that is no longer true ("attached at the bottom of this page"), a placeholder
image, a word that the house style avoids: only the site itself knows these.

Off until `[[rules.forbidden-text.patterns]]` are configured. A pattern is a regular expression in the syntax of RE2:
Python's without look-around and back-references, so that no page can make it slow. `\w`, `\d` and `\b` match ASCII
only, and `(?i)` at the beginning ignores case. A pattern is searched in the visible text, in the targets of links and
images, or in one field of the front matter. RE2 is an extra: install it with `pip install "vitdlint[patterns]"`.

```toml
[[rules.forbidden-text.patterns]]
pattern = '(?i)attached at the bottom of this page'
message = "there is no list of attachments any more; link to the file"
severity = "warning"

[[rules.forbidden-text.patterns]]
pattern = '/mock\.jpg$'
scope = "link"         # "text" (the default), "link", or "front-matter" with a `field`
message = "this image is a placeholder"
```

If a pattern has a `replacement`, the fix writes it (`\1` is the first group); it is unsafe unless the pattern has
`safe = true`. A severity set for the rule in `[severity]` wins over that of a pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, Rule
from ..frontmatter.block import Pointer
from ..page.page import Page
from .support.re2 import Hit, expanded, hits, may_match, require
from .support.re2 import check as check_pattern


@dataclass(frozen=True)
class Pattern:
    """One forbidden text."""

    pattern: str
    """The regular expression."""
    message: str
    """What a contributor sees: a sentence that says why, and what to write."""
    scope: Literal["text", "link", "front-matter"] = "text"
    """Where to look: in visible text, in the targets of links and images, or in the front matter."""
    field: str = ""
    """For the scope front-matter: the one key to look at, such as "title"; without it, every value."""
    severity: Literal["error", "warning", "info"] | None = None
    """If it differs from the rule's."""
    replacement: str | None = None
    r"""What to write instead; `\1` is the first group."""
    safe: bool = False
    """Apply the replacement with --fix, not only with --unsafe-fixes."""

    def __post_init__(self) -> None:
        check_pattern(self.pattern)
        if self.field and self.scope != "front-matter":
            raise ValueError('"field" works only with scope = "front-matter"')


@dataclass(frozen=True)
class Options:
    """Options of forbidden-text."""

    patterns: tuple[Pattern, ...] = ()
    """What is forbidden: tables with `pattern`, `message` and perhaps `scope`, `field`, `severity`, `replacement`, `safe`."""

    def __post_init__(self) -> None:
        if self.patterns:
            require()


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Look for every pattern where it is forbidden."""
    for scope, patterns in _by_scope(options.patterns):
        if may_match(tuple(p.pattern for p in patterns), _haystack(page, scope)):
            for pattern in patterns:
                for hit in _hits(page, pattern):
                    yield _finding(page, pattern, hit)


@cache
def _by_scope(patterns: tuple[Pattern, ...]) -> tuple[tuple[str, tuple[Pattern, ...]], ...]:
    scopes = dict.fromkeys(p.scope for p in patterns)
    return tuple((scope, tuple(p for p in patterns if p.scope == scope)) for scope in scopes)


def _haystack(page: Page, scope: str) -> str:
    """Everything that the patterns of a scope may be found in, line by line."""
    if scope == "text":
        return page.body.prose
    if scope == "link":
        return "\n".join([page.text[link.start : link.end] for link in page.body.links])
    return "\n".join(value for _, value in _values(page, ""))


def _hits(page: Page, pattern: Pattern) -> Iterator[Hit]:
    text, body = page.text, page.body
    if pattern.scope == "text":
        yield from _in(pattern.pattern, body.prose, body.start, body.end)
    elif pattern.scope == "link":
        seen = set[int]()  # several links may share one definition
        for link in body.links:
            if link.start not in seen:
                seen.add(link.start)
                yield from _in(pattern.pattern, text, link.start, link.end)
    else:
        for pointer, value in _values(page, pattern.field):
            if next(hits(pattern.pattern, value), None) is not None:
                span = page.facts.span(*pointer)
                exact = list(_in(pattern.pattern, text, span.start, span.end))
                yield from exact or [Hit(span.start, span.end, ())]


def _in(pattern: str, text: str, start: int, end: int) -> Iterator[Hit]:
    for hit in hits(pattern, text[start:end]):
        yield hit._replace(start=start + hit.start, end=start + hit.end)


def _values(page: Page, field: str) -> Iterator[tuple[Pointer, str]]:
    for key, value in page.front.data.items():
        if not field or key.lower() == field.lower():
            yield from _strings((key.lower(),), value)


def _strings(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings((*pointer, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _strings((*pointer, i), inner)


def _finding(page: Page, pattern: Pattern, hit: Hit) -> Finding:
    span = page.span(hit.start, hit.end)
    fix = None
    if pattern.replacement is not None and hit.groups:  # an escaped value has no place for it
        new = expanded(hit, pattern.replacement)
        fix = Fix(f'Write "{new}"' if new else "Remove it", (Edit(span, new),), safe=pattern.safe)
    severity = Severity.of(pattern.severity) if pattern.severity else None
    return Finding(span, pattern.message, fix=fix, severity=severity, cause=pattern.message)


_MOCK = {"pattern": r"/mock\.jpg$", "message": "this image is a placeholder", "scope": "link"}
_DASH = {"pattern": r"(\d) ?- ?(\d)", "message": "write a dash between numbers", "replacement": r"\1–\2"}
_TITLE = {
    "pattern": "(?i)untitled",
    "message": "give the page a title",
    "scope": "front-matter",
    "field": "title",
}

RULE = Rule(
    "VD407",
    "forbidden-text",
    on=Page,
    check=check,
    options=Options,
    default=False,
    examples=(
        Good("Anything.\n"),
        Good("Mock: `/mock.jpg`, /mock.jpg\n", options={"patterns": [_MOCK]}),
        Bad(
            "![a](/img/mock.jpg) [b][c]\n\n[c]: /mock.jpg\n",
            options={"patterns": [_MOCK]},
            at=["1:10-1:19", "3:6"],
        ),
        Bad(
            "10 - 20, `1-2`\n",
            options={"patterns": [_DASH]},
            at=["1:2-1:7"],
            fixed="10–20, `1-2`\n",
            unsafe=True,
        ),
        Bad(
            '---\ntitle: "Untitled 3"\nuntitled: no\n---\n\nUntitled\n',
            options={"patterns": [_TITLE]},
            at=["2:9-2:17"],
        ),
    ),
)

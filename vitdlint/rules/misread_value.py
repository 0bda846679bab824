"""A value of the front matter is not what it looks like, so Hugo publishes something else.

The block is well-formed, and Hugo says nothing. Five causes are reported:

- `tags: apple, pear` is one term, whose page is `/tags/apple-pear/`. A list has brackets or hyphens.
- In YAML a number sign after a space begins a comment: `title: My #1 post` is "My", and `- #sun` is nothing.
- An item of a YAML list that is indented further than the one before it goes on with it: "apple - pear".
- A quotation mark at the end alone belongs to the value: `title: My post"`.
- In TOML every key below `[params]` belongs to that table. Hugo finds `draft`, `aliases` or `slug` only above the first
  table, so a draft is published. Tags it finds in `[params]`, but in no other table (`[taxonomies]` is Zola's).

Write lists as lists, put quotation marks around a value with a number sign, and Hugo's keys above the first table. The
fixes are unsafe, because titles and terms make URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_TEXTS = ("title", "linktitle", "description", "summary", "subtitle")
_COMMENT = lazy_re(r"[ \t]+#(?!TODO|FIXME|NOTE|XXX)(?=[^\s#!])[^\n]*")
_EMPTY_ITEM = lazy_re(r"^[ \t]*-[ \t]+(#\w[\w-]*)[ \t\r]*$", re.MULTILINE)
_NEXT_ITEM = lazy_re(r"\n[ \t]+-[ \t]")
_GOES_ON = lazy_re(r"\s*(?:and|or|the|of|a|an|in|but|with|etc)\b")
_TOP = frozenset(("aliases", "date", "draft", "expirydate", "publishdate", "slug", "title", "url"))
_TOP_OF_OTHERS = frozenset(("aliases", "categories", "draft", "expirydate", "publishdate", "slug", "tags"))
_TABLES = frozenset(("_build", "build", "cascade", "menu", "menus", "outputs", "resources", "sitemap"))
"""Tables in which Hugo has such keys of its own."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look at the terms, the texts and the tables of the front matter."""
    if any(problem.kind != "duplicate-key" for problem in page.front.problems):
        return
    kind = page.front.kind
    terms = {name: page.front.get(name) for name in page.settings.taxonomies}
    for name, value in terms.items():
        if isinstance(value, str) and "," in value:
            yield from _one_term(page, name, value)
    if kind == "yaml":
        yield from _yaml(page, terms)
    elif kind == "toml":
        yield from _below_tables(page)


def _one_term(page: Page, name: str, value: str) -> Iterator[Finding]:
    parts = [part.strip() for part in value.split(",")]
    if "author" in name or not all(parts) or any(map(_GOES_ON.match, parts[1:])) or "\n" in value:
        return
    start, end = page.facts.span(name)[1:]
    if page.text[start - 1] in "\"'" and page.text[end : end + 1] == page.text[start - 1]:
        start, end = start - 1, end + 1
    written = "[" + ", ".join('"' + part.strip("\"'") + '"' for part in parts) + "]"
    simple = not any(mark in value for mark in "\"'\\[]{}")
    yield Finding(
        page.span(start, end),
        f'Hugo reads one term of {name} here, "{value}"',
        help=f"write a list: {written}",
        fix=Fix("Write a list", (Edit(page.span(start, end), written),), safe=False) if simple else None,
    )


def _yaml(page: Page, terms: dict[str, Any]) -> Iterator[Finding]:
    source = page.front.source
    places = [((name,), page.front.get(name)) for name in _TEXTS]
    items: list[tuple[tuple[str | int, ...], Any]] = []
    for name, value in (*terms.items(), ("aliases", page.front.get("aliases"))):
        if isinstance(value, list):
            items += [((name, index), item) for index, item in enumerate(value)]
        else:
            items.append(((name,), value))
    if " #" in source or "\t#" in source:
        for pointer, value in (*places, *items):
            if isinstance(value, str):
                yield from _cut(page, pointer, value)
        if any(value is None for _, value in items):
            yield from _nothing(page)
    for pointer, value in items:
        if isinstance(value, str) and " - " in value:
            yield from _joined(page, pointer, value)
    if '"' in source:
        for pointer, value in (*places, *items):
            if isinstance(value, str) and value.endswith('"') and value.count('"') == 1:
                yield from _stray_quote(page, pointer, value)


def _cut(page: Page, pointer: tuple[str | int, ...], value: str) -> Iterator[Finding]:
    start, end = page.facts.span(*pointer)[1:]
    written = page.text[start:end]
    comment = _COMMENT.match(page.text, end, page.front.end)
    if comment is None or written != value:
        return
    stop = end + len(comment[0].rstrip())
    whole = page.text[start:stop]
    quoted = '"' + whole + '"'
    simple = '"' not in whole and "\\" not in whole
    yield Finding(
        page.span(start, stop),
        f'Hugo reads "{value}" here, because in YAML a "#" after a space begins a comment',
        help=f"write {quoted}" if simple else "put the value in quotation marks",
        fix=Fix("Put it in quotation marks", (Edit(page.span(start, stop), quoted),), safe=False)
        if simple
        else None,
    )


def _nothing(page: Page) -> Iterator[Finding]:
    for match in _EMPTY_ITEM.finditer(page.text, page.front.start, page.front.end):
        span = page.span(*match.span(1))
        yield Finding(
            span,
            f'Hugo reads nothing here, because in YAML "{match[1]}" is a comment',
            help=f'write "{match[1]}"',
            fix=Fix("Put it in quotation marks", (Edit(span, f'"{match[1]}"'),), safe=False),
        )


def _joined(page: Page, pointer: tuple[str | int, ...], value: str) -> Iterator[Finding]:
    start, end = page.facts.span(*pointer)[1:]
    if _NEXT_ITEM.search(page.text, start, end) is not None:
        yield Finding(
            page.span(start, end),
            f'Hugo reads one item here, "{value}"',
            help="indent each item of the list as far as the one before it",
        )


def _stray_quote(page: Page, pointer: tuple[str | int, ...], value: str) -> Iterator[Finding]:
    start, end = page.facts.span(*pointer)[1:]
    if page.text[start:end] != value or page.text[start - 1] in "\"'" or value[-2:-1].isdigit():
        return
    yield Finding(
        page.span(start, end),
        "the quotation mark at the end belongs to this value, because none is at its beginning",
        help="remove it, or write one at the beginning",
        fix=Fix("Remove it", (Edit(page.span(end - 1, end), ""),), safe=False),
    )


def _below_tables(page: Page) -> Iterator[Finding]:
    data = page.front.data
    for table, values in data.items():
        name = table.lower()
        if not isinstance(values, dict) or name in _TABLES:
            continue
        for key in values:
            low = key.lower()
            if low in (_TOP if name == "params" else _TOP_OF_OTHERS) and page.front.key(low) is None:
                yield Finding(
                    page.facts.span(name, key, key=True),
                    f'"{key}" is a key of [{table}] here, and Hugo does not find it',
                    help=f"move it above [{table}]",
                )


RULE = Rule(
    "VD120",
    "misread-value",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "---\ntitle: My page # a comment\ntags: [apple, pear]\ncategories: How, and when\n"
            'description: A 5"\nseries:\n  - one - two\nweight: 3 #x\n---\nText\n'
        ),
        Good(
            '+++\ntitle = "Sun"\n[params]\ntags = ["a"]\nauthor = "Ada"\n[menu.main]\ntitle = "x"\n+++\nText\n'
        ),
        Good('{"title": "5 \\"a\\"", "tags": ["sun, sea"]}\nText\n'),
        Bad(
            "---\ntitle: My #1 post\ntags: apple, pear\ncategories:\n  - one\n   - two\n---\nText\n",
            at=["2:8-2:18", "3:7-3:18", "5:5-6:9"],
            fixed='---\ntitle: "My #1 post"\ntags: ["apple", "pear"]\ncategories:\n  - one\n   - two\n---\nText\n',
            unsafe=True,
        ),
        Bad(
            '---\ntitle: My post"\ntags:\n  - #sun\n  - sea\n---\nText\n',
            at=["2:8-2:16", "4:5-4:9"],
            fixed='---\ntitle: My post\ntags:\n  - "#sun"\n  - sea\n---\nText\n',
            unsafe=True,
        ),
        Bad(
            '+++\ntitle = "Sun"\n[params]\ndraft = true\n[taxonomies]\ntags = ["a"]\n+++\nText\n',
            at=["4:1-4:6", "6:1-6:5"],
        ),
        Bad('{"title": "Sun", "tags": "sun, sea"}\nText\n', at=["1:26-1:36"]),
    ),
)

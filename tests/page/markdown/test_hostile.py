"""No body costs more than its size: nesting, unclosed constructs, and whatever invites quadratic time."""

from __future__ import annotations

import time

import pytest

from vitdlint.hugo.markup import Markup
from vitdlint.page.markdown.parse import parse

UNSAFE = Markup(unsafe=True)
N = 10_000
TOO_DEEP = {
    "quotes": ">" * N + "a",
    "spaced quotes": "> " * N + "a",
    "lists": "- " * N + "a",
    "numbered lists": "1. " * N + "a",
    "lists line by line": "\n".join(" " * (2 * depth) + "- a" for depth in range(300)),
}
LONG = {
    "brackets": "[" * N + "a" + "]" * N,
    "open brackets": "[" * N,
    "nested images": "![" * N + "a" + "](b)" * N,
    "open links": "[a](" * N,
    "open targets": "[a](<" * N,
    "open titles": '[a](b "' * N,
    "openers": "*a **b " * N,
    "one long run": "*" * N + "a" + "*" * N,
    "closers": "a**b" * N + "c*" * N,
    "tildes": "~a " * N + " b~" * N,
    "open tags": "<a " * N,
    "open attributes": '<a x="' * N,
    "open attributes in a block": '<div x="' * N,
    "divs": "<div>\n" * N,
    "open comments": "x <!-- " * N,
    "open instructions": "x <? " * N,
    "code of all widths": "".join("`" * width + "a" for width in range(1, 1000)),
    "quoted links": '"http://a.bc/d "' * N,
    "links in open brackets": "[x http://a.bc/d " * N,
    "mail": "a_" * N + "@b.c",
    "mails": "_a@b.c " * N,
    "open shortcodes": "{{<" * N,
    "open shortcode values": '{{< a "' * N,
    "shortcodes": "{{< a >}}" * N + "{{< /a >}}" * N,
    "quotes in a heading": "# **" + "\"a' " * N + "**",
    "attributes in a heading": "# a {" + "{a=" * N + "}",
    "definitions": "[a]: b\n" * N,
    "references": "[a]: b\n\n" + "[a] " * N,
    "undefined references": "[x][y] " * N,
    "footnotes": "[^1]: x\n\n" + "[^" * N,
    "headings": "# a\n" * N,
    "terms": "a\n" * N + ": b",
    "table": "|a|b|\n|-|-|\n" + "|c|d|\n" * N,
    "wide table": "|" * N + "\n" + "|-" * N + "|",
    "entities": "&amp;" * N,
    "surrogates": "\ud800*a*" * N,
    "srcset": '<img srcset="' + "a(," * N + '">',
    "carriage returns": "a\r\n\r" * N,
}


@pytest.mark.parametrize("name", TOO_DEEP)
def test_what_is_nested_too_deep_is_not_checked_and_says_so(name: str) -> None:
    begun = time.monotonic()
    body = parse(TOO_DEEP[name], 0, UNSAFE)
    assert body.not_checked == "is nested more than 100 levels deep"
    assert len(body.prose) == len(TOO_DEEP[name])
    assert time.monotonic() - begun < 5


def test_the_limit_counts_levels() -> None:
    assert parse("> " * 100 + "a", 0, UNSAFE).not_checked is None
    assert parse("> " * 101 + "a", 0, UNSAFE).not_checked is not None
    assert parse("> " * 6 + "a", 0, UNSAFE, max_depth=5).not_checked == "is nested more than 5 levels deep"
    assert parse("- " * 100 + "a", 0, UNSAFE, reference=True).not_checked is None


def test_a_long_rule_and_a_deep_indent_are_no_nesting() -> None:
    assert (
        parse("- " * 3 + "-" * 500 + "\n\n" + " " * 500 + "code\n\n" + "* " * 300, 0, UNSAFE).not_checked
        is None
    )


@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
@pytest.mark.parametrize("name", LONG)
def test_a_long_document_takes_no_quadratic_time(name: str, reference: bool) -> None:
    begun = time.monotonic()
    parse(LONG[name], 0, UNSAFE, reference=reference)
    # Linear time is well under two seconds even on a busy machine; quadratic time is minutes.
    assert time.monotonic() - begun < 20

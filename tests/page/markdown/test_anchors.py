"""The ids that headings get, against what Hugo gave them."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from vitdlint.hugo.markup import Markup
from vitdlint.page.markdown.parse import parse

UNSAFE = Markup(unsafe=True)


def ids(text: str, markup: Markup = UNSAFE) -> list[str | None]:
    return [heading.id for heading in parse(text, 0, markup).headings]


@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
def test_every_heading_that_hugo_was_asked_about_gets_hugos_id(shared: Path, reference: bool) -> None:
    wrong = []
    for line in (shared / "vectors" / "headings.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        vector = json.loads(line)
        body = parse(vector["md"], 0, UNSAFE, reference=reference)
        expected = None if vector["id"] is None else html.unescape(vector["id"])
        if [heading.id for heading in body.headings] != [expected]:
            wrong.append((vector["md"], expected, body.headings))
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "github", "ascii_only", "blackfriday"),
    [
        ("Two  Spaces", "two--spaces", "two--spaces", "two-spaces"),
        ("a - b", "a---b", "a---b", "a-b"),
        ("a -- b", "a--b", "a--b", "a-b"),
        ("a--b", "ab", "ab", "a-b"),
        ("it's 1.2.3", "its-123", "its-123", "it-s-1-2-3"),
        ("a_b", "a_b", "a_b", "a-b"),
        ("-dash-", "-dash-", "-dash-", "dash"),
        ("&copy; c", "-c", "-c", "c"),
        ("C++", "c", "c", "c"),
        ("Ünï Cödé ÉCOLE", "ünï-cödé-école", "uni-code-ecole", "ünï-cödé-école"),
        ("ΟΔΟΣ", "οδοσ", "heading", "οδοσ"),
        ("日本 ß", "日本-ß", "-", "日本-ß"),
        ("½ dose", "-dose", "-dose", "½-dose"),
        ("e\u0301", "e", "e", "e"),
        ("a\u00a0b", "ab", "ab", "a-b"),
        ("!!!", "heading", "heading", "heading"),
    ],
)
def test_each_id_type_makes_its_own_id(heading: str, github: str, ascii_only: str, blackfriday: str) -> None:
    text = f"## {heading}"
    assert ids(text) == [github]
    assert ids(text, Markup(id_type="github-ascii")) == [ascii_only]
    assert ids(text, Markup(id_type="blackfriday")) == [blackfriday]


def test_an_automatic_id_is_the_first_that_is_free() -> None:
    headings = "\n\n".join(f"## {text}" for text in ("a", "a", "a-1", "a", "a 1"))
    assert ids(headings) == ["a", "a-1", "a-1-1", "a-2", "a-1-2"]


def test_a_custom_id_is_taken_as_written_and_may_come_twice() -> None:
    assert ids("## x {#Dup.1}\n\n## x {#Dup.1}\n\n## dup\n\n## y {#dup}\n\n## Dup") == [
        "Dup.1",
        "Dup.1",
        "dup",
        "dup",
        "dup-1",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## a {#x}", "x"),
        ("## a{#x}", "x"),
        ("## a ## {#x}", "x"),
        ('## a {id="a b"}', "a b"),
        ("## a { #x .c }", "x"),
        ("## a {#x #y}", "y"),
        ("## a {.c}", "a"),
        ("## a {#}", ""),
        ("a {#x}\n===", "x"),
        ("## a {#x} ##", "a-x"),
        ("## a {# x}", "a--x"),
        ("## a \\{#x}", "a-x"),
    ],
)
def test_attributes_after_a_heading_are_those_that_goldmark_accepts(text: str, expected: str) -> None:
    assert ids(text) == [expected]


def test_without_title_attributes_the_braces_are_text() -> None:
    assert ids("## a {#x}", Markup(attribute_title=False)) == ["a-x"]


def test_without_automatic_ids_only_custom_ones_remain() -> None:
    assert ids("## a\n\n## b {#c}", Markup(auto_heading_id=False)) == [None, "c"]


def test_a_heading_without_text_gets_no_id() -> None:
    assert ids("##\n\n## <b></b>\n\n## http://example.com/x") == [None, None, None]


def test_a_shortcode_in_a_heading_leaves_no_id_that_could_be_known() -> None:
    body = parse("## a {{< x >}}\n\n## b", 0, UNSAFE)
    assert [heading.id for heading in body.headings] == [None, "b"]
    assert [(anchor.id, anchor.kind) for anchor in body.anchors] == [("a", "open"), ("b", "heading")]


def test_footnotes_are_numbered_by_their_first_reference() -> None:
    text = "x[^b] y[^a] z[^b]\n\n[^a]: one\n\n[^b]: two\n\n[^c]: never\n"
    body = parse(text, 0, UNSAFE)
    anchors = {anchor.id: text[anchor.start : anchor.end] for anchor in body.anchors}
    assert anchors == {
        "fnref:1": "[^b]",
        "fnref:2": "[^a]",
        "fnref1:1": "[^b]",
        "fn:1": "[^b]: two",
        "fn:2": "[^a]: one",
    }


def test_terms_get_ids_only_if_the_site_asks_for_them() -> None:
    text = "Term X\nTerm Y\n: what it is\n\n## Term X\n"
    assert [anchor.id for anchor in parse(text, 0, UNSAFE).anchors] == ["term-x"]
    asked = parse(text, 0, Markup(auto_definition_term_id=True))
    assert [(anchor.id, anchor.kind) for anchor in asked.anchors] == [
        ("term-x", "term"),
        ("term-y", "term"),
        ("term-x-1", "heading"),
    ]


def test_raw_ids_and_names_count_only_where_raw_html_is_published() -> None:
    text = 'a <b id=q>x</b> <A NAME="Up"></A> `<i id="no">` <!-- <i id="no"> -->\n\n<div id="d"></div>\n'
    anchors = parse(text, 0, UNSAFE).anchors
    assert [(anchor.id, anchor.kind) for anchor in anchors] == [("q", "html"), ("Up", "name"), ("d", "html")]
    assert [text[anchor.start : anchor.end] for anchor in anchors] == ["q", "Up", "d"]
    assert parse(text, 0, Markup()).anchors == ()


def test_attributes_below_a_block_make_an_anchor_where_the_site_allows_them() -> None:
    text = "para\n{#p}\n\n- a\n{#l}\n\n## h\n{#swallowed}\n\n{#alone}\n"
    block = parse(text, 0, Markup(attribute_block=True))
    assert [anchor.id for anchor in block.anchors] == ["p", "l", "h"]
    assert [anchor.id for anchor in parse(text, 0, UNSAFE).anchors] == ["h"]


def test_ten_thousand_equal_headings_take_no_quadratic_time() -> None:
    found = ids("## same\n" * 10_000)
    assert found[0] == "same"
    assert found[-1] == "same-9999"

"""Texts as an editor counts and changes them."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vitdlint.lsp.about import plain, without_markup
from vitdlint.lsp.text import Text, differences

LINES = st.lists(st.sampled_from(["", "a", "b", "a b", "\U0001f319 x", "c\x0bd", "e\u2028f"]), max_size=12)
TEXTS = st.builds(
    lambda lines, ends: "".join(map("".join, zip(lines, ends, strict=False))),
    LINES,
    st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=12, max_size=12),
)


@given(TEXTS, TEXTS)
def test_the_differences_make_one_text_of_the_other_and_leave_line_ends_whole(
    before: str, after: str
) -> None:
    text = Text(before)
    done, at = "", 0
    for each in differences(before, after):
        assert at <= each.start <= each.end
        for offset in (each.start, each.end):
            assert text.offset(text.position(offset)) == offset
        done, at = done + before[at : each.start] + each.text, each.end
    assert done + before[at:] == after


def test_lines_between_two_changes_are_left_alone() -> None:
    before = "slug: a\ntitle: x\n\n[one](/a/) and\n[two](/b/)\n"
    after = (
        before.replace("slug: a", "slug: c").replace("/b/", "/d/").replace("title", "aliases: [/a/]\ntitle")
    )
    assert [before[each.start : each.end] for each in differences(before, after)] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["## Light", "- a", "12) b", "1. b", "| x |", "---", "> a", "*a* `b` [c](/d/) <e>"]
)
def test_a_line_of_a_page_is_shown_as_it_is(line: str) -> None:
    shown = plain(line)
    assert (
        MarkdownIt().render(f"> {shown}")
        == f"<blockquote>\n<p>{escape(line, quote=False)}</p>\n</blockquote>\n"
    )
    assert without_markup(shown) == line

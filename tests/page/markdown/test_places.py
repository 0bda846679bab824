"""Places, on generated documents: quotes in lists, CRLF, tabs, emoji, and whatever else shifts an offset."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import markdown_random

from vitdlint.hugo.markup import Markup
from vitdlint.page.markdown.body import Body
from vitdlint.page.markdown.parse import parse

UNSAFE = Markup(unsafe=True)


@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
@settings(max_examples=150)
@given(seed=st.integers(0, 1_000_000), front=st.sampled_from(["", "---\nt: ü\n---\n", '{"a": "😀"}\n']))
def test_what_was_put_into_a_document_is_where_the_body_says(reference: bool, seed: int, front: str) -> None:
    built = markdown_random.built(random.Random(seed))
    text = front + built.text
    body = parse(text, len(front), UNSAFE, reference=reference)
    assert [text[link.start : link.end] for link in body.links] == built.targets
    assert [text[heading.text_start : heading.text_end] for heading in body.headings] == built.headings
    assert len(body.codes) == len(built.codes)
    for code, content in zip(body.codes, built.codes, strict=True):
        assert content in text[code.start : code.end]
    for mark in built.words:
        assert body.prose.count(mark) == 1
        assert text.index(mark, len(front)) == body.prose.index(mark)
    check_places(text, body)


@settings(max_examples=150)
@given(seed=st.integers(0, 10_000_000), reference=st.booleans())
def test_no_document_yields_a_place_that_is_not_what_it_says(seed: int, reference: bool) -> None:
    text = markdown_random.difficult(seed)
    check_places(text, parse(text, 0, UNSAFE, reference=reference))


@settings(max_examples=200)
@given(text=st.text(max_size=60), reference=st.booleans())
def test_no_text_is_too_strange(text: str, reference: bool) -> None:
    check_places(text, parse(text, 0, UNSAFE, reference=reference))


def check_places(text: str, body: Body) -> None:
    """What must hold of every body."""
    assert len(body.prose) == len(text)
    for seen, written in zip(body.prose, text, strict=True):
        assert seen in {"\0", written} or (written, seen) in {("\0", "\ufffd"), ("\r", " ")}
    for link in body.links:
        assert link.outer_start <= link.text_start <= link.text_end <= link.outer_end
        outer = text[link.outer_start : link.outer_end]
        if link.kind == "link":
            assert outer[0] == "["
        elif link.kind == "image":
            assert outer[:2] == "!["
        elif link.kind == "autolink":
            assert (outer[0], outer[-1]) == ("<", ">")
        elif link.kind == "bare":
            assert link.target.endswith(outer)
    for heading in body.headings:
        assert heading.start <= heading.text_start <= heading.text_end <= heading.end
    for tag in body.tags:
        assert (text[tag.start], text[tag.end - 1]) == ("<", ">")
        assert text[tag.start : tag.end].lower().startswith(f"<{'/' * tag.closing}{tag.name}")
    for code in body.codes:
        assert code.start < code.end <= len(text)
        if code.kind == "span":
            assert text[code.start] == text[code.end - 1] == "`"
    for comment in body.comments:
        assert text.startswith("<!--", comment.start)
    for shortcode in body.shortcodes:
        assert text.startswith("{{", shortcode.start)
        assert text.endswith("}}", shortcode.start, shortcode.end)
    for things in (body.links, body.headings, body.codes, body.tags, body.comments, body.anchors):
        starts = [getattr(thing, "outer_start", None) or getattr(thing, "start", 0) for thing in things]
        assert starts == sorted(starts)

"""The fast parser and the reference say the same: on difficult documents, on generated ones, on real pages."""

from __future__ import annotations

import random
import re
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import markdown_random
from support.difficult import DIFFICULT

from vitdlint.hugo.markup import Markup
from vitdlint.page.markdown import fast, reference
from vitdlint.page.markdown.parse import parse
from vitdlint.page.markdown.shortcodes import scan
from vitdlint.page.markdown.source import visible_source

UNSAFE = Markup(unsafe=True)
SETTINGS = [
    UNSAFE,
    Markup(),
    Markup(unsafe=True, typographer=None, linkify=False),
    Markup(unsafe=True, table=False, strikethrough=False, task_list=False),
    Markup(unsafe=True, footnote=False, definition_list=False, attribute_title=False),
    Markup(id_type="blackfriday", auto_heading_id=False, attribute_block=True),
]


@pytest.mark.parametrize("markup", SETTINGS, ids=range(len(SETTINGS)))
@pytest.mark.parametrize("text", DIFFICULT)
def test_both_say_the_same_of_a_difficult_document(text: str, markup: Markup) -> None:
    for variant in (text, "---\nt: é\n---\n" + text, f"> {text}", f"é “x” {text}\n\né"):
        start = variant.index("---\n", 3) + 4 if variant.startswith("---\nt") else 0
        assert parse(variant, start, markup) == parse(variant, start, markup, reference=True)


@settings(max_examples=600, derandomize=True)
@given(seed=st.integers(0, 100_000_000), most=st.integers(4, 40))
def test_both_say_the_same_of_pieces_thrown_together(seed: int, most: int) -> None:
    text = markdown_random.difficult(seed, most)
    for markup in (UNSAFE, Markup(unsafe=True, attribute_block=True)):
        assert parse(text, 0, markup) == parse(text, 0, markup, reference=True)


@settings(max_examples=300, derandomize=True)
@given(seed=st.integers(0, 100_000_000))
def test_both_say_the_same_of_tables(seed: int) -> None:
    text = markdown_random.table(random.Random(seed))
    assert parse(text, 0, UNSAFE) == parse(text, 0, UNSAFE, reference=True)


@settings(max_examples=600, derandomize=True)
@given(seed=st.integers(0, 100_000_000))
def test_both_say_the_same_of_sections_in_doubt(seed: int) -> None:
    text = markdown_random.sections(random.Random(seed))
    math = Markup(unsafe=True, passthrough=(("$$", "$$"), ("\\(", "\\)")))
    for markup in (UNSAFE, math, Markup(attribute_block=True, auto_definition_term_id=True)):
        assert parse(text, 0, markup) == parse(text, 0, markup, reference=True)


def test_only_the_sections_in_doubt_are_read_by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    find = reference.find
    monkeypatch.setattr(reference, "find", lambda text, *rest: asked.append(text) or find(text, *rest))
    long = "text [with](/a) [b][]\n\n" * 40
    text = f"# A\n\n{long}## B\n\nterm\n: what [b] is\n\n### C\n\n{long}# D\n\n| a |\n|---|\n| \\| |\n\n[b]: /b\n"
    body = parse(text, 0, UNSAFE)
    assert asked == ["## B\n\nterm\n: what [b] is\n\n# .\n# D\n\n| a |\n|---|\n| \\| |\n\n# .\n"]
    assert [heading.text for heading in body.headings] == ["A", "B", "C", "D"]
    assert sum(link.target == "/b" for link in body.links) == 81
    asked.clear()
    text += "\nnote[^1]\n\n[^1]: what the section in doubt defines, others use\n"
    parse(text, 0, UNSAFE)
    assert asked == [text]


def test_a_section_that_goes_on_beyond_the_next_heading_makes_all_of_the_page_doubtful() -> None:
    long = "text\n\n" * 40
    for opened in ("term\n:  ```\n   # x\n   ```\n", "term\n: d\n\n<!-- a\n"):
        text = f"# A\n\n{long}## B\n\n{opened}## C\n\n```\n# no heading\n```\n-->\n\n## D\n"
        assert parse(text, 0, UNSAFE) == parse(text, 0, UNSAFE, reference=True)


def test_attributes_of_blocks_slow_down_only_the_pages_that_have_them() -> None:
    markup = Markup(attribute_block=True)
    assert fast.find('a {b}\n\n```json\n{\n  "c": {"d": 1}\n}\n```\n', 0, markup) is not None
    assert fast.find("a\n\n> - {#b}\n", 0, markup) is None


@settings(max_examples=150)
@given(seed=st.integers(0, 1_000_000))
def test_both_say_the_same_of_orderly_documents(seed: int) -> None:
    text = markdown_random.built(random.Random(seed)).text
    assert parse(text, 0, UNSAFE) == parse(text, 0, UNSAFE, reference=True)


@settings(max_examples=300, derandomize=True)
@given(text=st.text("ab *_~`[]()!<>#-+=|:\n\t\\&;é“\u00a0/.'\"", max_size=40))
def test_both_say_the_same_of_any_text(text: str) -> None:
    assert parse(text, 0, UNSAFE) == parse(text, 0, UNSAFE, reference=True)


def real_pages(shared: Path) -> list[tuple[str, str, int]]:
    """Name, text and start of the body of each real page."""
    pages = []
    with tarfile.open(shared / "corpus" / "vitd-posts.tar.gz") as archive:
        for member in archive:
            if member.name.endswith(".md") and (file := archive.extractfile(member)) is not None:
                text = file.read().decode()
                front = re.match(r"\{.*?\n\}\n", text, re.DOTALL)
                pages.append((member.name, text, front.end() if front else 0))
    return pages


@pytest.mark.slow
def test_both_say_the_same_of_every_real_page_and_nearly_all_are_read_fast(shared: Path) -> None:
    pages = real_pages(shared)
    assert len(pages) > 1000
    slow = 0
    for name, text, start in pages:
        body = parse(text, start, UNSAFE)
        assert body == parse(text, start, UNSAFE, reference=True), name
        source, _ = visible_source(text, start, scan(text, start))
        slow += fast.find(source, start, UNSAFE) is None
    assert slow < len(pages) / 100

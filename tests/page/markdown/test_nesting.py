"""Raw tags pair up as the HTML standard says, quickly, whatever a page holds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitdlint.core.html import FOREIGN, FORMATTING, KNOWN, OPTIONAL_END, RAW_TEXT, VOID
from vitdlint.hugo.markup import Markup
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.page.markdown import elements
from vitdlint.page.markdown.body import Tag
from vitdlint.page.page import Page, Settings
from vitdlint.page.read import read_page
from vitdlint.rules import ALL


def tags(source: str) -> list[Tag]:
    """`div /b br/` stands for `<div></b><br/>`."""
    return [
        Tag(word.strip("/"), word.startswith("/"), word.endswith("/"), i, i + 1)
        for i, word in enumerate(source.split())
    ]


@pytest.mark.parametrize(
    ("source", "unclosed", "stray"),
    [
        ("div p /div", "", ""),
        ("ul li b /b li /ul", "", ""),
        ("table tr td b /table", "b", ""),
        ("div div /div", "div", ""),
        ("br img input hr wbr col", "", ""),
        ("svg path/ g circle/ /g /svg", "", ""),
        ("svg title /title style /style /svg", "", ""),
        ("math mi /mi mspace/ /math", "", ""),
        ("div/", "div", ""),
        ("b i /b /i", "i", ""),
        ("/span", "", "span"),
        ("/p /li /td /br", "", ""),
        ("script div b /script", "", ""),
        ("textarea b", "", ""),
        ("a a /a", "a", ""),
        ("svg g /svg /b", "g", "b"),
        ("my-tag /my-tag", "", ""),
    ],
)
def test_tags_pair_up(source: str, unclosed: str, stray: str) -> None:
    found = elements.nesting(tags(source))
    assert " ".join(item.tag.name for item in found.unclosed) == unclosed
    assert " ".join(tag.name for tag in found.stray) == stray


def test_an_element_closed_after_the_one_around_it_knows_both_end_tags() -> None:
    (item,) = elements.nesting(tags("b i /b /i")).unclosed
    assert (item.tag.name, item.closer and item.closer.name, item.late and item.late.name) == ("i", "b", "i")


def test_nothing_is_checked_after_an_element_that_swallows_the_rest() -> None:
    found = elements.nesting(tags("div /div title b /div"))
    assert found.swallowing is not None
    assert found.swallowing.name == "title"
    assert not found.unclosed
    assert not found.stray


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                "div",
                "/div",
                "b",
                "/b",
                "p",
                "/p",
                "br",
                "svg",
                "/svg",
                "path/",
                "script",
                "/script",
                "x-y",
                "/x-y",
                "a/",
                "li",
            ]
        )
    )
)
def test_the_quick_look_agrees_with_the_thorough_one(words: list[str]) -> None:
    found = tags(" ".join(words))
    assert elements.nesting(found) == elements._nesting(found)


def test_the_tables_of_elements_agree_with_each_other() -> None:
    assert VOID | OPTIONAL_END | RAW_TEXT | FORMATTING | FOREIGN <= KNOWN
    assert not VOID & (OPTIONAL_END | RAW_TEXT | FORMATTING | FOREIGN)
    assert not OPTIONAL_END & (RAW_TEXT | FORMATTING)


def test_the_seed_page_has_one_unclosed_element_and_no_other_trouble_with_html(shared: Path) -> None:
    (page,) = (shared / "seed").glob("*.md")
    report = lint(
        job_of({"content/posts/seed.md": page.read_text()}, {"select": ["VD2", "VD3"]}), here
    ).report
    assert [(d.name, d.place.line, d.place.column) for d in report.diagnostics] == [("unclosed-tag", 38, 1)]


HOSTILE = (
    "** a ",
    "**a",
    "__ a",
    "~~ a ",
    "[",
    "](",
    "](/a",
    "(a)[",
    "pp%20",
    "| a ",
    "| a | b |\n",
    "| a | b |\n\n",
    "|-",
    "|---|---|\n\n",
    "#\n",
    "## a  \nb\n\n",
    "## a" + " " * 200 + "b  \n",
    "- ",
    "* * * * a - - - ",
    "<a b=",
    "<p a=\n\n",
    "<div>",
    "</div>\n",
    "<b>",
    "<b></i>",
    "<!-- ",
    "-->\n",
    "<!-- <!-- -->\n\nx -->\n",
    "<div><!-- a\n\n",
    "Sixty were given it in winter. " * 20 + "\n\n",
    "*     Moe K, Ray T, Poe A\n",
    "> ```\n\n",
    "[a b][c d] ",
    "[ ](https://a.example ",
    "{{< toc >}}\n",
    "<svg>",
    '<a href="">x</a> ',
    "<x1>",
    "<x-y>",
    "</x-y>",
    "<title>a",
    "**A b c d\n\n",
    "<!doctype html>\n\n",
)


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_no_rule_about_a_page_takes_long_over_a_hostile_one(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    page = read_page("content/a.md", text.encode(), Settings(markup=Markup(unsafe=True)), None)
    for rule in ALL:
        if rule.on is Page and rule.code[:3] in ("VD2", "VD3"):
            start = time.process_time()
            for _ in rule.check(page, rule.options()):
                pass
            assert time.process_time() - start < 0.8, rule.name

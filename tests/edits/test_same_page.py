from __future__ import annotations

import pytest

from vitdlint.core.rule import AnyRule, Bad
from vitdlint.edits.fix import rewrite
from vitdlint.edits.same_page import Stretch, changed_besides, difference
from vitdlint.hugo.markup import Markup
from vitdlint.linter.examples import ALL, run
from vitdlint.page.page import Page, Settings
from vitdlint.page.read import read_page

PATH = "content/a.md"


def page(text: str, path: str = PATH) -> Page:
    return read_page(path, text.encode("utf-8", "surrogatepass"), Settings(markup=Markup(unsafe=True)), None)


def edited(text: str, old: str, new: str) -> str | None:
    at = text.index(old)
    after = text[:at] + new + text[at + len(old) :]
    return difference(page(text), page(after), [Stretch(at, at + len(old), len(new))], [])


TEXT = "---\ntitle: Sun\ntags: [a]\n---\n\n# One\n\nSome [link](/x/) and *text*.\n\n| a | b |\n| - | - |\n| c | d |\n\n## Two\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/x/", "/much/longer/"),
        ("*text*", "text"),
        (" d ", ""),
        ("title: Sun", "title: Moon"),
        ("# One\n", ""),
        ("## Two", "## Two\n\nMore.\n\n### Three"),
    ],
)
def test_an_edit_that_changes_only_what_it_touches_is_fine(old: str, new: str) -> None:
    assert edited(TEXT, old, new) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nSome", "\n<!--\nSome", "would be lost"),
        ("Some", "~~~\nSome", "would"),
        ("title: Sun", 'title: "Sun', "would be lost"),
        ("| - | - |\n", "", "would"),
        ("One\n", "One\n<!--", "would be lost"),
        ("tags: [a]\n---\n", "tags: [a]\n", "would be lost"),
    ],
)
def test_an_edit_that_changes_the_rest_of_the_page_is_told(old: str, new: str, said: str) -> None:
    why = edited(TEXT, old, new)
    assert why is not None
    assert said in why


FIXABLE = [
    (rule, number)
    for rule in ALL
    for number, case in enumerate(rule.examples)
    if isinstance(case, Bad) and case.fixed is not None
]


@pytest.mark.parametrize(("rule", "number"), FIXABLE, ids=lambda value: getattr(value, "name", value))
def test_no_fix_of_a_rules_examples_changes_more_than_it_means_to(rule: AnyRule, number: int) -> None:
    case = rule.examples[number]
    files = case.tree
    for found in run(rule, case).report.diagnostics:
        for path, after in rewrite([found], files.get, unsafe=True).texts.items():
            if path.endswith(".md"):
                assert changed_besides(page(files[path], path), page(after, path), [found]) is None


def test_many_edits_on_a_long_page_are_compared_in_a_moment() -> None:
    text = "A [link](/x/) here.\n\n" * 5_000
    edits = [Stretch(at, at + 3, 5) for at in range(9, len(text), 21)]
    assert difference(page(text), page(text.replace("/x/", "/yyy/")), edits, []) is None

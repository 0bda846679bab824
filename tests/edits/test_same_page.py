from __future__ import annotations

import pytest

from vitdlint.core.model import Diagnostic, PlacedEdit, PlacedFix, Severity
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
def test_an_edit_that_changes_the_rest_of_the_page_is_reported(old: str, new: str, said: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("**Lamps are bright. <!-- why -->** more", "<!-- why -->", ""),
        ("<a>[1]</a>: /moe/", "<a>[1]</a>", "[1]"),
        ("a `<b>` x `", "a `<b>`", "a `b"),
        ("* [x](/a/) and *y*", "* [x", "[x"),
        ("<x>\n*a*\n", "<x>", ""),
        ("## Dose {{< x >}} a", "Dose", "Doses"),
    ],
)
def test_a_safe_fix_that_has_the_text_around_it_read_otherwise_is_refused(
    text: str, old: str, new: str
) -> None:
    text += "\n"
    at = text.index(old)
    before, after = page(text), page(text.replace(old, new, 1))
    place = before.facts.place(at, at + len(old))
    fixes = [PlacedFix("Fix it", safe, (PlacedEdit(place, new),), reshapes) for safe, reshapes in FLAGS]
    found = [Diagnostic(place, "VD000", "x", Severity.ERROR, "", fix=fix) for fix in fixes]
    why = [changed_besides(before, after, [one]) for one in found]
    assert why[0] is not None
    assert why[1] is None, "an unsafe fix may"
    assert why[2] is None or "anchor" in why[2], "and one that is there to do so"


FLAGS = ((True, False), (False, False), (True, True))
"""Safe or not, reshapes or not."""


def test_the_target_in_a_definition_may_change() -> None:
    text = "[x][1] ![x][1]\n\nMore.\n\n[1]: /old/\n"
    at = text.index("/old/")
    edit = Stretch(at, at + 5, 5)
    assert difference(page(text), page(text.replace("/old/", "/new/")), [edit], []) is None


def test_many_edits_on_a_long_page_are_compared_in_a_moment() -> None:
    text = "A [link](/x/) here.\n\n" * 5_000
    edits = [Stretch(at, at + 3, 5) for at in range(9, len(text), 21)]
    assert difference(page(text), page(text.replace("/x/", "/yyy/")), edits, []) is None

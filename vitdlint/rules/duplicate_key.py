"""A key of the front matter appears twice.

In JSON Hugo silently takes the last one, and the value of the first one is lost; in YAML and TOML the build fails.
Hugo compares keys without case, so `Title` and `title` are one key too: the spelling with a capital wins.

Keep one of them. If both have the same value, the fix removes one. If the values differ, the fix keeps the one that
Hugo takes; it is unsafe then, because only you know which one was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.model import Edit, Finding, Fix, Related
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.block import Place, Pointer, Problem
from ..frontmatter.places import all_places
from ..frontmatter.write import removal
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Each repeated key, at its later place."""
    if not any(problem.kind == "duplicate-key" for problem in page.front.problems):
        return
    places = {place.key_start: (pointer, place) for pointer, place in all_places(page.front)}
    for problem in page.front.problems:
        if problem.kind == "duplicate-key":
            yield Finding(
                page.span(problem.start, problem.end),
                problem.message,
                help=problem.help,
                fix=_fix(page, problem, places),
                related=(Related(page.span(problem.first_start, problem.first_end), "first used here"),),
                builds=page.front.kind == "json" or _is_other_spelling(page.text, problem),
            )


def _is_other_spelling(text: str, problem: Problem) -> bool:
    key, first = text[problem.start : problem.end], text[problem.first_start : problem.first_end]
    return key.strip("\"'") != first.strip("\"'")


def _fix(page: Page, problem: Problem, places: Mapping[int, tuple[Pointer, Place]]) -> Fix | None:
    """Remove the one that Hugo does not take; in YAML and TOML, where it takes neither, only one of two equals."""
    if problem.first_start not in places or problem.start not in places:
        return None
    (old, first), (new, second) = places[problem.first_start], places[problem.start]
    equal = page.text[first.start : first.end] == page.text[second.start : second.end]
    # Of two spellings the one with a capital wins, of two equal ones the last.
    loser = (new, second) if old[-1] != new[-1] and new[-1] == str(new[-1]).lower() else (old, first)
    if not equal and page.front.kind != "json" and old[-1] == new[-1]:
        return None
    cut = removal(page.front, *loser)
    if cut is None:
        return None
    edit = Edit(page.span(cut[0], cut[1]), cut[2])
    return Fix(f'Remove the "{loser[0][-1]}" that Hugo does not use', (edit,), safe=equal)


RULE = Rule(
    "VD103",
    "duplicate-key",
    on=Page,
    check=check,
    fails_build=True,
    examples=(
        Good('{"title": "Sun", "params": {"title": "Sun"}}\nText\n'),
        Bad(
            '{\n  "title": "Sun",\n  "slug": "sun",\n  "title": "Sun"\n}\nText\n',
            at=["4:3-4:10"],
            fixed='{\n  "slug": "sun",\n  "title": "Sun"\n}\nText\n',
        ),
        Bad(
            '{"slug": "a", "title": "Sun", "slug": "b"}\nText\n',
            at=["1:31-1:37"],
            fixed='{"title": "Sun", "slug": "b"}\nText\n',
            unsafe=True,
        ),
        Bad("---\ntitle: Sun\ntitle: Sun\n---\nText\n", at=["3:1-3:6"], fixed="---\ntitle: Sun\n---\nText\n"),
        Bad("---\ntitle: Sun\ntitle: Moon\n---\nText\n", at=["3:1-3:6"]),
        Bad(
            '+++\ntitle = "Sun"\nTitle = "Moon"\n+++\nText\n',
            at=["3:1-3:6"],
            fixed='+++\nTitle = "Moon"\n+++\nText\n',
            unsafe=True,
        ),
    ),
)

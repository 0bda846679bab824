"""A place is found again after any fixes."""

from __future__ import annotations

import random

from vitdlint.core.model import Diagnostic, Place, PlacedEdit, PlacedFix, Severity
from vitdlint.edits.fix import rewrite
from vitdlint.edits.follow import followed


def place(start: int, end: int) -> Place:
    return Place("a.md", start, end, 1, start + 1, 1, end + 1)


def fix(start: int, end: int, text: str) -> Diagnostic:
    edits = (PlacedEdit(place(start, end), text),)
    return Diagnostic(place(start, end), "X1", "x", Severity.ERROR, "m", None, PlacedFix("t", True, edits))


def test_a_word_that_no_fix_touches_is_where_it_is_said_to_be() -> None:
    for seed in range(2000):
        chance = random.Random(seed)
        text = "".join(chance.choices("abcdef \n", k=40))
        at = chance.randrange(len(text))
        text = f"{text[:at]}<word>{text[at:]}"
        here, rounds = place(at, at + 6), []
        for _ in range(chance.randrange(4)):
            begin = text.index("<word>")
            fixes = []
            for _ in range(5):
                low = chance.randrange(len(text))
                high = min(len(text), low + chance.randrange(6))
                if high <= begin or low >= begin + 6:
                    fixes.append(fix(low, high, "".join(chance.choices("xyz", k=chance.randrange(5)))))
            step = rewrite(fixes, {"a.md": text}.get, unsafe=False)
            if not step.applied:
                break
            rounds.append(step.applied)
            text = step.texts["a.md"]
        start, end = followed(here, rounds)
        assert text[start:end] == "<word>", seed


def test_what_is_within_a_replaced_stretch_has_become_all_of_it() -> None:
    assert followed(place(4, 6), [[fix(2, 8, "longer text")]]) == (2, 13)
    assert followed(place(2, 8), [[fix(4, 6, "")]]) == (2, 6)

from __future__ import annotations

from itertools import permutations

from vitdlint.core.model import Diagnostic, Place, Severity


def test_findings_that_differ_have_one_order_wherever_they_begin() -> None:
    first = Diagnostic(Place("a.md", 5, 9, 2, 1, 2, 5), "VD206", "literal-markup", Severity.WARNING, "text")
    longer = first._replace(place=first.place._replace(end=12, end_column=8))
    helped = first._replace(help="write it")
    for some in permutations((first, longer, helped)):
        assert sorted(some, key=lambda diagnostic: diagnostic.order) == [first, helped, longer]

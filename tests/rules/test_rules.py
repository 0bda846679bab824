"""Every example of every rule, through the whole engine; and what a rule's module promises."""

from __future__ import annotations

import re

import pytest
from support.examples import fixed, places, run

from vitdlint.core.options import documented
from vitdlint.core.rule import PAGE, AnyRule, Bad, Good
from vitdlint.rules import ALL

CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{i}") for rule in ALL for i, case in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_speaks_exactly_where_its_example_says(rule: AnyRule, case: Good) -> None:
    outcome = run(rule, case)
    assert not outcome.report.crashed, outcome.report.diagnostics
    found = outcome.report.diagnostics
    expected = list(case.at) if isinstance(case, Bad) else []
    assert len(found) == len(expected), found
    for place, short, wanted in zip(
        places(found), places(found, ends=False), sorted_as(expected), strict=True
    ):
        assert wanted in (place, short), [
            (place, d.message) for place, d in zip(places(found), found, strict=True)
        ]
    assert {d.code for d in found} <= {rule.code}
    for d in found:  # a help follows "help:", as a clause of its line
        assert not re.match(r"(?!(?:Hugo|Markdown)\b)[A-Z][a-z]|.*\.\Z", d.help or "", re.DOTALL), d.help


@pytest.mark.parametrize(
    ("rule", "case"), [c for c in CASES if getattr(c.values[1], "fixed", None) is not None]
)
def test_a_fix_gives_the_text_that_the_example_says_and_is_stable(rule: AnyRule, case: Bad) -> None:
    files = case.tree
    outcome = run(rule, case)
    assert {d.fix.safe for d in outcome.report.diagnostics if d.fix} == {not case.unsafe}
    for _ in range(8):
        after = fixed(outcome, files, unsafe=case.unsafe)
        if after == files:
            break
        files = after
        outcome = run(rule, case, files)
    expected = {PAGE: case.fixed} if isinstance(case.fixed, str) else dict(case.fixed or {})
    assert {path: files[path] for path in expected} == expected
    assert {p for p in files if files[p] != case.tree[p]} <= set(expected)
    assert [d for d in outcome.report.diagnostics if d.fix] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in ALL])
def test_a_rule_keeps_its_contract(rule: AnyRule) -> None:
    assert re.fullmatch(r"VD\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)
    assert rule.check.__module__ == f"vitdlint.rules.{rule.name.replace('-', '_')}"
    assert re.fullmatch(r"[A-Z`].*[^.]\.", rule.summary), rule.summary
    assert len(rule.summary) <= 100
    assert len(rule.manual.splitlines()) >= 4, "the manual says what, why and how to mend"
    assert any(not isinstance(e, Bad) for e in rule.examples)
    assert any(isinstance(e, Bad) for e in rule.examples) or rule.name in ("rule-crashed", "expired-ignore")
    for option in documented(rule.options):
        assert option.doc, f"the option {option.name} has no documentation"


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in ALL]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in ALL}) == len(ALL)


def sorted_as(at: list[str]) -> list[str]:
    """Expected places in the order of a report."""

    def key(place: str) -> tuple[str, int, int]:
        found = re.fullmatch(r"(?:(.*):)?(\d+):(\d+)(?:-\d+:\d+)?", place)
        assert found, place
        return (found[1] or PAGE, int(found[2]), int(found[3]))

    return sorted(at, key=key)

"""Every example of every rule, through the whole engine; and what a rule's module promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from support.paths import ROOT

from vitdlint.core.options import documented
from vitdlint.core.rule import AnyRule, Bad, Good
from vitdlint.linter.examples import failures, run
from vitdlint.rules import ALL

CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{i}") for rule in ALL for i, case in enumerate(rule.examples)
]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in ALL])
def test_the_examples_of_a_rule_hold(rule: AnyRule) -> None:
    assert list(failures(rule)) == []


@pytest.mark.slow
def test_the_examples_hold_with_the_python_of_the_system() -> None:
    """Of the same series it can use the same packages; Debian's is older, and its errors are others."""
    other = f"/usr/bin/python3.{sys.version_info.minor}"
    if not os.path.exists(other) or os.path.samefile(other, sys.executable):
        pytest.skip(f"there is no {other}, or it runs this test")
    code = (
        "from vitdlint.linter.examples import failures; from vitdlint.rules import ALL\n"
        "print(*(line for rule in ALL for line in failures(rule)), sep='\\n')"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    done = subprocess.run([other, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_help_follows_as_a_clause(rule: AnyRule, case: Good) -> None:
    found = run(rule, case).report.diagnostics
    assert {d.code for d in found} <= {rule.code}
    for d in found:
        assert not re.match(r"(?!(?:Hugo|Markdown)\b)[A-Z][a-z]|.*\.\Z", d.help or "", re.DOTALL), d.help


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in ALL])
def test_a_rule_keeps_its_contract(rule: AnyRule) -> None:
    assert re.fullmatch(r"VD\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)
    assert rule.check.__module__ == f"vitdlint.rules.{rule.name.replace('-', '_')}"
    assert re.fullmatch(r"[A-Z`].*[^.]\.", rule.summary), rule.summary
    assert len(rule.summary) <= 100
    assert len(rule.manual.splitlines()) >= 4, "the manual says what, why and how to fix it"
    assert any(not isinstance(e, Bad) for e in rule.examples)
    assert any(isinstance(e, Bad) for e in rule.examples) or rule.name in ("rule-crashed", "expired-ignore")
    for option in documented(rule.options):
        assert option.doc, f"the option {option.name} has no documentation"


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in ALL]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in ALL}) == len(ALL)

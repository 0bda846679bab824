"""The mark `fails_build` and the real Hugo: findings with it stop a build, those of other rules do not."""

from __future__ import annotations

import pytest
from support.hugo_build import build

from vitdlint.core.model import Severity
from vitdlint.core.rule import AnyRule, Bad, Good
from vitdlint.external import Web
from vitdlint.linter.causes import causes
from vitdlint.linter.examples import HUGO, NOW, run
from vitdlint.rules import ALL
from vitdlint.site.compared import Compared

MARKED = [
    pytest.param(rule, case, id=f"{rule.name}-{i}")
    for rule in ALL
    if rule.fails_build
    for i, case in enumerate(rule.examples)
    if isinstance(case, Bad) and ".hugo-version" not in case.tree and "../" not in str(case.tree)
]
"""Without examples for other versions of Hugo, and of sites that are not there as a whole."""
OTHERS = [
    pytest.param(rule, id=rule.name)
    for rule in ALL
    if not rule.fails_build and rule.severity is Severity.ERROR and rule.on not in (Web, Compared)
]


def builds(case: Good) -> bool:
    tree = case.tree
    if not any(path.startswith("hugo.") for path in tree):
        tree = {"hugo.toml": HUGO, **tree}
    return build(tree, pages=False, clock=NOW.isoformat()).code == 0


@pytest.mark.parametrize(("rule", "case"), MARKED)
def test_hugo_builds_an_example_unless_a_finding_stops_it(rule: AnyRule, case: Bad) -> None:
    stops = any(cause.stops for cause in causes(run(rule, case).report))
    assert builds(case) is not stops


@pytest.mark.parametrize("rule", OTHERS)
def test_hugo_builds_an_example_of_a_rule_without_the_mark(rule: AnyRule) -> None:
    bad = [case for case in rule.examples if isinstance(case, Bad)]
    assert not bad or any(map(builds, bad))

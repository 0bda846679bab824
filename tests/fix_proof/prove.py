"""Fix a copy of a site, build it before and after with Hugo, and report what the fixes broke."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from support.hugo_build import CLOCK

from . import stage as staging
from .compare import Violation, compare, new_findings
from .fixes import Applied, Fixed, fix
from .known import known
from .served import Served


class Proof(NamedTuple):
    """What the fixes of one site did."""

    applied: Counter[str]
    """Fixes by rule."""
    compared: Counter[str]
    """Those of them on a page that both builds show."""
    violations: tuple[Violation, ...]
    notes: tuple[str, ...]
    """What the build needed."""
    fixed: Fixed


def prove(site: Path, work: Path, *, unsafe: bool = False, clock: str = CLOCK) -> Proof:
    """Fix and build copies of a site below an empty folder."""
    fixing, stage = staging.copy(site, work / "fixed"), staging.copy(site, work / "stage")
    own = _own_hosts(site)
    first, notes = staging.build_with_stubs(stage, work / "before", clock)
    fixed = fix(fixing, unsafe=unsafe, clock=clock)
    fixes_of = _by_source(fixed.applied)
    violations: list[Violation] = []
    for path in (path for path in fixed.files if (stage / path).exists()):
        shutil.copyfile(fixing / path, stage / path)
    before = Served(first.public, own)
    _relative(before, stage)
    try:
        second = staging.build(stage, work / "after", clock)
    except staging.CannotBuildError as error:
        violations.append(Violation("build fails", "", "(the site)", "it builds", str(error), fixed.applied))
        compared: Counter[str] = Counter()
    else:
        after = Served(second.public, own)
        _relative(after, stage)
        violations += compare(before, after, fixes_of)
        notes += [f"{file}: claimed twice, so not compared" for file in sorted(after.unsure)]
        violations += [
            Violation("new warning", "", "(the site)", "nothing", warning)
            for warning in sorted(second.warnings - first.warnings)
            if "Raw HTML omitted" not in warning  # that is what the rule raw-html-dropped is for
        ]
        built = {head["source"] for file, head in after.heads.items() if file not in after.unsure}
        compared = Counter(d.rule for d in fixed.applied if d.paths & built)
    violations += new_findings(fixed.before, fixed.after, fixes_of)
    violations += _settled(fixing, fixed, unsafe=unsafe, clock=clock)
    applied = Counter(d.rule for d in fixed.applied)
    return Proof(applied, compared, tuple(violations), tuple(notes), fixed)


def _settled(site: Path, fixed: Fixed, *, unsafe: bool, clock: str) -> Iterable[Violation]:
    """A second run changes nothing, and reports what the first did."""
    if not fixed.applied:
        return
    again = fix(site, unsafe=unsafe, clock=clock)
    for path in sorted(again.files):
        fixes = tuple(d for d in again.applied if path in d.paths)
        yield Violation("the second --fix changes", path, path, "fixed", "fixed again", fixes)
    if not fixed.settled:
        yield Violation("not settled", "", "(the site)", "", "fixes undo each other", fixed.applied)
    if not again.files and again.before.diagnostics != fixed.after.diagnostics:
        unlike = sorted(map(str, {*again.before.diagnostics} ^ {*fixed.after.diagnostics}))
        yield Violation("report after --fix differs", "", "(the site)", "", "\n".join(unlike[:3]))


def _by_source(applied: Iterable[Applied]) -> dict[str, tuple[Applied, ...]]:
    found: dict[str, tuple[Applied, ...]] = {}
    for done in applied:
        for path in done.paths:
            found[path] = (*found.get(path, ()), done)
    return found


def _relative(served: Served, stage: Path) -> None:
    """Name sources from the site's root, as vitdlint does."""
    for head in served.heads.values():
        head["source"] = head["source"].removeprefix(f"{stage}/")


def _own_hosts(site: Path) -> list[str]:
    """Further base URLs of the site, by its configuration."""
    file = site / "vitdlint.toml"
    found = tomllib.loads(file.read_text("utf-8")).get("base-urls", []) if file.exists() else []
    return [url for url in found if "//" in url]


def report(name: str, proof: Proof) -> str:
    """What was fixed, and what was broken, for people."""
    lines = [
        f"{name}: {sum(proof.applied.values()):,} fixes applied, {sum(proof.compared.values()):,} compared"
    ]
    lines += [f"  note: {note}" for note in proof.notes]
    for rule, count in proof.applied.most_common():
        lines.append(f"  {count:6,} applied {proof.compared[rule]:6,} compared  {rule}")
    for violation in proof.violations:
        fault = known(violation)
        lines += [str(violation), *([f"    known:  {fault.site}"] if fault else [])]
    lines.append(f"{name}: {len(proof.violations):,} violations")
    return "\n".join(lines)

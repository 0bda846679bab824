"""No safe fix makes a living thing worse: the law on real content, examples, and generated sites, judged by Hugo."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from support.run import write

from fix_proof import allowed, stage
from fix_proof.__main__ import main
from fix_proof.compare import Violation
from fix_proof.fixes import STATE, Applied, Fixed, fix
from fix_proof.known import UNFIXED, known
from fix_proof.lost_fixes import RECORDED, lost
from fix_proof.prove import prove
from fix_proof.random_sites import site as random_site
from vitdlint.core.model import Report
from vitdlint.core.rule import AnyRule, Bad
from vitdlint.external.state import HEADER
from vitdlint.linter.examples import HUGO
from vitdlint.rules import ALL

SITES = {p.stem: p for p in sorted((Path(__file__).parent / "sites").glob("*.txtar"))}
SEEDS = range(16)
EXAMPLES = [
    pytest.param(rule, case, id=f"{rule.name}-{number}")
    for rule in ALL
    for number, case in enumerate(rule.examples)
    if isinstance(case, Bad) and case.fixed is not None
]
LINK_LAWS = {"link leads elsewhere", "fragment lost", "build fails"}
LOST: Mapping[str, tuple[int, str]] = {
    "empty-href": (
        1,
        "the text after the link is the rest of a broken tag, which Hugo would then read otherwise",
    ),
    "prose-link": (2, "the wiki that made the link says that it names a page, so it is for dead-link"),
}
"""Rule -> how many safe fixes of the corpus are not made any more, and why that is right."""


def unpacked(name: str) -> dict[str, str]:
    """The files of a site in `sites/`: each after a line `-- path --`."""
    parts = re.split(r"(?m)^-- (.+) --\n", SITES[name].read_bytes().decode())
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def example_site(rule: AnyRule, case: Bad) -> dict[str, str]:
    """A rule's example as a whole site."""
    files = {} if any(p.startswith(("hugo.", "config")) for p in case.tree) else {"hugo.toml": HUGO}
    settings = {"extend-select": [rule.name], **case.settings}
    if case.options:
        settings["rules"] = {rule.name: dict(case.options)}
    files["vitdlint.toml"] = "".join(f"{key} = {toml(value)}\n" for key, value in settings.items())
    if case.web:
        files[STATE] = HEADER + "".join(f"{url} {rest}\n" for url, rest in sorted(case.web.items()))
    return {**files, **case.tree}


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list | tuple) else json.dumps(value)


def listed(violations: list[Violation]) -> str:
    return "\n".join(map(str, violations))


def unknown(violations: tuple[Violation, ...]) -> list[Violation]:
    return [violation for violation in violations if known(violation) is None]


PAGE = """---
title: Bright lamp
aliases: [/old/]
tags: [light]
---
Bright words, [b](/b/), [part](/b/#dose), [file](/sun.png), [far](https://other.example/a) and ![sun](/sun.png).

## Lamp
"""
WRONG_FIXES = [
    ("[b](/b/)", "[b](/)", "link leads elsewhere"),
    ("[b](/b/)", "b", "link leads elsewhere"),
    ("[b](/b/)", "[b](/b/#nothing)", "fragment lost"),
    ("[part](/b/#dose)", "[part](/b/)", "fragment lost"),
    ("[file](/sun.png)", "[file](/moon.png)", "link leads elsewhere"),
    ("https://other.example/a", "https://other.example/b", "external URL changed"),
    ("https://other.example/a", "https://foreign.example/a", "link leads elsewhere"),
    ("![sun](/sun.png)", "sun", "image lost"),
    ("Bright words", "Words", "text lost"),
    ("title: Bright lamp", "title: Lamp", "title loses text"),
    ("## Lamp", "## Light", "heading id lost"),
    ("aliases: [/old/]\n", "", "alias lost"),
    ("tags: [light]", "tags: [lamp]", "term lost"),
    ("title: Bright lamp", "title: Bright lamp\nslug: c", "page lost"),
    ("title: Bright lamp", "title: Bright lamp\ndate: today", "build fails"),
]


@pytest.mark.parametrize(("old", "new", "law"), WRONG_FIXES)
def test_a_wrong_fix_is_seen(
    old: str, new: str, law: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong_fix(site: Path, **_: Any) -> Fixed:
        page = site / "content" / "a.md"
        before = page.read_text()
        page.write_text(before.replace(old, new))
        changed = frozenset({"content/a.md"} if before != page.read_text() else ())
        done = (Applied("some-rule", "Mend it", changed, 1, old),) if changed else ()
        return Fixed(Report((), 2), Report((), 2), done, changed, (), settled=True, messages="")

    monkeypatch.setattr("fix_proof.prove.fix", wrong_fix)
    tree = {"content/a.md": PAGE, "content/b.md": "## Dose\n", "static/sun.png": "x"}
    proof = prove(
        write(tmp_path / "site", {"hugo.toml": 'baseURL = "https://site.example/"\n', **tree}), tmp_path
    )
    assert law in {violation.law for violation in proof.violations}


@pytest.mark.parametrize("name", SITES)
def test_a_site_that_once_was_made_worse_is_not(name: str, tmp_path: Path) -> None:
    """A site of a fault that nobody has fixed yet breaks exactly the laws that `known.py` names."""
    proof = prove(write(tmp_path / "site", unpacked(name)), tmp_path)
    marked = [set(fault.laws) for fault in UNFIXED if fault.site == name]
    broken = {violation.law for violation in proof.violations}
    assert broken <= set().union(*marked), listed(list(proof.violations))
    assert broken or not marked, f"{name} is fixed: take it out of UNFIXED"


def test_every_fault_that_is_not_fixed_has_a_site() -> None:
    assert {fault.site for fault in UNFIXED} <= SITES.keys()


@pytest.mark.parametrize(("rule", "case"), EXAMPLES)
def test_no_safe_fix_of_a_rules_example_makes_anything_worse(
    rule: AnyRule, case: Bad, tmp_path: Path
) -> None:
    proof = prove(write(tmp_path / "site", example_site(rule, case)), tmp_path)
    assert case.unsafe or proof.applied
    assert (found := unknown(proof.violations)) == [], listed(found)


@pytest.mark.parametrize(("rule", "case"), [p for p in EXAMPLES if p.values[1].unsafe])
def test_no_unsafe_fix_of_a_rules_example_touches_another_link(
    rule: AnyRule, case: Bad, tmp_path: Path
) -> None:
    tree = example_site(rule, case)
    proof = prove(write(tmp_path / "site", tree), tmp_path, unsafe=True)
    assert proof.applied[rule.name]
    touched = " ".join(one.source for one in proof.fixed.applied)
    others = [v for v in unknown(proof.violations) if v.law in LINK_LAWS and not is_about(v, touched)]
    assert others == [], listed(others)


def is_about(violation: Violation, source: str) -> bool:
    """Whether the link that is worse stands in the lines that were fixed."""
    href = re.search(r"'([^']*)'", violation.before)
    return href is not None and href[1] in source


@pytest.mark.parametrize(
    "name", [p.name for p in sorted((ROOT / "examples").iterdir()) if (p / "content").is_dir()]
)
def test_no_safe_fix_of_an_example_site_makes_anything_worse(name: str, tmp_path: Path) -> None:
    proof = prove(ROOT / "examples" / name, tmp_path)
    assert (found := unknown(proof.violations)) == [], listed(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_safe_fix_makes_anything_worse_where_all_defects_meet(seed: int, tmp_path: Path) -> None:
    proof = prove(write(tmp_path / "site", random_site(seed)), tmp_path)
    assert proof.compared.total() > 0.7 * proof.applied.total()
    assert (found := unknown(proof.violations)) == [], listed(found)


def test_the_generated_sites_have_every_defect_that_a_safe_fix_is_for(tmp_path: Path) -> None:
    fixed = {
        one.rule for seed in SEEDS for one in fix(write(tmp_path / str(seed), random_site(seed))).applied
    }
    # The brackets that dead-link restores become links beside other pieces: its examples prove that fix.
    assert {rule.name for rule in ALL if rule.fixable == "safe"} - fixed == {"dead-link"}


@pytest.mark.slow
def test_no_safe_fix_of_real_content_makes_anything_worse_or_is_lost(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "corpus" / "vitd-posts.tar.gz") as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    site = next((tmp_path / "unpacked").rglob("hugo.toml")).parent
    proof = prove(site, tmp_path)
    assert (found := unknown(proof.violations)) == [], listed(found)
    assert proof.compared == proof.applied
    gone: dict[str, list[str]] = {}
    for rule, why in lost(proof.fixed, json.loads(RECORDED.read_text())):
        gone.setdefault(rule, []).append(why)
    unexplained = {rule: whys for rule, whys in gone.items() if len(whys) != LOST.get(rule, (0, ""))[0]}
    assert unexplained == {}, json.dumps(unexplained, indent=1, ensure_ascii=False)


def test_a_site_that_takes_hugo_too_long_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write(tmp_path, {"hugo.toml": HUGO, "content/a.md": "---\ntitle: A\n---\nText.\n"})
    monkeypatch.setattr(stage, "LONGEST", 0.001)
    monkeypatch.setattr("sys.argv", ["fix-proof", str(site)])
    assert main() == 3
    assert capsys.readouterr().out == f"{site}: Hugo takes longer than 0.001 seconds to build it\n"


def test_what_is_allowed_is_allowed_to_rules_that_exist() -> None:
    named = {rule for name, table in vars(allowed).items() if name.startswith("MA") for rule in table}
    assert named <= {rule.name for rule in ALL if rule.fixable == "safe"}

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from vitdlint.core.model import Diagnostic, Report, Severity
from vitdlint.linter.baseline import BaselineError, match, read, taken, unchecked, written
from vitdlint.linter.fingerprint import LONG, fingerprint
from vitdlint.page.page import place
from vitdlint.page.read import line_starts

A, B = "content/posts/a.md", "content/posts/b.md"


def report(texts: dict[str, str], *wanted: tuple[str, str, str], message: str = "wrong") -> Report:
    """A finding of a rule at every occurrence of a text in a page."""
    found = []
    for path, rule, stretch in wanted:
        text, at = texts[path], -1
        while (at := text.find(stretch, at + 1)) >= 0:
            where = place(path, line_starts(text), at, at + len(stretch))
            found.append(Diagnostic(where, "VD601", rule, Severity.ERROR, message))
    return Report(tuple(sorted(found, key=lambda d: d.order)), len(texts))


TEXTS = {A: "see [x](/old/) and [y](/gone/)\n", B: "see [x](/old/)\n"}
WANTED = ((A, "dead-link", "/old/"), (A, "dead-link", "/gone/"), (B, "dead-link", "/old/"))


def test_what_the_baseline_has_is_not_reported_again() -> None:
    now = report(TEXTS, *WANTED)
    matched = match(now, taken(now, TEXTS.get), TEXTS.get)
    assert matched.report.diagnostics == ()
    assert matched.known == 3
    assert matched.fixed == 0
    assert matched.notes == ("3 baselined findings ignored",)
    assert match(now, {}, TEXTS.get).notes == ()


def test_a_finding_is_recognised_after_its_lines_moved_and_its_spaces_changed() -> None:
    before = {A: "one two\nthree\n"}
    known = taken(report(before, (A, "split", "two\nthree")), before.get)
    now = {A: "new first line\n\none two  three\n"}
    assert match(report(now, (A, "split", "two  three")), known, now.get).report.diagnostics == ()


def test_one_more_of_the_same_is_new_and_it_is_the_last() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    texts = {**TEXTS, B: "see [x](/old/)\nand [again](/old/)\n"}
    new = match(report(texts, *WANTED), known, texts.get).report.diagnostics
    assert [(d.place.path, d.place.line) for d in new] == [(B, 2)]


def test_another_rule_at_a_known_place_is_new() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    new = match(report(TEXTS, (A, "self-link", "/old/")), known, TEXTS.get).report.diagnostics
    assert [d.name for d in new] == ["self-link"]


def test_a_renamed_file_keeps_its_baselined_findings() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    moved = "content/posts/c.md"
    texts = {A: TEXTS[A], moved: TEXTS[B]}
    now = report(texts, *WANTED[:2], (moved, "dead-link", "/old/"))
    assert len(match(now, known, texts.get).report.diagnostics) == 1
    matched = match(now, known, texts.get, renamed={B: moved})
    assert matched.report.diagnostics == ()
    assert matched.fixed == 0


def test_what_was_fixed_is_reported_and_an_update_drops_it() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    texts = {A: "see [y](/gone/)\n", B: "all well\n"}
    now = report(texts, *WANTED)
    matched = match(now, known, texts.get)
    assert matched.fixed == 2
    assert matched.notes[1] == "2 findings of the baseline are fixed; remove them with --update-baseline"
    assert taken(now, texts.get) == {A: {"dead-link": {"/gone/": 1}}}


def test_pages_that_this_run_does_not_report_on_are_not_called_fixed() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    matched = match(report(TEXTS, *WANTED[:2]), known, TEXTS.get, checked=lambda path, _: path == A)
    assert matched.fixed == 0


def test_an_update_by_a_run_over_some_pages_keeps_what_is_known_of_the_others() -> None:
    known = taken(report(TEXTS, *WANTED), TEXTS.get)
    some = report({**TEXTS, A: "all well\n"}, (A, "dead-link", "/old/"))
    rest = unchecked(known, lambda path, _: path == A)
    assert taken(some, TEXTS.get, rest) == {B: {"dead-link": {"/old/": 1}}}
    assert unchecked(known, lambda _, rule: rule != "dead-link") == known


def test_a_crashed_rule_is_never_known() -> None:
    now = report(TEXTS, (A, "rule-crashed", "/old/"))
    assert taken(now, TEXTS.get) == {}
    assert match(now, {A: {"rule-crashed": {"/old/": 9}}}, TEXTS.get).known == 0


def test_two_things_missing_at_one_brace_are_two_findings() -> None:
    texts = {A: "{}"}
    where = place(A, line_starts(texts[A]), 0, 1)

    def missing(key: str) -> Diagnostic:
        return Diagnostic(where, "VD104", "front-matter-schema", Severity.ERROR, f'"{key}" is required')

    assert fingerprint(missing("date"), texts[A]) != fingerprint(missing("slug"), texts[A])


def test_long_stretches_are_cut_and_still_differ() -> None:
    texts = {A: "a" * 1000 + "1" + "\n" + "a" * 1000 + "2"}
    one, two = (
        fingerprint(
            Diagnostic(place(A, line_starts(texts[A]), start, start + 1001), "VD1", "x", Severity.ERROR, "m"),
            texts[A],
        )
        for start in (0, 1002)
    )
    assert one != two
    assert len(one) < LONG


def test_the_file_is_read_as_it_was_written() -> None:
    texts = {A: 'see "quoted \x1b\u202e \ud800 ü" text\n'}
    known = taken(report(texts, (A, "x", '"quoted \x1b\u202e \ud800 ü"')), texts.get)
    text = written(known)
    assert text.isascii()
    assert read(text, "b.json") == known
    assert written(read(text, "b.json")) == text


def test_additions_of_two_branches_merge(tmp_path: Path) -> None:
    def baseline(*pages: str) -> str:
        return written({page: {"dead-link": {"/old/": 1}} for page in pages})

    for name, pages in (("base", "ckp"), ("ours", "ackp"), ("theirs", "ckpz")):
        (tmp_path / name).write_text(baseline(*(f"content/{page}.md" for page in pages)))
    subprocess.run(["git", "merge-file", "ours", "base", "theirs"], cwd=tmp_path, check=True)
    merged = read((tmp_path / "ours").read_text(), "ours")
    assert sorted(merged) == [f"content/{page}.md" for page in "ackpz"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("<<<<<<< HEAD\n{}", "merge conflict"),
        ("[]", "not a baseline of version 1"),
        ('{"version": 2}', "not a baseline of version 1"),
        ('{"version": 1}', "must map pages"),
        ('{"version": 1, "findings": {"a": {"b": {"c": -1}}}}', "must map pages"),
        ('{"version": 1, "findings": {"a": {"b": {"c": true}}}}', "must map pages"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error_with_its_name(text: str, said: str) -> None:
    with pytest.raises(BaselineError, match=said) as caught:
        read(text, "known.json")
    assert str(caught.value).startswith("known.json")


def test_twenty_thousand_findings_are_matched_in_a_moment() -> None:
    texts = {f"content/{n}.md": "x [y](/old/)\n" * 20 for n in range(1000)}
    now = report(texts, *((path, "dead-link", "/old/") for path in texts))
    known = read(written(taken(now, texts.get)), "b.json")
    assert match(now, known, texts.get).known == 20_000
    assert len(json.loads(written(known))["findings"]) == 1000

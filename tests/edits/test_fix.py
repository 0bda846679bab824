from __future__ import annotations

import itertools
import random
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitdlint.core.model import Diagnostic, PlacedEdit, PlacedFix, Report, Severity
from vitdlint.edits.fix import ROUNDS, apply_fixes, diff, rewrite
from vitdlint.edits.patch import quoted
from vitdlint.page.page import place
from vitdlint.page.read import line_starts

A, B, C = "content/a.md", "content/b.md", "content/c.md"


def finding(
    texts: Mapping[str, str], *edits: tuple[str, int, int, str], safe: bool = True, code: str = "VD401"
) -> Diagnostic:
    placed = tuple(
        PlacedEdit(place(path, line_starts(texts[path]), start, end), text)
        for path, start, end, text in edits
    )
    return Diagnostic(
        placed[0].place,
        code,
        "x",
        Severity.ERROR,
        f"apply_fixes {edits}",
        None,
        PlacedFix("Mend it", safe, placed),
    )


def replacer(old: str, new: str, *, safe: bool = True, texts: Mapping[str, str]):
    """A linter with one rule: `old` is to be `new`."""

    def lint(overlay: Mapping[str, str]) -> Report:
        now = {**texts, **overlay}
        found = [
            finding(now, (path, match.start(), match.end(), new), safe=safe)
            for path in sorted(now)
            for match in re.finditer(re.escape(old), now[path])
        ]
        return Report(tuple(found), len(now))

    return lint


def test_fixes_apply_at_their_places() -> None:
    texts = {A: "one two three\n"}
    step = rewrite([finding(texts, (A, 0, 3, "1")), finding(texts, (A, 8, 13, "3"))], texts.get, unsafe=False)
    assert step.texts == {A: "1 two 3\n"}
    assert len(step.applied) == 2


def test_of_two_overlapping_fixes_the_second_waits() -> None:
    texts = {A: "one two three\n"}
    first, second = finding(texts, (A, 0, 7, "x")), finding(texts, (A, 4, 13, "y"))
    step = rewrite([first, second], texts.get, unsafe=False)
    assert step.texts == {A: "x three\n"}
    assert step.applied == (first,)


def test_neighbours_apply_together_but_an_insertion_at_a_border_waits() -> None:
    texts = {A: "abcd"}
    together = [finding(texts, (A, 0, 1, "")), finding(texts, (A, 1, 2, ""))]
    assert rewrite(together, texts.get, unsafe=False).texts == {A: "cd"}
    edge = [finding(texts, (A, 0, 1, "")), finding(texts, (A, 1, 1, "x"))]
    assert len(rewrite(edge, texts.get, unsafe=False).applied) == 1


def test_the_same_edit_wanted_twice_is_made_once() -> None:
    texts = {A: "abcd"}
    same = [finding(texts, (A, 2, 2, "</div>"), code=code) for code in ("VD301", "VD302")]
    assert rewrite(same, texts.get, unsafe=False).texts == {A: "ab</div>cd"}


def test_a_fix_over_several_files_applies_whole_or_not_at_all() -> None:
    texts = {A: "abc", B: "abc"}
    blocking = finding(texts, (B, 0, 3, "x"))
    across = finding(texts, (A, 0, 1, "A"), (B, 1, 2, "B"))
    assert rewrite([blocking, across], texts.get, unsafe=False).texts == {B: "x"}
    assert rewrite([across], texts.get, unsafe=False).texts == {A: "Abc", B: "aBc"}
    assert rewrite([across], {A: "abc"}.get, unsafe=False).texts == {}


def test_unsafe_fixes_apply_only_when_asked_for() -> None:
    texts = {A: "abc"}
    unsafe = [finding(texts, (A, 0, 1, "x"), safe=False)]
    assert rewrite(unsafe, texts.get, unsafe=False).texts == {}
    assert rewrite(unsafe, texts.get, unsafe=True).texts == {A: "xbc"}


@pytest.mark.parametrize(
    "edits",
    [
        ((A, 0, 2, "x"), (A, 1, 3, "y")),
        ((A, 2, 9, "x"),),
        ((A, 1, 2, "b"),),
    ],
)
def test_a_fix_that_overlaps_itself_or_leaves_its_file_or_changes_nothing_is_not_applied(
    edits: tuple,
) -> None:
    texts = {A: "abc"}
    assert rewrite([finding(texts, *edits)], texts.get, unsafe=False).applied == ()


edits_of = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("XY", max_size=2)), max_size=12)


@given(edits_of)
@settings(max_examples=300)
def test_what_is_applied_never_overlaps_and_the_rest_of_the_text_stays(
    wanted: list[tuple[int, int, str]],
) -> None:
    texts = {A: "abcdefghijklmnopqrstuvwxyz0123456789"}
    found = [finding(texts, (A, start, start + length, new)) for start, length, new in wanted]
    step = rewrite(found, texts.get, unsafe=False)
    applied = sorted({(e.place.start, e.place.end, e.text) for d in step.applied for e in d.fix.edits})
    for (_, end, _), (start, _, _) in itertools.pairwise(applied):
        assert end <= start
    expected, shift = texts[A], 0
    for start, end, new in applied:
        expected = expected[: start + shift] + new + expected[end + shift :]
        shift += len(new) - (end - start)
    assert step.texts.get(A, texts[A]) == expected


def test_rounds_go_on_until_nothing_is_found() -> None:
    texts = {A: "aaaaaaaa\n", B: "b\n"}
    fixed = apply_fixes(replacer("aa", "a", texts=texts), texts.get)
    assert fixed.texts == {A: "a\n"}
    assert fixed.settled
    assert fixed.report.diagnostics == ()
    assert fixed.units == (frozenset({A}),)


def test_fixes_that_undo_each_other_end_after_the_last_round() -> None:
    texts = {A: "x\n"}
    calls = []

    def lint(overlay: Mapping[str, str]) -> Report:
        calls.append(1)
        now = {**texts, **overlay}
        return Report((finding(now, (A, 0, 1, "y" if now[A][0] == "x" else "x")),), 1)

    fixed = apply_fixes(lint, texts.get)
    assert not fixed.settled
    assert len(calls) == ROUNDS + 1


def test_files_changed_by_one_fix_are_one_unit_also_over_rounds() -> None:
    texts = {A: "1", B: "1", C: "1", "content/d.md": "1"}
    done = []

    def lint(overlay: Mapping[str, str]) -> Report:
        now = {**texts, **overlay}
        found = {
            0: [
                finding(now, (A, 0, 1, "2"), (B, 0, 1, "2")),
                finding(now, ("content/d.md", 0, 1, "2")),
            ],
            1: [finding(now, (B, 0, 1, "3"), (C, 0, 1, "3"))],
        }.get(len(done), [])
        done.append(1)
        return Report(tuple(found), 4)

    assert apply_fixes(lint, texts.get).units == (frozenset({A, B, C}), frozenset({"content/d.md"}))


def test_a_fix_that_changes_more_than_it_means_to_is_refused_and_the_others_apply() -> None:
    texts = {A: "bad good\n", B: "good\n"}

    def lint(overlay: Mapping[str, str]) -> Report:
        now = {**texts, **overlay}
        return Report(
            tuple(
                finding(now, (path, match.start(), match.end(), "x"))
                for path in (A, B)
                for match in re.finditer("bad|good", now[path])
            ),
            2,
        )

    def same_parse(path: str, before: str, after: str, fixed: object) -> str | None:
        del path, fixed
        return "a table would end" if "bad" in before and "bad" not in after else None

    fixed = apply_fixes(lint, texts.get, same_parse=same_parse)
    assert fixed.texts == {A: "bad x\n", B: "x\n"}
    assert [refused.reason for refused in fixed.refused] == ["a table would end"]


def test_fixes_harmless_alone_but_not_together_apply_one_after_the_other() -> None:
    texts = {A: "1 2 3\n"}

    def lint(overlay: Mapping[str, str]) -> Report:
        now = {**texts, **overlay}
        return Report(
            tuple(finding(now, (A, m.start(), m.end(), "x")) for m in re.finditer(r"\d", now[A])), 1
        )

    def same_parse(path: str, before: str, after: str, fixed: list) -> str | None:
        del path, before, after
        return "too much" if len(fixed) > 1 else None

    fixed = apply_fixes(lint, texts.get, same_parse=same_parse)
    assert fixed.texts == {A: "x x x\n"}
    assert fixed.refused == ()


def test_a_safe_fix_that_moves_a_url_is_refused_and_names_it() -> None:
    texts = {f"content/{n:02}.md": "old\n" for n in range(20)}
    asked = []

    def same_urls(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
        asked.append(1)
        return ["/13/"] if "content/13.md" in after and "content/13.md" not in before else []

    fixed = apply_fixes(replacer("old", "new", texts=texts), texts.get, same_urls=same_urls)
    assert sorted(texts.keys() - fixed.texts.keys()) == ["content/13.md"]
    assert [refused.reason for refused in fixed.refused] == ["its fix is unsafe: it would move /13/"]
    assert len(asked) < 15
    unsafe = apply_fixes(replacer("old", "new", texts=texts), texts.get, same_urls=same_urls, unsafe=True)
    assert unsafe.texts.keys() == texts.keys()


def test_a_file_whose_text_is_not_known_is_left_alone() -> None:
    texts = {A: "old\n", B: "old\n"}
    fixed = apply_fixes(replacer("old", "new", texts=texts), lambda path: None if path == B else texts[path])
    assert fixed.texts == {A: "new\n"}


# The patch, judged by git itself.


def git(folder: Path, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *args], cwd=folder, input=given, capture_output=True, check=False)


def apply_patch(folder: Path, files: Mapping[str, str], new: Mapping[str, str]) -> None:
    git(folder, "init", "-q")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    text = "".join(diff(new, files.get)).encode("utf-8", "surrogateescape")
    done = git(folder, "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", given=text)
    assert done.returncode == 0, (done.stderr, text)
    for name in files:
        assert (folder / name).read_bytes() == new.get(name, files[name]).encode()


def test_git_applies_the_patch(tmp_path: Path) -> None:
    files = {
        "content/a.md": "".join(f"line {n}\n" for n in range(40)),
        "content/no end.md": "one\ntwo",
        "content/crlf.md": "one\r\ntwo\r\nthree\r\n",
        'content/qu"ote\\ü\t.md': "x\n",
        "content/empty.md": "",
        "content/odd.md": "a\x0cb\u2028c\x85d\r e\n\nlast\n",
    }
    new = {
        "content/a.md": files["content/a.md"]
        .replace("line 0\n", "")
        .replace("line 20", "zwanzig")
        .replace("line 39\n", "39"),
        "content/no end.md": "one\nzwei\n",
        "content/crlf.md": "one\r\nzwei\r\nthree\r\n",
        'content/qu"ote\\ü\t.md': "y\n",
        "content/empty.md": "now text",
        "content/odd.md": "a\x0cb\u2028c\x85D\r e\n\nlast",
    }
    apply_patch(tmp_path, files, new)


def test_git_applies_a_thousand_random_edits(tmp_path: Path) -> None:
    chance = random.Random(7)
    files, new = {}, {}
    for n in range(60):
        lines = [
            chance.choice(["a\n", "b\n", "\n", "c\r\n", "x" * 20 + "\n"]) for _ in range(chance.randrange(60))
        ]
        before = "".join(lines) + chance.choice(["", "end"])
        after = list(before)
        for _ in range(17):
            at = chance.randrange(len(after) + 1)
            after[at : at + chance.randrange(3)] = chance.choice(["", "\n", "new", "y\n\nz"])
        files[f"content/{n}.md"], new[f"content/{n}.md"] = before, "".join(after)
    apply_patch(tmp_path, files, new)


def test_a_huge_change_is_one_hunk_in_linear_time() -> None:
    before, after = "a\nb\n" * 100_000, "b\na\n" * 100_000
    lines = list(diff({A: after}, {A: before}.get))
    assert sum(line.startswith("@@") for line in lines) == 1


def test_edits_within_the_lines_of_a_long_page_are_small_hunks(tmp_path: Path) -> None:
    lines = [f"{number % 7}\n" for number in range(20_000)]
    before = "".join(lines)
    for number in (3, 4, 5, 7_000, 19_990):
        lines[number] = f"new {number}\n"
    found = list(diff({A: "".join(lines)}, {A: before}.get))
    assert [line for line in found if line.startswith("@@")] == [
        "@@ -1,9 +1,9 @@\n",
        "@@ -6998,7 +6998,7 @@\n",
        "@@ -19988,7 +19988,7 @@\n",
    ]
    apply_patch(tmp_path, {A: before}, {A: "".join(lines)})


def test_a_name_that_is_not_unicode_is_quoted_as_git_does() -> None:
    assert quoted("a/caf\udce9.md") == '"a/caf\\351.md"'
    assert quoted("a/plain name.md") == "a/plain name.md"


def test_nothing_changed_is_an_empty_patch() -> None:
    assert list(diff({A: "x"}, {A: "x"}.get)) == []

"""A configuration file is read, and refused, in the words that the front matter of a page gets."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vitdlint.core.excerpt import excerpt
from vitdlint.frontmatter.document import document
from vitdlint.frontmatter.ends import wrong_end
from vitdlint.frontmatter.places import places
from vitdlint.frontmatter.read import read

PIECES = r"""a b title : = , " ' [ ] { } # | > - & * << """.split()  # noqa: SIM905  # one line reads better than twenty
LINES = st.lists(
    st.lists(st.sampled_from([*PIECES, "1", "2020-01-01", "07:32", "true", " ", " ", ": ", " = ", "\\", "é", "\t"]), max_size=8)
    .map("".join)
    .filter(lambda line: not line.startswith(("---", "+++", "...")) and not wrong_end("toml", line, 0, len(line))),
    max_size=5,
).map("\n".join)  # fmt: skip


@pytest.mark.parametrize(("kind", "mark"), [("toml", "+++\n"), ("yaml", "---\n"), ("json", "")])
@given(text=LINES)
@example(text="a = {\n b = 1,\n}\nc = \n")
@example(text="a = [\n 1\n 2\n]\n")
@example(text='{"a": 1,}')
def test_what_is_wrong_is_what_would_be_wrong_in_front_matter(kind: str, mark: str, text: str) -> None:
    text += "\n"
    file, page = document(f"x.{kind}", text), read(f"{mark}{text}{mark}")
    if kind == "json" and not text.startswith("{"):
        return
    wrong = [p for p in file.problems if p.kind == "syntax"]
    same = [p for p in page.problems if p.kind == "syntax"]
    if kind == "json" and ("front matter" in str(same) or "ended before" in str(wrong)):
        return  # what a body may follow, and what looks like one
    shift = len(mark)
    assert [(p.start + shift, p.end + shift, p.message) for p in wrong] == [p[1:4] for p in same]
    assert file.data == page.data
    if not file.problems:
        moved = {pointer: (place.start + shift, place.end + shift) for pointer, place in places(file).items()}
        expected = {pointer: (place.start, place.end) for pointer, place in places(page).items()}
        assert {k: v for k, v in moved.items() if k} == {k: v for k, v in expected.items() if k}


@given(
    LINES | st.text(), st.sampled_from(["", "{", '{"a": ', "---\n", "# c\n---\n", "\ufeff"]), st.booleans()
)
def test_nothing_makes_it_raise_and_no_place_lies_outside(text: str, before: str, ends: bool) -> None:
    text = f"{before}{text}" + "\n" * ends
    for kind in ("toml", "yaml", "yml", "json"):
        front = document(f"config/x.{kind}", text)
        for problem in front.problems:
            assert 0 <= problem.start <= problem.end <= len(text) + 1, problem
            line, column, drawing = excerpt(text, problem.start, problem.end)
            assert 1 <= line <= text.count("\n") + 1
            assert column >= 1
            assert drawing.count("\n") == 3
        for pointer, place in places(front).items():
            assert not pointer or 0 <= place.start <= place.end <= len(text)


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "words"),
    [
        ("x.toml", 'a = [\n  "x"\n  "y"\n]\n', 2, 6, "a comma is missing"),
        ("x.toml", 'a = ["x" "y"]', 1, 9, "a comma is missing"),
        ("x.toml", "a = [1, 2\n[b]\n", 1, 5, 'this "[" is never closed'),
        ("x.toml", "a = [1, 2\nb = 3\n", 1, 5, 'this "[" is never closed'),
        ("x.toml", "a = [[1]\n[2]]\n", 1, 9, "a comma is missing"),
        ("x.toml", "a = {b = 1 c = 2}\n", 1, 11, "a comma is missing"),
        ("x.toml", "a = {b = 1\n\nc = 2\n", 1, 5, 'this "{" is never closed'),
        ("x.toml", "a = [2024-1-1, 3]", 1, 6, "2024-1-1 is not a date in TOML"),
        ("x.toml", "a = 'x\nb = 'y'\n", 1, 5, "a closing quote is missing"),
        ("x.toml", 'a = "x\r\nb = 1\r\n', 1, 5, "a closing quote is missing"),
        ("x.toml", 'a = "\\x4"\n', 1, 5, '"\\x" must be followed by 2 hexadecimal digits'),
        ("x.toml", "# \x01\n", 1, 3, "U+0001 (control character)"),
        ("x.toml", "a = {,}\n", 1, 6, "this comma separates nothing"),
        ("x.toml", "a = [1,,2]\n", 1, 8, "this comma separates nothing"),
        ("x.toml", "a = 1\r\nb = {\r\n c = 1,\r\n}\r\nd = \r\n", 5, 4, "a value is missing"),
        ("x.toml", "a", 1, 1, 'no "="'),
        ("x.toml", "a = 1\na = 2\n", 2, 1, '"a" appears twice'),
        ("x.toml", "a = 9223372036854775808", 1, 5, "too large for TOML"),
        ("x.toml", "a = 1e400", 1, 5, "too large for TOML"),
        ("x.toml", "a = '\udcff'", 1, 6, "not UTF-8"),
        ("x.yaml", "# c\n---\na: 1\nb: c: d\n", 4, 4, 'a value with ": " in it'),
        ("x.yml", "\ufeffa: [1\n", 1, 5, 'this "[" is never closed'),
        ("x.yaml", "a: 1\na: 2\n", 2, 1, '"a" appears twice'),
        ("x.json", '{"a": 1} x', 1, 10, "has ended before"),
        ("x.json", "\n[]", 2, 1, "expected a JSON object here"),
        ("x.json", "", 1, 1, "expected a JSON object here"),
        ("x.json", "{{ a", 1, 2, 'this "{" is one too many'),
        ("x.json", '{\n"a": [1\n', 2, 6, 'this "[" is never closed'),
    ],
)  # fmt: skip
def test_an_error_is_reported_at_its_place_in_words(
    name: str, text: str, line: int, column: int, words: str
) -> None:
    (problem,) = document(name, text).problems
    found = excerpt(text, problem.start, problem.end)
    assert (found.line, found.column, words in problem.message) == (line, column, True), problem


def test_comments_and_directives_may_be_above_the_yaml() -> None:
    for above in ("# c\n---\n", "\n---\n", "%YAML 1.2\n--- # c\n", "---\n", "\ufeff# c\r\n\r\n---\r\n"):
        text = f"{above}a: 1\nb: {{c: d}}\n---\nb: 2\n"
        front = document("x.yaml", text)
        assert (front.data, front.problems) == ({"a": 1, "b": {"c": "d"}}, ())
        place = places(front)["b", "c"]
        assert text[place.start : place.end] == "d"


def test_spelling_distinguishes_the_keys_of_a_file() -> None:
    for name, text in (
        ("x.toml", "a = 1\nA = 2\n"),
        ("x.yaml", "a: 1\nA: 2\n"),
        ("x.json", '{"a": 1, "A": 2}'),
    ):
        front = document(name, text)
        assert (front.data, front.problems) == ({"a": 1, "A": 2}, ())


def test_a_line_of_plus_signs_ends_no_file() -> None:
    text = "a = '''\n+++\n'''\nb = 1\n"
    front = document("x.toml", text)
    assert front.data == {"a": "+++\n", "b": 1}
    assert places(front)["b",].start == text.index("1")


def test_a_json_key_that_appears_twice_is_a_problem_and_the_last_one_wins() -> None:
    front = document("x.json", '{"a": 1, "a": 2}')
    assert [p.kind for p in front.problems] == ["duplicate-key"]
    assert front.data == {"a": 2}


@pytest.mark.parametrize(
    ("text", "start", "end", "drawing"),
    [
        ("abc", 1, 2, "\n  |\n 1| abc\n  |  ^"),
        ("x\n\tabc\r\n", 3, 6, "\n  |\n 2|     abc\n  |     ^^^"),
        ("a\x1bb::", 2, 3, "\n  |\n 1| a\ufffdb::\n  |   ^"),
        ("a = ", 4, 4, "\n  |\n 1| a =\n  |     ^"),
        ("", 0, 1, "\n  |\n 1| \n  | ^"),
        ("a\nb", 0, 3, "\n  |\n 1| a\n  | ^"),
        ("\n" * 99 + "ab", 100, 101, "\n   |\n100| ab\n   |  ^"),
        ("a" * 70 + "b" * 70 + "c" * 70, 70, 140, f"\n  |\n 1| …{'a' * 60}{'b' * 60}…\n  | {' ' * 61}{'^' * 60}"),
        ("b" + "c" * 70, 0, 1, f"\n  |\n 1| b{'c' * 60}…\n  | ^"),
    ],
)  # fmt: skip
def test_an_excerpt_shows_the_place(text: str, start: int, end: int, drawing: str) -> None:
    assert excerpt(text, start, end).drawing == drawing

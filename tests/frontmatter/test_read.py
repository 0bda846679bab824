"""Front matter is found, read and refused as Hugo does it, whatever the bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vitdlint.frontmatter.block import FrontMatter
from vitdlint.frontmatter.depth import MAX_DEPTH
from vitdlint.frontmatter.places import find
from vitdlint.frontmatter.read import begins_with, read
from vitdlint.rules import ALL

NOT_FRONT_MATTER_TROUBLE = {
    "url": "the block is fine; Hugo refuses the value, and the schema tells",
    "markup": "as above",
}
"""Labels of vectors at which Hugo's build fails for another reason than the block."""


def syntax(front: FrontMatter) -> list[str]:
    return [p.message for p in front.problems if p.kind == "syntax"]


def one(text: str) -> tuple[str, str]:
    """The text at the only problem's place, and its message."""
    (problem,) = read(text).problems
    return text[problem.start : problem.end], problem.words


def test_every_observed_page_is_read_as_hugo_read_it(shared: Path) -> None:
    for line in (shared / "vectors" / "frontmatter.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        front = read(case["src"])
        fails = case["exit"] != 0
        if fails and case["label"] in NOT_FRONT_MATTER_TROUBLE:
            assert not front.problems, case
            continue
        reported = bool(syntax(front)) or (bool(front.problems) and front.kind != "json")
        assert reported is fails, (case, front)
        if case["page"] is None:
            continue
        raw = case["page"].rpartition("|W=")[2]
        assert case["src"][front.end :] == json.loads(raw), case
        params = json.loads(case["page"].partition("|P=")[2].rpartition("|C=")[0])
        nested = front.data.get("params", {})
        ours = {key.lower(): value for key, value in (*nested.items(), *front.data.items())}
        for key in set(params) - {"draft", "iscjklanguage", "lastmod", "publishdate", "date", "outputs"}:
            value = ours[key]
            expected = "" if key == "title" and not isinstance(value, str) else value
            is_number = isinstance(value, int | float)  # to Go a number of JSON is a float
            assert expected == (pytest.approx(params[key]) if is_number else params[key]), case


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("", "", 0),
        ("# Title\n", "", 0),
        ("{}", "json", 2),
        ('{"a": 1}\r\n\r\nx', "json", 10),
        ("\ufeff{}\nx", "json", 4),
        ("\n \t{}\nx", "json", 6),
        ("\f---\na: 1\n---\nx", "yaml", 14),
        ("\ufeff\ufeff---\na: 1\n---\n", "", 0),
        ("\n\ufeff---\na: 1\n---\n", "", 0),
        ("\u00a0{}", "", 0),
        ("---\r\na: 1\r\n---\r\nx", "yaml", 16),
        ("---\ra: 1\r---\rx", "yaml", 13),
        ("---\na: 1\n----\nx", "yaml", 12),
        ("---\n---\nx", "yaml", 8),
        ("+++\na = 1\n+++ x", "toml", 13),
        ("#+TITLE: A\n#+tags[]: a b\nx", "org", 25),
    ],
)
def test_the_block_ends_where_hugo_ends_it(text: str, kind: str, body: int) -> None:
    front = read(text)
    assert (front.kind, front.end, front.problems) == (kind, body, ())
    assert front.source == text[front.start : front.end]


def test_a_capital_beats_small_letters_and_the_last_wins() -> None:
    assert read('{"title": 1, "Title": 2, "TITLE": 3}').get("title") == 3
    assert read('{"Title": 2, "title": 1}').get("title") == 2


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ('{"a": "\\u12"}\nx', '"\\u12"', "must be followed by 4 hexadecimal digits"),
        ('{"a": 1e400}\nx', "1e400", "too large"),
        ('{"a": [1, 2', "[1, 2", "write `[1, 2]`"),
        ('{"a": 1\n\n# x', "", "no end"),
        ("{{< toc >}}\nx", "{{< toc >}}", "before this shortcode"),
        ("{.wide}\nx", "{.wide}", "write front matter"),
        ("- one\n- two\n", "-", "before this list"),
        ("---\n\nx\n", "---", "before this rule"),
        ("---\n- a\n---\n", "- a", "this line has no key"),
        ("---\na: {{ x }}\n---\n", "{{ x }}", 'write `"{{ x }}"`'),
        ("---\na: 1\nb: c d\n  e f: g\n---\n", "  ", "remove these spaces"),
        ("+++\na = 2020-02-30\n+++\n", "2020-02-30", "no day"),
        ("+++\na = 1\nb\n+++\n", "b", 'write a line like `b = "value"`'),
        ("+++\na.b = 1\na.b.c = 1\n+++\n", "a.b.c = 1", "has a value above"),
        ("+++\na = 9223372036854775808\n+++\n", "9223372036854775808", 'write `"9223372036854775808"`'),
    ],
)
def test_an_error_is_reported_at_its_place_in_words(text: str, where: str, words: str) -> None:
    place, message = one(text)
    assert (place, words in message) == (where, True), (place, message)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', ["c", "a"], {"a": 3, "b": {"c": 2}}),
        ('{"a": 1, "A": 2}', ["A"], {"a": 1, "A": 2}),
        ("---\na: 1\nb: 2\na: 3\n---\n", ["a"], {"a": 3, "b": 2}),
        ("+++\na = 1\na = 2\n+++\n", ["a"], {}),
        ("+++\n[a]\n[a]\n+++\n", ["a"], {}),
    ],
)
def test_repeated_keys_are_reported_with_both_places(
    text: str, first: list[str], second: dict[str, object]
) -> None:
    front = read(text)
    assert [p.kind for p in front.problems] == ["duplicate-key"] * len(first)
    for problem, name in zip(sorted(front.problems, key=lambda p: p.start), first, strict=True):
        assert text[problem.start : problem.end].strip('"') == name
        assert text[problem.first_start : problem.first_end].strip('"').lower() == name.lower()
        assert problem.first_start < problem.start
    assert front.data == second


def test_two_list_items_may_have_the_same_key() -> None:
    assert not read('{"a": [{"b": 1}, {"b": 2}]}').problems
    assert not read("+++\n[[a]]\nb = 1\n[[a]]\nb = 2\n+++\n").problems
    assert not read("---\nx: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n---\n").problems


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("2020-01-01", "2020-01-01"),
        ("1e3", "1e3"),
        ("1.5e3", 1500.0),
        ("014", 12),
        ("08", "08"),
        ("0x1F", 31),
        ("0b101", 5),
        ("1_000", 1000),
        ("_1", "_1"),
        (".5", 0.5),
        ("1.", 1.0),
        ("NaN", "NaN"),
        ("True", True),
        ("tRUE", "tRUE"),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("a # b", "a"),
        ("a\x07b", "a\x07b"),
        ("a\u2028b", "a\u2028b"),
        ("a\x85b", "a\x85b"),
        ("|\n  x\n  y", "x\ny\n"),
        ("[a, 'b', 1]", ["a", "b", 1]),
    ],
)
def test_a_yaml_scalar_means_what_it_means_to_hugo(written: str, value: object) -> None:
    front = read(f"---\nx: {written}\n---\n")
    assert not front.problems
    assert front.data == {"x": value}
    assert type(front.data["x"]) is type(value)


def test_what_comes_later_wins_over_what_is_merged() -> None:
    base = "---\nx: &x {a: 1, c: 3}\n"
    assert read(base + "y:\n  a: 2\n  <<: *x\n---\n").data["y"] == {"a": 1, "c": 3}
    assert read(base + "y:\n  <<: *x\n  a: 2\n---\n").data["y"] == {"a": 2, "c": 3}


def test_dates_stay_as_they_are_written() -> None:
    front = read(
        "+++\nd = 2020-01-02 03:04:05\nt = 10:00:00\n[p]\nl = [2020-01-01, {z = 2020-01-02T03:04:05.5Z}]\n+++\n"
    )
    assert front.data == {
        "d": "2020-01-02 03:04:05",
        "t": "10:00:00",
        "p": {"l": ["2020-01-01", {"z": "2020-01-02T03:04:05.5Z"}]},
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"\e\x41\\x41"', "\x1bA\\x41"),
        ("2020-01-01T10:00", "2020-01-01T10:00"),
        ("{b = 1,}", {"b": 1}),
        ("{ # a, b }\n b = 'x, }',\n  c = [1,\n 2],  # }\n}", {"b": "x, }", "c": [1, 2]}),
        ("[{b = 1,}, {c = 2\n}]", [{"b": 1}, {"c": 2}]),
    ],
)
def test_toml_is_that_of_the_year_2025(written: str, value: object) -> None:
    front = read(f"+++\na = {written}\nz = 1\n+++\n")
    assert not front.problems
    assert front.data == {"a": value, "z": 1}
    assert front.source[slice(*find(front, ("a",)))] == written


def test_a_toml_number_of_more_than_64_bits_fails_the_build() -> None:
    assert one("+++\na = [1, 9223372036854775808]\n+++\n") == (
        "9223372036854775808",
        'this number is too large for TOML: write `"9223372036854775808"`',
    )
    assert syntax(read("+++\na = {,}\n+++\n"))


def test_a_lone_surrogate_is_what_go_makes_of_it() -> None:
    assert read('{"a": "\\ud83d", "b": "\\ud83d\\ude00"}').data == {"a": "\ufffd", "b": "😀"}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ' + "[" * 10_000 + "]" * 10_000 + "}",
        '{"a": ' + "[" * 200_000,
        '{"a": ' * 10_000,
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\na:\n" + "\n".join("  " * i + "- " for i in range(2_000)) + "\n---\n",
        "---\n" + "- " * 50_000 + "\n---\n",
        "+++\na = " + "[" * 10_000 + "]" * 10_000 + "\n+++\n",
        "+++\na = " + "{b = " * 5_000 + "\n+++\n",
        "+++\n" + "a." * 50_000 + "a = 1\n+++\n",
        "+++\n[" + "a . " * 50_000 + "a]\n+++\n",
        "+++\nx = {" + "a." * 1_000 + "a = 1}\n+++\n",
    ],
)
def test_deep_nesting_is_a_problem_and_no_crash(text: str) -> None:
    assert syntax(read(text))


def test_as_deep_as_anybody_writes_is_fine() -> None:
    depth = MAX_DEPTH - 1
    assert not read('{"a": ' + "[" * depth + "]" * depth + "}").problems


def test_aliases_that_expand_to_billions_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert "expand to more than" in syntax(read("---\n" + "\n".join(lines) + "\n---\n"))[0]


WORDS = r"""{ } [ ] " ' : , --- +++ a title = \\ \\u \\ud8 1 0 - &a *a << | > # #+ !!int \"\"\" ''' 2020-01-01 é"""
PIECES = st.lists(
    st.sampled_from(
        [*WORDS.replace("\\\\", "\\").split(), "\n", "\r\n", "\t", " ", "\ud800", "\0", "\ufeff"]
    ),
    max_size=40,
).map("".join)


@given(
    st.one_of(PIECES, st.text()),
    st.sampled_from(["", "{", '{"a": ', "---\n", "---\na: ", "+++\n", "+++\na = ", "#+"]),
    st.sampled_from(["", "}", "\n---\n", "\n+++\n"]),
)
@example("a\\\n", '{"', "}")
@example("\ud800", "---\na: ", "\n---\n")
def test_nothing_makes_it_raise(middle: str, before: str, after: str) -> None:
    text = before + middle + after
    front = read(text)
    assert 0 <= front.start <= front.end <= len(text)
    assert front.source == text[front.start : front.end]
    for problem in front.problems:
        assert 0 <= problem.start <= problem.end <= len(text), problem
        assert problem.message
        assert problem.message.isprintable()
        assert len(problem.message) < 250


TAILS = (
    "",
    "\n",
    "text\n",
    "---\n",
    "----\n",
    "+++\nb = 1\n+++\n",
    "\n---\nb: 1\n---\n",
    "\r\n",
    " ",
    "\ufeff---\n",
    "\0",
)
EDGES = (
    "---\na: 1\n---\n",
    "---\n---\n",
    "---\na: 1\n---",
    "---\r\na: 1\r\n---\r\n",
    "---\na: 1\n--- \n",
    "---\na: |\n  b\n---\n",
    "---\na: 1\na: 2\n---\n",
    "---\na: [\n---\n",
    "\n---\na: 1\n---\n",
    "\ufeff---\na: 1\n---\n",
    "+++\na = 1\n+++\n",
    "+++\n+++\n",
    "+++\na = 1\n+++",
    '+++\na = """\n+++\n"""\n+++\n',
    '{"a": 1}\n',
    "#+title: a\n",
)


def test_what_comes_behind_a_block_is_no_matter_to_it() -> None:
    examples = (text for rule in ALL for example in rule.examples for text in example.tree.values())
    taken = 0
    for text in (*EDGES, *examples):
        front = read(text)
        for tail in TAILS:
            for other in (text[: front.end] + tail, text + tail):
                if begins_with(other, front):
                    taken += 1
                    assert read(other) == front, (text, tail)
    assert taken > 1000
    assert begins_with("---\na: 1\n---\nother text", read(EDGES[0]))


@given(st.text('ab:-+=\n\r" ', max_size=30), st.text("ab:-+\n\r ", max_size=12))
@example("---\na: b\n---", "\n")
def test_no_text_behind_a_block_is_taken_for_its_end(content: str, tail: str) -> None:
    for mark in ("---", "+++"):
        front = read(f"{mark}\n{content}\n{mark}\n")
        other = f"{mark}\n{content}\n{mark}\n{tail}"
        if begins_with(other, front):
            assert read(other) == front

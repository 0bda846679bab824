"""Every key and value has its place, in documents nobody wrote by hand; and edits do what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from vitdlint.frontmatter import toml_block, toml_simple, yaml_build, yaml_simple
from vitdlint.frontmatter.block import FrontMatter, Pointer
from vitdlint.frontmatter.places import find, place_of, places, value_at
from vitdlint.frontmatter.read import read
from vitdlint.frontmatter.strings import inside
from vitdlint.frontmatter.write import quote, removal

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    [
        "",
        "a b",
        "it's",
        '"x"',
        "\\",
        "#",
        "é",
        "😀",
        "\n",
        "yes",
        "1:30",
        "~",
        "- a",
        "a: b",
        "\t",
        "\u2028",
        "\x85",
        "'''",
        '"""',
    ]
)
KEY = st.sampled_from(["title", "tags", "a b", "é", "it's", "x.y", "", '"', "\\", "1", "true"]) | TEXT
SCALAR = (
    TEXT
    | st.integers(-(2**60), 2**60)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
)


def documents(scalar: st.SearchStrategy[Any] = SCALAR) -> st.SearchStrategy[dict[str, Any]]:
    value = st.recursive(
        scalar, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEY, v, max_size=3), max_leaves=8
    )
    return st.dictionaries(KEY, value, min_size=1, max_size=4)


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    yield pointer
    if isinstance(value, dict):
        for key, item in value.items():
            yield from pointers(item, (*pointer, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from pointers(item, (*pointer, index))


def at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def same(front: FrontMatter, data: dict[str, Any]) -> bool:
    """Whether it was read as written; keys that differ in case alone are problems, and still data."""
    return dict(front.data) == data and all(p.kind == "duplicate-key" for p in front.problems)


@given(
    documents(), st.sampled_from([None, 0, 2, "\t"]), st.booleans(), st.sampled_from(["", "\ufeff", "\n "])
)
def test_a_json_place_holds_the_json_of_its_value(
    data: dict[str, Any], indent: Any, ascii_only: bool, lead: str
) -> None:
    text = lead + json.dumps(data, indent=indent, ensure_ascii=ascii_only) + "\nbody"
    front = read(text)
    assert same(front, data)
    found = places(front)
    assert set(found) == set(pointers(data))
    for pointer, place in found.items():
        assert json.loads(text[place.start : place.end]) == at(data, pointer)
        if pointer and isinstance(pointer[-1], str):
            assert json.loads(text[place.key_start : place.key_end]) == pointer[-1]


def toml_value(value: Any, style: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        literal = "'" not in value and value.isprintable()
        return f"'{value}'" if literal and style % 2 else quote("toml", value)
    if isinstance(value, list):
        gap = "\n  # a comment, [with\n" if style % 3 == 0 else " "
        return "[" + "".join(gap + toml_value(v, style + 1) + "," for v in value) + gap + "]"
    if isinstance(value, dict):
        gap = '\n  # a comment, } with = and "\n' if style % 3 == 0 else " "
        items = [f"{gap}{toml_key(k)} = {toml_value(v, style + 1)}" for k, v in value.items()]
        return "{" + ",".join(items) + ("," if items and style % 4 else "") + gap + "}"
    return (
        repr(value)
        if isinstance(value, int)
        else (repr(value) if "." in repr(value) or "e" in repr(value) else f"{value}.0")
    )


def toml_key(key: str) -> str:
    return quote("toml", key)


def toml_text(data: dict[str, Any], style: int) -> str:
    plain = {k: v for k, v in data.items() if not isinstance(v, dict) or style % 2}
    lines = [f"{toml_key(k)} = {toml_value(v, style)}\n" for k, v in plain.items()]
    for key, table in data.items():
        if key not in plain:
            lines.append(f"[{toml_key(key)}]  # table\n")
            lines += [f"  {toml_key(k)} = {toml_value(v, style)}\n" for k, v in table.items()]
    return "".join(lines)


@given(documents(), st.integers(0, 11))
def test_a_toml_place_holds_the_toml_of_its_value(data: dict[str, Any], style: int) -> None:
    block = toml_text(data, style)
    text = f"+++\n{block}+++\nbody"
    front = read(text)
    if "\n+++" in block or block.startswith("+++"):
        return
    assert same(front, data)
    found = places(front)
    assert set(found) == set(pointers(data))
    for pointer, place in found.items():
        if pointer and isinstance(pointer[-1], str):
            assert list(tomli.loads(text[place.key_start : place.key_end] + "=0")) == [pointer[-1]]
        value, written = at(data, pointer), text[place.start : place.end]
        if pointer and not (isinstance(value, dict) and written.startswith("[")):
            assert tomli.loads(f"x = {written}") == {"x": value}


ESCAPED = TEXT.map(
    lambda text: "".join(f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\U{ord(c):08X}" for c in text) + "\\e"
)


@given(st.dictionaries(ESCAPED, ESCAPED, min_size=1, max_size=3))
def test_names_and_texts_may_be_written_with_every_escape_of_toml(data: dict[str, str]) -> None:
    block = "".join(f'"{key}" = """{value}"""\n' for key, value in data.items())
    front = read(f"+++\n{block}+++\n")
    assert front.data == tomli.loads(block)
    assert set(places(front)) == set(pointers(front.data))


@given(documents(), st.booleans())
def test_a_yaml_place_holds_the_yaml_of_its_value(data: dict[str, Any], block: bool) -> None:
    # JSON is YAML: what JSON writes in ASCII both parsers read alike, but for pairs of surrogates.
    text = json.dumps(data)
    if "\\ud" in text:
        return
    if block:
        text = "".join(f"{json.dumps(k)}: {json.dumps(v)}\n" for k, v in data.items())
    page = f"---\n{text}\n---\nbody"
    front = read(page)
    # A scalar without quotes is read as Hugo does it: 1e+16 is text.
    assert [p.kind for p in front.problems if p.kind == "syntax"] == []
    found = places(front)
    assert set(found) == set(pointers(data))
    for pointer, place in found.items():
        if pointer:
            assert json.loads(page[place.start : place.end]) == at(data, pointer)
        if pointer and isinstance(pointer[-1], str):
            assert json.loads(page[place.key_start : place.key_end]) == pointer[-1]


PAGES = {
    "json": '\n{\n  "Title": "A \\"b\\" \\ud83d\\ude00 – c",\n  "tags": ["a", "b", "c"],\n  "x": {"y": 1, "z": [2]}\n}\n',
    "yaml": "---\nTitle: 'it''s A'\nt2: \"x\\u00e9 \\n😀q\"\np: plain text # c\ntags: [a, b, c]\ncats:\n  - a\n  - b\nx: {y: 1, z: [2]}\n---\n",
    "toml": '+++\nTitle = "A \\u00e9 \\U0001F600 b"\nl = \'lit\'\ntags = ["a", "b",\n "c"]\nx = {y = 1, z = 2}\na.b = 1\n[params]\nq = 1\n+++\n',
    "org": "#+TITLE: A b\n#+tags[]: a b\n",
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_character_of_a_value_has_its_place(kind: str) -> None:
    text = PAGES[kind]
    front = read(text)
    assert front.kind == kind
    checked = 0
    for pointer in places(front):
        value = value_at(front, pointer)
        for i in range(len(value) if isinstance(value, str) else 0):
            found = inside(front, pointer, i, i + 1)
            assert found is not None
            written = text[slice(*found)]
            assert written == value[i] or written[0] in "\\'"
            checked += 1
    assert checked >= 3


@pytest.mark.parametrize("kind", ["json", "yaml", "toml"])
def test_an_entry_can_be_cut_out(kind: str) -> None:
    text = PAGES[kind]
    front = read(text)
    cut = 0
    for pointer in places(front):
        edit = removal(front, pointer)
        if not pointer or edit is None:
            continue
        after = read(text[: edit[0]] + edit[2] + text[edit[1] :])
        assert not after.problems, (pointer, after)
        expected = json.loads(json.dumps(front.data))
        del at(expected, pointer[:-1])[pointer[-1]]
        assert after.data == expected, pointer
        cut += 1
    assert cut > 5


def test_the_only_item_and_the_last_item_can_be_cut_out() -> None:
    for text, pointer, after in (
        ('{"a": ["x"]}', ("a", 0), '{"a": []}'),
        ('{"a": ["x", "y"]}', ("a", 1), '{"a": ["x"]}'),
        ('{"a": 1, "b": 2}', ("b",), '{"a": 1}'),
        ("---\na:\n  - x\n  - y\n---\n", ("a", 1), "---\na:\n  - x\n---\n"),
        ("---\na: 1\nb: 2\n---\n", ("b",), "---\na: 1\n---\n"),
        ('+++\na = 1\nb = """\nx\n"""\nc = 3\n+++\n', ("b",), "+++\na = 1\nc = 3\n+++\n"),
    ):
        edit = removal(read(text), pointer)
        assert edit is not None
        assert text[: edit[0]] + edit[2] + text[edit[1] :] == after


@given(
    TEXT,
    st.sampled_from(["json", "yaml", "toml"]),
    st.sampled_from(['"old"', "'old'", "old", "|\n  old", ""]),
)
def test_a_quoted_text_is_read_back(value: str, kind: str, like: str) -> None:
    literal = quote(kind, value, like)
    before, after = {
        "json": ('{"x": ', "}"),
        "yaml": ("---\nx: ", "\n---\n"),
        "toml": ("+++\nx = ", "\n+++\n"),
    }[kind]
    assert read(before + literal + after).data == {"x": value}


def test_a_name_in_small_letters_finds_the_key_as_written() -> None:
    front = read('{"Title": "A", "Params": {"Sub": 1}}')
    assert find(front, ("title",)) == (10, 13)
    assert find(front, ("title",), key=True) == (1, 8)
    assert find(front, ("Title",)) == (10, 13)
    assert find(front, ("params", "Sub")) != find(front, ("params", "sub"))


def test_what_is_not_there_is_shown_at_the_start_of_the_block() -> None:
    front = read('\n{"a": 1}')
    assert find(front, ("b",)) == find(front, ()) == (1, 2)
    assert place_of(front, ("b",)) is None
    assert find(read("text"), ("b",)) == (0, 0)


def test_tables_and_dotted_names_have_places() -> None:
    text = '+++\na.b = 1\n[[r]]\ns = "x"\n[[r]]\n[r.p]\nk = 1\n[q.w]\n+++\n'
    found = {p: text[place.start : place.end] for p, place in places(read(text)).items() if p}
    assert found == {
        ("a",): "a.b = 1",
        ("a", "b"): "1",
        ("r",): "[[r]]",
        ("r", 0): "[[r]]",
        ("r", 0, "s"): '"x"',
        ("r", 1): "[[r]]",
        ("r", 1, "p"): "[r.p]",
        ("r", 1, "p", "k"): "1",
        ("q",): "[q.w]",
        ("q", "w"): "[q.w]",
    }


def test_an_alias_is_where_it_is_written() -> None:
    text = "---\na: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n---\n"
    front = read(text)
    assert front.data == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1}}
    assert text[slice(*find(front, ("c",)))] == "*x"
    assert place_of(front, ("c", "b")) is None
    assert text[slice(*find(front, ("a",)))] == "b: 1"


PARTS = r"""a bc title : - # " ' [ ] , 1 0 x1 .5 e3 true null ~ yes \ / ( ) é 😀 = { } & * ! | > % @ 2020-01-01 2020-02-30
T10:00:00 T10:00:60 Z +01:00 --- ... _ + <<""".split()  # noqa: SIM905  # two lines read better than forty
LINE = st.lists(
    st.sampled_from([*PARTS, ": ", " ", " ", "- ", " #", ", ", " = ", "? ", "\t", "\r", "\u00a0"]), max_size=7
).map("".join)
LINES = st.lists(
    st.one_of(
        LINE,
        st.builds("{}: {}".format, st.sampled_from(["a", "b", "c", "A"]), LINE),
        st.builds("{} = {}".format, st.sampled_from(["a", "b", "c", "A"]), LINE),
        st.builds("{}- {}".format, st.sampled_from(["", "", "  ", " "]), LINE),
        st.builds("{}:".format, st.sampled_from(["d", "e"])),
        st.builds("[{}]".format, st.sampled_from(["t", "u", "a"])),
    ),
    max_size=5,
).map("\n".join)


@settings(max_examples=500)
@given(LINES)
def test_what_is_read_line_by_line_is_what_the_yaml_parser_reads(content: str) -> None:
    simple = yaml_simple.read_simple(content)
    if simple is not None:
        parsed = yaml_build.build(content)
        assert (repr(simple), False) == (repr(parsed[0]), parsed[1])


TIMES = st.dictionaries(
    st.sampled_from(["a", "b", "'c'", "d.e", "d.f", "[g]\nh", "[[i]]\nj"]),
    st.sampled_from(
        [
            "2020-01-01",
            "2020-01-01T10:00",
            "2020-01-01 10:00",
            "2020-01-01T10:00:00Z",
            "2020-01-01t10:00:00.0z",
            "2020-01-01 12:00:00+02:00",
            "2020-01-01T10:00:00.0000001Z",
            "10:00",
            "10:00:00",
            "10:00:00.25",
            "[10:00,10:00:00]",
            "[2020-01-01, 10:00]",
            "[]",
            "{k = 10:00,\n l = 2020-01-01 10:00 # 10:00:00\n}",
            '"2020-01-01 10:00"',
            "'''\nx = 2020-01-01T10:00\n'''",
            "2020-01-01 # 2020-01-01 10:00:00",
            "2020-02-30",
            "2020-01-01T10:00:00+05:30",
            "2020-01-01T10:00:00-12:00",
            '["x", "y, z"]',
            '["x","y"]',
            "true",
            "0",
            "007",
            "'it\\'",
            "inf",
            "9223372036854775807",
        ]
    ),
    max_size=5,
).map(lambda pairs: "\n".join(f"{key} = {value}" for key, value in pairs.items()))


@settings(max_examples=500)
@given(LINES | TIMES)
def test_what_is_read_line_by_line_is_what_tomli_reads(content: str) -> None:
    simple = toml_simple.read_simple(content)
    if simple is not None:
        parsed = tomli.loads(content)
        assert toml_block._write_dates(parsed, f"+++\n{content}\n+++\n") is None
        assert repr(simple) == repr(parsed)


@given(TIMES)
def test_every_date_is_text_as_it_is_written(content: str) -> None:
    front = read(f"+++\n{content}\n+++\n")
    if front.problems:
        return
    for pointer, place in places(front).items():
        value, written = at(front.data, pointer), front.source[place.start : place.end]
        if isinstance(at(tomli.loads(content), pointer), date | time):
            assert value == written
        else:
            assert not isinstance(value, date | time)

"""Schemas: what is loaded, what is refused, who judges, and in which words."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitdlint.frontmatter.read import read
from vitdlint.hugo.dates import KEYS
from vitdlint.schema import Schema, SchemaError, load, shipped
from vitdlint.schema.check import check
from vitdlint.schema.compiled import validator
from vitdlint.schema.formats import FORMATS
from vitdlint.schema.load import shipped_text
from vitdlint.schema.reference import reference

Files = Mapping[str, Any]


def loaded(schema: Any, others: Files | None = None, path: str = "schemas/page.json") -> Schema:
    """A schema from files in memory."""
    files = {path: schema, **(others or {})}

    def reader(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        content = files[name]
        return (content if isinstance(content, str) else json.dumps(content)).encode()

    return load(path, reader)


def violations(schema: Any, data: Any) -> list[tuple[Any, ...]]:
    return [(v.pointer, v.key, v.message, v.help) for v in loaded(schema).problems(data, "/posts/")]


def prop(schema: Any, value: Any, name: str = "x") -> tuple[str, str | None]:
    """Message and help for one value of one property."""
    ((pointer, _, message, hint),) = violations({"properties": {name: schema}}, {name: value})
    assert pointer[0] == name
    return message, hint


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "value", "message", "hint"),
    [
        ({"type": "integer"}, "5", 'x must be a whole number, not the text "5"', "remove the quotes: 5"),
        ({"type": "string"}, 5, "x must be text, not 5", 'put it in quotes: "5"'),
        (
            {"type": "boolean"},
            "True",
            'x must be true or false, not the text "True"',
            "remove the quotes: true",
        ),
        ({"type": "array"}, "a", 'x must be a list, not the text "a"', 'write a list: ["a"]'),
        ({"type": ["string", "array"]}, {}, "x must be text or a list, not a mapping", None),
        ({"type": "string"}, None, "x has no value; it must be text", None),
        (
            {"enum": ["open", "closed"]},
            "opne",
            'x must be "open" or "closed", not "opne"',
            'did you mean "open"?',
        ),
        ({"const": 1}, 2, "x must be 1, not 2", None),
        ({"minLength": 1}, "", "x is empty", None),
        ({"minLength": 3}, "ab", "x has 2 characters; at least 3 must be there", None),
        ({"maxLength": 3}, "abcd", "x has 4 characters; at most 3 are allowed", None),
        ({"minItems": 2}, ["a"], "x has 1 item; at least 2 must be there", None),
        ({"pattern": "^a"}, "b", 'x "b" does not match the pattern ^a', None),
        ({"minimum": 1}, 0, "x must be at least 1, not 0", None),
        ({"multipleOf": 0.1}, 0.25, "x must be a multiple of 0.1, not 0.25", None),
        ({"contains": {"const": "sun"}}, ["a"], '"sun" is missing in x', None),
        ({"not": {"enum": ["a"]}}, "a", 'x may not be "a"', None),
        (False, 1, 'the key "x" is not allowed here', None),
        ({"format": "slug"}, "Über uns", 'x "Über uns" is published as /posts/über-uns/', 'write "über-uns"'),
        (
            {"format": "slug"},
            "a/b",
            'x "a/b" contains a "/", so that the page moves to another folder',
            'write "a-b"',
        ),
        (
            {"format": "hugo-date"},
            "2019/7/3",
            'x "2019/7/3" is a date that Hugo cannot read',
            'write "2019-07-03"',
        ),
        ({"format": "doi"}, "doi:10.1000/182", 'x "doi:10.1000/182" is not a DOI', 'write "10.1000/182"'),
        ({"format": "email"}, "a", 'x "a" is not a mail address', None),
        ({"type": "string", "x-message": "{name}: not {value}"}, 5, "x: not 5", None),
        ({"type": "string", "description": "A name. More."}, [], "x must be text, not a list", None),
        (
            {"pattern": "a", "description": "A name with an a. More."},
            "b",
            'x "b" does not match the pattern a',
            "A name with an a",
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            [],
            "x must be text or a whole number, not a list",
            None,
        ),
        ({"oneOf": [{"const": 1}, {"enum": [2, 3]}]}, 5, "x must be 1, 2 or 3, not 5", None),
        (
            {"oneOf": [{"type": "string"}, {"minLength": 1}]},
            "a",
            "x fits more than one of the forms of which it may have one",
            None,
        ),
    ],
)
def test_a_message_is_a_sentence(schema: Any, value: Any, message: str, hint: str | None) -> None:
    assert prop(schema, value) == (message, hint)


def test_the_alternative_that_comes_closest_is_reported() -> None:
    schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    ((pointer, _, message, _),) = violations({"properties": {"x": schema}}, {"x": ["a", 1]})
    assert (pointer, message) == (("x", 1), "item 2 of x must be text, not 1")


def test_keys_are_reported_at_the_key() -> None:
    schema = {
        "properties": {"title": {}, "author": {"properties": {"name": {}}, "additionalProperties": False}},
        "dependentRequired": {"series": ["part"]},
        "propertyNames": {"pattern": "^[a-z]+$"},
        "additionalProperties": False,
    }
    assert violations(schema, {"tilte": 1, "author": {"nam": 1}, "series": 1, "A b": 1}) == [
        (("author", "nam"), True, 'the schema knows no key "nam" in author', 'did you mean "name"?'),
        (("series",), True, 'a page with "series" must have "part" too', None),
        (("A b",), True, 'the key "A b" does not match the pattern ^[a-z]+$', None),
        (("tilte",), True, 'the schema knows no key "tilte"', 'did you mean "title"?'),
        (("series",), True, 'the schema knows no key "series"', None),
        (("A b",), True, 'the schema knows no key "A b"', None),
    ]


def test_a_missing_key_is_reported_with_what_it_is_for() -> None:
    schema = {"required": ["date"], "properties": {"date": {"description": "Every post has a date. Really."}}}
    assert violations(schema, {}) == [((), False, 'the key "date" is missing', "every post has a date")]
    nested = {"properties": {"p": {"required": ["a", "b"]}}}
    assert [t[2] for t in violations(nested, {"p": {}})] == [
        'the key "a" is missing in p',
        'the key "b" is missing in p',
    ]


def test_a_condition_is_described_by_what_it_asks_for() -> None:
    schema = {
        "if": {"properties": {"type": {"const": "video"}}, "required": ["type"]},
        "then": {"required": ["file"]},
    }
    assert [t[2] for t in violations(schema, {"type": "video"})] == ['the key "file" is missing']


def test_a_repeated_item_is_reported_at_its_second_place() -> None:
    ((pointer, _, message, _),) = violations(
        {"properties": {"x": {"uniqueItems": True}}}, {"x": ["a", "b", "a"]}
    )
    assert (pointer, message) == (("x", 2), '"a" appears twice in x')


def test_keys_that_no_part_of_a_schema_knows_are_reported_by_name() -> None:
    schema = {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False}
    assert [t[:3] for t in violations(schema, {"a": 1, "b": 2})] == [
        (("b",), True, 'the schema knows no key "b"')
    ]


def test_one_error_does_not_make_the_other_keys_unknown() -> None:
    schema = {"allOf": [{"$ref": "vitdlint:page"}], "unevaluatedProperties": False}
    assert [t[2] for t in violations(schema, {"title": "a", "draft": "x", "date": "2019-01-01", "y": 1})] == [
        'draft must be true or false; Hugo reads "x" as false',
        'the schema knows no key "y"',
    ]
    two = {
        "anyOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}, "required": ["c"]}],
        "unevaluatedProperties": False,
    }
    assert [t[2] for t in violations(two, {"b": 1})] == ['the schema knows no key "b"']


def test_the_words_beside_a_reference_win_over_those_behind_it() -> None:
    defs = {"text": {"type": "string", "x-message": "{name} must be a text"}}
    schema = {
        "properties": {"a": {"$ref": "#/$defs/text", "x-message": "no"}, "b": {"$ref": "#/$defs/text"}},
        "$defs": defs,
    }
    assert [t[2] for t in violations(schema, {"a": 1, "b": 1})] == ["no", "b must be a text"]


def test_no_value_brings_control_characters_or_a_flood_into_a_message() -> None:
    message, _ = prop({"type": "integer"}, "\x1b[31m" + "x" * 1000)
    assert message.isprintable()
    assert len(message) < 200


def test_top_level_keys_are_compared_without_case() -> None:
    schema = {"properties": {"publishDate": {"type": "string"}}, "required": ["title"]}
    assert violations(schema, {"TITLE": 1, "publishdate": 5})[0][0] == ("publishdate",)
    assert len(violations(schema, {"TITLE": 1, "publishdate": 5})) == 1


def test_an_alias_can_be_asked_for() -> None:
    schema = {"properties": {"id": {"type": "integer", "x-alias": "/{value}"}}}
    assert violations(schema, {"id": 7, "aliases": ["/a", "/7/"]}) == []
    assert violations(schema, {"id": 7, "aliases": "/a /7"}) == []
    assert violations(schema, {}) == []
    assert violations(schema, {"id": 7, "aliases": ["/77"]}) == [
        (("id",), False, 'id is 7, but no alias "/7" keeps the old URL alive', 'add "/7" to aliases')
    ]


# --- what is asked of the site -------------------------------------------------------------------------------------


def test_the_site_is_asked_about_unique_values_and_references() -> None:
    schema = {
        "properties": {
            "id": {"x-unique": "site"},
            "aliases": {"x-unique": "section"},
            "authors": {"items": {"properties": {"page": {"x-reference": "page"}}}},
            "see": {"items": {"$ref": "#/$defs/see"}},
        },
        "$defs": {"see": {"allOf": [{"x-reference": "term"}]}},
    }
    data = {"ID": 7.0, "aliases": ["/a", "/b"], "authors": [{"page": "x"}, {}, 3], "see": ["sun"], "other": 1}
    assert loaded(schema).asks(data) == (
        ("x-unique:site", "id", ("ID",), "7"),
        ("x-unique:section", "aliases", ("aliases", 0), "/a"),
        ("x-unique:section", "aliases", ("aliases", 1), "/b"),
        ("x-reference:page", "authors[].page", ("authors", 0, "page"), "x"),
        ("x-reference:term", "see[]", ("see", 0), "sun"),
    )


def test_a_schema_that_contains_itself_is_asked_once() -> None:
    schema = {"properties": {"id": {"x-unique": "site"}, "sub": {"$ref": "#"}}}
    assert len(loaded(schema).asks({"id": 1, "sub": {"id": 2}})) == 1


# --- loading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{\n  "type": "strin"\n}', 2, 11, 'did you mean "string"?'),
        ('{"requierd": ["a"]}', 1, 2, 'did you mean "required"?'),
        ('{"properties": {"a": {"pattern": "["}}}', 1, 34, "linear time"),
        ('{"properties": {"a": {"pattern": "a(?=b)"}}}', 1, 34, "looks around"),
        ('{"patternProperties": {"(a": {}}}', 1, 24, "linear time"),
        ('{"$ref": "nope.json"}', 1, 10, "there is no such file"),
        ('{"$ref": "../../x.json"}', 1, 10, "outside the site"),
        ('{"$ref": "/etc/passwd"}', 1, 10, "outside the site"),
        ('{"$ref": "https://example.org/x.json"}', 1, 10, "fetches nothing"),
        ('{"$ref": "#/$defs/x"}', 1, 10, "there is nothing at"),
        ('{"$ref": "#x"}', 1, 10, 'no "$anchor": "x"'),
        ('{"$ref": "#"}', 1, 1, "without end"),
        (
            '{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}}',
            1,
            1,
            "without end",
        ),
        ('{"not": {"x-unique": "site"}}', 1, 10, "counts only below"),
        ('{"anyOf": [{"properties": {"a": {"x-reference": "page"}}}]}', 1, 34, "counts only below"),
        ('{"x-unique": "page"}', 1, 14, '"site" or "section"'),
        ('{"x-uniqe": "site"}', 1, 2, 'did you mean "x-unique"?'),
        ('{"properties": {"a": {"format": "slgu"}}}', 1, 33, 'did you mean "slug"?'),
        ('{"multipleOf": 0}', 1, 16, "cannot have this value"),
        ('{"a": 1,}', 1, 8, 'no comma is allowed before a closing "}"'),
        ('{"type": "object", "type": "array"}', 1, 20, "appears twice"),
        ("[]", 1, 1, "JSON object"),
        ("", 1, 1, "JSON object"),
        ("{} x", 1, 4, "has ended before"),
        ('{"$schema": "http://json-schema.org/draft-07/schema#"}', 1, 13, "2020-12"),
        ('{"properties": {"a": {"$id": "x"}}}', 1, 23, "does not support"),
    ],
)
def test_a_schema_that_cannot_mean_what_it_says_is_refused_at_its_place(
    text: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(SchemaError, match=re.escape(words)) as error:
        loaded(text)
    assert (error.value.path, error.value.line, error.value.column) == ("schemas/page.json", line, column)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SchemaError, match="UTF-8"):
        load("a.json", lambda _: b"\xff")


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(SchemaError, match="no such file"):
        load(
            "nope.json",
            Path("/nowhere").joinpath("x").__fspath__ and (lambda p: Path("/nowhere", p).read_bytes()),
        )


def test_schemas_refer_to_each_other_by_path_anchor_and_id() -> None:
    others = {
        "schemas/parts/a.json": {
            "$id": "https://example.org/a.json",
            "$defs": {
                "x y": {"type": "string"},
                "back": {"$ref": "../page.json#/$defs/n"},
                "b": {"$anchor": "here", "type": "null"},
            },
        }
    }
    schema = {
        "properties": {
            "a": {"$ref": "parts/a.json#/$defs/x%20y"},
            "b": {"$ref": "https://example.org/a.json#here"},
            "c": {"$ref": "parts/a.json#/$defs/back"},
        },
        "$defs": {"n": {"type": "integer"}},
    }
    problems = loaded(schema, others).problems({"a": 1, "b": 1, "c": "x"})
    assert [v.pointer for v in problems] == [("a",), ("b",), ("c",)]


def test_a_schema_may_build_on_the_shipped_one() -> None:
    schema = loaded({"allOf": [{"$ref": "vitdlint:page"}], "required": ["date"]})
    assert [v.message for v in schema.problems({"draft": "maybe"})] == [
        'draft must be true or false; Hugo reads "maybe" as false',
        'the key "date" is missing',
    ]


def test_the_digest_changes_with_what_is_referred_to() -> None:
    one = loaded({"$ref": "a.json"}, {"schemas/a.json": {"type": "object"}})
    other = loaded({"$ref": "a.json"}, {"schemas/a.json": {"type": "object", "required": ["a"]}})
    again = loaded({"$ref": "a.json"}, {"schemas/a.json": {"type": "object"}})
    assert one.digest == again.digest != other.digest
    assert pickle.loads(pickle.dumps(one)) == again


# --- formats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "slug",
            ["a", "a--b", "a.b", "c++", "ünï", "日本語", "a_b", "100", "a%20b"],
            ["", "A", "a b", "a/b", "-a", "a-", ".", "..", "index", "a?b", "a'b", "½", "a%2Fb", "a\n"],
        ),
        (
            "url-path",
            ["/", "/a", "/a/b.html", "/Ünï+x", "/a:b"],
            ["", "a", "//a", "/a?b", "/a#b", "/a b", "https://x/", "/a\n", "/\\a"],
        ),
        (
            "hugo-date",
            ["2019-07-13", "2019-07-13T10:00:00Z", "13 Jul 2019"],
            ["", "2019", "2019-7-3", "13.7.2019", "2019-02-29"],
        ),
        (
            "doi",
            ["10.1000/182", "10.2147/TCRM.S188941", "10.1000.10/a(b)<c>"],
            ["", "10.1/x", "doi:10.1000/182", "10.1000/", "10.1000/a b"],
        ),
    ],
)
def test_our_formats(name: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not FORMATS[name](text)] == []
    assert [text for text in bad if FORMATS[name](text)] == []


# --- the two judges ------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(
        [
            0.1,
            0.3,
            1.0,
            2.5,
            -0.0,
            2**63,
            1e20,
            "",
            "a",
            "ab",
            "A b",
            "1",
            "2019-07-13",
            "a@b.c",
            "https://x.y/",
            "é",
        ]
    ),
    lambda v: (
        st.lists(v, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "ab", "c d"]), v, max_size=3)
    ),
    max_leaves=6,
)
LEAVES = st.one_of(
    st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"]).map(
        lambda t: {"type": t}
    ),
    st.lists(st.sampled_from(["string", "integer", "null", "array"]), min_size=1, unique=True).map(
        lambda t: {"type": t}
    ),
    st.lists(VALUES, min_size=1, max_size=3, unique_by=json.dumps).map(lambda v: {"enum": v}),
    VALUES.map(lambda v: {"const": v}),
    st.sampled_from(["^a", "b$", "a+", r"\d", "[^a]", "^(a|b)*$"]).map(lambda p: {"pattern": p}),
    st.sampled_from([*FORMATS, "date", "email", "uri", "regex", "uuid"]).map(lambda f: {"format": f}),
    st.sampled_from([0.1, 0.5, 2, 1.5]).map(lambda m: {"multipleOf": m}),
    st.builds(
        lambda k, n: {k: n},
        st.sampled_from(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]),
        st.integers(0, 3),
    ),
    st.builds(
        lambda k, n: {k: n},
        st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
        st.sampled_from([-1, 0, 1, 0.3, 2.0]),
    ),
    st.just({"uniqueItems": True}),
    st.just({"required": ["a"]}),
    st.just({"dependentRequired": {"a": ["b"]}}),
    st.booleans(),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda s: st.one_of(
        st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(st.sampled_from(["a", "b"]), s, max_size=2),
                "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), s, max_size=1),
                "additionalProperties": s,
                "propertyNames": s,
            },
        ),
        st.fixed_dictionaries(
            {},
            optional={
                "items": s,
                "contains": s,
                "prefixItems": st.lists(s, min_size=1, max_size=2),
                "unevaluatedItems": s,
            },
        ),
        st.builds(
            lambda k, v: {k: v},
            st.sampled_from(["allOf", "anyOf", "oneOf"]),
            st.lists(s, min_size=1, max_size=3),
        ),
        st.fixed_dictionaries({"if": s}, optional={"then": s, "else": s}),
        s.map(lambda v: {"not": v}),
        st.builds(lambda a, v: {"allOf": [a], "unevaluatedProperties": v}, s, st.just(False) | s),
        st.builds(lambda v: {"dependentSchemas": {"a": v}}, s),
    ),
    max_leaves=5,
)


@settings(max_examples=150)
@given(SCHEMAS, st.lists(VALUES, min_size=1, max_size=6))
def test_both_validators_agree(schema: Any, values: list[Any]) -> None:
    text = loaded({"properties": {"x": schema}}).text
    is_valid = validator(text)
    for value in values:
        data = {"x": value}
        errors = list(reference(text)(data))
        assert is_valid(data) is (not errors), (schema, value, errors)


@settings(max_examples=100)
@given(SCHEMAS, VALUES)
def test_whatever_is_wrong_is_described_in_words(schema: Any, value: Any) -> None:
    data = {"x": value}
    whole = loaded({"properties": {"x": schema}})
    problems = whole.problems(data)
    assert bool(problems) is not validator(whole.text)(data)
    for violation in problems:
        assert violation.message
        assert violation.message.isprintable()
        assert violation.pointer[:1] == ("x",)


@pytest.mark.parametrize(
    "schema", [{"anyOf": [False]}, {"oneOf": [False, False]}, {"allOf": [False]}, {"if": True, "then": False}]
)
def test_a_form_that_allows_nothing_says_so(schema: Any) -> None:
    assert messages(schema, 1) == ['the key "x" is not allowed here']


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ([False, {"type": "string"}], "x must be text, not 1"),
        ([{"const": 3}, False, {"enum": [4, 5]}], "x must be 3, 4 or 5, not 1"),
    ],
)
def test_a_form_that_allows_nothing_is_left_out_of_the_others(forms: list[Any], said: str) -> None:
    assert [messages({keyword: forms}, 1) for keyword in ("anyOf", "oneOf")] == [[said], [said]]


def messages(schema: Any, value: Any) -> list[str]:
    return [v.message for v in loaded({"properties": {"x": schema}}).problems({"x": value})]


def test_a_pattern_that_would_take_for_ever_takes_no_time() -> None:
    schema = loaded(
        {
            "properties": {"x": {"pattern": "^(a+)+$"}},
            "patternProperties": {"(b*)*c": {}},
            "additionalProperties": False,
        }
    )
    assert schema.problems({"x": "a" * 5_000 + "!", "b" * 5_000: 1})


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert violations({"properties": {"x": {"type": "integer"}}}, {"x": 1.0}) == []
    assert violations({"properties": {"x": {"enum": [1]}}}, {"x": 1.0}) == []
    assert violations({"properties": {"x": {"enum": [1]}}}, {"x": True}) != []


@pytest.mark.parametrize("value", ["\ud800", 10**400, float("inf"), float("nan"), "a" * 1_000_000])
def test_no_value_makes_it_raise(value: Any) -> None:
    schema = loaded({"properties": {"x": {"type": ["string", "number"], "minLength": 1, "multipleOf": 0.5}}})
    schema.problems({"x": value})


# --- the shipped schema --------------------------------------------------------------------------------------------


def test_the_shipped_schema_is_one() -> None:
    assert check(json.loads(shipped_text("page.schema.json"))) is None


def test_the_shipped_schema_demands_nothing_and_forbids_no_key() -> None:
    assert shipped().problems({}) == []
    assert shipped().problems({"anything": [{"goes": None}], "tilte": 1}) == []
    assert shipped().asks({"title": "x"}) == ()


def test_the_shipped_schema_knows_every_date_and_describes_every_key() -> None:
    properties = json.loads(shipped().text)["properties"]
    assert {name.lower() for name in properties} >= set(KEYS)
    assert [
        name for name, schema in properties.items() if not {"description", "$ref", "not"} & set(schema)
    ] == []


def test_the_shipped_schema_says_nothing_about_real_pages(shared: Path) -> None:
    import tarfile

    with tarfile.open(shared / "corpus" / "vitd-posts.tar.gz") as archive:
        pages = [archive.extractfile(m) for m in archive.getmembers() if m.name.endswith(".md")]
        texts = [page.read().decode() for page in pages if page is not None]
    assert len(texts) > 1_000
    assert [p for text in texts for p in shipped().problems(read(text).data)] == []

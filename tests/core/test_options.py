"""Tables become dataclasses, with every problem found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import jsonschema
import pytest

from vitdlint.core.options import Problem, documented, fill, json_schema, nearest
from vitdlint.linter.config import Keys


@dataclass(frozen=True)
class Inner:
    """Inner."""

    from_: str
    """Where it starts."""
    n: int = 1


@dataclass(frozen=True)
class Outer:
    """Outer."""

    names: tuple[str, ...] = ()
    """Names."""
    level: Literal["low", "high"] = "low"
    ratio: float = 0.5
    on: bool = False
    maybe: int | None = None
    inner: tuple[Inner, ...] = ()
    tables: Mapping[str, Inner] = field(default_factory=dict)


def filled(table: Any) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    return fill(Outer, table, (), problems), problems


def test_every_kind_of_value_finds_its_field() -> None:
    table = {
        "names": ["a"],
        "level": "high",
        "ratio": 2,
        "on": True,
        "maybe": 3,
        "inner": [{"from": "x"}],
        "tables": {"k": {"from": "y", "n": 2}},
    }
    assert filled(table) == (
        Outer(("a",), "high", 2.0, True, 3, (Inner("x"),), {"k": Inner("y", 2)}),
        [],
    )


@pytest.mark.parametrize(
    ("table", "way", "words"),
    [
        ({"nmes": []}, ("nmes",), 'unknown key "nmes". Did you mean "names"?'),
        ({"names": "a"}, ("names",), "a list of strings"),
        ({"names": ["a", 1]}, ("names", 1), "the number 1"),
        ({"level": "hgh"}, ("level",), 'Did you mean "high"?'),
        ({"ratio": True}, ("ratio",), "true"),
        ({"on": 1}, ("on",), "true or false"),
        ({"maybe": "x"}, ("maybe",), "a whole number or nothing"),
        ({"inner": [{}]}, ("inner", 0), 'lacks the key "from"'),
        ({"tables": {"k": 1}}, ("tables", "k"), "it must be a table"),
        ([], (), "it must be a table"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_way(table: Any, way: tuple[Any, ...], words: str) -> None:
    _, problems = filled(table)
    assert problems[0].way == way
    assert words in problems[0].message


def test_all_errors_are_found_at_once() -> None:
    _, problems = filled({"a": 1, "names": 2, "level": 3, "inner": [{"from": 4}]})
    assert len(problems) == 4


def test_a_suggestion_does_not_depend_on_the_order_of_what_is_known() -> None:
    assert nearest("ab", ["abc", "abd"]) == nearest("ab", ["abd", "abc"])


def test_the_string_under_a_field_documents_it() -> None:
    options = {o.name: o for o in documented(Outer)}
    assert options["names"].doc == "Names."
    assert options["level"].type == 'one of "low", "high"'


@pytest.mark.parametrize(
    "table", [{}, {"names": ["x"], "inner": [{"from": "a"}]}, {"maybe": 1, "tables": {}}]
)
def test_the_json_schema_accepts_what_is_accepted(table: Any) -> None:
    jsonschema.validate(table, json_schema(Outer))
    assert filled(table)[1] == []


@pytest.mark.parametrize("table", [{"x": 1}, {"names": 1}, {"level": "x"}, {"on": "yes"}])
def test_the_json_schema_refuses_what_is_refused(table: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table, json_schema(Outer))
    assert filled(table)[1]


def test_every_key_of_the_configuration_is_documented() -> None:
    assert [o.name for o in documented(Keys) if not o.doc] == []

"""A configuration table becomes a named tuple or a frozen dataclass, and such a class a JSON Schema for editors.

Keys are the fields' names with hyphens. Supported field types: bool, int, float, str, Literal, `X | None`,
`tuple[X, ...]`, `Mapping[str, X]`, and other such classes. What does not fit is a `Problem` with the way to it,
never an exception; all errors of a table are found at once.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

Way = tuple[str | int, ...]
"""The keys and indices that lead to a value of the configuration."""
REQUIRED = MISSING
"""In place of a default where there is none."""


class Problem(NamedTuple):
    """Something wrong in a configuration: where, what, and whether the key (not the value) is meant."""

    way: Way
    message: str
    key: bool = False


def nearest(word: str, known: Iterable[str]) -> str:
    """' Did you mean "x"?' for the likeliest of `known`, or nothing. Ties go to the first in alphabetical order."""
    plain = {name.lstrip("-"): name for name in known}  # the dashes of options would make all of them alike
    close = difflib.get_close_matches(word.lstrip("-"), sorted(plain), n=1, cutoff=0.6)
    return f' Did you mean "{plain[close[0]]}"?' if close else ""


def fill(kind: Any, table: Any, way: Way, problems: list[Problem]) -> Any:
    """A value of that class from a table; what is wrong is added to `problems`, with the default in its place."""
    if not isinstance(table, Mapping):
        problems.append(Problem(way, f"{_name(way)} is {_kind_of(table)}; it must be a table"))
        table = {}
    known = {key_of(name): name for name in defaults(kind)}
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = nearest(key, known) or f" There are {', '.join(sorted(known))}."
            near = f".{near}" if known else f"; {_name(way)} has no keys"
            problems.append(Problem((*way, key), f'unknown key "{key}"{near}', key=True))
            continue
        found = list[Problem]()
        converted = convert(hints[known[key]], value, (*way, key), found)
        problems += found
        if not found:
            values[known[key]] = converted
    for name, default in defaults(kind).items():
        if default is REQUIRED and name not in values:
            if key_of(name) not in table:
                problems.append(Problem(way, f'{_name(way)} lacks the key "{key_of(name)}"'))
            return None
    try:
        return kind(**values)
    except ValueError as error:
        problems.append(Problem(way, str(error)))
        return None


def convert(hint: Any, value: Any, way: Way, problems: list[Problem]) -> Any:
    """The value as that type, or an error."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        for arm in args:
            trial: list[Problem] = []
            converted = convert(arm, value, way, trial)
            if not trial:
                return converted
        problems.append(Problem(way, f"{_name(way)} is {_kind_of(value)}; it must be {words(hint)}"))
        return None
    if origin is Literal:
        if value not in args:
            hint_words = nearest(value, [str(a) for a in args]) if isinstance(value, str) else ""
            is_ = f'"{value}"' if isinstance(value, str) else _kind_of(value)
            problems.append(Problem(way, f"{_name(way)} is {is_}; it must be {words(hint)}.{hint_words}"))
        return value
    if origin is tuple:
        if not isinstance(value, Sequence) or isinstance(value, str):
            one = f': write ["{value}"]' if isinstance(value, str) and args[0] is str else ""
            problems.append(Problem(way, f"{_name(way)} is {_kind_of(value)}; it must be {words(hint)}{one}"))
            return ()
        return tuple(convert(args[0], item, (*way, i), problems) for i, item in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            problems.append(Problem(way, f"{_name(way)} is {_kind_of(value)}; it must be a table"))
            return {}
        return {k: convert(args[1], v, (*way, k), problems) for k, v in value.items()}
    if is_table(hint):
        return fill(hint, value, way, problems)
    if hint is Any:
        return value
    fits = isinstance(value, (int, float) if hint is float else hint)
    if not fits or (isinstance(value, bool) and hint is not bool):
        bare = ": leave out the quotes" if _quoted(value, hint) else ""
        problems.append(Problem(way, f"{_name(way)} is {_kind_of(value)}; it must be {words(hint)}{bare}"))
        return None
    return float(value) if hint is float else value


def words(hint: Any) -> str:
    """A type in words, for people."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(words(a) for a in args)
    if origin is Literal:
        return "one of " + ", ".join(f'"{a}"' if isinstance(a, str) else str(a) for a in args)
    if origin is tuple:
        return f"a list of {_plural(args[0])}"
    if is_table(hint) or (origin is not None and issubclass(origin, Mapping)):
        return "a table"
    return {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}.get(
        hint, "nothing" if hint is type(None) else "a value"
    )


def is_table(kind: object) -> bool:
    """Whether a class, or a value of it, is one that a table becomes."""
    return hasattr(kind, "_fields") or is_dataclass(kind)


def defaults(kind: Any) -> dict[str, Any]:
    """The fields of such a class, each with its default or REQUIRED."""
    if not is_dataclass(kind):
        return {name: kind._field_defaults.get(name, REQUIRED) for name in kind._fields}
    return {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(kind)}


def key_of(field: str) -> str:
    """The key of a field: hyphens for underscores, and none at the end (`from_` is `from`)."""
    return field.rstrip("_").replace("_", "-")


class Option(NamedTuple):
    """One documented option."""

    name: str
    type: str
    default: Any
    doc: str


def documented(kind: Any) -> Iterator[Option]:
    """Every option with its type in words, its default, and the string under its field."""
    docs = _field_docs(kind)
    hints = _hints(kind)
    for name, default in defaults(kind).items():
        yield Option(key_of(name), words(hints[name]), default, docs.get(name, ""))


def json_schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema that says what `convert` accepts."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [json_schema(a) for a in args if a is not type(None)]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": json_schema(args[0])}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": json_schema(args[1])}
    if is_table(hint):
        docs, hints = _field_docs(hint), _hints(hint)
        properties = {
            key_of(name): {
                **json_schema(hints[name]),
                **({"description": docs[name]} if name in docs else {}),
            }
            for name in defaults(hint)
        }
        return {"type": "object", "properties": properties, "additionalProperties": False}
    return (
        {"type": {bool: "boolean", int: "integer", float: "number", str: "string"}[hint]}
        if hint is not Any
        else {}
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _field_docs(kind: Any) -> dict[str, str]:
    """The string literals under the fields of a class, read from its source."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    docs: dict[str, str] = {}
    for statement, after in pairwise(body):
        named = isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        literal = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if named and literal:
            docs[statement.target.id] = " ".join(str(after.value.value).split())  # type: ignore[attr-defined]  # checked
    return docs


def _name(way: Way) -> str:
    names = [str(part) for part in way if isinstance(part, str)]
    if not names:
        return "the configuration"
    return f'"{names[-1]}"' + (f" (item {way[-1] + 1})" if isinstance(way[-1], int) else "")


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, str):
        return f'the string "{value}"'
    if isinstance(value, Sequence):
        return "a list"
    return f"the number {value}" if isinstance(value, (int, float)) else f"a {type(value).__name__}"


def _quoted(value: Any, hint: Any) -> bool:
    """Whether a string says what the type wants."""
    if not isinstance(value, str) or hint not in (bool, int, float):
        return False
    return value in ("true", "false") if hint is bool else value.replace(".", "", hint is float).isdecimal()


def _plural(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "words out of " + ", ".join(f'"{a}"' for a in get_args(hint))
    return {str: "strings", int: "whole numbers", float: "numbers", bool: "true or false"}.get(hint, "tables")

"""Expressions that are compiled late are sound all the same."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import vitdlint
from vitdlint.core.lazy_re import lazy_re

PACKAGE = Path(vitdlint.__file__).parent
USERS = sorted(
    path for path in PACKAGE.rglob("*.py") if "lazy_re(" in path.read_text() and path.stem != "lazy_re"
)


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.stem)
def test_every_expression_of_a_module_compiles(path: Path) -> None:
    module = import_module(".".join(["vitdlint", *path.relative_to(PACKAGE).with_suffix("").parts]))
    late = type(lazy_re(""))
    found = [value for value in vars(module).values() if type(value) is late]
    found += [mark.pattern for mark in getattr(module, "MARKS", ())]
    tables = [value for value in vars(module).values() if isinstance(value, dict)]
    found += [value for table in tables for value in table.values() if type(value) is late]
    assert len(found) >= path.read_text().count("lazy_re(")  # it may import some
    for expression in found:
        expression.search("")


def test_it_does_what_a_compiled_one_does() -> None:
    early, late = re.compile("(A)(b)?", re.IGNORECASE), lazy_re("(A)(b)?", re.IGNORECASE)
    text = "ab.A.aB"
    assert late.pattern == early.pattern
    assert late.findall(text) == early.findall(text) == [("a", "b"), ("A", ""), ("a", "B")]
    assert late.sub(r"<\1>", text) == early.sub(r"<\1>", text)
    assert [m.span() for m in late.finditer(text, 1)] == [m.span() for m in early.finditer(text, 1)]
    assert late.fullmatch(text) is early.fullmatch(text) is None


def test_a_misspelt_method_is_an_error_before_and_after_the_first_use() -> None:
    late = lazy_re("a")
    for _ in range(2):
        with pytest.raises(AttributeError):
            late.serach  # type: ignore[attr-defined]  # noqa: B018  # that is what is tested
        assert late.search("cab") is not None

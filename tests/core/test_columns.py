"""What is stored by column comes back the same, of the same types, all at once and one by one."""

from __future__ import annotations

import pickle
import random
from typing import Any, NamedTuple

import pytest

from vitdlint.core.columns import packed, unpacked, value_at


class Inner(NamedTuple):
    name: str
    number: int | None = None


class Outer(NamedTuple):
    words: tuple[str, ...]
    inner: Inner | None
    many: tuple[Inner, ...]
    odd: Any


def _inner(chance: random.Random) -> Inner:
    return Inner(chance.choice(["", "a", "b", "é"]), chance.choice([None, 0, 1, 10**20]))


def _outer(chance: random.Random) -> Outer:
    odd = [None, 0, False, True, "", (), ("a", ("b", 1)), [1], {"a": ()}, 1.5, Inner("x"), b"y"]
    return Outer(
        tuple(chance.choices("abc", k=chance.randrange(3))),
        chance.choice([None, _inner(chance)]),
        tuple(_inner(chance) for _ in range(chance.choice([0, 0, 1, 4]))),
        chance.choice(odd[: chance.randrange(1, len(odd) + 1)]),
    )


def _types(value: Any) -> Any:
    return type(value), [*map(_types, value)] if isinstance(value, tuple) else None


@pytest.mark.parametrize("seed", range(300))
def test_values_come_back_as_they_were(seed: int) -> None:
    chance = random.Random(seed)
    values = [_outer(chance) for _ in range(chance.choice([0, 1, 2, 3, 30]))]
    values += values[: chance.randrange(2)]
    column = pickle.loads(pickle.dumps(packed(values)))
    for found in (unpacked(column), [value_at(column, n) for n in range(len(values))]):
        assert found == values
        assert [*map(_types, found)] == [*map(_types, values)]


@pytest.mark.parametrize(
    "values",
    [
        [],
        [None],
        [None, None],
        [True, 1],
        [0, False],
        [(), ()],
        [(), (1,)],
        ["a", "a"],
        [Inner("a")] * 3,
        ["a", 1],
    ],
    ids=str,
)
def test_so_do_values_that_are_nearly_the_same(values: list[Any]) -> None:
    column = packed(values)
    assert [*map(_types, unpacked(column))] == [*map(_types, values)]
    assert unpacked(column) == values == [value_at(column, n) for n in range(len(values))]

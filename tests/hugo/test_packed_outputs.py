"""Pages that are made when they are asked for are those that were stored, and answer as these do."""

from __future__ import annotations

import pickle
import random

import pytest

from vitdlint.hugo import packed_outputs as module
from vitdlint.hugo.packed_outputs import PackedOutputs, alias_files, column, pack, picked
from vitdlint.hugo.publication import Alias, Output, Publication
from vitdlint.hugo.space import SiteKey
from vitdlint.site.urls import UrlMap

STATES = ("published", "published", "draft", "resource", "shadowed", "headless")
FILES = tuple(f"{name}{end}" for name in ("a", "b", "A", "c/d", "c") for end in ("/index.html", ".html"))


def _output(chance: random.Random, number: int) -> Output:
    file = chance.choice(FILES)
    aliases = [Alias(each, f"/{each}", ("aliases", n)) for n, each in enumerate(chance.choices(FILES, k=2))]
    return Output(
        chance.choice(("page", "section", "term")),
        SiteKey("en", "", ""),
        chance.choice((None, f"content/{number}.md")),
        f"/{number}",
        f"/{file}",
        file,
        chance.choice(STATES),
        aliases=tuple(aliases[: chance.choice((0, 0, 1, 2))]),
        text_from=chance.choice(("", "", f"content/{number + 1}.md")),
    )


@pytest.mark.parametrize("seed", range(100))
def test_they_are_the_same_pages(seed: int) -> None:
    chance = random.Random(seed)
    outputs = tuple(_output(chance, number) for number in range(chance.choice((0, 1, 2, 12))))
    stored = pickle.loads(pickle.dumps(pack(outputs)))
    lazy = PackedOutputs(stored)
    assert len(lazy) == len(outputs)
    for name in Output._fields:
        assert column(lazy, name) == column(outputs, name)
    assert [*alias_files(lazy)] == [*alias_files(outputs)]
    numbers = {str(number): number for number in range(len(outputs))}
    assert (
        dict(picked(lazy, numbers))
        == dict(picked(outputs, numbers))
        == dict(zip(numbers, outputs, strict=True))
    )

    for clean in (True, False):
        one, other = (
            UrlMap(Publication(outputs), clean=clean),
            UrlMap(Publication(PackedOutputs(stored)), clean=clean),
        )
        assert one.contested == other.contested
        assert [*one.aliases()] == [*other.aliases()]
        for path in ("/", *(f"/{file}" for file in FILES), "/a", "/b/", "/c/", "/none"):
            assert one.find(path) == other.find(path)
            assert one.differs_in_case(path[1:]) == other.differs_in_case(path[1:])
    assert pack(PackedOutputs(stored)) == stored


@pytest.mark.parametrize("few", [0, 1, 3, 300])
def test_a_page_is_one_object_however_it_is_asked_for(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW", few)
    chance = random.Random(1)
    outputs = tuple(_output(chance, number) for number in range(9))
    lazy = PackedOutputs(pack(outputs))
    first = lazy[4]
    assert lazy[4] is first
    assert [lazy[number] for number in range(9)] == [*outputs]
    assert lazy[4] is first
    assert [*lazy] == [*outputs]
    assert [*lazy][4] is lazy[4] is lazy[-5] is first
    assert lazy[3:6] == list(outputs[3:6])
    assert list(reversed(lazy)) == [*reversed(outputs)]

"""Packed uses of terms come back the same, in their order, term by term, also from a pickle."""

from __future__ import annotations

import pickle
import random

import pytest

from vitdlint.hugo import packed_terms
from vitdlint.hugo.packed_terms import packed, spelled_differently
from vitdlint.hugo.publication import Term, TermKey
from vitdlint.hugo.space import SiteKey


@pytest.mark.parametrize("seed", range(20))
def test_uses_come_back_as_they_were(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    monkeypatch.setattr(packed_terms, "_KEPT", draw.randrange(30))
    sites = SiteKey("en", "", ""), SiteKey("de", "v1", "guest")
    uses = [
        Term(
            draw.choice(["tags", "categories"]),
            draw.choice(["A b", "a b", "é"]),
            draw.choice(["a-b", "é"]),
            draw.choice(["", "content/a.md", "content/b.md"]),
            draw.choice([(), ("tags",), ("tags", 0), ("tags", 70_000)]),
            draw.choice(sites),
            draw.choice(["/a", "/b"]),
        )
        for _ in range(draw.randrange(40))
    ]
    expected: dict[TermKey, tuple[Term, ...]] = {}
    for use in uses:
        expected[use.of] = (*expected.get(use.of, ()), use)
    terms = pickle.loads(pickle.dumps(packed(uses)))
    for _ in range(2):
        assert list(terms.items()) == list(expected.items())
    assert len(terms) == len(expected)
    several = [key for key, own in expected.items() if len({use.value for use in own}) > 1]
    assert spelled_differently(terms) == spelled_differently(expected) == several
    with pytest.raises(KeyError):
        terms[TermKey(sites[0], "tags", "none")]

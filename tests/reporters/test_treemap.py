"""The places of the map: the whole area, in the right sizes, without overlap."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vitdlint.reporters.html.treemap import Rectangle, squarified

WEIGHTS = st.lists(st.floats(0.5, 1000), min_size=1, max_size=60).map(lambda w: sorted(w, reverse=True))


@given(WEIGHTS, st.floats(10, 2000), st.floats(10, 2000))
def test_areas_are_as_the_weights_and_fill_everything(
    weights: list[float], width: float, height: float
) -> None:
    found = squarified(weights, Rectangle(5, 7, width, height))
    assert len(found) == len(weights)
    for weight, place in zip(weights, found, strict=True):
        expected = weight * width * height / sum(weights)
        assert abs(place.width * place.height - expected) < 1e-6 * width * height
        assert place.x >= 5 - 1e-6
        assert place.y >= 7 - 1e-6
        assert place.x + place.width <= 5 + width + 1e-6
        assert place.y + place.height <= 7 + height + 1e-6


@given(WEIGHTS)
def test_nothing_overlaps(weights: list[float]) -> None:
    found = squarified(weights, Rectangle(0, 0, 160, 100))
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            apart = (
                one.x + one.width <= other.x + 1e-6
                or other.x + other.width <= one.x + 1e-6
                or one.y + one.height <= other.y + 1e-6
                or other.y + other.height <= one.y + 1e-6
            )
            assert apart


def test_equal_pages_are_nearly_square() -> None:
    found = squarified([1.0] * 100, Rectangle(0, 0, 160, 100))
    assert all(0.4 < place.width / place.height < 2.5 for place in found)
    assert all(one.x <= other.x or one.y <= other.y for one, other in pairwise(found))

"""The work for each shape grows no faster than its size, counted in calls: a clock says nothing on a busy machine.

What one call of a regular expression or of `str.find` does is no more than one call: where that once grew as the square,
a large input has to be checked in seconds.
"""

from __future__ import annotations

import pytest

from .measure import calls, check, costs, exponent, seconds
from .shapes import Shape, shapes

MOST = 1.3
FEW = 2_000
"""Calls that four times the input takes: with fewer, what is computed once decides."""


@pytest.mark.parametrize("shape", tuple(shapes()), ids=lambda shape: shape.name)
def test_work_grows_no_faster_than_the_input(shape: Shape) -> None:
    one, four = costs(shape, calls, (1, 4))
    assert four < FEW or exponent(one, four, 4) <= MOST


LARGE = {"definitions in one line": 60_000, "redirects": 16_000, "template, partials in a chain": 2_000}


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    [s for s in shapes() if s.name in LARGE or s.name.startswith("template")],
    ids=lambda shape: shape.name,
)
def test_a_large_one_takes_seconds(shape: Shape) -> None:
    files = shape.make(LARGE.get(shape.name, 8_000))
    assert seconds(lambda: check(files)) < 10

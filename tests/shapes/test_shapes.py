"""The work for each shape grows no faster than its size, counted in calls: a clock says nothing on a busy machine."""

from __future__ import annotations

import pytest

from .measure import calls, costs, exponent
from .shapes import Shape, shapes

MOST = 1.3


@pytest.mark.parametrize("shape", tuple(shapes()), ids=lambda shape: shape.name)
def test_work_grows_no_faster_than_the_input(shape: Shape) -> None:
    one, four = costs(shape, calls, (1, 4))
    assert exponent(one, four, 4) <= MOST

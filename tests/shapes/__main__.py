"""Measure every shape at 1, 2, 4 and 8 times its size: seconds, and the exponent of the last step.

    make shapes [SHAPE='part of a name'] [TIMES=10]

Ends with 1 if the exponent of any that takes a tenth of a second is above 1.3.
"""

from __future__ import annotations

import argparse
import sys

from .measure import FACTORS, costs, exponent, seconds
from .shapes import shapes

MOST = 1.3
LEAST = 0.1
"""Seconds below which a clock says little."""


def main() -> int:
    """Print a line for each shape; the exit code."""
    parser = argparse.ArgumentParser(prog="shapes", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of the names of shapes; all without")
    parser.add_argument("--times", type=int, default=1, help="how much larger than in the tests")
    asked = parser.parse_args()
    slow = []
    print(f"{'shape':36}{'size':>8}" + "".join(f"{f'×{factor}':>9}" for factor in FACTORS) + "  exponent")
    for shape in shapes():
        if asked.names and not any(name in shape.name for name in asked.names):
            continue
        larger = shape._replace(size=shape.size * asked.times)
        found = costs(larger, seconds, FACTORS)
        power = exponent(found[-2], found[-1], FACTORS[-1] / FACTORS[-2])
        numbers = "".join(f"{cost:9.3f}" for cost in found)
        print(f"{shape.name:36}{larger.size:>8}{numbers}{power:10.2f}", flush=True)
        if power > MOST and found[-1] > LEAST:
            slow.append(shape.name)
    if slow:
        print(f"not linear: {', '.join(slow)}")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())

"""What a run does grows no further by accident: it is counted in calls, which a busy machine does not change."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from benchmarks.work import STORED, VERSION
from support.paths import ROOT

COUNTS = json.loads(STORED.read_text(encoding="utf-8"))


@pytest.mark.skipif(VERSION not in COUNTS, reason=f"nothing is stored for Python {VERSION}")
def test_no_kind_of_run_does_a_tenth_more_than_it_did() -> None:
    words = [sys.executable, str(ROOT / "tests/benchmarks/work.py"), "--json"]
    found = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert found.keys() == COUNTS[VERSION].keys()
    more = {kind: (COUNTS[VERSION][kind], n) for kind, n in found.items() if n > COUNTS[VERSION][kind] * 1.1}
    assert more == {}, "python tests/benchmarks/work.py --store, if that is what a change is worth"

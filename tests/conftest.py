"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real content and Hugo's own answers that may lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared beside the checkout: real content and vectors are not here")
    return SHARED

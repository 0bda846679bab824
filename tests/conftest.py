"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from support.paths import SHARED
from support.run import write

# How long an example takes says more of the machine than of vitdlint.
settings.register_profile("any machine", settings.default, deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real content and Hugo's own answers that may lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared beside the checkout: real content and vectors are not here")
    return SHARED


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one good page."""
    return write(
        tmp_path,
        {
            "hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n",
            "content/posts/sun.md": "---\ntitle: Sun\n---\n\nLight.\n",
        },
    )

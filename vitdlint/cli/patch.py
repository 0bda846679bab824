"""What a command would change, as a patch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..core.terminal import write_patch
from ..edits.fix import diff
from ..files.find_site import repository_root


def show_patch(root: Path, texts: Mapping[str, str], before: Callable[[str], str | None]) -> None:
    """Print new texts of files of the site at `root` as a patch for `git apply`; `before` gives what they were."""
    top = repository_root(root) or root
    prefix = f"{root.relative_to(top)}/" if root != top else ""
    write_patch(diff(texts, before, lambda path: f"{prefix}{path}"))

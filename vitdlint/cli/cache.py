"""`vitdlint cache`: where it is, how big, and clear it."""

from __future__ import annotations

import sys
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Exit
from ..files.find_site import locate
from ..linter.incremental.store import default_file


def cache(path: Path | None, *, clear: bool, everything: bool) -> int:
    """Print the cache of a site (or of all sites), or remove it."""
    file = default_file(str(locate([path] if path else []).root)) if not everything else default_file("")
    files = sorted(file.parent.glob("*.sqlite*")) if everything else sorted(file.parent.glob(f"{file.name}*"))
    size = sum(f.stat().st_size for f in files)
    if not clear:
        where = file.parent if everything else file
        sys.stdout.write(f"{where}: {size / 1e6:,.1f} MB\n")
        return Exit.CLEAN
    try:
        for f in files:
            f.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be removed: {error.strerror}") from error
    sys.stdout.write(f"{size / 1e6:,.1f} MB removed\n")
    return Exit.CLEAN

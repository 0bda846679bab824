"""`vitdlint cache`: where it is, how big, and clear it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Exit
from ..core.terminal import say
from ..files.find_site import locate
from ..linter.incremental.store import Cache, default_file
from .options import CacheOptions


def cache(options: CacheOptions) -> int:
    """Print the cache of a site (or of all sites), or remove it."""
    everything = options.everything
    if everything and options.path:
        raise UsageError(f"--all is about every site; leave out --all or {options.path}")
    file = default_file("" if everything else str(locate([options.path] if options.path else []).root))
    files = sorted(file.parent.glob("*.sqlite*" if everything else f"{file.name}*"))
    size = sum(f.stat().st_size for f in files)
    if not options.clear:
        if everything:
            say(f"{file.parent}: {size / 1e6:,.1f} MB, {len(files):,} sites")
        else:
            say(f"{file}: {size / 1e6:,.1f} MB", *(_described(file) if files else ()))
        return Exit.CLEAN
    try:
        for f in files:
            f.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be removed: {error.strerror}") from error
    say(f"{size / 1e6:,.1f} MB removed")
    return Exit.CLEAN


def _described(file: Path) -> Iterator[str]:
    """What is in the cache of one site, a line each."""
    found = Cache(file).contents()
    yield f"  {found.results:,} results of pages, {found.others:,} other values, {found.bytes / 1e6:,.1f} MB together"
    if found.limit:
        yield f"  from {found.limit / 1e6:,.1f} MB on the oldest are removed"
    if found.oldest is not None:
        yield f"  the oldest was stored on {datetime.fromtimestamp(found.oldest, UTC):%Y-%m-%d}"

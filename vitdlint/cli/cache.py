"""`vitdlint cache`: where it is, how big, and clear it."""

from __future__ import annotations

from ..core.errors import UsageError
from ..core.model import Exit
from ..core.terminal import say
from ..files.find_site import locate
from ..linter.incremental.store import default_file
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
        where = file.parent if everything else file
        say(f"{where}: {size / 1e6:,.1f} MB")
        return Exit.CLEAN
    try:
        for f in files:
            f.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be removed: {error.strerror}") from error
    say(f"{size / 1e6:,.1f} MB removed")
    return Exit.CLEAN

"""The ignores of the configuration that carry a last day, with their places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..core.relative import relative
from ..rules.support.run_facts import Ignore
from .config import Config
from .config_file import ConfigFile


def expiring(config: Config, root: Path) -> tuple[Ignore, ...]:
    """Each `[[links.ignore]]`, with the place of its last day; paths are relative to the site's root."""
    if not config.keys.links.ignore or config.file is None:
        return ()
    file = ConfigFile(Path(config.file))
    path = relative(file.path, root)
    found = []
    for i, ignore in enumerate(config.keys.links.ignore):
        place = file.place(("links", "ignore", i, "expires"))
        start, end = (place.start, place.end) if place is not None else (0, 0)
        found.append(Ignore(ignore.url, ignore.reason, date.fromisoformat(ignore.expires), path, start, end))
    return tuple(found)

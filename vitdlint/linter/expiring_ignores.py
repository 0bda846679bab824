"""The ignores of the configuration that carry a last day, with their places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..core.relative import relative
from ..rules.support.run_facts import Ignore
from .config import Config


def expiring(config: Config, root: Path) -> tuple[Ignore, ...]:
    """Each `[[links.ignore]]`, with the place of its last day; paths are relative to the site's root."""
    found = []
    for i, ignore in enumerate(config.keys.links.ignore):
        origin = config.layers.origin(("links", "ignore", i, "expires"))
        if origin is None or origin.layer.given is not None:
            continue  # it has no place, and lasts for one run
        file = origin.layer.opened()
        path = relative(file.path, root)
        place = file.place(origin.way)
        start, end = (place.start, place.end) if place is not None else (0, 0)
        found.append(Ignore(ignore.url, ignore.reason, date.fromisoformat(ignore.expires), path, start, end))
    return tuple(found)

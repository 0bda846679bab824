"""The ignores of the configuration that carry a last day, with their places."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from ..rules.support.run_facts import Ignore
from .config import Config


def expiring(config: Config, root: Path) -> tuple[Ignore, ...]:
    """Each `[[links.ignore]]`, with the place of its last day; paths are relative to the site's root."""
    if not config.keys.links.ignore or config.file is None:
        return ()
    from ..frontmatter.places import places_in_toml  # few configurations have any

    file = Path(config.file)
    text = file.read_text("utf-8-sig")
    where = places_in_toml(text)
    prefix = ("tool", "vitdlint") if file.name == "pyproject.toml" else ()
    path = os.path.relpath(file, root).replace(os.sep, "/")
    found = []
    for i, ignore in enumerate(config.keys.links.ignore):
        place = where.get((*prefix, "links", "ignore", i, "expires"))
        start, end = (place.start, place.end) if place is not None else (0, 0)
        found.append(Ignore(ignore.url, ignore.reason, date.fromisoformat(ignore.expires), path, start, end))
    return tuple(found)

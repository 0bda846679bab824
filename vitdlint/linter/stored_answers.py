"""What `vitdlint links` has stored about a site's external links, for a check without network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import NotChecked
from ..external.fetch import store
from ..external.settings import LinksConfig
from ..external.state import Unreadable, in_words
from ..external.subject import Web, site_links, web_of
from ..external.urls import external_urls
from ..files.find_site import shown
from ..site.links import Links
from .project import Project


def stored_web(links: Links, project: Project, now: datetime, old: Links | None = None) -> Web:
    """What the state file says about a site's links.

    `old` are those of the site that it is compared with: URLs that none of them leads to are new.
    """
    config, state = project.config.keys.links, state_file(project)
    known = known_of(state, config, now)
    urls = frozenset(external_urls(site_links(links)))
    new = frozenset[str]() if old is None else urls.difference(external_urls(site_links(old)))
    web = web_of(site_links(links), known.records, config, now.date(), new)
    return web._replace(stored=tuple(_not_used(known, shown(state))))


def _not_used(known: store.Known, name: str) -> Iterator[NotChecked]:
    if known.damaged:
        yield NotChecked(f"lines of {name}", f"no records: {in_words(known.damaged)}", len(known.damaged))
    if known.future:
        reason = "from the future, as if a clock had been wrong; run `vitdlint links`"
        yield NotChecked(f"answers in {name}", reason, known.future)


def known_of(state: Path, config: LinksConfig, now: datetime) -> store.Known:
    """What a state file and its journal say. UsageError if they cannot be read."""
    try:
        return store.read(state, config, now)
    except (Unreadable, OSError) as error:
        raise UsageError(f"{shown(state)}: {error}") from error


def state_file(project: Project) -> Path:
    """Where the answers are stored: beside the configuration, or at the site's root if there is none."""
    folder = project.config.layers.folder(("links", "state"), project.located.root)
    return folder / project.config.keys.links.state

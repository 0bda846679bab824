"""What `vitdlint links` has stored about a site's external links, for a check without network."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..core.errors import UsageError
from ..external.fetch import store
from ..external.settings import LinksConfig
from ..external.state import Record, Unreadable
from ..external.subject import Web, site_links, web_of
from ..external.urls import external_urls
from ..files.find_site import shown
from ..site.links import Links
from .project import Project


def stored_web(links: Links, project: Project, now: datetime, old: Links | None = None) -> Web:
    """What the state file says about a site's links.

    `old` are those of the site that it is compared with: URLs that none of them leads to are new.
    """
    config = project.config.keys.links
    records = records_of(state_file(project), config)
    urls = frozenset(external_urls(site_links(links)))
    new = frozenset[str]() if old is None else urls.difference(external_urls(site_links(old)))
    return web_of(site_links(links), records, config, now.date(), new)


def records_of(state: Path, config: LinksConfig) -> dict[str, Record]:
    """The records of a state file. UsageError if it cannot be read."""
    try:
        return store.read(state, config).records
    except (Unreadable, OSError) as error:
        raise UsageError(f"{shown(state)}: {error}") from error


def state_file(project: Project) -> Path:
    """Where the answers are stored: beside the configuration, or at the site's root if there is none."""
    folder = project.config.layers.folder(("links", "state"), project.located.root)
    return folder / project.config.keys.links.state

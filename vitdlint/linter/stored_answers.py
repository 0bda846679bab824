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
from ..site.site import Site
from .project import Project


def stored_web(site: Site, project: Project, now: datetime, old: Site | None = None) -> Web:
    """What the state file says about a site's links.

    `old` is the site that it is compared with: URLs that it does not link to are new.
    """
    config = project.config.keys.links
    records = records_of(state_file(project), config)
    urls = frozenset(external_urls(site_links(site)))
    new = frozenset[str]() if old is None else urls.difference(external_urls(site_links(old)))
    return web_of(site_links(site), records, config, now.date(), new)


def records_of(state: Path, config: LinksConfig) -> dict[str, Record]:
    """The records of a state file. UsageError if it cannot be read."""
    try:
        return store.read(state, config).records
    except (Unreadable, OSError) as error:
        raise UsageError(f"{shown(state)}: {error}") from error


def state_file(project: Project) -> Path:
    """Where the answers are stored: beside the configuration, or at the site's root if there is none."""
    folder = Path(project.config.folder) if project.config.folder else project.located.root
    return folder / project.config.keys.links.state

"""What the configuration of vitdlint, and the files for the host, say about a site."""

from __future__ import annotations

from dataclasses import dataclass

from .redirects import Redirect


@dataclass(frozen=True)
class SiteSettings:
    """Settings that decide where links lead, besides Hugo's own configuration."""

    host: str = "clean"
    """clean: /x, /x/ and /x.html alike; strict: files as they are."""
    base_urls: tuple[str, ...] = ()
    """The site's own hosts besides that of baseURL, old ones too."""
    extra_urls: tuple[str, ...] = ()
    """Globs of URL paths that only layouts know."""
    redirects: tuple[Redirect, ...] = ()
    """What the host redirects; the first that matches decides."""
    known_anchors: tuple[str, ...] = ()
    """Globs of fragments that layouts supply on every page."""
    aliases_by_host: bool = False
    """A template writes the pages' aliases as redirects of the host."""
    shortcodes: tuple[str, ...] = ()
    """Lower-case names of the shortcodes whose links and ids the configuration declares."""

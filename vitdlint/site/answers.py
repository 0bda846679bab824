"""What the site answers about a link, and the settings that decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..hugo.publication import Alias, Output
from .redirects import Redirect
from .targets import Origins


class Target(NamedTuple):
    """Where a link leads."""

    status: str
    """page, alias, term, section, file, generated, external, unpublished, dead, dead-fragment, fragment-lost (an
    alias's redirect drops it) or not-checked."""
    url: str = ""
    """Where the reader ends up, as RelPermalink writes it, without a fragment; '' for nowhere and elsewhere."""
    path: str = ""
    """The path that was asked for, percent-decoded, from the site's root, base path removed; '' if it has none."""
    page: Output | None = None
    """The page at the end, also an unpublished one."""
    alias: Alias | None = None
    """The alias that answers."""
    fragment: str = ""
    query: str | None = None
    host: str = ""
    """The own host that the link spells out."""
    source: str | None = None
    """For a file, what it is copied from."""
    reason: str = ""
    """Why it is dead or not checked, where that needs saying: the end of a sentence."""
    what: str = ""
    """For not-checked: what was not, as a plural."""
    via: str = ""
    """How it was found, if not by its URL: ref, logical (a render hook), redirect (the host's) or resource."""
    by: str = ""
    """For not-checked: whose fault it is, where several can be to blame for one reason."""


EXTERNAL = Target("external")


@dataclass(frozen=True)
class ResolverSettings:
    """What decides where links lead besides the publication: settings of Hugo's configuration and of ours."""

    base_path: str = "/"
    """Where the site begins on its host; starts and ends with `/`."""
    origins: Origins = field(default_factory=dict)
    clean: bool = True
    rewritten: bool = False
    """canonifyURLs or relativeURLs: Hugo puts the base path before a link that starts with `/`."""
    embedded: Mapping[str, str] = field(default_factory=dict)
    """`useEmbedded` of the render hooks "link" and "image", with "auto" settled: never, fallback or always."""
    extra_urls: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    known_anchors: tuple[str, ...] = ()
    declared_shortcodes: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    folders: Mapping[str, str] = field(default_factory=dict)
    """Language -> folder of its output files, where each language has a host of its own; else empty."""
    host_folders: Mapping[str, str] = field(default_factory=dict)
    """Host -> folder, likewise."""
    aliases_by_host: bool = False
    """A template writes the pages' aliases as redirects of the host."""

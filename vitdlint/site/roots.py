"""Where the published files are served: below one base URL, or each language's folder below a base URL of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..hugo.config import HugoConfig
from .targets import Origins, origins


class Root(NamedTuple):
    """One folder of the published files, and where it is served."""

    folder: str
    """Below the public folder; '' for all of it."""
    host: str
    """In lower case; '' if the base URL names none."""
    base: str
    """The path that it begins at; starts and ends with `/`."""
    origin: str
    """What a URL has before that path: `https://example.org`, or '' if the base URL names no host."""


def roots_of(config: HugoConfig) -> Mapping[str, Root]:
    """Folder -> root. Only where every language has a base URL are there several."""
    found: dict[str, Root] = {}
    for language in config.languages if config.multihost else (config.default,):
        host = next(iter(origins((language.base_url,))), "")
        base = language.base_path.rstrip("/") + "/"
        end = language.base_url.lower().find(host) + len(host) if host else 0
        folder = language.host_folder
        found[folder] = Root(folder, host, base, language.base_url[:end])
    return found


def origins_of(config: HugoConfig, base_urls: Iterable[str]) -> Origins:
    """The site's own hosts, old ones too; where each language has one, a path on it is taken as it is."""
    hosts = origins((*(each.base_url for each in config.languages), *base_urls))
    if config.multihost:
        hosts |= dict.fromkeys(origins(each.base_url for each in config.languages), "/")
    return hosts


def nearest(roots: Iterable[Root], path: str) -> Root | None:
    """The root that a path lies below: the one with the longest base path."""
    below = (root for root in roots if f"{path}/".startswith(root.base))
    return max(below, key=lambda root: len(root.base), default=None)

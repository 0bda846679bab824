"""The menus of Hugo's configuration: links that stand in no page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..core.model import Span
from .answers import Target
from .site import Site


class MenuLink(NamedTuple):
    """An entry of a menu, and where it leads."""

    menu: str
    name: str
    shown: str
    """Its `pageRef` or `url`, as written."""
    target: Target


def menu_links(site: Site) -> Iterator[MenuLink]:
    """The entries of all menus, those that are the same in several languages once."""
    seen: set[tuple[str, str, str]] = set()
    for own in site.addresses.config.languages:
        home = next(
            (o for o in site.addresses.publication.outputs if o.kind == "home" and o.language == own.name),
            None,
        )
        for menu, value in own.menus.items():
            for entry in value if isinstance(value, list) else [value]:
                if not isinstance(entry, Mapping) or home is None:
                    continue
                reference, url = entry.get("pageref"), entry.get("url")
                shown = reference if isinstance(reference, str) and reference else url
                name = str(entry.get("name") or entry.get("identifier") or shown)
                if not isinstance(shown, str) or not shown or (menu, name, shown) in seen:
                    continue
                seen.add((menu, name, shown))
                if shown == reference:
                    found = site.addresses.logical.find(shown, home).page
                    status = (
                        "dead" if found is None else "page" if found.state == "published" else "unpublished"
                    )
                    target = Target(status, found.url if found else "", shown, found, via="ref")
                else:
                    target = site.resolve(absolute(shown, site.addresses.base_path), home, "html")
                yield MenuLink(menu, name, shown, target)


def place_of_menus(site: Site) -> Span | None:
    """The configuration file that has the menus, by its name if one is for them alone; None without a file."""
    files = site.addresses.config.files
    named = next((f for f in files if f.rpartition("/")[2].startswith(("menu.", "menus."))), None)
    chosen = named or (files[0] if files else None)
    return Span(chosen, 0, 0) if chosen is not None else None


def absolute(url: str, root: str) -> str:
    """As Hugo completes the `url` of an entry: from the site's root."""
    if url.startswith(("#", "//")) or ":" in url.partition("/")[0]:
        return url
    return url if url.startswith(root) else root + url.lstrip("/")

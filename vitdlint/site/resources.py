"""The files that templates find by name: those beside a page, and those in `assets/`."""

from __future__ import annotations

import posixpath

from ..hugo.publication import Output
from ..hugo.shortcode_ways import ASSET, RESOURCE
from .addresses import Addresses
from .answers import Target


def beside(addresses: Addresses, path: str, page: Output) -> Target | None:
    """A file among the page's own resources, by its path from there."""
    if not path or not (page.bundle or page.kind != "page"):
        return None
    logical = posixpath.normpath(f"{page.logical}/{path}").lower().replace(" ", "-")
    file = addresses.publication.resources.get((page.site, logical.replace("//", "/")))
    if file is None:
        return None
    source = addresses.publication.files.get(file)
    return Target("file", addresses.url(file), "/" + file, source=source, via="resource", file=file)


def asset(addresses: Addresses, path: str, folder: str) -> Target | None:
    """A file in `assets/`; `folder` is that of the published files of the page's root."""
    name = path.lstrip("/")
    if name not in addresses.publication.assets:
        return None
    file = f"{folder}/{name}" if folder else name
    url, source = addresses.url(file), f"assets/{name}"
    return Target("file", url, path, source=source, via="resource", file=file)


def looked_up(addresses: Addresses, path: str, page: Output, folder: str, way: str) -> Target:
    """What the template of a shortcode finds that looks there, `RESOURCE` or `ASSET`."""
    found = (
        beside(addresses, path.removeprefix("./"), page)
        if way == RESOURCE
        else asset(addresses, path, folder)
    )
    return found or Target("dead", path=path, reason=_LOOKED_UP[way], via="resource")


_LOOKED_UP = {
    RESOURCE: "the template of the shortcode looks for it among the files of the page",
    ASSET: 'the template of the shortcode looks for it in "assets"',
}

"""Sites of several languages, versions and roles: random ones and the corner cases; the real Hugo decides."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from support.hugo_build import Build, build
from support.hugo_compare import Ours, compare_files, compare_pages
from support.space_random import space_site
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.files import content_files
from vitdlint.hugo.placement import Placement
from vitdlint.site.links import Links
from vitdlint.site.site import Site

_LINK = re.compile(r'<a href="([^"]*)">(\d)</a>')
_CHANCE = re.compile(r"Hugo does not write (?:.*/)?page/\d+(?:/index)?\.html|Hugo writes .*/\.html")
"""Whether a list has so many pages is the secret of its layout; and the page of 404.html has the aliases of cascades."""
_OWN_CRASH = re.compile(r"panic|hugolib\.|no taxonomy configuration|nil pointer")


@pytest.mark.parametrize("seed", range(6))
def test_random_sites_are_published_as_hugo_does(seed: int) -> None:
    assert space_differences(seed) in (None, [])


def space_differences(seed: int) -> list[str] | None:
    """In what vitdlint and Hugo disagree about a random site; None if Hugo does not build it, or by chance."""
    tree = _without_ties(space_site(seed))
    theirs = build(tree)
    site = of_tree(MemoryTree(tree))
    if theirs.code != 0:
        refused = "outside the website root" in theirs.messages and site.addresses.publication.refused_aliases
        assert refused or _OWN_CRASH.search(theirs.messages), theirs.messages
        return None
    found = sorted(set(_differences(site, theirs)))
    if found and any(_unlike(build(tree), theirs) for _ in range(3)):
        return None
    return found


def _unlike(one: Build, other: Build) -> bool:
    return one.files.keys() != other.files.keys() or one.pages != other.pages


def _without_ties(tree: dict[str, str]) -> dict[str, str]:
    """Drop a page where two of the same weight are one page of a site: which of them Hugo takes is chance."""
    while True:
        site = of_tree(MemoryTree(tree))
        config = site.addresses.config
        placed = Placement(config, content_files(config, MemoryTree(tree)), site.pages).files
        seen: dict[object, str] = {}
        for file in placed:
            for key in file.sites if file.is_page else ():
                if seen.setdefault((file.base, key, file.weight), file.path) != file.path:
                    tree = {path: text for path, text in tree.items() if path != file.path}
                    break
            else:
                continue
            break
        else:
            return tree


def _differences(site: Site, theirs: Build) -> Iterator[str]:
    addresses = site.addresses
    ours = Ours(addresses.config, addresses.publication)
    yield from (line for line in compare_files(ours, theirs) if not _CHANCE.fullmatch(line))
    yield from compare_pages(ours, theirs)
    yield from _aliases(site, theirs)
    yield from _dead_links(site, theirs)


def _aliases(site: Site, theirs: Build) -> Iterator[str]:
    """Redirects that lead elsewhere; where several pages claim the file, that is chance."""
    addresses = site.addresses
    redirects = theirs.redirects
    mine = {
        alias.file: output.url
        for output in addresses.publication.outputs
        for alias in output.aliases
        if alias.file not in addresses.alias_owners
    }
    mine |= {f: u for f, u in addresses.publication.redirect_files.items() if f not in addresses.urls.aliases}
    for file, url in mine.items():
        served = addresses.urls.served(file)
        if served is not None and served.output is not None and served.alias is None:
            continue  # a page, too
        if urlsplit(redirects.get(file, "")).path != url:
            yield f"{file} leads to {url}, in Hugo to {redirects.get(file)}"


def _dead_links(site: Site, theirs: Build) -> Iterator[str]:
    """Links of pages, in the first of their sites, that only one of the two finds dead."""
    addresses = site.addresses
    written = addresses.publication
    contested = {
        *addresses.url_owners,
        *addresses.alias_owners,
        *written.files,
        *written.redirect_files,  # with ugly URLs Hugo 0.168 puts one in the place of the home page
    }
    places: dict[str | None, set[str]] = {}
    for output in written.outputs:
        places.setdefault(output.path, set()).add(output.logical)
    seen: dict[str, int] = {}
    for page, link, target in Links(site).all:
        number = seen[page.path or ""] = seen.get(page.path or "", -1) + 1
        text = theirs.files.get(page.file)
        if (
            page.state != "published"
            or target.status == "not-checked"
            or text is None
            or page.file in contested
            or len(places[page.path]) > 1
        ):
            continue
        hrefs = {int(i): html.unescape(href) for href, i in _LINK.findall(text.decode())}
        if number not in hrefs:
            yield f"{page.path} has no link {number} to {link.target} in Hugo"
            continue
        root = addresses.root_of(page.file)
        if not hrefs[number]:
            continue  # Hugo's own hook has found a page that has no URL
        there = _leads_somewhere(
            urlsplit(urljoin(f"https://h{page.url}", hrefs[number])).path, root.folder, root.base, theirs
        )
        if there == (target.status in ("dead", "external", "unpublished")):
            yield f"{page.path} [{'/'.join(page.site)}]: {link.target} is {target.status}, in Hugo {hrefs[number]}: {there}"


def _leads_somewhere(path: str, folder: str, base: str, theirs: Build) -> bool:
    if not path.startswith(base) and path != base[:-1]:
        return False
    name = f"{folder}/{unquote(path[len(base) :])}".strip("/")
    bare = re.sub(r"(?:(?:^|/)index)?\.html$", "", name)
    return any(file in theirs.files for file in (name, f"{bare}/index.html".strip("/"), f"{bare}.html"))

"""What a site seems to need said in `vitdlint.toml`: own hosts, redirects, URLs of layouts, what shortcodes do.

Nothing here is certain, so each finding comes with the counts that it rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from ..hugo.layouts import BUILT_IN, REMOVED
from ..schema.infer import FEW
from .links import Links
from .site import Site

_HERE = frozenset({"page", "alias", "term", "section", "file", "generated"})
_LINK = re.compile(r"(?:https?:)?//\S|/[^/\s]")
_MOST_PATHS = 300
"""Paths that are tried: enough to know a share."""
_MANY = 10
"""Different paths that exist here too: a stranger's site with the same theme has not so many in common."""
_FEW = 3
_OWN_PATH = re.compile(r"[^/]/[^/]|[0-9_+%-]")
"""A path that hardly two sites have: of several folders, or with a number or several words."""


class OwnHost(NamedTuple):
    """An origin in links that seems to be the site itself."""

    url: str
    links: int
    why: str
    certain: bool
    """The evidence is strong enough to rewrite links to it."""


class MovedFolder(NamedTuple):
    """Links into a folder that does not exist, where the same names are in another."""

    below: str
    """The folder's URL path: `/pages/`."""
    to: str
    answered: int
    of: int
    """How many different URLs were asked for."""


class UnmadeFolder(NamedTuple):
    """Links into a folder of which content makes nothing: a layout may, or the host."""

    below: str
    links: int


class LinkParameter(NamedTuple):
    """A shortcode's parameter whose values look like links."""

    shortcode: str
    name: str
    """"0", "1" and so on for positional ones."""
    values: int
    """How many of them do."""
    of: int


class Fragment(NamedTuple):
    """A fragment that links to many pages have and none of the pages."""

    name: str
    pages: int


def own_hosts(site: Site) -> Iterator[OwnHost]:
    """Hosts in links that are this site, or may be: the certain ones first, each with its evidence.

    Certain is the host of baseURL with or without "www.", one that aliases name, and one of which many distinct paths are
    asked for that nearly all exist here. Paths that any site may have (the home page, `/about/`) prove nothing, however many
    pages link to them.
    """
    config = site.addresses.config
    bases = {urlsplit(language.base_url).netloc.lower() for language in config.languages}
    title = re.sub(r"[^a-z0-9]", "", config.default.title.lower())
    aliases = Counter(_host(alias) for alias in _aliases(site))
    asked: dict[str, dict[str, str]] = {}
    links: Counter[str] = Counter()
    for path, facts in site.pages.items():
        if path in site.addresses.outputs:
            for link in facts.links:
                if (host := _host(link.target)) and host not in bases:
                    links[host] += 1
                    asked.setdefault(host, {}).setdefault(urlsplit(link.target).path, path)
    found = []
    for host in {*links, *aliases} - {"", *bases}:
        paths = sorted(
            (asked_, path) for asked_, path in asked.get(host, {}).items() if _OWN_PATH.search(asked_)
        )
        tried = paths[:_MOST_PATHS]
        here = sum(site.resolve(asked_, path).status in _HERE for asked_, path in tried)
        share = f"{here:,} of {len(tried):,} different paths exist here"
        if _bare(host) in map(_bare, bases):
            found.append(OwnHost(f"https://{host}/", links[host], "the host of baseURL", certain=True))
        elif aliases[host]:
            found.append(
                OwnHost(f"https://{host}/", links[host], f"{aliases[host]:,} aliases name it", certain=True)
            )
        elif here >= _MANY and here >= 0.9 * len(tried):
            found.append(OwnHost(f"https://{host}/", links[host], share, certain=True))
        elif title and re.sub(r"[^a-z0-9]", "", _bare(host).rpartition(".")[0]) == title:
            found.append(
                OwnHost(f"https://{host}/", links[host], f"named like the site; {share}", certain=False)
            )
        elif here >= _FEW and here >= 0.5 * len(tried):
            found.append(OwnHost(f"https://{host}/", links[host], share, certain=False))
    yield from sorted(found, key=lambda host: (not host.certain, -host.links, host.url))


def _host(target: str) -> str:
    try:
        return urlsplit(target).netloc.lower() if target.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _aliases(site: Site) -> Iterator[str]:
    for facts in site.pages.values():
        aliases = facts.front.get("aliases")
        yield from (
            alias for alias in (aliases if isinstance(aliases, list) else ()) if isinstance(alias, str)
        )


def moved_folders(links: Links) -> Iterator[MovedFolder]:
    """Folders whose dead links would mostly be answered below another one: a redirect that only the host knows."""
    site = links.site
    home = next((o for o in site.addresses.publication.outputs if o.kind == "home"), None)
    counts = Counter(_first(output.url) for output in site.addresses.published)
    folders = sorted(folder for folder, count in counts.items() if folder and count >= FEW)
    for below, asked in _dead(links).items():
        if home is None or len(asked) < FEW:
            continue
        tried = sorted(asked)[:_MOST_PATHS]
        answered = {
            to: sum(site.resolve(to + path.removeprefix(below), home).status in _HERE for path in tried)
            for to in ("/", *folders)
            if to != below
        }
        to = max(answered, key=lambda folder: (answered[folder], folder), default="")
        if to and answered[to] >= max(FEW, len(tried) / 2):
            yield MovedFolder(below, to, answered[to], len(tried))


def unmade_folders(links: Links, moved: Iterable[MovedFolder]) -> Iterator[UnmadeFolder]:
    """Folders that many links ask for, and of which nothing is made; without those that have moved."""
    publication = links.site.addresses.publication
    made = {
        _first(url) for url in (*(o.url for o in publication.outputs), *(f"/{f}" for f in publication.files))
    }
    elsewhere = {entry.below for entry in moved}
    for below, asked in _dead(links).items():
        if below not in made and below not in elsewhere and asked.total() >= FEW:
            yield UnmadeFolder(below, asked.total())


def link_parameters(site: Site) -> Iterator[LinkParameter]:
    """Parameters of the site's own shortcodes that are links, nearly each time they are given."""
    values: dict[tuple[str, str], list[bool]] = {}
    for facts in site.pages.values():
        for call in facts.shortcodes:
            if call.name.lower() not in BUILT_IN and call.name.lower() not in REMOVED:
                for i, param in enumerate(call.params):
                    key = (call.name, param.name or str(i))
                    values.setdefault(key, []).append(_LINK.match(param.value) is not None)
    for (shortcode, name), found in sorted(values.items()):
        if sum(found) >= 5 and sum(found) / len(found) >= 0.9:
            yield LinkParameter(shortcode, name, sum(found), len(found))


def known_fragments(links: Links) -> Iterator[Fragment]:
    """Fragments that no content makes, asked for on many pages: a layout may put them on every one."""
    pages: dict[str, set[str]] = {}
    for _page, _link, target in links.led("dead-fragment"):
        pages.setdefault(target.fragment, set()).add(target.url)
    for name, found in sorted(pages.items()):
        if len(found) >= FEW:
            yield Fragment(name, len(found))


def _dead(links: Links) -> dict[str, Counter[str]]:
    """Paths that were asked for and lead nowhere, with the number of links, by their first folder."""
    found: dict[str, Counter[str]] = {}
    for _page, _link, target in links.led("dead"):
        below = _first(target.path)
        if below and not target.host:
            found.setdefault(below, Counter())[target.path] += 1
    return dict(sorted(found.items()))


def _first(path: str) -> str:
    """The first folder of a URL path, `/posts/`; '' if it has none."""
    match = re.match(r"/[^/]+/", path)
    return match[0] if match else ""

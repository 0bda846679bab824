"""The menus of Hugo's configuration: links that are in no page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from ..core.model import Span
from ..frontmatter.block import FrontMatter, Pointer
from ..frontmatter.places import place_of
from ..hugo.menus import configured_entries
from ..hugo.names import escape_path, join, sanitize
from ..hugo.publication import Output
from .answers import Target
from .site import Site


class MenuLink(NamedTuple):
    """An entry of a menu, and where it leads."""

    menu: str
    name: str
    shown: str
    """Its `pageRef` or `url`, as written."""
    target: Target
    place: Span


def menu_links(site: Site) -> Iterator[MenuLink]:
    """The entries of all menus, those that are the same in several languages once."""
    seen: set[tuple[str, str, str, Span]] = set()
    written = _written(site)
    homes = {o.site: o for o in reversed(site.addresses.publication.outputs) if o.kind == "home"}
    for each in site.addresses.config.sites:
        own, home = each.language, homes.get(each.key)
        for menu, value in own.menus.items():
            for entry in value if isinstance(value, list) else [value]:
                if not isinstance(entry, Mapping) or home is None:
                    continue
                for key, shown, target in _asked(site, entry, home):
                    name = str(entry.get("name") or entry.get("identifier") or shown)
                    place = _place(site, written, own.name, menu, name, key, shown)
                    if (menu, name, shown, place) not in seen:
                        seen.add((menu, name, shown, place))
                        yield MenuLink(menu, name, shown, target, place)


def _asked(site: Site, entry: Mapping[str, Any], home: Output) -> Iterator[tuple[str, str, Target]]:
    """Which of its values Hugo links with, and where it leads: `url` where the `pageRef` names no page."""
    reference, url = entry.get("pageref"), entry.get("url")
    if isinstance(reference, str) and reference:
        target = site.resolver.by_page_ref(reference, home)
        if target.status != "dead" or not url:
            yield "pageref", reference, target
            return
    if isinstance(url, str) and url:
        target = site.resolve(completed(site, url, home), home, "html")
        if target.status == "dead" and not url.startswith(("/", "#", "?")) and home.url.startswith("/"):
            # `relLangURL` puts it below the home page of its language.
            of_language = site.resolve(join(home.url, url), home, "html")
            target = of_language if of_language.status != "dead" else target
        yield "url", url, target


class _Written(NamedTuple):
    """A value of an entry, as it is in a configuration file."""

    path: str
    front: FrontMatter
    pointer: Pointer


_Key = tuple[str, str, str, str, str]
"""Menu and key in lower case, the value, the language, and what the entry is called; '' for the first of any name."""


def _written(site: Site) -> Mapping[_Key, _Written]:
    """Where each value is written first."""
    found: dict[_Key, _Written] = {}
    for path, front in site.addresses.config.documents.items():
        for entry in configured_entries(path, front.data):
            names = {
                str(value) for key, value in entry.values.items() if key.lower() in ("name", "identifier")
            }
            for key, value in entry.values.items():
                if isinstance(value, str):
                    one = _Written(path, front, (*entry.pointer, key))
                    for name in (*names, ""):
                        found.setdefault((entry.menu.lower(), key.lower(), value, entry.language, name), one)
    return found


def _place(
    site: Site, written: Mapping[_Key, _Written], language: str, menu: str, name: str, key: str, shown: str
) -> Span:
    """Where an entry has that value: the language's own entries first, and that with the name before others."""
    for of, called in ((language, name), (language, ""), ("", name), ("", "")):
        each = written.get((menu, key, shown, of, called))
        place = place_of(each.front, each.pointer) if each is not None else None
        if each is not None and place is not None:
            return Span(each.path, place.start, place.end)
    return Span(next(iter(site.addresses.config.documents), ""), 0, 0)


def completed(site: Site, url: str, home: Output) -> str:
    """What Hugo writes for the `url` of an entry.

    Of one that begins with a slash Hugo makes a name, as it does of a file: without `?` and `&`, in lower case. It puts
    the base path before it, also where it is there already. A relative one is completed by templates.
    """
    language = site.addresses.config.language(home.language)
    root = site.addresses.root_of(language.host_folder).base
    if url.startswith("/"):
        named = sanitize(url, keep_case=language.keep_case, drop_accents=language.drop_accents)
        path, mark, fragment = named.partition("#")
        joined = join(root, path)
        return escape_path(joined + "/" * (path.endswith("/") and joined != "/")) + mark + quote(fragment)
    if url.startswith(("#", "?")) or ":" in url.partition("/")[0]:
        return url
    return root + url

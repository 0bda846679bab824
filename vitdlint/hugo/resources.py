"""Files that Hugo copies: those of the static folders, and those beside the pages of a bundle (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..files.tree import Tree
from .cast import to_bool, to_map, to_string
from .config import HugoConfig
from .files import ContentFile, mounted_files
from .names import join
from .node import Node
from .route import Route


def static_files(config: HugoConfig, tree: Tree) -> Mapping[str, str | None]:
    """Output file -> source, for every static folder; the project wins over a theme, a later folder over an earlier."""
    found: dict[str, str | None] = {}
    own = [m for m in config.mounted("static") if not m.module]
    for mount in (*own, *(m for m in config.mounted("static") if m.module)):
        folders = [""]
        if config.multihost:
            folders = [f"{each.folder}/" for each in config.matching(mount.languages or ("**",))]
        for path, virtual in mounted_files(config, tree, mount):
            for folder in folders:
                found.setdefault(folder + virtual, path)
    return found


_NOT_NOW = frozenset({"draft", "future", "expired"})


class Resources(NamedTuple):
    """The files beside pages."""

    files: dict[str, str | None]
    """Output file -> source."""
    found: dict[tuple[str, str], str]
    """Language and logical path (`/posts/a/pic.png`) -> output file, as the page's own templates find it."""
    withheld: dict[str, str]
    """Output file -> source of the page that is not published yet (or any more) and that it will come with."""
    on_demand: dict[str, str]
    """Output file -> source, of pages that publish none of their files (`publishResources`) unless a template asks."""


def resource_files(config: HugoConfig, routes: list[Route], listed: tuple[ContentFile, ...]) -> Resources:
    """What Hugo copies from beside the pages, all languages together.

    A file belongs to the page whose folder (or one above) it lies in. It is published below that page in its own
    language alone, and not at all if the page does not exist in it; pages of other languages share it, and so do those
    with the same `translationKey`. With a host
    for each language, or `duplicateResourceFiles`, each language gets a copy, a translated one where there is one.
    """
    groups: dict[str, list[ContentFile]] = {}
    for file in listed:
        if file.kind == "file" and file.languages:
            groups.setdefault(file.base, []).append(file)
    goldmark = to_map(to_map(config.raw.get("markup")).get("goldmark"))
    copies = config.multihost or to_bool(goldmark.get("duplicateresourcefiles"))
    bases = {base for route in routes for base in route.nodes}
    early = {base for route in routes for base, node in route.nodes.items() if not _late(node)}
    result = Resources({}, {}, {}, {})
    tied = _tied(routes)
    sources: dict[str, str] = {}
    owned: dict[tuple[str, str], list[str]] = {}
    order = [route.language.name for route in routes]
    for base, files in groups.items():
        above = _owner(base, bases)
        # When Hugo hands out the files, sections and terms without a file of their own are not there yet.
        first = _owner(base, early)
        handed_out = first in early
        shared: list[tuple[str, str]] = []
        wanted = False
        outputs: dict[str, str] = {}
        in_language: dict[str, str] = {}
        later: list[tuple[str, str]] = []
        for route in routes:
            owner = route.nodes.get(above)
            if owner is None:
                continue
            language = route.language.name
            if owner.state in _NOT_NOW and owner.source is not None:
                own = _for_language(files, language, order, copies)
                if own is not None and (output := _output(route, owner, own)):
                    result.withheld[output] = owner.source.path
                later.append((language, base))
            if owner.dropped:
                continue
            wanted = wanted or owner.publishes_resources
            chosen = _for_language(files, language, order, copies and handed_out)
            if chosen is not None and len(chosen.languages) > 1 and not copies:
                chosen = _once(chosen, language, first=handed_out)
            late = handed_out and _late(route.nodes.get(first))
            output = "" if chosen is None or late else _output(route, owner, chosen)
            if chosen is None or not output:
                shared.append((language, base))
                continue
            outputs[output] = chosen.path
            in_language[language] = output
            result.found[language, base] = output
        if outputs:
            sources |= outputs
            if wanted:
                # A page publishes what it shares with another language, even where that one is not published.
                result.files.update(outputs)
            else:
                result.on_demand.update(outputs)
            for language, _ in (*shared, *later):
                result.found[language, base] = in_language[_nearest(language, in_language, order)]
            for language in order if tied else ():
                if (language, base) in result.found:
                    owned.setdefault((language, above), []).append(base)
    for pages in tied:
        for output in _share(pages, owned, result.found):
            result.files.setdefault(output, sources[output])
    return result


def _output(route: Route, owner: Node, file: ContentFile) -> str:
    """The output file of a file beside a page; '' for a page without output formats."""
    forms = route.formats(owner)
    return join("/", route.target_paths(owner, forms[0]).resources, _below(file, owner))[1:] if forms else ""


_Tied = Mapping[tuple[str, str], Node]
"""By language and logical path, in the order of the languages."""


def _tied(routes: list[Route]) -> list[_Tied]:
    """The bundles that a `translationKey` makes translations of one another."""
    found: dict[str, dict[tuple[str, str], Node]] = {}
    for route in routes:
        for base, node in sorted(route.nodes.items()):
            if "translationkey" in node.params and node.bundle and not node.dropped:
                key = to_string(node.params["translationkey"])
                found.setdefault(key, {})[route.language.name, base] = node
    return [pages for key, pages in found.items() if key and len(pages) > 1]


def _share(
    pages: _Tied, owned: Mapping[tuple[str, str], list[str]], found: dict[tuple[str, str], str]
) -> Iterator[str]:
    """Give each of these pages the files of the others; its own come first, then those of earlier languages.

    Yields those that are published so.
    """
    all_: dict[str, str] = {}
    for language, base in pages:
        for path in owned.get((language, base), ()):
            all_.setdefault(path[len(base) :], found[language, path])
    for (language, base), page in pages.items():
        for name, file in all_.items():
            own = found.setdefault((language, base + name), file)
            if page.publishes_resources:
                yield own


def _nearest(language: str, others: Iterable[str], order: list[str]) -> str:
    here = order.index(language)
    return min(others, key=lambda other: (abs(here - order.index(other)), order.index(other)))


def _late(owner: Node | None) -> bool:
    """Whether Hugo makes a page only after the files have found their owners: all without a file but taxonomies."""
    return owner is None or (owner.source is None and owner.kind != "taxonomy")


def _for_language(
    files: list[ContentFile], language: str, order: list[str], copies: bool
) -> ContentFile | None:
    """The file of that language; the one of the nearest language where each page gets a copy."""
    own = next((f for f in files if language in f.languages), None)
    if own is not None or not copies:
        return own
    here = order.index(language)
    known = [f for f in files if f.languages[0] in order]
    return min(known, key=lambda f: abs(here - order.index(f.languages[0])), default=None)


def _once(file: ContentFile, language: str, *, first: bool) -> ContentFile | None:
    """A file of several languages is published in one: the first, or the last if its folder has no page of its own."""
    return file if file.languages[0 if first else -1] == language else None


def _owner(base: str, bases: Container[str]) -> str:
    base = base.rpartition("/")[0]
    while base and base not in bases:
        base = base.rpartition("/")[0]
    return base


def _below(file: ContentFile, owner: Node) -> str:
    """The file's path below its owner's folder; the whole path if the folder is spelt in another case."""
    return f"/{file.virtual}".removeprefix(f"{owner.shown}/")

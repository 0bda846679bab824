"""What Hugo writes after some pages have changed, from what it wrote before: the differences alone are worked out.

The changed pages are published twice, as they were and as they are, together with all that decides what becomes of them
(`neighbours`). What comes of the first must be a part of what was known, or nothing is taken for granted.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from ..files.tree import Tree
from .config import HugoConfig
from .files import ContentFile, content_files
from .neighbours import MOST, is_branch, neighbours, users
from .node import ParsedPage, lowered
from .publication import Output, Publication, Term, TermKey, place_of
from .publish import Arranged, Written, arrange, page_templates, write
from .space import SiteKey
from .templates import Templates

_FAR = frozenset({"cascade", "sites", "translationkey"})
"""Keys of front matter by which a page decides what becomes of pages anywhere."""
_MOST_PAGERS = 19_000
"""Near the number of pages of lists from which on some are left out; see `generated.py`."""

K = TypeVar("K")
V = TypeVar("V")


class Difference(NamedTuple):
    """What has become another."""

    after: Publication
    """Its `terms` are those of before; see `terms`."""
    removed: tuple[Output, ...]
    """The very objects of the publication before."""
    added: tuple[Output, ...]
    files: frozenset[str]
    """Output files that are no page's, and that came or went."""
    terms: Mapping[TermKey, tuple[Term, ...]]
    """The uses of the terms that changed pages have or had."""
    listed: tuple[ContentFile, ...]
    """The changed pages that are there now."""


def republish(
    templates: Templates,
    before: Publication,
    terms: Mapping[TermKey, tuple[Term, ...]],
    were: Mapping[str, ParsedPage],
    are: Mapping[str, ParsedPage],
    changed: Collection[str],
    now: datetime,
) -> Difference | None:
    """What has changed with these pages; None where that cannot be said without all others.

    `terms` are the uses of each term before. `were` and `are` have every page before and after, by path.
    """
    config, tree = templates.config, templates.tree
    if any(map(is_branch, changed)) or len(config.sites) > len(config.languages) or before.on_demand:
        return None
    fronts = _fronts(changed, were, are)
    sources = _sources(config)
    listed = {path for source in sources for path in tree.files(source)} | set(changed)
    own = listed_alone(config, tree, changed)
    if {file.path for file in own} != set(changed) or len(own) > len(changed):
        return None
    paths = neighbours(before.outputs, listed, own, fronts)
    of_pages = page_templates(templates)

    def put_together(pages: Mapping[str, ParsedPage]) -> Arranged:
        there = {path for path in paths if path in pages or (path not in were and path not in are)}
        files = content_files(config, _Part(tree, sources, there))
        return arrange(config, of_pages, {path: pages[path] for path in there if path in pages}, now, files)

    old, new = put_together(were), put_together(are)
    affected = {*changed, *_differing(old, new)}
    if others := affected.difference(changed):
        own += [file for arranged in (old, new) for file in arranged.listed if file.path in others]
        paths |= neighbours(before.outputs, listed, own, _fronts(affected, were, are))
        old, new = put_together(were), put_together(are)
        if affected != {*changed, *_differing(old, new)}:
            return None
    touched = _touched(affected, old, new)
    if more := users(terms, touched, affected) - paths:
        paths |= more
        old, new = put_together(were), put_together(are)
    if any(not _FAR.isdisjoint(lowered(front)) for front in _fronts(affected, were, are)):
        return None
    if len(paths) > MOST + sum(map(is_branch, paths)) or old.placement.moves or new.placement.moves:
        return None
    counts = Counter(before.counts)
    counts.subtract(old.counts)
    counts.update(new.counts)
    wrote = write(config, of_pages, old, now, before.counts)
    writes = write(config, of_pages, new, now, counts)
    if wrote.resources.on_demand or writes.resources.on_demand or _moves_others(before, old, new, writes):
        return None
    if counts and sum("/page/" in file for file in before.files) > _MOST_PAGERS:
        return None
    # A page that is there before and after is found by the same names, unless it is another kind of file now.
    moved = {file for file in {*old.listed} ^ {*new.listed} if file.path in affected}
    moved.update(file for file in (*old.listed, *new.listed) if file.path in others)
    if any(not before.text_names.isdisjoint((f.path, f.virtual, f.base)) for f in moved):
        return None
    changes = _changes(config, before, wrote, writes)
    if changes is None:
        return None
    after, removed, added, files = changes
    was, is_ = ({o.logical for o in some if o.path is None} for some in (removed, added))
    made = was ^ is_
    if made and any(_lies_below(path, made) for path in listed if path not in are and path not in were):
        return None  # which files a page takes that Hugo makes by itself, others decide
    bundled = {output.path for output in after.outputs if output.state == "resource"}
    uses = _uses(terms, touched, new, affected, bundled)
    there = tuple(file for file in new.listed if file.path in changed)
    return Difference(after._replace(counts=dict(+counts)), removed, added, files, uses, there)


def _fronts(paths: Collection[str], *some: Mapping[str, ParsedPage]) -> list[Mapping[str, Any]]:
    """The front matter of these pages in each state."""
    return [pages[path].front.data for pages in some for path in paths if path in pages]


def listed_alone(config: HugoConfig, tree: Tree, paths: Collection[str]) -> list[ContentFile]:
    """The pages among these files, as they would be without others; also of files that are not there."""
    return [f for f in content_files(config, _Part(tree, _sources(config), paths)) if f.is_page]


def _sources(config: HugoConfig) -> list[str]:
    return [mount.source.strip("/") for mount in config.mounted("content")]


class _Part:
    """A tree of which only some of the content files are there, and none of the files that are copied as they are."""

    def __init__(self, tree: Tree, sources: Collection[str], paths: Collection[str]) -> None:
        self.root = tree.root
        self.read = tree.read
        self._tree = tree
        self._sources = sources
        self._paths = sorted(paths)

    def exists(self, path: str) -> bool:
        """See Tree."""
        return path in self._paths if path in self._sources else self._tree.exists(path)

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        if folder.strip("/") not in self._sources:
            return self._tree.files(folder)
        prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        return {path: 0 for path in self._paths if path.startswith(prefix)}


def _moves_others(before: Publication, old: Arranged, new: Arranged, writes: Written) -> bool:
    """Whether a page that came or went may move the pages of a folder whose path merely begins with its name.

    Hugo finds the section of a page by text; see `Route`.
    """
    if not any(r.slugs or r.language.keep_case or r.language.permalinks for r in writes.routes):
        return False
    bases = _bases(old) ^ _bases(new)
    if not bases:
        return False
    begin = tuple(base for base in bases if base)
    folders = {output.logical.rpartition("/")[0] for output in before.outputs}
    return any(
        folder.startswith(begin) and not any(f"{folder}/".startswith(f"{base}/") for base in begin)
        for folder in folders
    )


def _bases(arranged: Arranged) -> set[str]:
    return {base for made in arranged.sites for base, node in made.nodes.items() if not node.dropped}


def _changes(
    config: HugoConfig, before: Publication, wrote: Written, writes: Written
) -> tuple[Publication, tuple[Output, ...], tuple[Output, ...], frozenset[str]] | None:
    """The publication after, the pages removed and added, and the other files."""
    wanted = set(map(_identity, wrote.outputs))
    paths = {path for _site, path, _logical in wanted}
    known = {
        key: output
        for output in before.outputs
        if output.path in paths and (key := _identity(output)) in wanted
    }
    if any(known.get(_identity(output)) != output for output in wrote.outputs):
        return None
    same = frozenset(wrote.outputs) & frozenset(writes.outputs)
    removed = [known[_identity(output)] for output in wrote.outputs if output not in same]
    added = [output for output in writes.outputs if output not in same]
    gone = {id(output) for output in removed}
    outputs = [output for output in before.outputs if id(output) not in gone]
    files_of = {o.file for o in removed if o.file} | {o.file for o in added if o.file}
    if any(output.file in files_of for output in outputs if output.file):
        return None  # which of two pages has a file, and what else of theirs is the same, is left to the whole site
    places = {key: place for place, key in enumerate(config.space.sites)}
    for output in added:
        insort(outputs, output, key=partial(place_of, places))
    files = _patched(before.files, wrote.files, writes.files)
    redirects = _patched(before.redirect_files, wrote.redirect_files, writes.redirect_files)
    resources = _patched(before.resources, wrote.resources.found, writes.resources.found)
    withheld = _patched(before.withheld, wrote.resources.withheld, writes.resources.withheld)
    refused = set(wrote.refused_aliases)
    if files is None or redirects is None or resources is None or withheld is None:
        return None
    if not refused.issubset(before.refused_aliases) or not wrote.text_names.issubset(before.text_names):
        return None
    after = before._replace(
        outputs=tuple(outputs),
        files=files,
        redirect_files=redirects,
        resources=resources,
        withheld=withheld,
        refused_aliases=(
            *(each for each in before.refused_aliases if each not in refused),
            *writes.refused_aliases,
        ),
        text_names=before.text_names | writes.text_names,
    )
    other = {
        file
        for old, new in (
            (wrote.files, writes.files),
            (wrote.redirect_files, writes.redirect_files),
            (wrote.resources.withheld, writes.resources.withheld),
        )
        for file, _ in dict(old).items() ^ dict(new).items()
    }
    return after, tuple(removed), tuple(added), frozenset(other)


def _identity(page: Output) -> tuple[SiteKey, str | None, str]:
    return page.site, page.path, page.logical


def _patched(whole: Mapping[K, V], old: Mapping[K, V], new: Mapping[K, V]) -> Mapping[K, V] | None:
    """The whole with the new part in the place of the old one; None if that was no part of it, or more is affected."""
    nothing: Any = object()
    if any(whole.get(key, nothing) != value for key, value in old.items()):
        return None
    if any(key in whole for key in new if key not in old):
        return None
    if old == new:
        return whole
    kept = {key: value for key, value in whole.items() if key not in old}
    return {**kept, **new}


def _differing(old: Arranged, new: Arranged) -> set[str]:
    """The pages that have become another kind of file, or whose place another file has taken or given up."""
    pages = [
        {
            (node.source.path, made_of, node.base, node.state, node.dropped)
            for made in arranged.sites
            for made_of, nodes in (("", made.nodes.values()), ("s", made.shadowed), ("b", made.bundled))
            for node in nodes
            if node.source is not None
        }
        for arranged in (old, new)
    ]
    return {path for path, *_ in pages[0] ^ pages[1]}


def _touched(affected: Collection[str], *some: Arranged) -> set[TermKey]:
    """The terms that any of these pages has or had."""
    return {
        term.of
        for arranged in some
        for made in arranged.sites
        for term in made.terms
        if term.path in affected
    }


def _lies_below(path: str, pages: Collection[str]) -> bool:
    """Whether a file may lie below a page, by its path."""
    plain = "/" + path.lower().replace(" ", "-")
    return any(f"{base.rstrip('/')}/" in plain for base in pages)


def _uses(
    terms: Mapping[TermKey, tuple[Term, ...]],
    touched: Collection[TermKey],
    new: Arranged,
    affected: Collection[str],
    bundled: Collection[str | None],
) -> Mapping[TermKey, tuple[Term, ...]]:
    """The uses of these terms now, in their order: pages by logical path, then the files inside bundles by path."""

    def order(use: Term) -> tuple[bool, str]:
        inside = use.path in bundled
        return inside, use.path if inside else use.logical

    found: dict[TermKey, list[Term]] = {
        key: [use for use in terms.get(key, ()) if use.path not in affected] for key in touched
    }
    for made in new.sites:
        for term in made.terms:
            if term.path in affected:
                insort(found[term.of], term, key=order)
    return {key: tuple(uses) for key, uses in found.items()}

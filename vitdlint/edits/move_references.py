"""What names a page outside of its pages' bodies: entries of menus, and front-matter values that a schema calls references.

Each is found as the site understands it, and rewritten so that only the value's own characters change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ..files.tree import Tree
from ..frontmatter.block import FrontMatter, Place, Pointer
from ..frontmatter.document import document
from ..frontmatter.edit import NoEditError, with_value
from ..frontmatter.places import places, written
from ..frontmatter.read import read
from ..hugo.config_files import EXTENSIONS, find
from ..hugo.menus import MenuEntry, configured_entries, menu_entries
from ..hugo.publication import Output
from ..site.answers import Target
from ..site.menus import completed
from ..site.site import Site


class Mention(NamedTuple):
    """A value that names the page which moves."""

    path: str
    """Its file, before the move."""
    pointer: Pointer
    """The way to it, keys as written."""
    value: str
    becomes: str
    """'' if no one value would be right."""


class Left(NamedTuple):
    """A value that has to be changed by hand, and where it is after the move."""

    path: str
    line: int
    column: int
    value: str


class Moved(NamedTuple):
    """A page before and after."""

    old: Site
    new: Site
    page: Output
    after: Output
    files: Mapping[str, str]
    """Old path to new path of every file that moves."""
    styled: Callable[[Target, str], str]
    """The new URL in the manner of an old one."""


def mentions(moved: Moved, tree: Tree) -> Iterator[Mention]:
    """Every value outside of bodies that must change, in the order of the files."""
    for path, homes, entry in entries(moved.old, tree):
        yield from _menu(moved, path, entry, homes)
    for path, facts in moved.old.pages.items():
        output = moved.old.addresses.outputs.get(path)
        if output is None:
            continue
        for keyword, _key, pointer, value in facts.values:
            if keyword.startswith("x-reference:"):
                becomes = _reference(moved, output, keyword.removeprefix("x-reference:"), value)
                if becomes != value:
                    yield Mention(path, written(facts.front, pointer), value, becomes)


def entries(site: Site, tree: Tree) -> Iterator[tuple[str, Sequence[Output], MenuEntry]]:
    """The entries of all menus, each with its file and the home pages of the languages that it is for."""
    for path in _configurations(tree):
        for entry in configured_entries(path, parsed(path, tree.read(path).decode("utf-8")).data):
            yield path, _homes(site, entry.language), entry
    for path, facts in site.pages.items():
        output = site.addresses.outputs.get(path)
        for key in ("menus", "menu") if output is not None else ():
            if output is not None and (menus := facts.front.get(key)):
                for entry in menu_entries(menus, (facts.front.key(key) or key,)):
                    yield path, _homes(site, output.language), entry


def rewritten(text: str, path: str, changes: Sequence[Mention]) -> tuple[str, tuple[Left, ...]]:
    """A file's text with those values changed, and what cannot be written so that it changes nothing else."""
    refused = []
    for change in changes:
        try:
            if not change.becomes:
                raise NoEditError(change.value)  # noqa: TRY301  # one place notes what is left
            text = with_value(text, partial(parsed, path), change.pointer, change.becomes)
        except NoEditError:
            refused.append(change)
    where = places(parsed(path, text)) if refused else {}
    return text, tuple(_left(text, path, where.get(change.pointer), change.value) for change in refused)


def _left(text: str, path: str, place: Place | None, value: str) -> Left:
    start = place.start if place else 0
    return Left(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), value)


def parsed(path: str, text: str) -> FrontMatter:
    """A configuration file or a page, by its name, as values with places in the text."""
    return document(path, text) if path.rpartition(".")[2].lower() in EXTENSIONS else read(text)


def _configurations(tree: Tree) -> Iterator[str]:
    """The site's own configuration files, of every environment, as far as they can be read."""
    main = find(tree)
    below = (path for path in tree.files("config") if path.rpartition(".")[2].lower() in EXTENSIONS)
    for path in (*((main,) if main else ()), *sorted(below)):
        try:
            if parsed(path, tree.read(path).decode("utf-8")).data:
                yield path
        except (OSError, UnicodeDecodeError):
            continue  # of an environment that is not this one: Hugo refuses it, too


def _homes(site: Site, language: str) -> list[Output]:
    homes = [output for output in site.addresses.publication.outputs if output.kind == "home"]
    return [home for home in homes if language in ("", home.language.lower())]


def _menu(moved: Moved, path: str, entry: MenuEntry, homes: Sequence[Output]) -> Iterator[Mention]:
    """The `pageRef` and the `url` of a menu's entry, as the languages of these home pages understand them."""
    for key, value in entry.values.items():
        if not isinstance(value, str) or not value or key.lower() not in ("pageref", "url"):
            continue
        ask = _page_ref if key.lower() == "pageref" else _menu_url
        answers = {answer for home in homes if (answer := ask(moved, home, value)) is not None}
        if answers - {value}:
            # Where it means another page in another language, no one value is right.
            yield Mention(path, (*entry.pointer, key), value, answers.pop() if len(answers) == 1 else "")


def _page_ref(moved: Moved, home: Output, value: str) -> str | None:
    """What a menu's `pageRef` becomes, maybe itself; '' if nothing fits, None if it leads nowhere."""
    found = moved.old.addresses.logical.find(value, home).page
    return None if found is None else _logical(moved, home, found, value, by_name=False)


def _menu_url(moved: Moved, home: Output, value: str) -> str | None:
    """The same of a menu's `url`, which Hugo completes from the site's root."""
    full = completed(moved.old, value, home)
    target = moved.old.resolve(full, home, "html")
    if not leads_to(target, moved.page):
        return value if target.page or target.source else None
    becomes, root = moved.styled(target, full), moved.old.addresses.root_of(home.file).base
    return becomes.removeprefix(root[:-1] if value.startswith("/") else root if full == root + value else "")


def _reference(moved: Moved, page: Output, kind: str, value: str) -> str:
    """What a value that a schema calls a reference becomes, maybe itself; '' if nothing fits."""
    found = moved.old.addresses.logical.find(value, page, by_name=True).page if kind == "page" else None
    if found is not None:
        return _logical(moved, page, found, value, by_name=True)
    target = moved.old.resolve(value, page, "html")
    if kind == "page" and leads_to(target, moved.page):
        return moved.styled(target, value) if value.startswith("/") or target.host else ""
    source = moved.files.get(target.source or "")
    if kind == "file" and source is not None:
        return _file(moved, page, source, value)
    return value


def leads_to(target: Target, page: Output) -> bool:
    """Whether that is the page itself, maybe a draft, and not an alias of it."""
    found, itself = target.page, ("page", "dead-fragment", "unpublished")
    return found is not None and target.status in itself and found.path == page.path


def _logical(moved: Moved, asking: Output, found: Output, value: str, *, by_name: bool) -> str:
    """A logical path by which a page's new place is found, as like the old one as can be."""
    path = moved.files.get(found.path or "", found.path)
    if path == found.path and asking.path not in moved.files:
        return value
    asks = _afterwards(moved, asking)
    after = moved.new.addresses.outputs.get(path or "", found)
    suffix = ".md" if value.lower().endswith(".md") else "/" if value.endswith("/") else ""
    candidates = [
        value,
        *([after.logical.rpartition("/")[2] + suffix] if "/" not in value else []),
        *([after.logical[1:] + suffix] if not value.startswith("/") else []),
        after.logical + suffix,
        after.logical,
    ]
    for candidate in candidates:
        now = moved.new.addresses.logical.find(candidate, asks, by_name=by_name).page
        if now is not None and (now.path, now.logical) == (after.path, after.logical):
            return candidate
    return ""


def _file(moved: Moved, page: Output, source: str, value: str) -> str:
    """The new URL of a file that moves with its bundle; a relative one may still be right."""
    asks = _afterwards(moved, page)
    if moved.new.resolve(value, asks, "html").source == source:
        return value
    addresses = moved.new.addresses
    copied = addresses.copy_of(source)
    url = addresses.url(copied) if copied is not None else ""
    return url if moved.new.resolve(url, asks, "html").source == source else ""


def _afterwards(moved: Moved, page: Output) -> Output:
    """The same page on the new site."""
    if page.path is not None:
        return moved.new.addresses.outputs[moved.files.get(page.path, page.path)]
    same = (page.kind, page.site, page.logical)
    return next(o for o in moved.new.addresses.publication.outputs if (o.kind, o.site, o.logical) == same)

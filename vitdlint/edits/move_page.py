"""What it takes to rename a page: its file or bundle, its slug, an alias for its old URL, and every link to it.

What names it besides, in menus and front matter, is found by move_references.py.
Plans only; nothing here touches the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..files.tree import MemoryTree, Tree
from ..frontmatter.edit import NoEditError, with_item, with_text
from ..frontmatter.read import read
from ..hugo.publication import Output
from ..page.markdown.body import Link
from ..schema.formats import is_slug, published_slug
from ..site.answers import Target
from ..site.links import Links
from ..site.site import Site
from ..site.targets import as_written
from .move_references import Left, Moved, leads_to, mentions, rewritten

_ORIGIN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)
_REST = re.compile(r"[?#].*", re.DOTALL)
_ANSWERED = frozenset({"page", "alias", "term", "section", "file", "generated", "unpublished"})


class MoveError(Exception):
    """The page cannot be moved there, and why: one sentence."""


@dataclass(frozen=True)
class Move:
    """Everything that changes."""

    files: Mapping[str, str]
    """Old path to new path of every file that moves."""
    texts: Mapping[str, str]
    """New texts by the path that the file has afterwards."""
    old_url: str
    new_url: str
    alias: bool
    """Whether the old URL became an alias."""
    links: int
    """Links that were rewritten."""
    values: int
    """Entries of menus and references in front matter that were rewritten."""
    left: tuple[Left, ...]
    """Those that could not be."""


class MovedTree:
    """A tree with some files under other names, and some texts replaced."""

    def __init__(self, below: Tree, files: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.root = below.root
        self._below = below
        self._back = {new: old for old, new in files.items()}
        self._gone = frozenset(files)
        self._over = MemoryTree(texts)

    def same(self, path: str) -> bool:
        """Whether the text there is the same as before."""
        return path not in self._back and path not in self._gone and not self._over.exists(path)

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        below = self._below.files("")
        found = {
            path: size for path, size in below.items() if path.startswith(prefix) and path not in self._gone
        }
        found |= {new: below[old] for new, old in self._back.items() if new.startswith(prefix)}
        return found | dict(self._over.files(folder))

    def read(self, path: str) -> bytes:
        """See Tree."""
        if self._over.exists(path):
            return self._over.read(path)
        if path in self._back:
            return self._below.read(self._back[path])
        if path in self._gone:
            raise FileNotFoundError(path)
        return self._below.read(path)

    def exists(self, path: str) -> bool:
        """See Tree."""
        return path in self.files("") or bool(self.files(path))


def plan(
    before: Links,
    source: str,
    target: str,
    tree: Tree,
    links_of: Callable[[MovedTree], Links],
) -> Move:
    """Move the page at `source` to `target`, both paths of the tree. Raises MoveError."""
    old, files = before.site, _files(source, target, tree)
    page_path = next((path for path in files if path in old.addresses.outputs), None)
    if page_path is None:
        raise MoveError(f"{source} is no page that Hugo knows by this path; name it by its content folder")
    new_path = files[page_path]
    text = _with_slug(_text(tree, page_path), page_path, new_path)
    return _planned(before, files, page_path, text, tree, links_of)


def plan_slug(
    before: Links, path: str, slug: str, tree: Tree, links_of: Callable[[MovedTree], Links]
) -> Move:
    """Give the page at `path`, which has a slug, another one; its file stays. Raises MoveError."""
    if not is_slug(slug):
        raise MoveError(f'"{slug}" is no slug; write "{published_slug(slug)}"')
    try:
        text = with_text(_text(tree, path), "slug", slug)
    except NoEditError as error:
        raise MoveError(f"{path}: {error}; change the slug by hand") from error
    return _planned(before, {path: path}, path, text, tree, links_of)


def _planned(
    before: Links,
    files: Mapping[str, str],
    page_path: str,
    text: str,
    tree: Tree,
    links_of: Callable[[MovedTree], Links],
) -> Move:
    """The move of those files, one of which is the page with its new text, and all that follows from it."""
    old, new_path = before.site, files[page_path]
    page = old.addresses.outputs[page_path]
    texts = {new_path: text}
    new = links_of(MovedTree(tree, files, texts)).site
    if new_path not in new.addresses.outputs:
        raise MoveError(f"{new_path} would not be a page of this site")
    moved = new.addresses.outputs[new_path]
    _refuse_collisions(old, new, moved)
    needs_alias = page.state == "published" and moved.url != page.url
    if needs_alias:
        _refuse_taken(new, page, new_path)
        texts[new_path] = _with_alias(texts[new_path], page_path, new.addresses.alias_of(page.url, moved))
    edits = _Edits(before, new, page, moved, files)
    links = 0
    for path, changes in edits.by_file().items():
        now = files.get(path, path)
        # Offsets are those of the text before; only the moved page's front matter has changed since.
        body = _text(tree, path)
        shift = len(texts[now]) - len(body) if now in texts else 0
        done = texts.get(now, body)
        for start, end, written in sorted(changes, reverse=True):
            done = done[: start + shift] + written + done[end + shift :]
            links += 1
        texts[now] = done
    values, left = 0, list[Left]()
    subject = Moved(old, new, page, moved, files, edits.styled)
    for path, found in groupby(mentions(subject, tree), attrgetter("path")):
        named = tuple(found)
        now = files.get(path, path)
        done, refused = rewritten(texts.get(now) or _text(tree, path), now, named)
        if len(refused) < len(named):
            texts[now] = done
        values += len(named) - len(refused)
        left += refused
    move = Move(files, texts, page.url, moved.url, needs_alias, links, values, tuple(left))
    prove(before, links_of(MovedTree(tree, files, texts)), files)
    return move


def _files(source: str, target: str, tree: Tree) -> dict[str, str]:
    """Every file that moves: the page, or the whole folder of a leaf bundle."""
    all_files = tree.files("")
    if source in all_files and PurePosixPath(source).stem.split(".")[0] == "index":
        source = str(PurePosixPath(source).parent)
        if PurePosixPath(target).stem == "index":
            target = str(PurePosixPath(target).parent)
    if source in all_files:
        if not PurePosixPath(target).suffix:
            target += PurePosixPath(source).suffix
        files = {source: target}
    else:
        below = [path for path in all_files if path.startswith(f"{source}/")]
        if not any(
            PurePosixPath(path).stem.split(".")[0] == "index" and path.count("/") == source.count("/") + 1
            for path in below
        ):
            raise MoveError(f"{source} is neither a page nor a leaf bundle")
        if PurePosixPath(target).suffix:
            raise MoveError(f"{source} is a bundle; name a folder to move it to, not {target}")
        files = {path: f"{target}{path[len(source) :]}" for path in below}
    if source == target:
        raise MoveError("old and new name are the same")
    for new in files.values():
        if new in all_files or (tree.exists(new) and new not in files):
            raise MoveError(f"{new} exists already")
    return files


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MoveError(f"{path} cannot be read: {error}") from error


def _with_slug(text: str, old_path: str, new_path: str) -> str:
    """The page's text; a slug that was the file's name stays the file's name."""
    slug = read(text).get("slug")
    if not isinstance(slug, str) or slug != _stem(old_path):
        return text
    try:
        return with_text(text, "slug", published_slug(_stem(new_path)))
    except NoEditError as error:
        raise MoveError(f"{old_path}: {error}; change the slug by hand first") from error


def _with_alias(text: str, path: str, alias: str | None) -> str:
    if alias is None:
        raise MoveError(f"{path}: no alias can lead from its URL to a page of another language or base path")
    try:
        return with_item(text, "aliases", alias)
    except NoEditError as error:
        raise MoveError(f'{path}: {error}; add the alias "{alias}" by hand first') from error


def _stem(path: str) -> str:
    name = PurePosixPath(path)
    return name.parent.name if name.stem.split(".")[0] == "index" else name.name.partition(".")[0]


def _refuse_collisions(old: Site, new: Site, moved: Output) -> None:
    """The new URL must be free: of pages and of other pages' aliases; and no page may hide another."""
    hidden = {o.path for o in old.addresses.outputs.values() if o.state == "shadowed"}
    for output in new.addresses.outputs.values():
        if output.state == "shadowed" and output.path not in hidden:
            raise MoveError(f"{moved.path} is for Hugo the same page as another, and hides {output.path}")
    others = [o for o in new.addresses.url_owners.get(moved.file, ()) if o.path != moved.path]
    if others:
        raise MoveError(f'"{moved.url}" is the URL of {others[0].path} already')
    takers = [o for o, _ in new.addresses.alias_owners.get(moved.file, ()) if o.path != moved.path]
    if takers:
        raise MoveError(f'"{moved.url}" is an alias of {takers[0].path}; remove it there first')


def _refuse_taken(new: Site, page: Output, new_path: str) -> None:
    """The old URL must have become free for the alias."""
    for output in new.addresses.publication.outputs:
        if output.state == "published" and output.file == page.file and output.path != new_path:
            raise MoveError(
                f'the old URL "{page.url}" belongs to {output.path or "a list page"} then, so it cannot be an alias'
            )


class _Edits:
    """The links that must be updated."""

    def __init__(
        self, before: Links, new: Site, page: Output, moved: Output, files: Mapping[str, str]
    ) -> None:
        self._before = before
        self._new = new
        self._page = page
        self._moved = moved
        self._files = files

    def by_file(self) -> dict[str, list[tuple[int, int, str]]]:
        """Old path -> (start, end, the text there afterwards)."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for page, link, target in self._before.all:
            path = page.path
            written = None if path is None else self._written(path, link, target)
            if path is not None and written is not None:
                edit = (link.start, link.end, written)
                if edit not in found.setdefault(path, []):
                    found[path].append(edit)
        return found

    def _written(self, path: str, link: Link, target: Target) -> str | None:
        """What a link's destination becomes; None if it stays."""
        if leads_to(target, self._page):
            if link.target.startswith("#"):
                return None
            if target.via == "ref":
                return self._reference(path, link)
            if self._page.url == self._moved.url:
                return None
            return as_written(self.styled(target, link.target), link)
        if target.source in self._files and target.status == "file" and not target.via:
            return self._file(path, link, target)
        if path in self._files and target.status in _ANSWERED and not target.via:
            return self._from_moved(link, target)
        return None

    def _file(self, path: str, link: Link, target: Target) -> str | None:
        """A link to a file of the moved bundle; a relative one on its own page goes with it."""
        source = self._files[target.source or ""]
        page = self._new.addresses.outputs.get(self._files.get(path, path))
        if (
            page is not None
            and self._new.resolve(link.target, page, link.kind, link.attribute).source == source
        ):
            return None
        output = self._new.addresses.copy_of(source)
        if output is None:
            return None
        url = self._new.addresses.url(output)
        return as_written(f"{_origin(target, link.target)}{url}{_rest(link.target)}", link)

    def styled(self, target: Target, written: str) -> str:
        """The new URL in the manner of the old link: with or without `.html`, final slash and host."""
        old, new = unquote(self._page.url), self._moved.url
        asked = self._before.site.addresses.root_of(self._page.file).base[:-1] + target.path
        base = old.rstrip("/").removesuffix(".html")
        tail = asked[len(base) :] if asked.startswith(base) else None
        if tail in ("", "/", ".html", "/index.html"):
            new = new.rstrip("/").removesuffix(".html") + tail
        return f"{_origin(target, written)}{new}{_rest(written)}"

    def _reference(self, path: str, link: Link) -> str | None:
        """A `ref` with the new logical path; one by name stays if it still finds the page."""
        after = self._new.addresses.outputs.get(self._files.get(path, path))
        if after is not None:
            now = self._new.resolve(link.target, after, link.kind, link.attribute)
            if now.page is not None and now.page.path == self._moved.path:
                return None
        suffix = ".md" if link.target.partition("#")[0].endswith(".md") else ""
        fragment = link.target.partition("#")[2]
        return f"{self._moved.logical}{suffix}" + (f"#{fragment}" if fragment else "")

    def _from_moved(self, link: Link, target: Target) -> str | None:
        """A relative link on the moved page itself, if it would lead elsewhere from the new place."""
        now = self._new.resolve(
            link.target, self._new.addresses.outputs[self._moved.path or ""], link.kind, link.attribute
        )
        source = self._files.get(target.source or "", target.source)
        same_page = (now.page and now.page.path) == (target.page and target.page.path)
        if now.status == target.status and now.source == source and same_page:
            return None
        url = target.url or (target.page.url if target.page else "")
        return as_written(f"{url}{_rest(link.target)}", link) if url else None


def _origin(target: Target, written: str) -> str:
    """What is before the path of a link that names a host of the site."""
    found = _ORIGIN.match(written) if target.host else None
    return found[0] if found else f"https://{target.host}" if target.host else ""


def _rest(written: str) -> str:
    """Query and fragment as they are written, with what a browser looks for in the text."""
    found = _REST.search(written)
    return found[0] if found else ""


def prove(old: Links, new: Links, files: Mapping[str, str]) -> None:
    """No link that led somewhere may lead nowhere now; one that was dead before is no reason to stay.

    No link comes or goes, so each page has as many as before, in the same order.
    """
    before = {files.get(path, path): dead for path, dead in _dead(old).items()}
    for path, dead in _dead(new).items():
        was = before.get(path, ())
        for number, target in enumerate(dead):
            if target is None or (number < len(was) and was[number] is not None):
                continue
            raise MoveError(f'{path}: the link to "{target}" would lead nowhere; nothing was changed')


def _dead(links: Links) -> dict[str, list[str | None]]:
    """Page -> its links in order: the target of each that leads nowhere, None for a living one."""
    found: dict[str, list[str | None]] = {}
    for page, link, target in links.all:
        dead = target.status in ("dead", "dead-fragment")
        found.setdefault(page.path or "", []).append(link.target if dead else None)
    return found

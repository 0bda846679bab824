"""Compare what vitdlint says about a site with what the real Hugo made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from support.hugo_build import CLOCK, LAYOUTS, Build, build
from vitdlint.files.tree import MemoryTree, Tree
from vitdlint.frontmatter.read import read as read_front_matter
from vitdlint.hugo.config import HugoConfig, load
from vitdlint.hugo.publication import Output, Publication
from vitdlint.hugo.publish import content_files, publish
from vitdlint.page.page import Facts

NOW = datetime.fromisoformat(CLOCK)


class Ours(NamedTuple):
    """What vitdlint says about a site."""

    config: HugoConfig
    publication: Publication

    @property
    def pages(self) -> dict[str, Output]:
        """Published pages by source; those without a source by site and logical path."""
        return {
            o.path or f"{'/'.join(o.site)}:{o.logical}": o
            for o in self.publication.outputs
            if o.state == "published"
        }

    @property
    def files(self) -> set[str]:
        """Every file below the public folder."""
        found = set(self.publication.files) | set(self.publication.redirect_files)
        for output in self.publication.outputs:
            if output.state == "published":
                found.add(output.file)
                found.update(a.file for a in output.aliases)
        return found


def publish_tree(tree: Tree, now: datetime = NOW) -> Ours:
    """Read every page of a tree and publish it."""
    config = load(tree)
    facts = {
        f.path: facts_of(f.path, tree.read(f.path).decode("utf-8", "replace"))
        for f in content_files(config, tree)
        if f.is_page
    }
    return Ours(config, publish(config, tree, facts, now.astimezone(UTC)))


def facts_of(path: str, text: str) -> Facts:
    """Facts about a page as far as publishing asks for them: the body is not parsed."""
    front = read_front_matter(text)
    return Facts(path, "", [0], len(text), front, (), (), (), (), empty=False)


def with_layouts(tree: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """The site with minimal layouts, where it has none."""
    return dict(tree) if any("layouts/" in path for path in tree) else {**LAYOUTS, **tree}


def differences(tree: Mapping[str, str | bytes], *args: str, clock: str = CLOCK) -> list[str]:
    """Every file, URL and redirect in which vitdlint and Hugo disagree, as sentences; empty if in none."""
    whole = with_layouts(tree)
    theirs = build(whole, *args, clock=clock)
    assert theirs.code == 0, theirs.messages
    ours = publish_tree(MemoryTree(whole), datetime.fromisoformat(clock))
    return [*compare_files(ours, theirs), *compare_pages(ours, theirs)]


def compare_files(ours: Ours, theirs: Build) -> Iterable[str]:
    """Files that only one of the two has."""
    for file in sorted(ours.files - set(theirs.files)):
        yield f"Hugo does not write {file}"
    for file in sorted(set(theirs.files) - ours.files):
        yield f"Hugo writes {file}"


def compare_pages(ours: Ours, theirs: Build) -> Iterable[str]:
    """Pages whose URL, logical path or kind differ."""
    pages = [o for o in ours.publication.outputs if o.state != "shadowed"]
    known = {(o.site, o.path or o.logical): o for o in pages}
    exact = {(o.site, o.path or "", o.logical): o for o in pages}
    for page in theirs.pages:
        output = exact.get((page.site, page.source, page.path)) or known.get(
            (page.site, page.source or page.path)
        )
        if output is None:
            yield f"Hugo has {page.kind} {page.path} [{'/'.join(page.site)}] {page.source}"
            continue
        for name, mine, hugo in (
            ("url", output.url, page.url),
            ("logical", output.logical, page.path),
            ("kind", output.kind, page.kind),
        ):
            if mine != hugo and not (name == "url" and hugo == ""):
                yield f"{name} of {page.source or page.path} [{'/'.join(page.site)}]: {mine!r}, in Hugo {hugo!r}"

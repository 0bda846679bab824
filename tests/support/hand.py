"""Publications made by hand: pages by URL, without files, front matter or Hugo."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from vitdlint.files.tree import MemoryTree
from vitdlint.frontmatter.block import FrontMatter
from vitdlint.hugo.config import load
from vitdlint.hugo.publication import Alias, Output, Publication
from vitdlint.page.markdown.body import Anchor, Link, Shortcode
from vitdlint.page.page import Facts
from vitdlint.site.addresses import Addresses, SiteSettings
from vitdlint.site.site import Site

EN = load(MemoryTree({})).space.default
NO_FRONT = FrontMatter("", 0, 0, "", {})


def facts(
    path: str,
    links: Iterable[str] = (),
    ids: Iterable[str] = (),
    shortcodes: Iterable[str] = (),
    *,
    empty: bool = False,
) -> Facts:
    """A page's facts: link targets and ids are all that matters here."""
    return Facts(
        path=path,
        digest="",
        lines=array("I", [0]),
        size=0,
        front=NO_FRONT,
        links=tuple(Link("link", t, i, i + 1, i, i + 1, i, i) for i, t in enumerate(links)),
        anchors=tuple(Anchor(i, 0, 0, "heading") for i in ids),
        shortcodes=tuple(Shortcode(name, 0, 0) for name in shortcodes),
        suppressions=(),
        empty=empty,
    )


def page(url: str, **given: Any) -> Output:
    """A published page at a pretty URL (`/posts/a/`) or an ugly one (`/posts/a.html`)."""
    file = unquote(url[1:])
    file += "index.html" if file.endswith("/") or not file else ""
    logical = "/" + file.removesuffix("index.html").removesuffix(".html").strip("/")
    aliases = tuple(
        Alias(f"{a.strip('/')}/index.html", f"/{a.strip('/')}/", ("aliases", i))
        for i, a in enumerate(given.pop("aliases", ()))
    )
    path = given.pop("path", f"content{logical}.md")
    values: dict[str, Any] = {"kind": "page", "site": EN, **given}
    return Output(path=path, logical=logical, url=url, file=file, aliases=aliases, **values)


def site(
    *pages: Output,
    known: Sequence[Facts] = (),
    hugo: str = "",
    settings: SiteSettings | None = None,
    **publication: Any,
) -> Site:
    """The site of these pages; those without `known` facts have an empty body. `hugo` is its configuration."""
    found = {p.path: facts(p.path) for p in pages if p.path} | {f.path: f for f in known}
    config = load(MemoryTree({"hugo.toml": hugo}))
    return Site(Addresses(config, Publication(pages, **publication), settings or SiteSettings()), found)

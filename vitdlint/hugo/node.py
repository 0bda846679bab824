"""A page while the site is put together: what Hugo knows of it before it has a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..frontmatter.block import FrontMatter
from .cast import to_bool, to_map, to_string, to_strings
from .files import ContentFile


class ParsedPage(Protocol):
    """A content file that has been parsed, as far as Hugo's URLs depend on it."""

    @property
    def front(self) -> FrontMatter:
        """Its front matter."""

    @property
    def empty(self) -> bool:
        """Its body is nothing but white space and comments."""


@dataclass(slots=True)
class Node:
    """One page of one language; made from a file, or by Hugo itself."""

    base: str
    """Logical path; '' for the home page."""
    shown: str
    """As `base`, with the case and spaces of the file names."""
    kind: str
    """home, section, page, taxonomy or term."""
    source: ContentFile | None = None
    parsed: ParsedPage | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    """Front matter by lower-case key, with what is cascaded to it."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """The page's own front matter by lower-case key."""
    state: str = "published"
    dropped: bool = False
    """Not built at all: its resources and terms do not exist either."""
    links: bool = True
    """False if Hugo gives it no URL (headless, `render: never`)."""
    publishes_resources: bool = True
    slug: str = ""
    taxonomy: str = ""
    term: str = ""

    @property
    def empty(self) -> bool:
        """The body of its file is nothing but white space and comments."""
        return self.parsed is not None and self.parsed.empty

    @property
    def branch(self) -> bool:
        """Home, section, taxonomy or term."""
        return self.kind != "page"

    @property
    def bundle(self) -> str:
        """leaf, branch or ''."""
        kind = self.source.kind if self.source else ""
        return kind if kind in {"leaf", "branch"} else ""

    @property
    def section(self) -> str:
        """The first element of the logical path, '' for a page at the root (a leaf bundle's own folder included)."""
        first, slash, _ = self.base[1:].partition("/")
        if slash or self.kind in {"section", "taxonomy", "term"}:
            return first
        return ""

    @property
    def url(self) -> str:
        """`url` of the front matter."""
        return to_string(self.params["url"]) if "url" in self.params else ""

    @property
    def title(self) -> str:
        """`title` of the front matter."""
        title = self.params.get("title", "")
        return title if isinstance(title, str) else to_string(title)

    @property
    def aliases(self) -> tuple[str, ...]:
        """`aliases` of the front matter; a list that holds a list or a map has none."""
        return to_strings(self.params["aliases"]) if "aliases" in self.params else ()


def lowered(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Front matter by lower-case key; a spelling with capitals beats the lower-case one."""
    if all(map(str.islower, data)):
        return data
    out: dict[str, Any] = {}
    for key, value in data.items():
        low = key.lower()
        if low == key:
            out.setdefault(key, value)
        else:
            out[low] = value
    return out


def build_options(params: Mapping[str, Any]) -> tuple[str, bool]:
    """What `build` and `headless` say: render (always, never, link), and whether resources are published."""
    # Hugo 0.168 reports an error for `_build`, and still does what it says.
    table = to_map(params.get("build", params.get("_build")))
    build = {k.lower(): v for k, v in table.items() if isinstance(k, str)}
    render = to_string(build.get("render")) if "render" in build else "always"
    render = {"0": "never", "false": "never", "1": "always", "true": "always"}.get(render, render)
    if render not in {"always", "never", "link"}:
        render = "always"
    if to_bool(params.get("headless")):
        render = "headless"
    return render, to_bool(build.get("publishresources", True))


def is_draft(params: Mapping[str, Any]) -> bool:
    """What `draft` says, else the opposite of `published` where that is a boolean and not a date."""
    if "draft" in params:
        return to_bool(params["draft"])
    published = params.get("published")
    if isinstance(published, str):
        return published in {"0", "f", "F", "false", "FALSE", "False"}
    return published is not None and isinstance(published, (bool, int, float)) and not published

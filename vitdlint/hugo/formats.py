"""Output formats, media types and content types: Hugo's own (0.168) and what a configuration changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .cast import to_bool, to_int, to_map, to_string, to_strings, to_strings_whole


class OutputFormat(NamedTuple):
    """How Hugo writes a page in one format."""

    name: str
    suffixes: tuple[str, ...] = ("html",)
    """Of its media type; the first one names the files."""
    base_name: str = "index"
    path: str = ""
    """A folder below the public folder that holds all pages of this format."""
    ugly: bool = False
    no_ugly: bool = False
    root: bool = False
    html: bool = False
    permalinkable: bool = False
    weight: int = 0

    @property
    def suffix(self) -> str:
        """The files' suffix, with its dot."""
        return f".{self.suffixes[0]}" if self.suffixes and self.suffixes[0] else ""


REDIRECTS = "_redirects"
"""The file in the public folder that hosts like Netlify read; the base name of an output format that writes it."""
_HTML_SUFFIXES = ("html", "htm")
FORMATS: Mapping[str, OutputFormat] = {
    f.name: f
    for f in (
        OutputFormat("html", _HTML_SUFFIXES, html=True, permalinkable=True, weight=10),
        OutputFormat("404", _HTML_SUFFIXES, base_name="", ugly=True, html=True, permalinkable=True),
        OutputFormat("alias", _HTML_SUFFIXES, base_name="", ugly=True, html=True),
        OutputFormat("amp", _HTML_SUFFIXES, path="amp", html=True, permalinkable=True),
        OutputFormat("calendar", ("ics",)),
        OutputFormat("css", ("css",), base_name="styles"),
        OutputFormat("csv", ("csv",)),
        OutputFormat("gotmpl", ("gotmpl",), base_name=""),
        OutputFormat("json", ("json",)),
        OutputFormat("markdown", ("md", "mdown", "markdown")),
        OutputFormat("robots", ("txt",), base_name="robots", root=True),
        OutputFormat("rss", ("xml", "rss"), no_ugly=True),
        OutputFormat("sitemap", ("xml",), base_name="sitemap", ugly=True),
        OutputFormat("sitemapindex", ("xml",), base_name="sitemap", ugly=True, root=True),
        OutputFormat("webappmanifest", ("webmanifest",), base_name="manifest"),
    )
}

MEDIA_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "text/html": _HTML_SUFFIXES,
    "text/markdown": ("md", "mdown", "markdown"),
    "text/asciidoc": ("adoc", "asciidoc", "ad"),
    "text/pandoc": ("pandoc", "pdc"),
    "text/rst": ("rst",),
    "text/org": ("org",),
    "text/plain": ("txt",),
    "text/calendar": ("ics",),
    "text/css": ("css",),
    "text/csv": ("csv",),
    "text/x-gotmpl": ("gotmpl",),
    "text/javascript": ("js", "jsm", "mjs"),
    "text/typescript": ("ts",),
    "application/json": ("json",),
    "application/manifest+json": ("webmanifest",),
    "application/rss+xml": ("xml", "rss"),
    "application/xml": ("xml",),
    "application/yaml": ("yaml", "yml"),
    "application/toml": ("toml",),
    "application/pdf": ("pdf",),
    "application/xhtml+xml": ("xhtml",),
    "image/svg+xml": ("svg",),
}
CONTENT_TYPES = ("text/asciidoc", "text/html", "text/markdown", "text/org", "text/pandoc", "text/rst")
HTML, MARKDOWN = "text/html", "text/markdown"
_NO_CONTENT = ("! ^text/html$", "! ^text/org$")
_TYPES: Mapping[str, str] = {
    **{kind: kind for kind in CONTENT_TYPES},
    **{suffix: kind for kind in CONTENT_TYPES for suffix in MEDIA_SUFFIXES[kind]},
    "asciidocext": "text/asciidoc",
}


def media_types(config: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Suffixes by media type; `config` is `[mediaTypes]` with lower-case keys."""
    found = dict(MEDIA_SUFFIXES)
    for name, value in config.items():
        table = to_map(value)
        suffixes = table.get("suffixes")
        if suffixes is not None or name not in found:
            default = [name.rpartition("+")[2]] if "+" in name else []
            items = suffixes.split(",") if isinstance(suffixes, str) else to_strings(suffixes) or default
            found[name] = tuple(s.strip().lower() for s in items)
    return found


def output_formats(
    config: Mapping[str, Any], media: Mapping[str, tuple[str, ...]]
) -> Mapping[str, OutputFormat]:
    """All output formats by lower-case name; `config` is `[outputFormats]`."""
    found = dict(FORMATS)
    for name, value in config.items():
        table = to_map(value)
        form = found.get(name, OutputFormat(name, ("",)))
        kind = to_string(table.get("mediatype")).lower()
        flags: dict[str, Any] = {
            field: to_bool(table[key])
            for key, field in _FLAGS.items()
            if key in table
        }  # fmt: skip
        found[name] = form._replace(
            suffixes=media.get(kind, form.suffixes) if kind else form.suffixes,
            base_name=to_string(table.get("basename", form.base_name)),
            path=to_string(table.get("path", form.path)).strip("/"),
            weight=to_int(table.get("weight", form.weight)),
            **flags,
        )
    return found


_FLAGS = {
    "ugly": "ugly",
    "nougly": "no_ugly",
    "root": "root",
    "ishtml": "html",
    "permalinkable": "permalinkable",
}


def content_type(path: str, markup: Any) -> str:
    """The media type of a page's body, by the `markup` of its front matter, else by its file's extension."""
    named = markup.lower() if isinstance(markup, str) and markup else path.rpartition(".")[2].lower()
    return _TYPES.get(named, MARKDOWN)


_ALLOWS_SINCE, _NO_ORG_SINCE = (0, 162), (0, 166)
"""The versions of Hugo that brought `security.allowContent`, and Org to what it refuses by default."""


def refused_content(allow: Any, version: tuple[int, int]) -> frozenset[str]:
    """The content types that `security.allowContent` refuses (None: Hugo's default): one stops the whole build."""
    if version < _ALLOWS_SINCE:
        return frozenset()
    default = _NO_CONTENT if version >= _NO_ORG_SINCE else _NO_CONTENT[:1]
    patterns = default if allow is None else to_strings_whole(allow)
    allowed = [p for p in patterns if not p.startswith("! ")]
    denied = [p[2:].strip() for p in patterns if p.startswith("! ")]
    if not patterns or allowed == ["none"]:
        return frozenset(CONTENT_TYPES)
    return frozenset(
        kind
        for kind in CONTENT_TYPES
        if any(_finds(p, kind) for p in denied) or (allowed and not any(_finds(p, kind) for p in allowed))
    )


def _finds(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def content_extensions(config: Mapping[str, Any], media: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Lower-case file extensions that make a content file; `config` is `[contentTypes]`."""
    types = tuple(config) or CONTENT_TYPES
    return frozenset(suffix for kind in types for suffix in media.get(kind.lower(), ()))

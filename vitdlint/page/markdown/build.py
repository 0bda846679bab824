"""From the pieces a parser found to the `Body` that rules ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from ...core.lazy_re import lazy_re
from ...hugo.markup import Markup
from . import attributes, tags
from .body import Anchor, Body, Code, Comment, Heading, Link, Row, Table, Tag, Trouble
from .footnotes import footnote_anchors, shown, unused_footnotes
from .headings import read_headings
from .html_links import html_links
from .links import unescape
from .parts import Inline, Parts, Span, holding
from .prose import prose
from .shortcodes import Scan, outermost
from .tables import cell_spans

_START = attrgetter("start")
_OUTER_START = attrgetter("outer_start")
_LINKS = frozenset({"link", "image"})
_WRITTEN_OUT = frozenset({"autolink", "bare"})
_SCHEME = lazy_re(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:")
_FENCE = lazy_re(r"(?:`{3,}|~{3,})([^\n]*)")
_BETWEEN = lazy_re(r"\]\[")
_REFERENCE = lazy_re(r"\[((?:[^\[\]\\\n]|\\.)+)\]\[((?:[^\[\]\\\n]|\\.)*)\]")

_HIGHLIGHTED = frozenset(
    [
        "bash",
        "bat",
        "c",
        "clojure",
        "cmd",
        "console",
        "cpp",
        "cs",
        "csharp",
        "css",
        "csv",
        "cue",
        "dart",
        "diff",
        "docker",
        "dockerfile",
        "elixir",
        "elm",
        "erlang",
        "fish",
        "go",
        "go-html-template",
        "go-text-template",
        "golang",
        "graphql",
        "groovy",
        "haskell",
        "hcl",
        "html",
        "http",
        "ini",
        "java",
        "javascript",
        "js",
        "json",
        "json5",
        "jsx",
        "julia",
        "kotlin",
        "kt",
        "latex",
        "lua",
        "make",
        "makefile",
        "markdown",
        "md",
        "nginx",
        "nix",
        "ocaml",
        "perl",
        "php",
        "plain",
        "plaintext",
        "powershell",
        "proto",
        "protobuf",
        "ps1",
        "puppet",
        "py",
        "python",
        "python3",
        "r",
        "rb",
        "rs",
        "ruby",
        "rust",
        "sass",
        "scala",
        "scss",
        "sh",
        "shell",
        "sql",
        "svelte",
        "swift",
        "terraform",
        "tex",
        "text",
        "tf",
        "toml",
        "ts",
        "tsx",
        "txt",
        "typescript",
        "vb",
        "vim",
        "vue",
        "xml",
        "yaml",
        "yml",
        "zig",
        "zsh",
    ]
)
"""The most common of the languages that Hugo highlights."""


def build(
    text: str, source: str, start: int, parts: Parts, scan: Scan, hidden: tuple[Span, ...], markup: Markup
) -> Body:
    """The body of the page `text` that begins at `start`, of which goldmark sees `source`."""
    inlines = parts.inlines
    found_tags: list[Tag] = []
    comments: list[Comment] = []
    links: list[Link] = []
    codes: list[Code] = []
    gaps: list[Span] = []
    alternative = 0
    for inline in inlines:
        kind, begin, end, inner_start, inner_end, target = inline
        if begin < alternative:
            continue  # within an image's alternative text, where only text is published
        if kind == "html":
            tag = tags.inline_tag(text, source, begin, end)
            if tag is not None:
                found_tags.append(tag)
            elif source.startswith("<!--", begin):
                comments.append(Comment(begin, end))
        elif kind in _LINKS:
            url = unescape(text[target[0] : target[1]])
            if kind == "image":
                alternative = end
            links.append(Link(kind, url, *target, begin, end, inner_start, inner_end))
        elif kind == "code":
            codes.append(Code("span", begin, end))
        elif kind in _WRITTEN_OUT:
            links.append(_written_out(text, inline, markup))
    if parts.html_blocks:
        scanned = tags.Scanned(found_tags, comments)
        for begin, end in parts.html_blocks:
            tags.scan(text, source, begin, end, scanned)
        gaps = scanned.gaps
        found_tags.sort(key=_START)
        comments.sort()
    if markup.unsafe and found_tags:
        links += html_links(found_tags)
        links.sort(key=lambda link: link.outer_start)
    for fence in parts.fences:
        info = _FENCE.match(source, fence.start, fence.end)
        codes.append(Code("fence", *fence, unescape(info[1].strip()) if info else ""))
    codes += [Code("indented", *span) for span in parts.indented]
    codes.sort(key=lambda code: code.start)
    headings, anchors = read_headings(source, parts, hidden, markup, scan)
    if markup.unsafe:
        anchors += _html_anchors(found_tags)
    anchors += _other_anchors(source, parts, codes, markup)
    if scan.maybe:
        maybe = list(outermost(scan.maybe))
        anchors = [a._replace(kind="maybe") if holding(maybe, a.start) else a for a in anchors]
        links = [k._replace(shown="maybe") if holding(maybe, k.outer_start) else k for k in links]
    anchors.sort(key=_START)
    if parts.footnotes and (unused := unused_footnotes(source, parts)):
        anchors = shown(anchors, _START, parts, unused)
        links = shown(links, _OUTER_START, parts, unused)
    return Body(
        start,
        len(text),
        tuple(links),
        tuple(headings),
        tuple(codes),
        tuple(_tables(source, parts)),
        tuple(found_tags),
        tuple(comments),
        scan.shortcodes,
        tuple(anchors),
        tuple(sorted([*scan.troubles, *_undefined(source, parts)], key=lambda trouble: trouble.start)),
        tuple(parts.html_blocks),
        prose(
            text,
            source,
            parts,
            gaps,
            found_tags,
            [*hidden, *scan.escaped, *_after_headings(source, headings)],
        ),
    )


def _written_out(text: str, inline: Inline, markup: Markup) -> Link:
    """A link whose text is its target: `<…>` or a bare URL or address."""
    begin, end = inline.inner_start, inline.inner_end
    target = text[begin:end]
    if inline.kind == "bare" and target.startswith("www."):
        target = f"{markup.linkify_protocol}://{target}"
    elif _SCHEME.match(target) is None:
        target = f"mailto:{target}"
    return Link(inline.kind, target, begin, end, inline.start, inline.end, begin, end)


def _after_headings(source: str, headings: list[Heading]) -> Iterator[Span]:
    """Closing hashes, underlines, attributes and spaces, which are no text."""
    for heading in headings:
        end = heading.end
        while source[end : end + 1] in {" ", "\t"}:
            end += 1
        if heading.text_end < end:
            yield heading.text_end, end


def _html_anchors(found: list[Tag]) -> list[Anchor]:
    anchors = []
    for tag in found:
        if tag.attributes and not tag.closing:
            for attribute in tag.attributes:
                if attribute.name == "id" and attribute.value:
                    anchors.append(Anchor(attribute.value, attribute.start, attribute.end, "html"))
                elif attribute.name == "name" and tag.name == "a" and attribute.value:
                    anchors.append(Anchor(attribute.value, attribute.start, attribute.end, "name"))
    return anchors


def _other_anchors(source: str, parts: Parts, codes: list[Code], markup: Markup) -> list[Anchor]:
    anchors = [Anchor(*given, "attribute") for given in parts.attributes]
    if parts.footnotes and not markup.footnote_auto_id_prefix:
        anchors += footnote_anchors(source, parts)
    for code in codes:
        if code.kind == "fence" and "{" in code.info:
            kind = _kind_of_fence_id(code.info, markup)
            line_end = source.find("\n", code.start)
            span = attributes.of_fence(source, code.start, line_end if line_end >= 0 else len(source))
            given = attributes.parse(source, *span) if kind and span else None
            if given is not None and given.id:
                anchors.append(Anchor(given.id, given.start, given.end, kind))
    return anchors


def _kind_of_fence_id(info: str, markup: Markup) -> str:
    """What kind of anchor the id of a fence is; '' if it is not shown: Hugo's own highlighting shows it, a hook may not."""
    language = info.split("{", maxsplit=1)[0].strip().partition(" ")[0].lower()
    if markup.highlight == "none":
        return ""  # nor are there hooks
    hooks = dict(markup.plain_fences)
    dropped = hooks.get(language, hooks.get(""))
    if dropped is not None:
        return "" if dropped else "attribute"
    if markup.highlight == "all" or (markup.highlight == "known" and language in _HIGHLIGHTED):
        return "attribute"
    return "maybe" if language else ""


def _tables(source: str, parts: Parts) -> list[Table]:
    tables = []
    rows = parts.rows
    index = 0
    for begin, end in parts.tables:
        own = []
        while index < len(rows) and rows[index][0] < end:
            own.append(Row(*rows[index], len(cell_spans(source, *rows[index]))))
            index += 1
        tables.append(Table(begin, end, tuple(own)))
    return tables


def _undefined(source: str, parts: Parts) -> list[Trouble]:
    """`[text][label]` that stayed text."""
    troubles: list[Trouble] = []
    end = 0
    for between in _BETWEEN.finditer(source):
        at = between.start()
        if at < end:
            continue
        # Both brackets are on one line, and looking at that alone is much quicker than at the whole page.
        start, end = source.rfind("\n", 0, at) + 1, source.find("\n", at)
        end = len(source) if end < 0 else end
        troubles += _undefined_in(source, parts, start, end)
    return troubles


def _undefined_in(source: str, parts: Parts, start: int, end: int) -> Iterator[Trouble]:
    for match in _REFERENCE.finditer(source, start, end):
        label = match[2] or match[1]
        if _is_text(parts.text, match.start()) and _is_text(parts.text, match.end() - 1):
            message = f'the page does not define the reference "{label}", so readers see the brackets'
            yield Trouble("reference", *match.span(), message)


def _is_text(text: list[Span], offset: int) -> bool:
    index = bisect_left(text, (offset + 1, 0)) - 1
    return index >= 0 and text[index][0] <= offset < text[index][1]

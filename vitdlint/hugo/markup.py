"""The part of Hugo's configuration that decides what a body means: `[markup.goldmark]`, with Hugo's defaults."""

from __future__ import annotations

from typing import NamedTuple


class Markup(NamedTuple):
    """Settings of the Markdown renderer; a change of any of them changes what a page contains."""

    unsafe: bool = False
    """`renderer.unsafe`: raw HTML of a body is published."""
    auto_heading_id: bool = True
    id_type: str = "github"
    """`parser.autoIDType` (or the old `autoHeadingIDType`): github, github-ascii or blackfriday."""
    auto_definition_term_id: bool = False
    attribute_title: bool = True
    """`parser.attribute.title`: `{#id}` after a heading."""
    attribute_block: bool = False
    """`parser.attribute.block`: `{#id}` on the line after a block."""
    definition_list: bool = True
    footnote: bool = True
    footnote_auto_id_prefix: bool = False
    linkify: bool = True
    linkify_protocol: str = "https"
    """What a bare `www.` link is given."""
    strikethrough: bool = True
    """`extensions.strikethrough`, or the extra `delete`. The other extras (`++`, `==`, `^`) move nothing that is asked for."""
    table: bool = True
    task_list: bool = True
    typographer: bool = True
    passthrough: tuple[tuple[str, str], ...] = ()
    """Pairs of delimiters whose content goldmark passes through untouched; empty if the extension is off."""
    toc_start: int = 2
    """`tableOfContents.startLevel`: the first level of headings in `.TableOfContents`."""
    toc_end: int = 3
    """`tableOfContents.endLevel`: the last one; -1 for all."""

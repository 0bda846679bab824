"""The part of Hugo's configuration that decides what a body means: `[markup.goldmark]`, with Hugo's defaults."""

from __future__ import annotations

from typing import NamedTuple


class Typographer(NamedTuple):
    """`extensions.typographer`: what is written for each sign of the source, usually an entity."""

    apostrophe: str = "&rsquo;"
    ellipsis: str = "&hellip;"
    em_dash: str = "&mdash;"
    en_dash: str = "&ndash;"
    left_angle_quote: str = "&laquo;"
    left_double_quote: str = "&ldquo;"
    left_single_quote: str = "&lsquo;"
    right_angle_quote: str = "&raquo;"
    right_double_quote: str = "&rdquo;"
    right_single_quote: str = "&rsquo;"


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
    typographer: Typographer | None = Typographer()
    """None if it is off."""
    highlight: str = "known"
    """`highlight.codeFences` and `guessSyntax`: which code blocks Hugo highlights, and so gives their ids: those of
    languages that are known, all or none."""
    plain_fences: tuple[tuple[str, bool], ...] = ()
    """Language of code blocks that a render hook in layouts shows ('' for all others), and whether it drops their ids."""
    passthrough: tuple[tuple[str, str], ...] = ()
    """Pairs of delimiters whose content goldmark passes through untouched; empty if the extension is off."""
    toc_start: int = 2
    """`tableOfContents.startLevel`: the first level of headings in `.TableOfContents`."""
    toc_end: int = 3
    """`tableOfContents.endLevel`: the last one; -1 for all."""

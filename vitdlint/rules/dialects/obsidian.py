"""Obsidian: help.obsidian.md/obsidian-flavored-markdown."""

from __future__ import annotations

from ...core.lazy_re import lazy_re
from . import Mark, plain

MARKS: tuple[Mark, ...] = (
    Mark(
        "!",
        lazy_re(r"(?P<seen>!\[\[)(?<!\\!\[\[)[^\[\]\n\"']{1,300}\]\]"),
        "an embedded file",
        certain=True,
    ),
    Mark("%%", lazy_re(r"(?P<seen>%%)(?<![\d%]%%)(?=[^%\n])[^%\n]{1,300}%%(?!%)"), "a comment"),
    Mark(
        "==",
        lazy_re(r"(?P<seen>==)(?<![=!<>\w]==)(?=[^\s=])(?P<inner>[^=\n]{1,300})(?<=[^\s=])==(?![=\w])"),
        "a highlight",
        new=lambda m: f"<mark>{m['inner']}</mark>" if plain(m["inner"]) else None,
        html=True,
    ),
    Mark("^", lazy_re(r"(?m)(?<=[^\s^][ ])(?P<seen>\^[a-z0-9]{6})[ \t]*$"), "the name of a block"),
)

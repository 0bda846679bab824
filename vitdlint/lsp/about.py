"""What there is to say about a page, a file or a rule, in Markdown."""

from __future__ import annotations

import re

from ..core.rule import AnyRule
from ..hugo.publication import Output
from ..reporters.rule_page import facts_of
from ..site.answers import Target
from .engine import State

LINES = 3
"""Lines of a page's text that are shown."""
_STATES = {
    "draft": "a draft",
    "future": "not published yet",
    "expired": "expired",
    "headless": "without a URL of its own",
    "not-rendered": "not rendered",
    "shadowed": "hidden by another page",
    "resource": "a part of a bundle",
}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|^[#+=-]|(?<=\d)[.)](?=\s)")
_MARKUP = re.compile(r"\\(.)|\*+|`|^> | {2}$", re.MULTILINE)
"""What Markdown of this file may have, besides a rule's manual."""


def plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def without_markup(text: str) -> str:
    """The same as plain text."""
    return _MARKUP.sub(lambda found: found[1] or "", text)


def page(state: State, output: Output) -> str:
    """A page: its title, URL, state and first lines."""
    lines = [f"**{plain(output.title or output.term or output.path or output.url)}**", f"`{output.url}`"]
    remark = _STATES.get(output.state)
    if remark is not None:
        lines.append(f"*This page is {remark}.*")
    if output.path is not None:
        lines.append(f"{plain(output.path)}")
        if first := first_lines(state, output.path):
            lines.append("  \n".join(f"> {plain(line)}" for line in first))  # each on a line of its own
    else:
        lines.append(f"*Hugo makes this {output.kind} page by itself.*")
    return "\n\n".join(lines)


def target(state: State, found: Target) -> str | None:
    """Where a link leads; None where there is nothing to say."""
    if found.page is not None:
        text = page(state, found.page)
        if found.alias is not None:
            text = f"`{found.alias.url}` is an alias of\n\n{text}"
        if found.status == "dead-fragment":
            text += f"\n\n*It has no anchor `{found.fragment}`.*"
        return text
    if found.source:
        return f"`{found.url}`\n\n{plain(found.source)}"
    if found.status == "dead":
        return f"Nothing is at `{found.path}`." if found.path else None
    return None


def first_lines(state: State, path: str) -> list[str]:
    """The first lines of a page's text."""
    facts, text = state.site.pages.get(path), state.text_of(path)
    if facts is None or text is None:
        return []
    lines = (line.strip() for line in text[facts.front.end : facts.front.end + 2000].splitlines())
    return [line[:200] for line in lines if line][:LINES]


def rule(each: AnyRule, url: str | None) -> str:
    """A rule: its manual up to the examples."""
    more = f"\n\n[The whole manual]({url})" if url else f"\n\n`vitdlint explain {each.name}` prints it all."
    return f"**{each.name}** ({each.code}, {facts_of(each)})\n\n{each.manual}{more}"

"""Targets of links, in URL space: pages, aliases, files, anchors; and the labels of reference links."""

from __future__ import annotations

import re
from urllib.parse import quote

from ..hugo.publication import Output
from .candidates import candidates
from .proposal import Proposal, Proposals, matching
from .view import View

_TARGET = re.compile(
    r"""(?:\]\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?|\b(?:href|src)\s*=\s*["']?)(?P<target>[^\s<>()"']*)\Z"""
)
_LABEL = re.compile(r"\]\[(?P<label>[^\]\n]*)\Z")
_LABEL_REST = re.compile(r"[^\]\[\n]*(?=\])|")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<target>\S+)", re.MULTILINE)
_REST = re.compile(r"""[^\s<>()"'#?]*""")
_FRAGMENT_REST = re.compile(r"""[^\s<>()"'`]*""")
_UNSAFE = re.compile(r"""[\s<>()"'`\\%\[\]]""")
"""What ends a target somewhere, or would be taken for an escape."""


def proposals(view: View, offset: int) -> Proposals | None:
    """What a link can lead to."""
    text = view.page.text
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    label = _LABEL.search(before)
    if label is not None:
        start = offset - len(label["label"])
        known = {m["label"]: m["target"] for m in _DEFINITION.finditer(text, view.page.body.start)}
        listed = [Proposal(name, name, "label", target) for name, target in known.items()]
        return Proposals(start, after(_LABEL_REST, text, offset), matching(listed, label["label"]))
    found = _TARGET.search(before)
    if found is None:
        return None
    typed = found["target"]
    start = offset - len(typed)
    path, mark, fragment = typed.partition("#")
    if mark:
        output = view.output
        page = view.site.resolve(path, output).page if path and output is not None else output
        return fragments(view, page, fragment, offset)
    end = after(_REST, text, offset)
    urls = matching(candidates(view.site.addresses).urls, typed)
    if text[start - 1 : start] == "'":  # which a URL may have
        urls = tuple(each._replace(text=each.text.replace("'", "%27")) for each in urls)
    return Proposals(start, end, urls)


def after(pattern: re.Pattern[str], text: str, offset: int) -> int:
    """Where what matches at an offset ends."""
    rest = pattern.match(text, offset)
    return rest.end() if rest is not None else offset


def fragments(view: View, page: Output | None, typed: str, offset: int) -> Proposals:
    """The fragments of a page, in place of the one that is typed up to an offset."""
    end = after(_FRAGMENT_REST, view.page.text, offset)
    return Proposals(offset - len(typed), end, matching(_anchors(view, page), typed))


def _anchors(view: View, page: Output | None) -> list[Proposal]:
    facts = view.facts(page.path) if page is not None and page.path is not None else None
    return [
        Proposal(_UNSAFE.sub(lambda char: quote(char[0]), anchor.id), anchor.id, "anchor", anchor.kind)
        for anchor in (facts.anchors if facts is not None else ())
        if anchor.kind != "open" and anchor.id
    ]

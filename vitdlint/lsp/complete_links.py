"""Targets of links, in URL space: pages, aliases, files, anchors; and the labels of reference links."""

from __future__ import annotations

import re

from ..hugo.publication import Output
from .candidates import candidates
from .proposal import Proposal, Proposals, matching
from .view import View

_TARGET = re.compile(
    r"""(?:\]\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?|\b(?:href|src)\s*=\s*["']?)(?P<target>[^\s<>()"']*)\Z"""
)
_LABEL = re.compile(r"\]\[(?P<label>[^\]\n]*)\Z")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<target>\S+)", re.MULTILINE)
_REST = re.compile(r"""[^\s<>()"'#?]*""")


def proposals(view: View, offset: int) -> Proposals | None:
    """What a link can lead to."""
    text = view.page.text
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    label = _LABEL.search(before)
    if label is not None:
        start = offset - len(label["label"])
        known = {m["label"]: m["target"] for m in _DEFINITION.finditer(text, view.page.body.start)}
        listed = [Proposal(name, name, "label", target) for name, target in known.items()]
        return Proposals(start, offset, matching(listed, label["label"]))
    found = _TARGET.search(before)
    if found is None:
        return None
    typed = found["target"]
    start = offset - len(typed)
    path, mark, fragment = typed.partition("#")
    if mark:
        return Proposals(offset - len(fragment), offset, matching(anchors(view, path), fragment))
    rest = _REST.match(text, offset)
    end = rest.end() if rest is not None else offset
    return Proposals(start, end, matching(candidates(view.site.addresses).urls, typed))


def anchors(view: View, target: str) -> list[Proposal]:
    """The fragments of the page that a target leads to; of this one for ''."""
    output = view.output
    if output is None:
        return []
    return anchors_of(view, view.site.resolve(target, output).page if target else output)


def anchors_of(view: View, page: Output | None) -> list[Proposal]:
    """The fragments of a page."""
    facts = view.facts(page.path) if page is not None and page.path is not None else None
    return [
        Proposal(anchor.id, anchor.id, "anchor", anchor.kind)
        for anchor in (facts.anchors if facts is not None else ())
        if anchor.kind != "open" and anchor.id
    ]

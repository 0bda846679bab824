"""Names and parameters of shortcodes, and the paths that `ref` and `relref` take."""

from __future__ import annotations

import re
from collections import Counter

from ..hugo.publication import Parameters
from .candidates import candidates
from .complete_links import anchors_of
from .proposal import Proposal, Proposals, matching
from .view import View

_OPEN = re.compile(r"\{\{[<%][ \t]*(?P<inside>/?[^{}\n]*)\Z")
_NAME = re.compile(r"/?(?P<name>[\w./-]*)\Z")
_REFERENCE = re.compile(r"""(?:rel)?ref\s+(?:path\s*=\s*)?["`]?(?P<ref>[^"`\s]*)\Z""")
_PARAMETER = re.compile(r"""(?P<name>[\w./-]+)\s(?:.*\s)?(?P<typed>[\w-]*)\Z""")


def proposals(view: View, offset: int) -> Proposals | None:
    """What can be written between the delimiters of a shortcode."""
    text = view.page.text
    opened = _OPEN.search(text[text.rfind("\n", 0, offset) + 1 : offset])
    if opened is None:
        return None
    inside = opened["inside"]
    reference = _REFERENCE.match(inside)
    if reference is not None:
        path, mark, fragment = reference["ref"].partition("#")
        if mark:
            return Proposals(offset - len(fragment), offset, matching(_anchors(view, path), fragment))
        return Proposals(offset - len(path), offset, matching(candidates(view.site.addresses).logical, path))
    name = _NAME.match(inside)
    if name is not None:
        uses = Counter(call.name for facts in view.site.pages.values() for call in facts.shortcodes)
        spelled = {used.lower(): used for used in uses}
        names = (spelled.get(known, known) for known in sorted(view.site.addresses.publication.shortcodes))
        listed = [
            Proposal(each, each, "shortcode", f"called {uses[each]:,} times" if uses[each] else "")
            for each in names
        ]
        return Proposals(offset - len(name["name"]), offset, matching(listed, name["name"]))
    call = _PARAMETER.match(inside)
    if call is None or inside.count('"') % 2:
        return None
    typed = call["typed"]
    counts = _parameters(view, call["name"].lower())
    listed = [Proposal(f'{each}="', each, "parameter", "") for each in counts if f"{each}=" not in inside]
    return Proposals(offset - len(typed), offset, matching(listed, typed))


def _anchors(view: View, path: str) -> list[Proposal]:
    """The fragments of the page that a logical path names."""
    output = view.output
    if output is None or not path:
        return anchors_of(view, output)
    return anchors_of(view, view.site.addresses.logical.find(path, output, by_name=True).page)


def _parameters(view: View, name: str) -> list[str]:
    """The named parameters of a shortcode: those that its template reads, unless it may read others also those of calls."""
    known = view.site.addresses.publication.shortcode_parameters.get(name, Parameters(complete=False))
    used = Counter(
        param.name
        for facts in view.site.pages.values()
        for call in facts.shortcodes
        if call.name.lower() == name
        for param in call.params
        if param.name and (param.name in known.names or not known.complete)
    )
    return list(dict.fromkeys([*(each for each, _ in used.most_common()), *sorted(known.names)]))

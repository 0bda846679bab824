"""Names and parameters of shortcodes, and the paths that `ref` and `relref` take."""

from __future__ import annotations

import re
from collections import Counter

from ..hugo.publication import Parameters
from .candidates import candidates
from .complete_links import after, fragments
from .proposal import Proposal, Proposals, matching
from .view import View

_OPEN = re.compile(r"\{\{[<%][ \t]*(?P<inside>/?[^{}\n]*)\Z")
_NAME = re.compile(r"/?(?P<name>[\w./-]*)\Z")
_REFERENCE = re.compile(
    r"""(?:rel)?ref\s+(?:(?!path)\w+\s*=\s*["`][^"`]*["`]\s+)*(?:path\s*=\s*)?(?P<mark>["`]?)(?P<ref>[^"`\s]*)\Z"""
)
_PARAMETER = re.compile(r"""(?P<name>[\w./-]+)\s(?:.*\s)?(?P<typed>[\w-]*)\Z""")
_NAME_REST = re.compile(r"[\w./-]*")
_PARAMETER_REST = re.compile(r"[\w-]*")
_REFERENCE_REST = {
    '"': re.compile(r'[^"#\s<>{}]*'),
    "`": re.compile(r"[^`#\s<>{}]*"),
    "": re.compile(r'[^\s"`<>{}]*'),
}
_LANGUAGE = re.compile(r"""\slang\s*=\s*["`]?(?P<language>[\w-]+)""")
_CALL_REST = re.compile(r"[^\n{}]*")


def proposals(view: View, offset: int) -> Proposals | None:
    """What can be written between the delimiters of a shortcode."""
    text = view.page.text
    opened = _OPEN.search(text[text.rfind("\n", 0, offset) + 1 : offset])
    if opened is None:
        return None
    inside = opened["inside"]
    reference = _REFERENCE.match(inside)
    if reference is not None:
        return _reference(view, offset, reference)
    name = _NAME.match(inside)
    if name is not None:
        uses = Counter(call.name for facts in view.site.pages.values() for call in facts.shortcodes)
        spelled = {used.lower(): used for used in uses}
        names = (spelled.get(known, known) for known in sorted(view.site.addresses.publication.shortcodes))
        listed = [
            Proposal(each, each, "shortcode", f"called {uses[each]:,} times" if uses[each] else "")
            for each in names
        ]
        end = after(_NAME_REST, text, offset)
        return Proposals(offset - len(name["name"]), end, matching(listed, name["name"]))
    call = _PARAMETER.match(inside)
    if call is None or inside.count('"') % 2:
        return None
    typed, end = call["typed"], after(_PARAMETER_REST, text, offset)
    valued = text.startswith("=", end)
    have = inside + text[end : after(_CALL_REST, text, end)]
    listed = [
        Proposal(each if valued else f'{each}=""', each, "parameter", back=0 if valued else 1)
        for each in _parameters(view, call["name"].lower())
        if f"{each}=" not in have
    ]
    return Proposals(offset - len(typed), end, matching(listed, typed))


def _reference(view: View, offset: int, typed: re.Match[str]) -> Proposals:
    """The pages that `ref` can name, or the fragments of one, in the language that the call means."""
    text, mark, output = view.page.text, typed["mark"], view.output
    call = typed[0] + text[offset : after(_CALL_REST, text, offset)]
    named = _LANGUAGE.search(call)
    language = named["language"] if named is not None else output.language if output is not None else ""
    path, hash_mark, fragment = typed["ref"].partition("#")
    if hash_mark:
        page = output
        if output is not None and path:
            page = view.site.addresses.logical.find(path, output, by_name=True).page
        return fragments(view, page, fragment, offset)
    listed = [
        each._replace(text=each.text if mark else f'"{each.text}"')
        for each in candidates(view.site.addresses).logical
        if _is_in(view, each.path, language) and not set('"`#') & set(each.text)
    ]
    end = after(_REFERENCE_REST[mark], text, offset)
    return Proposals(offset - len(path), end, matching(listed, path))


def _is_in(view: View, path: str, language: str) -> bool:
    page = view.site.addresses.outputs.get(path)
    return page is None or not language or page.language == language


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

"""The names of rules in suppression comments."""

from __future__ import annotations

import re

from .complete_links import after
from .proposal import Proposal, Proposals, matching
from .view import View

_COMMENT = re.compile(
    r"vitdlint-(?:disable(?:-next-line|-line|-file)?|enable)[ \t]+(?:[a-z0-9-]+[ \t]*,[ \t]*)*(?P<name>[A-Za-z0-9-]*)\Z"
)
_VERB = re.compile(r"(?:<!--|#)[ \t]*(?P<verb>vitdlint[a-z-]*)\Z")
_REST = re.compile(r"(?:(?!-->)[A-Za-z0-9-])*")
_VERBS = {
    "vitdlint-disable-next-line": "on the next line",
    "vitdlint-disable-line": "on this line",
    "vitdlint-disable-file": "in the whole file",
    "vitdlint-disable": "from here on",
    "vitdlint-enable": "up to here",
}


def proposals(view: View, offset: int) -> Proposals | None:
    """Rules by name, those that are found on the page first."""
    text = view.page.text
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    verb = _VERB.search(before)
    if verb is not None:
        listed = [Proposal(name, name, "key", what) for name, what in _VERBS.items()]
        end = after(_REST, text, offset)
        return Proposals(offset - len(verb["verb"]), end, matching(listed, verb["verb"]))
    found = _COMMENT.search(before)
    if found is None:
        return None
    here = {d.name for d in view.state.reported.get(view.path, ())}
    rules = {rule.name: rule for rule in view.state.session.project.config.known.values()}
    listed = [Proposal(rule.name, rule.name, "rule", rule.summary) for rule in rules.values()]
    matched = matching(listed, found["name"])
    ranked = sorted(matched, key=lambda each: each.text not in here)
    return Proposals(offset - len(found["name"]), after(_REST, text, offset), tuple(ranked))

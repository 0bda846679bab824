"""What is shown about the place under the pointer."""

from __future__ import annotations

from typing import NamedTuple

from ..core.docs_url import docs_url, rule_url
from ..schema.about import about
from . import about as texts
from . import external
from .view import View


class Hover(NamedTuple):
    """Markdown about a stretch of the page."""

    start: int
    end: int
    text: str


def hover(view: View, offset: int) -> Hover | None:
    """The target of a link, the meaning of a front-matter key, and the manuals of what is reported there."""
    found = _link(view, offset) or _key(view, offset)
    rules = _rules(view, offset)
    if found is None:
        return rules
    return found if rules is None else found._replace(text=f"{found.text}\n\n---\n\n{rules.text}")


def _link(view: View, offset: int) -> Hover | None:
    link = view.link_at(offset)
    target = view.target(link) if link is not None else None
    if link is None or target is None:
        return None
    if target.status == "external":
        text = external.known(view.state, view.path, link)
    else:
        text = texts.target(view.state, target)
    return Hover(link.start, link.end, text) if text is not None else None


def _key(view: View, offset: int) -> Hover | None:
    found = view.front_at(offset)
    if found is None or view.page.schema is None:
        return None
    pointer, place = found
    if not place.key_start <= offset <= place.key_end:
        return None
    said = about(view.page.schema, pointer)
    words = [said.description, *([f"One of: {', '.join(said.values)}"] if said.values else [])]
    text = "\n\n".join(texts.plain(word) for word in words if word)
    return Hover(place.key_start, place.key_end, text) if text else None


def _rules(view: View, offset: int) -> Hover | None:
    if view.state.texts.get(view.path, view.page.text) != view.page.text:
        return None  # its places are those of another text
    config = view.state.session.project.config
    docs = docs_url(config.keys.docs_url)
    known = {rule.name: rule for rule in config.known.values()}
    here = [
        d
        for d in view.state.found.get(view.path, ())
        if d.place.start <= offset <= d.place.end and d.name in known
    ]
    if not here:
        return None
    named = {d.name: known[d.name] for d in here}
    text = "\n\n---\n\n".join(
        texts.rule(rule, rule_url(docs, rule.code, rule.name)) for rule in named.values()
    )
    return Hover(min(d.place.start for d in here), max(d.place.end for d in here), text)

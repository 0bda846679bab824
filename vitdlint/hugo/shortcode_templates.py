"""What the templates of shortcodes make of a page, as far as their text shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..core.lazy_re import lazy_re
from . import layouts
from .indented_html import code_without
from .shortcode_inner import BUILT_IN, HOME, NOTHING, PAGE, RAW, Inner, inner_of
from .templates import HTML_SUFFIXES, Templates, reached

_MAKES_ID = lazy_re(
    r"\bid\s*=|\bname\s*=|\.Inner|\.Content\b|\.RenderShortcodes|markdownify|RenderString|readFile|"
    r"\bpartial|\btemplate\b|safeHTML|jsonify|unmarshal|"
    r"^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$|:[ \t])|\{#|\[\^",
    re.IGNORECASE | re.MULTILINE,
)
"""A template with one of these may write an id, its own or one of the Markdown or HTML that it includes.

Last: headings, terms, attributes and footnotes, as what a template prints for `{{% %}}` is Markdown.
"""
_SHOWS_INNER = lazy_re(
    r"\{\{-?\s*(?:trim\s+)?\.Inner(?:Deindent)?\s*(?:\"[^\"]*\"\s*)?"
    r"(?:\|\s*(?:\$?\.(?:Page\.)?RenderString|markdownify|htmlUnescape|safeHTML)\s*)*-?\}\}"
)
"""An action that shows what is between the tags, and nothing else."""
_PARTIAL = lazy_re(r"\bpartial(?:Cached)?\s+\"([^\"]+)\"")


def anchorless_shortcodes(templates: Templates) -> tuple[frozenset[str], frozenset[str]]:
    """Lower-case names of the site's own shortcodes whose templates cannot write an id.

    The second set has those that show what is between their tags, and make no other ids than those of that text.
    """
    partials = _Partials(templates)
    plain: dict[str, bool] = {}
    around: dict[str, bool] = {}
    for name, text in _texts(templates):
        # The same name may come in several languages or formats; one that makes ids is enough.
        plain[name] = plain.get(name, True) and partials.anchorless(text)
        known = inner_of(text, partials.text).shows in (PAGE, HOME, RAW)
        rest = _SHOWS_INNER.sub("", text) if known else text
        around[name] = around.get(name, True) and partials.anchorless(rest)
    return frozenset(n for n, is_so in plain.items() if is_so), frozenset(
        n for n, is_so in around.items() if is_so
    )


class _Partials:
    """The partials that templates call, as far as they are known by name."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._called: dict[str, list[str] | None] = {}

    def text(self, name: str) -> str | None:
        """The text of a partial, if there is one of that name."""
        path = self._templates.partial(name)
        return None if path is None else _text(self._templates, path)

    def anchorless(self, text: str) -> bool:
        """Whether neither a template nor a partial that it calls, or that one calls, can write an id."""
        own = _calls(text)
        if own is None:
            return False
        return all(
            self._calls(name) is not None for name in reached(own, lambda name: self._calls(name) or ())
        )

    def _calls(self, name: str) -> list[str] | None:
        """See `_calls`; None also where there is no such partial."""
        if name not in self._called:
            text = self.text(name)
            self._called[name] = None if text is None else _calls(text)
        return self._called[name]


def _calls(text: str) -> list[str] | None:
    """The partials that a template calls; None if it may write an id itself."""
    return None if _MAKES_ID.search(_PARTIAL.sub("", text)) else _PARTIAL.findall(text)


def shown_inner(templates: Templates) -> Mapping[str, Inner]:
    """What the templates of shortcodes, by lower-case name, do with the text between their tags.

    Where there are several for HTML, for languages, and they differ, that is unknown.
    """
    partials = _Partials(templates)
    without = (layouts.BUILT_IN | layouts.REMOVED.keys()) - BUILT_IN.keys()
    found = {**BUILT_IN, **dict.fromkeys(sorted(without), Inner(NOTHING, takes=False))}
    own: set[str] = set()
    for name, text in _texts(templates):
        inner = inner_of(text, partials.text)._replace(takes=layouts.uses_inner(text))
        found[name] = inner if name not in own or found[name] == inner else Inner(always=False)
        own.add(name)
    return found


def indented_html(templates: Templates) -> Mapping[str, tuple[str, ...]]:
    """The shortcodes, by lower-case name, whose HTML a call by `{{% %}}` without any of these parameters shows as code."""
    found: dict[str, tuple[str, ...] | None] = {}
    for name, text in _texts(templates):
        without = code_without(text)
        found[name] = without if found.get(name, without) == without else None
    return {name: without for name, without in found.items() if without is not None}


def _texts(templates: Templates) -> Iterator[tuple[str, str]]:
    """The lower-case name of every shortcode's template, and its text; those for other formats only where none is for HTML."""
    for name, paths in templates.shortcodes.items():
        for path in [p for p in paths if p.lower().endswith(HTML_SUFFIXES)] or paths:
            yield name, _text(templates, path)


def _text(templates: Templates, path: str) -> str:
    """A template without its comments; one that cannot be read counts as making ids."""
    text = templates.plain(path)
    return "id=" if text is None else text

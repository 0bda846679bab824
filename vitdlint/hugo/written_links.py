"""The internal links that the site's own layouts, data and translations spell out, as far as they are certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .files import mounted_files
from .publication import WrittenLink
from .template_text import COMMENT, actions, replace_actions
from .templates import HTML_SUFFIXES, Templates

_DATA = (".yaml", ".yml", ".toml", ".json")
_LARGEST = 5_000_000
"""Characters; nobody writes links by hand into a larger file."""
_HTML_COMMENT = lazy_re(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RAW = lazy_re(r"(<(script|style)\b[^<>]*+>)(.*?)(?=</\2\b|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = lazy_re(
    r"<(?:a|area|audio|embed|iframe|img|link|script|source|video)\s(?:\"[^\"<]*\"|'[^'<]*'|[^\"'<>])*>",
    re.IGNORECASE,
)
_ATTRIBUTE = lazy_re(
    r"(?<=[\s\"'])(?:href|src)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE
)
_LINKS = lazy_re(r"\b(?:href|src)\s*=|\bref\s|\brelref\s|\.GetPage\s", re.IGNORECASE)
"""In a layout: there may be a link."""
_ELSEWHERE = lazy_re(r"[a-z][a-z+.-]*:|//|#", re.IGNORECASE)
"""A computed address of another site, or on the page itself."""
_PATH = r"/[\w%~@+-][\w%~@+./-]*"
_LITERAL = lazy_re(rf"({_PATH})(?:[#?].*)?", re.DOTALL)
_REF = lazy_re(
    rf"\b(?:rel)?ref\s+[$.]\S*\s+\"(?P<ref>{_PATH})(?:#[^\"]*)?\"|(?:\bsite|\.Site)\.GetPage\s+\"(?P<page>{_PATH})\"(?!\s*\")"
)
_VALUE = lazy_re(
    rf"(?<![\w.-])[\"']?(?:url|href|link)[\"']?\s*[:=]\s*(?P<quote>[\"']?)(?P<path>{_PATH})(?:#[\w-]*)?(?P=quote)(?=\s*(?:[,}}\]]|$))",
    re.MULTILINE,
)
_LINE_COMMENT = lazy_re(r"[^\S\n]*(?:#|//)")
_IN_TEXT = lazy_re(
    rf"\]\((?P<markdown>{_PATH})(?:#[\w-]*)?\)|\bhref=\\?[\"'](?P<html>{_PATH})(?:#[\w-]*)?\\?[\"']"
)


def written_links(templates: Templates, tree: Tree) -> tuple[tuple[WrittenLink, ...], int]:
    """Those of the project itself: what themes and modules link to, their own authors have to check.

    Also: how many links of its layouts are computed.
    """
    found: list[WrittenLink] = []
    computed = 0
    config = templates.config
    for component, suffixes, read in (
        ("layouts", HTML_SUFFIXES, _of_layout),
        ("data", _DATA, _of_data),
        ("i18n", _DATA, _of_translation),
    ):
        known: set[str] = set()
        for mount in config.mounted(component):
            if mount.module:
                continue
            for path, virtual in mounted_files(config, tree, mount):
                if virtual not in known and virtual.lower().endswith(suffixes):
                    known.add(virtual)
                    if component == "i18n" and virtual.partition(".")[0].lower() in config.disabled_languages:
                        continue
                    text = templates.text(path) if component == "layouts" else _text(tree, path)
                    for start, target, kind in read(text) if text and len(text) <= _LARGEST else ():
                        if target:
                            found.append(WrittenLink(path, start, target, kind))
                        else:
                            computed += 1
    return tuple(found), computed


def _text(tree: Tree, path: str) -> str | None:
    try:
        return tree.read(path).decode("utf-8", "replace")
    except OSError:
        return None


def _of_layout(text: str) -> Iterator[tuple[int, str, str]]:
    """The links, and those that are computed, which have no target."""
    if not _LINKS.search(text):
        return
    text = _HTML_COMMENT.sub(_covered, COMMENT.sub(_covered, text))
    for _, start, end in actions(text):
        for match in _REF.finditer(text, start, end):
            group = match.lastgroup or ""
            yield match.start(group), match[group], group
    covered = replace_actions(text, lambda action: "\0" * (action.end - action.start))
    plain = _RAW.sub(lambda raw: raw[1] + "\0" * len(raw[3]), covered)
    for tag in _TAG.finditer(plain):
        for match in _ATTRIBUTE.finditer(plain, *tag.span()):
            group = match.lastgroup or ""
            literal = _LITERAL.fullmatch(match[group])
            if "\0" in match[group]:
                if not _ELSEWHERE.match(match[group]):
                    yield match.start(group), "", "url"
            elif literal is not None:
                yield match.start(group), literal[1], "url"


def _of_data(text: str) -> Iterator[tuple[int, str, str]]:
    is_comment, last = False, 0  # of the line of the last match; a line may hold all of them
    for match in _VALUE.finditer(text):
        line = text.rfind("\n", last, match.start()) + 1
        if line or not last:
            is_comment = _LINE_COMMENT.match(text, line) is not None
        last = match.start()
        if not is_comment:
            yield match.start("path"), match["path"], "value"


def _of_translation(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _IN_TEXT.finditer(text):
        group = match.lastgroup or ""
        yield match.start(group), match[group], "text"


def _covered(match: re.Match[str]) -> str:
    """As many characters that are in no link."""
    return "\0" * len(match[0])

"""What the render hooks in the site's layouts do with links and images, as far as their text shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.lazy_re import lazy_re
from .templates import HTML_SUFFIXES, Templates

PRINTS, FINDS, DROPS, ANYTHING = "prints", "finds", "drops", "anything"
"""Writes the destination as it is; looks for what its path names, if there is no host in it; writes no id of a code
block; or anything else."""

_COPY = lazy_re(r"\{\{-?\s*(\$\w+)\s*:=\s*\$?\.Destination\s*-?\}\}")
_CHANGED = lazy_re(r"(\$\w+)\s*=")
_ADDRESS = lazy_re(r"\b(?:href|src)\s*=")
_PRINTED = lazy_re(
    r"\b(?:href|src)\s*=\s*[\"']?\{\{-?\s*(\$?\.Destination|\$\w+)\s*(?:\|\s*safeURL\s*)?-?\}\}"
)
_OTHERS = lazy_re(r"(?<![</\w])(?:partial|partialCached|template|block)\b")
_ID = lazy_re(r"HighlightCodeBlock|(?<![\w$.-])id\s*=|range[^}]{0,500}\.Attributes\b|safeHTMLAttr")
_HOSTS = lazy_re(r"baseurl|\.Host\b|[^l]Permalink\b|absurl|://", re.IGNORECASE)


def render_hooks(templates: Templates) -> Mapping[str, str]:
    """For each render hook for HTML, by its name (link, image, codeblock-go), what it does.

    A site may have several of one name, for sections or languages; where they differ, nothing is known.
    """
    found: dict[str, str] = {}
    for virtual, path in templates.files.items():
        folder, _, file = virtual.rpartition("/")
        if f"/{folder}".endswith("/_markup") and file.startswith("render-"):
            name = file.removeprefix("render-").partition(".")[0]
            if file.lower().endswith(HTML_SUFFIXES):
                does = _does(templates.plain(path), name)
                found[name] = does if found.get(name, does) == does else ANYTHING
    return found


def _does(text: str | None, name: str) -> str:
    if text is None or _OTHERS.search(text) is not None:
        return ANYTHING
    if name.startswith("codeblock"):
        return ANYTHING if _ID.search(text) is not None else DROPS
    plain = {".Destination", "$.Destination", *_COPY.findall(text)} - set(_CHANGED.findall(text))
    printed = _PRINTED.findall(text)
    if printed and plain.issuperset(printed) and len(printed) == len(_ADDRESS.findall(text)):
        return PRINTS
    return ANYTHING if _HOSTS.search(text) is not None else FINDS

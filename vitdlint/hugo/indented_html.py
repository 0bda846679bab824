"""HTML that a shortcode's template indents after an empty line: `{{% %}}` gives it to Markdown, which takes it for code."""

from __future__ import annotations

import re

from ..core.lazy_re import lazy_re

_OPTIONAL = lazy_re(
    r"\{\{\s*(?:with|if)\s+\.Get\s+[\"`](\w+)[\"`]\s*\}\}"
    r"(?:[^{}]|\{\{(?!\s*(?:if|with|range|else|end)\b)[^{}]*\}\}){0,200}?\{\{\s*end\s*\}\}"
)
"""What one line writes only if a parameter is given."""
_CONTROL = lazy_re(
    r"\{\{\s*(?:(?P<opens>if|with|range)\b[^{}]*|(?P<closes>end)|else\b[^{}]*|\$\w+\s*:?=[^{}]*)\s*\}\}"
)
"""An action that writes nothing itself."""
_INDENTED = lazy_re(r"(?:[ ]{4}|[ ]{0,3}\t)[ \t]*</?[A-Za-z]")
_DOUBTFUL = lazy_re(
    r"\{\{-|-\}\}|\$_hugo_config|<(?:script|style|pre|textarea)\b|<!--(?!.*-->)|<[!?](?!--)|\bdefine\b",
    re.IGNORECASE,
)
"""What takes line ends away, is no Markdown, or may hold empty lines."""


def code_without(template: str) -> tuple[str, ...] | None:
    """The parameters without which a call by `{{% %}}` shows HTML of this template as code; None if it never does for certain.

    The call must begin a block of the page.
    """
    if not template[:1].strip() or template.startswith("{{") or _DOUBTFUL.search(template):
        return None
    after_empty: tuple[str, ...] | None = None
    begin_lines: list[bool] = []  # for each open block: nothing is before it on its line
    for line in template.splitlines():
        if after_empty is not None and not begin_lines and _INDENTED.match(line):
            return after_empty
        names = _OPTIONAL.findall(line)
        rest = _OPTIONAL.sub("", line)
        is_empty = not _CONTROL.sub("", rest).strip()
        for action in _CONTROL.finditer(rest):
            if action["opens"]:
                begin_lines.append(not _CONTROL.sub("", rest[: action.start()]).strip())
            elif action["closes"]:
                if not begin_lines:
                    return None
                is_empty = begin_lines.pop() and is_empty
        after_empty = tuple(sorted(set(names))) if is_empty else None
    return None

r"""Attributes in braces are visible to readers: `{#id .class}`, `{: .note}`.

Hugo reads attributes at the end of a heading and on the opening line of a code block. Below a paragraph, a list or a
table it reads them only if its configuration says so, directly behind an image, a link or code it never does, and it does
not know the colon of kramdown (Jekyll). Everywhere else the braces are text, the class has no effect, and links to the
id lead to the top of the page.

Set `markup.goldmark.parser.attribute.block = true` in Hugo's configuration and put the attributes on a line of their
own, directly below the block. An id consists of letters, digits, `-`, `_`, `.` and `:`. Braces that are meant to be seen
get a backslash: `\{`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_BRACES = lazy_re(r"\{:?[ ]?(?:[#.][A-Za-z]|[A-Za-z][\w-]*=)[^{}\n]{0,200}\}")
_ATTRIBUTE = r"(?:\#[A-Za-z][\w:.-]*|\.[A-Za-z!][\w:/!-]*|[A-Za-z_:][\w:-]*=(?:\"[^\"\n]*\"|[\w.%-]+))"
_LIST = lazy_re(rf"\{{:?[ ]?{_ATTRIBUTE}(?:[ ,]+{_ATTRIBUTE})*[ ]?\}}")
_ID = lazy_re(r"\{#[A-Za-z][\w.:-]*(?:\([^(){}\n]*\))?\}")
_CONTAINER = " \t>"


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Braces on a line of their own, directly behind a link or code, and ids at the end of a line or of a link's text."""
    text, prose = page.text, page.body.prose
    at = page.body.start - 1
    while (at := prose.find("{", at + 1)) >= 0:
        match = _BRACES.match(prose, at)
        if match is None:
            continue
        line, end = text.rfind("\n", 0, at) + 1, match.end()
        rest = text[end : end + 100].partition("\n")[0].strip()
        known = _LIST.fullmatch(text, at, end) is not None
        if not rest and not text[line:at].strip(_CONTAINER) and known:
            yield _finding(page, at, end, _help(page, at))
        elif known and _follows(page, at):
            yield _finding(
                page, at, end, "Hugo reads no attributes here: remove them, or use HTML or a shortcode"
            )
        elif _ID.fullmatch(text, at, end) and text[at - 1] in " \t" and (not rest or rest.startswith("](")):
            yield _finding(page, at, end, _help_for_id(page, at, end))


def _finding(page: Page, start: int, end: int, help_: str) -> Finding:
    return Finding(page.span(start, end), f"readers see these attributes: {page.text[start:end]}", help=help_)


def _help(page: Page, at: int) -> str:
    if page.text.startswith("{:", at):
        return "Hugo does not know the colon of kramdown: remove it, and put the attributes directly below the block"
    if page.settings.markup.attribute_block:
        return "put them directly below the block that they are for"
    return "set markup.goldmark.parser.attribute.block = true in Hugo's configuration, or remove them"


def _help_for_id(page: Page, at: int, end: int) -> str:
    if "(" in page.text[at:end]:
        return "an id consists of letters, digits, `-`, `_`, `.` and `:`"
    return "Hugo reads an id at the end of a heading: remove it here, or make this a heading"


def _follows(page: Page, at: int) -> bool:
    """Whether a link, an image or code ends here."""
    before = page.text[at - 1]
    body = page.body
    if before == ")":
        links = body.links
        index = bisect_right(links, at, key=lambda link: link.outer_start) - 1
        return any(link.outer_end == at for link in links[max(index - 2, 0) : index + 1])
    if before == "`":
        return page.text[at + 1] in ".#:" and any(code.end == at for code in body.codes)
    return False


RULE = Rule(
    "VD221",
    "literal-attributes",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "## Sun {#sun .bright}\n\n``` {.plain}\nx {.y}\n```\n\nA set {a, b}, {x}, `{.metadata.name}` and x{#1}.\n"
        ),
        Good(r"Escaped \{.note} and $\sum_{i=1}^n$ and {.Name}" + "\n"),
        Good(
            {
                "hugo.toml": "[markup.goldmark.parser.attribute]\nblock = true\n",
                "content/posts/page.md": "A note.\n{.note}\n\n* Sun\n{#list}\n",
            }
        ),
        Bad(
            '| a | b |\n|---|---|\n| 1 | 2 |\n{class="a" id="t"}\n\nA note.\n{#p .note}\n\n> Sun\n{.quote}\n',
            at=["4:1-4:19", "7:1-7:11", "10:1-10:9"],
        ),
        Bad("![x](/x.png){width=100} [go](#x){.button} `code`{.sh}\n", at=["1:13-1:24", "1:33-1:42", "1:49"]),
        Bad("A note.\n{: .note}\n\n#### `decode(x)` {#json.decode()}\n", at=["2:1-2:10", "4:18-4:34"]),
        Bad("[Sun {#sun}](#sun)\n\nText {#text}\n", at=["1:6-1:12", "3:6-3:13"]),
    ),
)

r"""Marks of bold, struck or linked text are visible to readers.

`** text **`, `**note:**next`, `[text](two words)` or `[text] (target)` are not what they look like: a space on the inner
side of a mark, a letter right after a closing one, or a space in a link's target or before it make Markdown print the marks themselves, and
readers see stars, underscores, tildes or a bare `](`. Within raw HTML, up to the next blank line, no mark has a meaning:
headings, lists, tables, quotations and code blocks in it are shown as they are typed, too.

Put the marks directly around the text, with a space or punctuation outside; write `%20` for a space in a target, or
put the target in `<` and `>`. Marks that are meant to be seen get a backslash: `\*\*`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.parts import holding
from ..page.page import Page
from .support.markdown_in_html import typed_blocks
from .support.spaces_in_addresses import AFTER_SCHEME

_RUN = lazy_re(r"(?<![*\\])\*{2,3}(?!\*)|(?<![_\\])_{2}(?!_)|(?<![~\\])~~(?!~|#[0-9A-Fa-f]{3,6}:)")
_BREAK = lazy_re(r"\n[ \t>]*[|\n]|\n[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|\n[ ]{0,3}#{1,6}[ \t]")
_OTHER_TEXT = lazy_re(
    r"</?(?:t[dhr]|table|p|div|section|li|[duo]l|d[td]|h[1-6]|blockquote|pre)\b", re.IGNORECASE
)
"""A tag after which another text begins: the stars of one cell and those of the next are no pair."""
_TARGET = lazy_re(
    r"\]\([ \t]*<?(?:https?://|www\.|mailto:|ftp://|\.{0,2}/[\w.]|#\w"
    r"|\(?\{\{[<%]|\{\{?<?[ ]?(?:rel)?ref[ ]|\[[^\[\]\n]{1,200}\]\(https?://)"
)
_NO_TARGET = frozenset("<>?≥≤")
_SAME = lazy_re(r"\[(?P<label>[<>?≥≤][^\[\]()\n]{1,80})\]\((?P<target>[<>?≥≤][^()\n]{1,160})\)")
"""Brackets of a wiki that a converter made a link of, though a target cannot begin so: `[<15 ng/mL](<15%20ng/mL)`."""
_GAP = lazy_re(r"\](?P<gap>[ \t]+|[ \t]*\r?\n[ \t]*)\((?:https?://|/[\w.])[^\s()]*\)")
_WORD = lazy_re(r"[^\W\d_]{2}")
_PUNCTUATED = lazy_re(
    r"(?<=[A-Za-z])\*\*(?:[.,;:!?]|[(\"“][^()\"”*\n]{1,80}[)\"”])\*\*(?=[ \t\r]*(?:\n|\Z)|[ ][^\W_])"
)
"""After a letter no `**` opens before punctuation (CommonMark, left-flanking)."""
_SPACE_IN_HOST = lazy_re(r"\s*(?P<scheme>https?://|(?=www\.))(?P<host>[^/?#\s]*\s[^/?#]*)(?P<rest>[/?#]\S*|)")
_HOST = lazy_re(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::[0-9]+)?")
_NEAR = 200
"""How far before a mark is looked for words."""
_LETTER = lazy_re(r"[^\W_]")
_WORDS = lazy_re(r"(?:[^\W\d_][\w'\u2019-]*[,.:]? ){2,}[^\W\d_]")
_ARGUMENTS = lazy_re(r"(?:kw|opt|arg|param|config|dict|data|props|\w+_)\w*")
_FOOTNOTE = lazy_re(r"[\w)\]>]\*{2,3}(?=[\s|)<;,.]|\Z)")
_EXPLAINED = lazy_re(r"(?:\A|\n)[ \t>|]*\*{2,3}(?!\*)")
"""A line that explains a footnote star."""
_EMPTY = lazy_re(r"(?<![^\s\0])\*{4}(?=[ \t][^\s|*])")
_MEANING = {"*": "bold text", "_": "bold text", "~": "struck text"}


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Marks around or beside a text, and `](` before a target, that readers see."""
    yield from _marks(page)
    yield from _links(page)
    yield from _apart(page)
    yield from _empty(page)
    for block in typed_blocks(page):
        yield Finding(
            page.span(block.start, block.end),
            f"readers see this {block.what} as it is typed, because no blank line is between it and the HTML before it",
            help="leave a blank line before it, and after it",
            fix=block.fix,
        )


_IN_HTML = "Markdown is not read within raw HTML: write tags, or leave a blank line before the text"


def _in_html(page: Page, at: int) -> bool:
    return holding(page.body.html_blocks, at) is not None


def _marks(page: Page) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    runs = sorted(run for mark in "*_~" for run in _runs(prose, mark, page.body.start))
    if not runs:
        return
    footnotes = cache(lambda: _FOOTNOTE.search(prose) is not None)
    explained = cache(lambda: _EXPLAINED.search(prose) is not None)
    reported = -1  # the end of what the last finding is about: one in a paragraph is enough
    for i, (start, opened) in enumerate(runs):
        if 0 <= reported < start:
            reported = -1 if _BREAK.search(text, reported, start) else start
        if reported >= 0:
            continue
        closed, end = runs[i + 1] if i + 1 < len(runs) else (0, 0)
        if _surrounds(text, start, opened, closed, end):
            reported = end
            yield Finding(
                page.span(start, end),
                f'readers see "{text[start:opened]}" around this text instead of {_MEANING[text[start]]}',
                help=_IN_HTML
                if _in_html(page, start)
                else "put no space on the inner side of a mark, and no letter directly after the closing one",
            )
        elif (
            _is_left_over(text, start, opened, footnotes)
            or (_follows_word(text, start, opened) and not explained())
            or _before_link(page, start, opened)
        ):
            reported = opened
            yield Finding(
                page.span(start, opened),
                f'readers see this "{text[start:opened]}": it has no matching mark',
                help="delete it, or write the matching mark directly before or after the text",
            )


def _empty(page: Page) -> Iterator[Finding]:
    """Two marks with nothing between them, on a line with other marks: no stars of a rating."""
    text, prose = page.text, page.body.prose
    if "*" not in prose or "****" not in prose:  # one character is found much faster than several
        return
    for match in _EMPTY.finditer(prose, page.body.start):
        line, stop = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        rest = text[line : match.start()] + text[match.end() : stop if stop >= 0 else len(text)]
        if ("**" in rest or "__" in rest) and not rest.lstrip().startswith("|"):
            yield Finding(
                page.span(*match.span()),
                'readers see this "****": it marks bold text, but there is no text in it',
                help="delete it",
            )


def _runs(prose: str, mark: str, at: int) -> Iterator[tuple[int, int]]:
    """Every run of two or three of a mark; a search for one character is the quickest there is."""
    while (at := prose.find(mark, at)) >= 0:
        match = _RUN.match(prose, at)
        if match is not None:
            yield match.span()
        at += 1
        while prose.startswith(mark, at):
            at += 1


def _surrounds(text: str, start: int, opened: int, closed: int, end: int) -> bool:
    """Whether two runs are the two ends of one text that was to be bold or struck."""
    punctuated = _PUNCTUATED.match(text, start)
    if punctuated is not None and punctuated.end() == end:
        return True
    if text[start:opened] != text[closed:end] or closed - opened > 1000:
        return False
    if _touches_markdown(text, start, opened) or _touches_markdown(text, closed, end):
        return False
    inner = text[opened:closed]
    return (
        _LETTER.search(inner) is not None
        and _BREAK.search(inner) is None
        and _OTHER_TEXT.search(inner) is None
        and _is_pair(text, start, opened, closed, end)
    )


def _is_left_over(text: str, start: int, end: int, footnotes: Callable[[], bool]) -> bool:
    """Whether one run alone is a mark that lost its partner: no footnote star, no argument of a program."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if _touches_markdown(text, start, end):
        return False
    if not before or before.isspace() or before in "(\"'\u201c\u2018":
        if _ARGUMENTS.match(text, end) or not _WORDS.match(text, end):
            return False
        if text[start] == "_" and text[end].islower() and not _opens_line(text, start):
            return False  # a name such as __user in a text about programs
        return text[start] != "*" or not _opens_line(text, start) or not footnotes()
    if after and not after.isspace() and after not in "<]":
        return False
    line = max(text.rfind("\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0)
    if before in ".!?:;,\u201d":
        return _WORDS.search(text, line, start) is not None
    return text[start] == "_" and before.isalnum() and _WORDS.search(text, line, start) is not None


def _follows_word(text: str, start: int, end: int) -> bool:
    """Whether a run is between a word and the next one of a sentence (`Outer** each`): a footnote star is explained somewhere."""
    return (
        text[start] == "*"
        and end - start == 2
        and _WORD.fullmatch(text, start - 2, start) is not None
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].islower()
        and _WORDS.match(text, end + 1) is not None
        and not _touches_markdown(text, start, end)
    )


def _before_link(page: Page, start: int, end: int) -> bool:
    """Whether a run that nothing closes opens a line with a link: no footnote begins so."""
    text = page.text
    return text[end : end + 1] == "[" and page.body.prose[end] == "\0" and _opens_line(text, start)


def _is_pair(text: str, start: int, opened: int, closed: int, end: int) -> bool:
    """Whether two runs of marks look like the two ends of one text, and not like footnote stars or code."""
    before = text[start - 1] if start else "\n"
    first, last = text[opened], text[closed - 1]
    after = text[end] if end < len(text) else "\n"
    if _joins(before) and not _script(before):
        return False
    if first.isspace() and not _opens_line(text, start):
        return False
    if last.isspace() and not (after.isspace() or not after.isalnum()):
        return False
    if (first in "/.)" and not _script(before)) or (last in "/(" and not last.isspace()):
        return False
    return not (text[start] != "*" and _joins(after) and not _script(after))


def _touches_markdown(text: str, start: int, end: int) -> bool:
    """Whether a mark borders on a `{{% %}}` call: what is beside it then is what the shortcode writes."""
    return text.endswith("%}}", 0, start) or text.startswith("{{%", end)


def _joins(character: str) -> bool:
    return character.isalnum() or character in "_)]"


def _script(character: str) -> bool:
    """A letter of a script that writes words without spaces, where marks are directly beside letters."""
    return "\u2e80" <= character <= "\ud7a3" or "\u0e00" <= character <= "\u0fff" or character >= "\U00020000"


def _opens_line(text: str, at: int) -> bool:
    near = text[max(0, at - _NEAR) : at]
    return ("\n" in near or at <= _NEAR) and not near[near.rfind("\n") + 1 :].strip(" \t>|-*+")


def _links(page: Page) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    at, last = page.body.start - 1, -1
    while (at := prose.find("]", at + 1)) >= 0:
        if not prose.startswith("(", at + 1):
            continue
        match = _TARGET.match(text, at)
        if match is None and text[at + 2 : at + 3] not in _NO_TARGET:
            continue
        line = max(text.rfind("\n", max(0, at - 1000), at) + 1, at - 1000, 0)
        opening = max(text.rfind("[", line, at), 0)
        if match is None:
            yield from _same(page, opening)
            continue
        if text[at - 1] == "\\" or (opening >= line and text[opening - 1 : opening] == "\\"):
            continue
        if AFTER_SCHEME.match(text, at + 2):
            continue  # broken-url comes first
        far = min(match.end() + 1000, len(text))
        closing = text.find(")", match.end(), far)
        stop = text.find("\n", match.end(), far)
        stop = far if stop < 0 else stop
        end = closing + 1 if 0 <= closing < stop else stop
        if "{" in match[0]:
            call = text.find("}", match.end(), stop)
            end = stop if call < 0 else call + (2 if text.startswith("}}", call) else 1)
        start = opening if opening >= line and text[opening] == "[" else at
        if start == last:
            continue  # the link around an image that is none either
        last = start
        yield Finding(
            page.span(start, end),
            'readers see "](" and the target as text: this is not a link',
            help=_IN_HTML
            if _in_html(page, start)
            else _advice(text[at + 2 : end - 1] if end == closing + 1 else ""),
        )


def _apart(page: Page) -> Iterator[Finding]:
    """Links whose brackets a space or a line end keeps apart."""
    text, prose = page.text, page.body.prose
    for match in _GAP.finditer(text, page.body.start):
        at = match.start()
        opening = text.rfind("[", max(0, at - 200), at)
        label = text[opening + 1 : at]
        if (
            opening < 0
            or not _WORD.search(label)
            or "\n" in label
            or "]" in label
            or prose[opening] + prose[at] != "[]"
        ):
            continue
        if text[opening - 1 : opening] == "\\" or holding(page.body.html_blocks, at) is not None:
            continue
        gap = page.span(*match.span("gap"))
        what = "line end" if "\n" in match["gap"] else "space"
        yield Finding(
            page.span(opening, match.end()),
            f'readers see the brackets and the address, because a {what} is between "]" and "("',
            help=f"remove the {what}: `](`",
            fix=Fix("Put the brackets together", (Edit(gap, ""),), safe=False),
        )


def _same(page: Page, opening: int) -> Iterator[Finding]:
    """Words in brackets, and again as a target that is none."""
    match = _SAME.match(page.text, opening)
    if match is None or unquote(match["target"]) != unquote(match["label"]):
        return
    yield Finding(
        page.span(*match.span()),
        'readers see "](" and the same text twice: this is not a link',
        help="keep the words in their brackets alone",
        fix=Fix("Keep the words", (Edit(page.span(*match.span()), f"[{match['label']}]"),), safe=False),
    )


def _advice(target: str) -> str:
    """How to make a link of a target between brackets."""
    found = _SPACE_IN_HOST.fullmatch(target)
    if found:
        host = re.sub(r"\s+", "", found["host"])
        if not _HOST.fullmatch(host):
            return "a host may not contain spaces: look up the complete address"
        return f"a host may not contain spaces: write `{found['scheme'] or 'https://'}{host}{found['rest']}`"
    if target.startswith("mailto:") and " " in target:
        return "a mail address may not contain spaces: remove them"
    if " " in target.strip() and not any(mark in target for mark in "\"'()<>"):
        return f"a target may not contain spaces: write `{target.strip().replace(' ', '%20')}`"
    return "a target may not contain spaces, and each bracket and each quote must be closed"


RULE = Rule(
    "VD206",
    "literal-markup",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "<table>\n<tr><td>5.640 ***</td>\n<td>6.468 ***</td></tr>\n</table>\n\n<p>Sun **</p><p>Moon **</p>\n"
        ),
        Good(
            "**Bold** and __bold__ and ~~gone~~; f(**kwargs, **more); a/**/b and c/**/d; 2**3 = 8, 3**2 = 9\n"
        ),
        Good(
            "| Zinc ** | Iron ** |\n| --- | --- |\n| 3 | 4 |\n\n`** code **` and \\*\\* stars \\*\\*, 25[OH](2)D, p<0.05**\n"
        ),
        Good("The dose** of each woman was given in winter.\n\n** in units a day\n"),
        Bad("Outer** each of the women was given a dose.\n", at=["1:6-1:8"]),
        Good("| Part |\n| --- |\n|* Chip |\n|*** Tile |\n|*** Cache |\n"),
        Good(
            {
                "content/posts/page.md": '{{% in "de" %}}**in winter (UTC)**{{% /in %}}\n',
                "layouts/_shortcodes/in.html": "{{ .Inner }}",
            }
        ),
        Bad("** Take it daily ** or not\n\nSee **note:**next and **more.**\n", at=["1:1-1:20", "3:5-3:14"]),
        Bad("<div>\nSee [the study](/study/)\n</div>\n", at=["2:5-2:25"]),
        Bad("<div>\n[![Sun](/sun.png)](/sun/)\n</div>\n", at=["2:3-2:18"]),
        Good("<p>\n* p < 0.05\n- 3\n</p>\n\n<pre>\n## a\n- b\n- c\n</pre>\n"),
        Bad("<div>\n## Dose\n</div>\n", at=["2:1-2:8"], fixed="<div>\n\n## Dose\n\n</div>\n", unsafe=True),
        Bad(
            "<div>\n| a | b |\n|---|---|\n| 1 | 2 |\n</div>\n\n<details>\n<summary>x</summary>\n- a\n- b\n</details>\n",
            at=["2:1-2:10", "9:1-9:4"],
            fixed="<div>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</div>\n\n<details>\n<summary>x</summary>\n\n- a\n- b\n\n</details>\n",
        ),
        Bad("<p>\n> Take it\n</p>\n\n<div>\n```sh\nls\n```\n</div>\n", at=["2:1", "6:1"]),
        Good("**** A film of 1999\n\n| **a** | **** b |\n|--|--|\n| c | d\\* |\n"),
        Bad(" **** Table 1. **Overview** of\n", at=["1:2-1:6"]),
        Bad("これは**「重要」**です。\n", at=["1:4-1:12"]),
        Good("[x](https:// www.example.org/)\n"),
        Good("As [1] (https://example.org/a), \\[Moe\\] (https://example.org/b) and [Moe] (2009)\n"),
        Bad(
            "See [the sun] (https://example.org/a) or [the sea]\n(/posts/page/).\n",
            at=["1:5-1:38", "1:42-2:15"],
            fixed="See [the sun](https://example.org/a) or [the sea](/posts/page/).\n",
            unsafe=True,
        ),
        Bad(
            '[a]({{< relref "/posts/page" >}} and [b]({{ ref "/posts/page" }})\n',
            at=["1:1-1:33", "1:38-1:65"],
        ),
        Bad("Take [the page]([Releases](https://example.org/) now\n", at=["1:6"]),
        Bad(
            "At low [<15 ng/mL](<15%20ng/mL) levels\n",
            at=["1:8-1:32"],
            fixed="At low [<15 ng/mL] levels\n",
            unsafe=True,
        ),
        Good("a**(b)**c, 2**(x)** 3 and /**.** a\n"),
        Bad(
            "It was state**.** We\n\nA word**(meta)**\n\n **[Rye](/posts/page/)\n",
            at=["1:13-1:18", "3:7-3:17", "5:2-5:4"],
        ),
        Bad("See [the study](https://example.org/a b) now\n", at=["1:5-1:41"]),
        Bad("See [the study](https://www. example.org) now\n", at=["1:5-1:42"]),
    ),
)

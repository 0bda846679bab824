"""Markup of another system was left in the text: readers see `{SUB()}3{SUB}` or `~~#F00:text~~`.

When a wiki or an Office document is converted, what the converter did not know stays as it was. Markdown does
not know it either, so Hugo publishes it for everybody to see.

Without configuration only marks are reported that mean nothing else. Of Tiki: plugins (`{NAME(…)}`), colours
(`~~#F00:`), `~np~`, `[tiki-page.php?…]` and `((page|text))`. Of Jekyll: the tags and variables of Liquid
(`{% include … %}`, `[x]({{ site.baseurl }}/y)`) and `{:toc}`. Of Obsidian: `![[file]]`. Of Docusaurus: a line
`:::note`, and imports of its own modules. Of WordPress: the end of a shortcode, `[/caption]`. Of reStructuredText: a link
`` `text <https://…>`_ ``. `dialects` switches on all that is known of the systems that a site came from: "tiki",
"mediawiki", "dokuwiki", "jekyll", "obsidian", "docusaurus", "wordpress", "rst", and "word" for what Office leaves. Code, comments
and tags are never looked at. `[[Page]]` is reported by wiki-link.

With "tiki", a comment `<!-- ~tc~ (alias(Old name)) ~/tc~ -->` is reported too: the page's old URL was noted in
it, and the page has no such alias.

The fix writes Markdown or HTML for it where the text allows. It is unsafe where a heading, and with it an
anchor, would appear or change, and where something is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.plain import plain
from ..core.rule import Bad, Good, Rule
from ..page.markdown.headings import in_heading
from ..page.markdown.parts import holding
from ..page.page import Page
from .dialects import Mark
from .support.re2 import check as check_pattern
from .support.re2 import hits, require

Dialect = Literal[
    "tiki", "mediawiki", "dokuwiki", "jekyll", "obsidian", "docusaurus", "wordpress", "rst", "word"
]
_TITLES = {
    "tiki": "Tiki",
    "mediawiki": "MediaWiki",
    "dokuwiki": "DokuWiki",
    "jekyll": "Jekyll",
    "obsidian": "Obsidian",
    "docusaurus": "Docusaurus",
    "wordpress": "WordPress",
    "rst": "reStructuredText",
    "word": "Word",
}
_WITH_CERTAIN = ("tiki", "jekyll", "obsidian", "docusaurus", "wordpress", "rst")
"""Those that have marks which mean nothing else."""
_ALIAS = lazy_re(r"\(alias\((?P<name>[^()\n]{2,300}(?:\([^()\n]{0,100}\)[^()\n]{0,200}){0,3})\)")


@dataclass(frozen=True)
class Options:
    """Options of leftover-markup."""

    dialects: tuple[Dialect, ...] = ()
    """The systems that the content came from."""
    patterns: tuple[str, ...] = ()
    """Further marks of your own: regular expressions in the syntax of RE2 (see forbidden-text)."""

    def __post_init__(self) -> None:
        if self.patterns:
            require()
        for pattern in self.patterns:
            check_pattern(pattern)


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Look for the marks of every dialect in the visible text."""
    reported: set[int] = set()
    marks, hints = _marks(options.dialects)
    absent = {hint for hint in hints if page.text.find(hint, page.body.start) < 0}
    for title, mark in marks:
        if mark.hint not in absent:
            for match in mark.pattern.finditer(page.text, page.body.start):
                if _is_new(page, match, reported):
                    yield _finding(page, title, mark, match)
    for pattern in options.patterns:
        for hit in hits(pattern, page.body.prose):
            yield Finding(
                page.span(hit.start, hit.end),
                f'"{_short(page.text[hit.start : hit.end])}" is leftover markup; readers see it as text',
                help="write it in Markdown, or remove it",
            )
    if "tiki" in options.dialects and "(alias(" in page.text:
        yield from _lost_aliases(page)


@cache
def _marks(dialects: tuple[str, ...]) -> tuple[tuple[tuple[str, Mark], ...], frozenset[str]]:
    """The marks to look for, each with the name of its system, and the hints of all."""
    names = (*(name for name in _WITH_CERTAIN if name not in dialects), *dialects)
    found: list[tuple[str, Mark]] = []
    for name in names:
        marks: Any = import_module(f".dialects.{name}", __package__).MARKS
        found += [(_TITLES[name], mark) for mark in marks if mark.certain or name in dialects]
    return tuple(found), frozenset(mark.hint for _, mark in found)


def _is_new(page: Page, match: re.Match[str], reported: set[int]) -> bool:
    """Whether the reader sees the mark, and none was reported at the same place; `reported` are the offsets of those."""
    start, end = next(match.span(g) for g in ("seen", "seen2") if match[g] is not None)
    shown = page.body.prose[start:end]
    if not shown or "\0" in shown or not reported.isdisjoint(range(start, end)):
        return False
    for group in ("seen", "seen2", "close"):
        if group in match.re.groupindex:
            reported.update(range(*match.span(group)))
    return True


def _finding(page: Page, title: str, mark: Mark, match: re.Match[str]) -> Finding:
    span = page.span(*match.span("span" if "span" in match.re.groupindex else 0))
    return Finding(
        span,
        f'"{_short(page.text[span.start : span.end])}" is {mark.what} in {title}; readers see it as text',
        help="write it in Markdown, or remove it",
        fix=_fix(page, mark, match, span.start, span.end),
        severity=Severity.WARNING if mark.cosmetic else None,
    )


def _fix(page: Page, mark: Mark, match: re.Match[str], start: int, end: int) -> Fix | None:
    new = mark.new(match) if mark.new is not None and (page.settings.markup.unsafe or not mark.html) else None
    if new is None or ("bar" in match.re.groupindex and page.body.prose[match.start("bar")] == "\0"):
        return None  # a bar that divides the cells of a table
    if new and not mark.html and _in_html(page, start):
        return None  # where Markdown is not read
    edits = [Edit(page.span(start, end), new)]
    partner = mark.partner(match) if mark.partner is not None else -1
    if partner is None or (partner >= 0 and page.body.prose[partner] == "\0"):
        return None
    if partner >= 0:
        edits.append(Edit(page.span(partner, partner + 1), ""))
    return Fix(
        f'Write "{_short(new)}"' if new else "Remove it",
        tuple(edits),
        safe=mark.safe and not in_heading(page.body, start),
    )


def _in_html(page: Page, at: int) -> bool:
    return page.path.endswith((".html", ".htm")) or holding(page.body.html_blocks, at) is not None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _lost_aliases(page: Page) -> Iterator[Finding]:
    """Old names of the page that are in comments and in no alias."""
    aliases = page.front.get("aliases")
    known = (
        {plain(alias) for alias in aliases if isinstance(alias, str)} if isinstance(aliases, list) else set()
    )
    for comment in page.body.comments:
        for match in _ALIAS.finditer(page.text, comment.start, comment.end):
            if plain(match["name"]) not in known:
                yield Finding(
                    page.span(*match.span("name")),
                    f'"{_short(match["name"])}" was a name of this page in Tiki; its old URL leads nowhere',
                    help=f'add "/{match["name"].strip().replace(" ", "+")}" to the aliases',
                    severity=Severity.WARNING,
                )


_TIKI = {"dialects": ["tiki"]}

RULE = Rule(
    "VD406",
    "leftover-markup",
    on=Page,
    check=check,
    options=Options,
    examples=(
        Good(
            "{alpha} \\frac{a}{b} ((3=0.062; p=0.012) a || b `~~#F00:x~~` P((A|B)) {SUB} <!-- {SUB()}x{SUB} -->\n"
        ),
        Good("'''b''' [[x]] ==h== ~~x~~ !!! ^x^ ||a|b||\n"),
        Good(
            "1-6''; 20'' a ==> b, 100%%, !Kung, f((x)), {quite}, {n}, a || b, x ^ y\n\n| a || b |\n|--|--|--|\n| c || d |\n",
            options=_TIKI,
        ),
        Bad(
            "D{SUB()}3{SUB} ~~#F00:red~~ ~np~x~/np~ [tiki-a.php?id=1] ((Page name|text)) {SPLIT(colsize=1|2)}\n",
            at=["1:2-1:15", "1:16-1:28", "1:29-1:39", "1:40-1:57", "1:58-1:76", "1:77-1:97"],
            fixed='D<sub>3</sub> <span style="color:#F00">red</span> x [tiki-a.php?id=1] ((Page name|text)) {SPLIT(colsize=1|2)}\n',
        ),
        Bad(
            "!!! Title\n\n||a|b\n\nc|d||\n\n''it'' ===u=== a%%%b ~hs~ {GROUP}\n\n^Box\n",
            options=_TIKI,
            at=[
                "1:1-1:10",
                "3:1-3:3",
                "5:4-5:6",
                "7:1-7:7",
                "7:8-7:15",
                "7:17-7:20",
                "7:22-7:26",
                "7:27-7:34",
                "9:1-9:2",
            ],
        ),
        Bad(
            "''it'' and [https://example.org/a|the text], ===u=== a%%%b ~hs~\n\n^Box\n",
            options=_TIKI,
            at=["1:1", "1:12", "1:46", "1:55", "1:60", "3:1"],
            fixed="*it* and [the text](https://example.org/a), <u>u</u> a<br>b &nbsp;\n\nBox\n",
        ),
        Bad(
            "^Box of\n\ntwo parts^\n\n^Open\n\n^In 10^9 parts^\n",
            options=_TIKI,
            at=["1:1-1:2", "5:1-5:2", "7:1-7:2"],
            fixed="Box of\n\ntwo parts\n\nOpen\n\n^In 10^9 parts^\n",
        ),
        Bad("### {SUP()}a{SUP} b\n", at=["1:5"], fixed="### <sup>a</sup> b\n", unsafe=True),
        Bad("<!-- ~tc~ (alias(Old name)) ~/tc~ -->\n", options=_TIKI, at=["1:18-1:26"]),
        Bad(
            "'''Bold''' [[Page]] {{stub}} [https://example.org/ text]\n\n== Head ==\n",
            options={"dialects": ["mediawiki"]},
            at=["1:1", "1:12", "1:21", "1:30", "3:1"],
        ),
        Bad("//it// {{:a.png}} ((note))\n", options={"dialects": ["dokuwiki"]}, at=["1:1", "1:8", "1:19"]),
        Bad(
            "<o:p>x</o:p> Error! Bookmark not defined.\n", options={"dialects": ["word"]}, at=["1:1", "1:14"]
        ),
        Good(
            "A ratio of 1:::2, a set {%}, 50 {% of all %}, ${{ site.x }}, {{ .Title }}, [[1]], ==x== and `{% if x %}`\n"
            "{{% toc %}} \\{% if x %}\n"
        ),
        Bad(
            "{% include note.html %} and {{ page.title }} [x]({{ site.baseurl }}/y) ![[a.png|200]]\n\n:::note\nSun\n:::\n\n"
            "import Tabs from '@theme/Tabs';\n\n{:toc}\n",
            at=["1:1-1:24", "1:29-1:45", "1:50-1:68", "1:72-1:86", "3:1-3:8", "7:1-7:32", "9:1-9:7"],
        ),
        Bad(
            "{% raw %}a {{ b }}{% endraw %}\n",
            at=["1:1-1:10", "1:19-1:31"],
            fixed="a {{ b }}\n",
        ),
        Bad(
            "[[Page]] ==light== %%hidden%% word ^a1b2c3\n",
            options={"dialects": ["obsidian"]},
            at=["1:10-1:19", "1:20-1:30", "1:36-1:43"],
        ),
        Bad("{% collapsible x %}\n", options={"dialects": ["jekyll"]}, at=["1:1"]),
        Bad(
            "::: custom\n\nimport a from 'b'\n", options={"dialects": ["docusaurus"]}, at=["1:1-1:11", "3:1"]
        ),
        Good(
            "[ref] and [code](/posts/page/), [gallery]: `a <https://example.org/>`__init__ [/quote](/posts/page/) `a`_b\n"
        ),
        Bad(
            'Sun[ref]From [a book](/posts/page/).[/ref] [caption id="a"]Sun[/caption] [gallery]\n',
            at=["1:37-1:43", "1:63-1:73"],
        ),
        Bad("[gallery ids=1]\n", options={"dialects": ["wordpress"]}, at=["1:1-1:16"]),
        Bad(
            "\\`The sun \\<https://example.org/a\\>\\`\\_ and `more <https://example.org/b>`_.\n",
            at=["1:1-1:40", "1:45-1:76"],
            fixed="[The sun](https://example.org/a) and [more](https://example.org/b).\n",
        ),
        Bad("<div>\n`more <https://example.org/b>`_\n</div>\n", at=["2:1"]),
        Bad(".. note:: x\n\n:ref:`x`\n", options={"dialects": ["rst"]}, at=["1:1", "3:1"]),
        Bad("See @@note@@.\n", options={"patterns": ["@@[a-z]+@@"]}, at=["1:5-1:13"]),
    ),
)

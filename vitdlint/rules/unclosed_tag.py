"""A raw HTML element is never closed, or closed in the wrong order.

Hugo publishes raw tags unchanged and closes none. Everything after an unclosed `<div>`, `<table>` or `<details>`, even
the page's footer, ends up inside it. An unclosed `<b>`, `<a>` or `<font>` continues through every paragraph after it.
A converter that writes `<a/>` instead of `</a>` has the same effect.

Add the end tag, or close inner elements before the ones around them. Elements whose end tag is optional (`<p>`,
`<li>`, `<td>`) are not reported, nor is what is opened in one paragraph or shortcode and closed in another. Pages into
which a whole document was pasted are reported by pasted-document.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.html import FORMATTING, KNOWN
from ..core.model import Edit, Finding, Fix, Related
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Tag
from ..page.markdown.elements import Unclosed, elsewhere
from ..page.page import Page
from .support.unpaired import unpaired

_PHRASES = frozenset(
    [
        "abbr",
        "bdi",
        "bdo",
        "cite",
        "data",
        "del",
        "dfn",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "samp",
        "span",
        "sub",
        "sup",
        "time",
        "var",
    ]
)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Start tags without their end tag."""
    found = unpaired(page).unclosed
    if not found:
        return
    by_shortcode = elsewhere(page.text, page.body.shortcodes)
    typed = _typing_slips(found)
    second = set(typed.values())
    for item in found:
        tag = item.tag
        if _is_reported_elsewhere(tag) or _is_harmless(tag) or tag in second:
            continue
        if by_shortcode(tag):
            continue
        slip = typed.get(tag)
        if slip is not None:
            yield Finding(
                page.span(slip.start, slip.end),
                f'"{page.text[slip.start : slip.end]}" opens another <{tag.name}>; neither is ever closed',
                help=f"write </{tag.name}>",
                fix=Fix(
                    f"Write </{tag.name}>",
                    (Edit(page.span(slip.start, slip.end), f"</{tag.name}>"),),
                    safe=False,
                ),
                related=(Related(page.span(tag.start, tag.end), "opened here"),),
            )
        else:
            yield _finding(page, item)


def _finding(page: Page, item: Unclosed) -> Finding:
    tag, closer = item.tag, item.closer
    name = f"<{tag.name}>"
    if closer is not None and item.late is not None:
        return Finding(
            page.span(tag.start, tag.end),
            f"{name} is closed only after the <{closer.name}> around it",
            help=f"write </{tag.name}> before </{closer.name}>",
            related=(
                Related(page.span(closer.start, closer.end), f"<{closer.name}> ends here"),
                Related(page.span(item.late.start, item.late.end), f"and {name} here"),
            ),
        )
    if closer is not None:
        return Finding(
            page.span(tag.start, tag.end),
            f"{name} is never closed",
            help=f"write </{tag.name}> before </{closer.name}>",
            related=(Related(page.span(closer.start, closer.end), "the element around it ends here"),),
        )
    if tag.name in FORMATTING:
        effect = ": it continues through everything that follows"
    elif tag.name in _PHRASES:
        effect = ""
    else:
        effect = ": everything that follows, even the page's footer, may end up inside it"
    return Finding(
        page.span(tag.start, tag.end), f"{name} is never closed{effect}", help=f"add </{tag.name}>"
    )


def _typing_slips(found: tuple[Unclosed, ...]) -> dict[Tag, Tag]:
    """Pairs of unclosed tags of which the second, `<b>` or `<a/>`, was meant to close the first."""
    slips: dict[Tag, Tag] = {}
    used: set[Tag] = set()
    last: dict[str, Tag] = {}
    for item in found:
        tag = item.tag
        first = last.get(tag.name)
        if first is not None and first not in used and not tag.attributes and tag.name in FORMATTING:
            slips[first] = tag
            used |= {first, tag}
            last.pop(tag.name)
        else:
            last[tag.name] = tag
    return slips


def _is_reported_elsewhere(tag: Tag) -> bool:
    """Another rule reports names that no standard knows, and placeholders such as `<your-name>`."""
    return tag.name not in KNOWN and ("-" not in tag.name or not tag.attributes)


def _is_harmless(tag: Tag) -> bool:
    """`<a name="x"/>` and the like: an anchor that a browser leaves open without any effect."""
    return tag.self_closing and (
        (tag.name == "a" and tag.get("href") is None)
        or (tag.name in _PHRASES and all(a.name in ("id", "name") for a in tag.attributes))
    )


RULE = Rule(
    "VD302",
    "unclosed-tag",
    on=Page,
    check=check,
    examples=(
        Good(
            '<ul><li>a<li>b</ul> <p>c <br> <img src="/a>b.png" alt="x"> less <15 ng, <a id="x"/>\n\n`<b>`\n'
        ),
        Good(
            "<div>\n\n**Markdown**\n\n</div>\n\n<span>one\n\ntwo</span> <svg><path d='M0 0'/></svg> <my-tag></my-tag>\n"
        ),
        Good("<div>\n\n{{< highlight html >}}\n<b>\n{{< /highlight >}}\n\n</div>\n\n<!-- <div> -->\n"),
        Good("<div>\n\n{{< note >}}\nText</div>\n{{< /note >}}\n\n<div>\n\n{{< row-end >}}\n"),
        Bad('Text\n\n<div\n  class="a">\n\nMore <b>text\n', at=["3:1-4:13", "6:6-6:9"]),
        Bad("<table><tr><td><b>x</td></tr></table> <i><sup>1</i></sup>\n", at=["1:16-1:19", "1:42-1:47"]),
        Bad(
            'See <a href="/posts/a">this<a/> and that, which is <b>bold<b>.\n',
            at=["1:28-1:32", "1:59-1:62"],
            fixed='See <a href="/posts/a">this</a> and that, which is <b>bold</b>.\n',
            unsafe=True,
        ),
    ),
)

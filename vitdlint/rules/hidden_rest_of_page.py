"""Everything after this place is hidden from readers.

If a `<!--`, `<script>`, `<style>`, `<textarea>` or `<iframe>` is not closed, a browser takes everything that follows
for a part of it, up to the end of the page. The source looks complete, and the page is nearly empty. `<iframe ... />`
is such a case (HTML has no closing slash). So are conditional comments pasted from Word: Markdown ends a comment at
the first line that holds `-->`; a second `<!--` on that line stays open, and the next `-->` is printed as text.

Close the comment or element on its own, or delete what was pasted from Word.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.html import RAW_TEXT
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.cast import named_texts
from ..page.markdown.body import Comment
from ..page.markdown.elements import nesting
from ..page.markdown.hidden import browsers_end
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first comment or element that a browser never sees the end of."""
    if page.facts.empty and any(named_texts(page.front.data.values())):
        return  # a layout shows the text of that file instead
    for comment in page.body.comments:
        if not comment.closed and _hides(page, comment):
            yield Finding(
                page.span(comment.start, comment.start + _opening(page.text, comment.start)),
                "readers see nothing after this: browsers find no end of this comment",
                help="close it with --> (on a line of its own, with no other comment), or delete it",
            )
            return
    if not page.settings.markup.unsafe or RAW_TEXT.isdisjoint(page.body.tag_names):
        return
    tag = nesting(page.body.tags).swallowing
    if tag is not None:
        slash = "; the slash in it does not close it" if tag.self_closing else ""
        yield Finding(
            page.span(tag.start, tag.end),
            f"readers see nothing after this: this <{tag.name}> is never closed{slash}",
            help=f"add </{tag.name}>",
        )


def _hides(page: Page, comment: Comment) -> bool:
    """Whether text is lost: with raw HTML published, up to the next `-->` that is not escaped; else within it."""
    body, text = page.body, page.text
    if not page.settings.markup.unsafe:
        rest = text[comment.start + 4 : comment.end]
        return not text[comment.end : body.end].strip() and "\n" in rest.strip()
    stop = browsers_end(text, body, comment)
    return stop is None or bool(body.prose[comment.end : stop - 3].replace("\0", "").strip())


def _opening(text: str, start: int) -> int:
    return (
        text.index(">", start) + 1 - start if text.startswith("<!--[if", start) and ">" in text[start:] else 4
    )


RULE = Rule(
    "VD305",
    "hidden-rest-of-page",
    on=Page,
    check=check,
    examples=(
        Good(
            "<!-- a\n\nb -->\n\n<script>\nx = 1\n\ny = 2\n</script>\n\n`<!--` <svg><title>a</title></svg>\n"
        ),
        Good('Text <!-- not closed here\n\n<iframe src="https://example.org/"></iframe>\n'),
        Good("---\ntitle: Sun\nsource: /shared/sun.md\n---\n<!-- the text stands in\nshared/sun.md\n"),
        Bad("Text\n\n<!-- note\n\nMore\n", at=["3:1-3:5"]),
        Bad('<iframe src="https://example.org/" />\n\nMore\n', at=["1:1-1:38"]),
        Bad(
            "<!--[if gte mso 9]><xml>\n</xml><![endif]--><!--[if gte mso 10]>\nstyle\n\n<![endif]-->\n\nMore\n",
            at=["2:19-2:39"],
        ),
    ),
)

"""Hugo leaves out the raw HTML of this page.

Unless `markup.goldmark.renderer.unsafe` is set, Hugo writes `<!-- raw HTML omitted -->` instead of every HTML tag of a
page. Text between tags stays, but pictures, frames, links, tables and anchors written as HTML are gone. Hugo reports
this in one warning that is easily missed.

Write the same in Markdown or with a shortcode (such as `figure`), or set `unsafe = true` in Hugo's configuration if
you trust everybody who writes for the site. This is reported once a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first tag of a page whose tags are not published, and a summary of all."""
    if page.settings.markup.unsafe:
        return
    text = page.text
    tags = [
        tag for tag in page.body.tags if not text.startswith("{{", tag.start + 1)
    ]  # `<{{% ref %}}>` is an address
    if not tags:
        return
    first = tags[0]
    names = Counter(tag.name for tag in tags if not tag.closing) or Counter(tag.name for tag in tags)
    lost = ", ".join(
        f"{count} <{name}>" if count > 1 else f"<{name}>" for name, count in names.most_common(4)
    )
    more = ", ..." if len(names) > 4 else ""
    yield Finding(
        page.span(first.start, first.end),
        f"Hugo leaves out the raw HTML of this page: {lost}{more}",
        help="write it in Markdown or as a shortcode, or set markup.goldmark.renderer.unsafe = true",
    )


_SAFE = "baseURL = 'https://example.org/'\n"

RULE = Rule(
    "VD301",
    "raw-html-dropped",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    of_page=True,
    examples=(
        Good('<img src="/lamp.png" alt="a lamp">\n'),
        Good(
            {
                "hugo.toml": _SAFE,
                "content/posts/page.md": 'Less <15 ng, `<b>`, &lt;b&gt; <!-- note --> <{{% ref "/" %}}>\n',
            }
        ),
        Bad(
            {
                "hugo.toml": _SAFE,
                "content/posts/page.md": 'Text\n\n<div>\n<img src="/a.png">\n</div>\n\nA<br>B\n',
            },
            at=["3:1-3:6"],
        ),
    ),
)

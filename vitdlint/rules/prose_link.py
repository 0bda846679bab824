"""Words in brackets became a link by accident.

`[25(OH)D <20](25(OH)D%20<20)` was prose: a converter, or a parenthesis that happens to follow a bracket, made a link of
it. Its target reads like text, and no page, file or logical path has that name, so a reader who follows it gets "page
not found".

Keep the brackets and remove the target. The fix does so where text and target say the same; the others need a look. In
raw HTML `<a href="12">12</a>`, the number of a footnote that became a link, becomes `[12]`, or `12` where it is raised.

What names a page is none of this: a page has that title, or the wiki that made the link says so (`class="wiki_page"`,
`title`, `+` for spaces). It is reported by dead-link, with the page that was probably meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report the links that read like prose and lead nowhere."""
    for linked in links.dead_for("prose-link"):
        prose = links.prose_of(linked)
        if prose is None:
            continue
        path = linked[0].path or ""
        whole = Span(path, prose.start, prose.end)
        fix = Fix("Keep the words without the link", (Edit(whole, prose.words),)) if prose.same else None
        yield Finding(
            whole,
            f'"{prose.label}" is text in brackets that became a link, which leads nowhere',
            "keep the words, and remove the target" if fix else r"write `\[` and `\]`, or remove the target",
            fix,
            # One conversion made all the raw ones of a page.
            cause=path if prose.raw else None,
        )


RULE = Rule(
    "VD207",
    "prose-link",
    on=Links,
    check=check,
    examples=(
        Good("[shop](https;//example.org/) [x](http,//example.org)\n"),
        Good(
            {
                "content/posts/page.md": "[b](b%20c), [b](<../b c>)\n",
                "content/posts/page/b c": "",
                "content/posts/b c.md": "---\nurl: /posts/b c/\n---\nText.\n",
                "static/posts/page/b c": "",
            }
        ),
        Good("See [the guide](guide.md) and [25]\\(OH)D.\n"),
        Good("As I said in the [last post](XXX), [here](TBD) and [there](URL).\n"),
        Good("[\n](admin.php?page=a&mode=edit&gid=14) [](25(OH)D%20<20)\n"),
        Bad(
            "If low [25(OH)D <20 ng/mL](25(OH)D%20<20%20ng/mL) at birth.\n",
            at=["1:8-1:50"],
            fixed="If low [25(OH)D <20 ng/mL] at birth.\n",
        ),
        Bad(
            'As shown <sup><a href="12" class="wiki">12</a></sup> before.\n',
            at=["1:15-1:47"],
            fixed="As shown <sup>12</sup> before.\n",
        ),
        Bad(
            'To 25 nmol/L <a class="wiki" href="18" rel="">18</a> and (<a class="wiki" href="19" rel="">19</a>).\n',
            at=["1:14", "1:59"],
            fixed="To 25 nmol/L [18] and (19).\n",
        ),
        Good('<a class="wiki wiki_page" href="Sun%2C+more+sun">Sun, more sun</a>\n'),
        Good(
            {
                "content/posts/page.md": "[Sun, sea, sand](Sun,%20sea,%20sand)\n",
                "content/posts/b.md": "---\ntitle: Sun, sea, sand\n---\nText.\n",
            }
        ),
        Bad("Of [40](600%20IU%20a%20day%20for%20adults) women.\n", at=["1:4-1:43"]),
    ),
)

"""The brackets of a link are the wrong way round: `(text)[target]`.

Markdown writes `[text](target)`. The other way round, readers see text and address with their brackets, and nothing
to click but, at best, the bare address.

Reported is what is certainly meant as a link: a web or mail address, a path that leads to something on this site, and
the name of a place on the page. `(Poe, 2020)[#poe2020]` is a citation, where nothing on the page has that name.

Swap the brackets. The fix is unsafe in a heading, whose anchor changes, and where the link would lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.publication import Output
from ..page.markdown.reversed_links import ReversedLink
from ..site.answers import Target
from ..site.links import Links
from ..site.relink import is_live, relink
from ..site.targets import as_written


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report what would be a link if its brackets were swapped."""
    for page, found, target in links.reversed:
        written = _written(links, page, found, target)
        if written is None:
            continue
        new, safe = written
        span = Span(page.path or "", found.start, found.end)
        link = f"[{found.label}]({new})"
        yield Finding(
            span,
            f'this is not a link: readers see "({found.label})[{found.target}]"',
            help=f"write {link}",
            fix=Fix("Swap the brackets", (Edit(span, link),), safe=safe and not found.in_heading),
        )


def _written(links: Links, page: Output, found: ReversedLink, target: Target) -> tuple[str, bool] | None:
    """The target of the link, and whether it is alive; None if it is not certain that a link was meant."""
    if found.target.startswith("www."):
        return f"https://{found.target}", True
    if target.status == "external":
        return found.target, True
    if target.status in ("alias", "fragment-lost") and not target.host:
        new = relink(links.site, page, found.link, target)
        return (as_written(new.text, found.link), new.safe) if new is not None else (found.target, False)
    if found.target.startswith("#") and target.status != "page":
        return None
    if not is_live(target):
        return (found.target, False) if target.host else None
    known = target.status not in ("dead-fragment", "not-checked")
    return found.target, known and (target.page is not page or target.fragment != "")


RULE = Rule(
    "VD211",
    "reversed-link",
    on=Links,
    check=check,
    examples=(
        Good("As shown (Moe)[1], f(x)[i], `(a)[/b]`, [text](/posts/a)[/posts/b](/c) and [x]\n"),
        Good("As said (Poe, 2020)[#poe2020], (b)[/i], and (c)[/none/].\n"),
        Bad(
            {
                "content/posts/page.md": "See (the study)[/posts/study/#dose].\n",
                "content/posts/study.md": "## Dose\n",
            },
            at=["1:5-1:36"],
            fixed={"content/posts/page.md": "See [the study](/posts/study/#dose).\n"},
        ),
        Bad(
            "(Moe 2009)[https://example.net/a] and (Poe)[www.example.net]\n",
            at=["1:1-1:34", "1:39"],
            fixed="[Moe 2009](https://example.net/a) and [Poe](https://www.example.net)\n",
        ),
        Bad(
            "## See (Moe)[https://example.net/a]\n",
            at=["1:8"],
            fixed="## See [Moe](https://example.net/a)\n",
            unsafe=True,
        ),
    ),
)

"""A link uses an old address of this site that a page still answers.

The host is one of `base-urls`, and the path is an alias of a page, or the query holds the number or name of a page
that an alias keeps (`tiki-index.php?page_id=123`, alias `/123`). Readers are redirected, or reach nothing once the old
host is gone. An address that differs from an alias only in punctuation is reported too, with an unsafe fix; so is one
of an old host whose pages are on several hosts now.

Link to the page's path; a fragment that the page does not have is left out. Search URLs are never taken for a page, even where a page has their name as an alias, and
an alias that several pages have is left to alias-collision.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from ..site.relink import lacks_fragment
from .support.links import link_to, span_of
from .support.wording import cut


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report absolute links on own hosts that mean a page by an alias or an id."""
    for page, link, target in links.led("dead", "alias", "fragment-lost", "not-checked"):
        found = links.site.addresses.legacy.find(target)
        if found is None or link.kind in ("autolink", "bare"):
            continue
        lost = (
            f', which has no anchor "{cut(found.fragment, 80)}"' if lacks_fragment(links.site, found) else ""
        )
        yield Finding(
            span_of(page, link),
            f'"{link.target}" is an old address of "{found.url}"{lost}',
            *link_to(links.site, page, link, found, safe=found.via not in ("similar", "old-host")),
            cause=link.target,
        )


_B = "---\naliases: [/Vitamin+B, /123]\n---\n## Dose\n"
_OURS = {"base-urls": ["https://old.example"]}

RULE = Rule(
    "VD608",
    "legacy-link",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good({"content/posts/page.md": "[b](/posts/b/)\n", "content/posts/b.md": _B}, settings=_OURS),
        Good(
            {
                "content/posts/page.md": "[s](https://old.example/Search+Results?q=b)\n",
                "content/posts/b.md": "---\naliases: [/Search+Results]\n---\nText.\n",
            },
            settings=_OURS,
        ),
        Good(
            {
                "content/posts/page.md": "[b](https://old.example/Vitamin+B)\n",
                "content/posts/b.md": _B,
                "content/posts/c.md": _B,
            },
            settings=_OURS,
        ),
        Bad(
            {
                "content/posts/page.md": "[b](http://old.example/Vitamin+B#dose), [b](https://old.example/index.php?page_id=123)\n",
                "content/posts/b.md": _B,
            },
            settings=_OURS,
            at=["1:5", "1:45"],
            fixed="[b](/posts/b/#dose), [b](/posts/b/)\n",
        ),
        Bad(
            {
                "content/posts/page.md": "[b](http://old.example/Vitamin+B#sleep)\n",
                "content/posts/b.md": _B,
            },
            settings=_OURS,
            at=["1:5"],
            fixed="[b](/posts/b/)\n",
        ),
        Bad(
            {"content/posts/page.md": "[b](http://old.example/Vitamin-B)\n", "content/posts/b.md": _B},
            settings=_OURS,
            at=["1:5"],
            fixed="[b](/posts/b/)\n",
            unsafe=True,
        ),
    ),
)

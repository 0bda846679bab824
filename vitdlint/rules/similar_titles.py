"""Two pages of a section have the same title, or nearly.

Their titles hold the same words but for a slip, so lists and search results show two entries that a reader cannot tell
apart; often one is a copy that stayed behind. Short titles ("Overview") and titles that differ in a number are not
compared, and pages whose addresses are nearly the same are told by twin-pages.

Merge the pages, or say in the titles what differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Related, Severity
from ..rule import Bad, Good, NoOptions, Rule
from ..site.site import Site
from ..site.twins import alike

_SHORTEST = 20


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Tell each pair once, at the page that sorts last."""
    told = {(a.url, b.url) for a, b in site.twins}
    titled = [(p.title, p) for p in site.published if p.kind == "page" and len(p.title) >= _SHORTEST]
    for first, second in alike(titled):
        one, two = site.facts(first), site.facts(second)
        if (first.url, second.url) in told or one is None or two is None:
            continue
        same = "the same" if first.title == second.title else "nearly the same"
        yield Finding(
            two.span("title"),
            f'"{first.path}" has {same} title: "{first.title}"',
            "merge the pages, or say in the titles what differs",
            related=(Related(one.span("title"), "the other title"),),
        )


RULE = Rule(
    "VD507",
    "similar-titles",
    on=Site,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/a.md": "---\ntitle: Vitamin D news of May 2013\n---\nText.\n",
                "content/posts/b.md": "---\ntitle: Vitamin D news of May 2014\n---\nText.\n",
                "content/notes/c.md": "---\ntitle: Vitamin D news of May 2014\n---\nText.\n",
            }
        ),
        Good(
            {
                "content/posts/a.md": "---\ntitle: The basics of counting in C++\n---\nText.\n",
                "content/posts/b.md": "---\ntitle: The basics of counting in C#\n---\nText.\n",
                "content/posts/c.md": "---\ntitle: What the command XSUM answers\n---\nText.\n",
                "content/posts/d.md": "---\ntitle: What the command XSSUM answers\n---\nText.\n",
                "content/posts/e.md": "---\ntitle: The counting machine v. 1.0.1\n---\nText.\n",
                "content/posts/f.md": "---\ntitle: The counting machine v. 1.1.0\n---\nText.\n",
                "content/posts/g.md": "---\ntitle: count.first() and its result\n---\nText.\n",
                "content/posts/h.md": "---\ntitle: count.firsts() and its result\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/a.md": "---\ntitle: Sunlight prevents rickets in children\n---\nText.\n",
                "content/posts/page.md": "---\ntitle: Rickets in childen - sunlight prevents\n---\nText.\n",
            },
            at=["2:8-2:46"],
        ),
    ),
)

"""Two pages of a section have the same title, or nearly the same.

Their titles have the same words except for a typing error, so lists and search results show two entries that a reader
cannot distinguish. Often one is a forgotten copy. These are not compared: short titles ("Overview"), and titles that
differ in a number, in a name from a program (`math.erfInv()`) or in the order of "A to B", nor pages named for a version
or a language (`2.7.6.md`, `pt_BR.md`). Pages whose addresses are nearly the same are reported by twin-pages.

Merge the pages, or write in the titles what differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Related, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.site import Site
from ..site.twins import alike

_SHORTEST = 20
_CODE = lazy_re(r"\w\.\w|\w\(|\w_\w|[a-z][A-Z]|\A[A-Za-z0-9-]+\Z")
"""In a title: the name of a function or the like (`strings.splitN()`, `document-reference`), where one letter is another thing."""
_ORDERED = lazy_re(r"\b(?:to|into|from|before|after|over|than|vs|versus)\b", re.IGNORECASE)
"""In a title: the order of the words is what it says ("from A to B")."""
_EDITION = lazy_re(r"v?\d+(?:\.\d+)+|[a-z]{2}(?:[-_][A-Za-z]{2,4})*")
"""The name of a page that is one of several versions or translations of one text."""


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each pair once, at the page that sorts last."""
    reported = {(a.url, b.url) for a, b in site.twins}
    titled = [
        (p.title, p) for p in site.addresses.published if p.kind == "page" and len(p.title) >= _SHORTEST
    ]
    for first, second in alike(titled):
        one, two = site.facts(first), site.facts(second)
        if (first.url, second.url) in reported or one is None or two is None:
            continue
        if all(_EDITION.fullmatch(page.logical.rpartition("/")[2]) for page in (first, second)):
            continue
        if first.title != second.title and _differ(first.title, second.title):
            continue
        same = "the same" if first.title == second.title else "nearly the same"
        yield Finding(
            two.span("title"),
            f'"{first.path}" has {same} title: "{first.title}"',
            "merge the pages, or write in the titles what differs",
            related=(Related(one.span("title"), "the other title"),),
        )


def _differ(one: str, other: str) -> bool:
    """Whether nearly the same words say different things."""
    if _CODE.search(one) and _CODE.search(other):
        return True
    words, others = one.casefold().split(), other.casefold().split()
    return words != others and sorted(words) == sorted(others) and _ORDERED.search(one) is not None


RULE = Rule(
    "VD507",
    "similar-titles",
    on=Site,
    scope=Scope.NAMES,
    of_page=True,
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
        Good(
            {
                "content/posts/a.md": "---\ntitle: The function lamp.splitAfter()\n---\nText.\n",
                "content/posts/b.md": "---\ntitle: The function lamp.splitAfterN()\n---\nText.\n",
                "content/posts/c.md": "---\ntitle: Convert vitamin D2 to vitamin D3\n---\nText.\n",
                "content/posts/d.md": "---\ntitle: Convert vitamin D3 to vitamin D2\n---\nText.\n",
                "content/posts/e.md": "---\ntitle: Move from the lamp to the sun\n---\nText.\n",
                "content/posts/f.md": "---\ntitle: Move from the sun to the lamp\n---\nText.\n",
                "content/posts/g.md": "---\ntitle: lamp-document-reference\n---\nText.\n",
                "content/posts/h.md": "---\ntitle: lamp-document-references\n---\nText.\n",
            }
        ),
        Good(
            {
                "content/lamps/2.7.6.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "content/lamps/2.8.0.html": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "content/lamps/v3.0/index.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "content/lamps/pt_BR.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "content/lamps/zh_HANS-CN.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "hugo.toml": "[security]\nallowContent = ['.*']\n",
            }
        ),
        Bad(
            {
                "content/posts/2.7.6.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
                "content/posts/page.md": "---\ntitle: Lamps - all of their options\n---\nText.\n",
            },
            at=["2:8-2:36"],
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

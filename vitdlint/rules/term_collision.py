"""Two different terms have the same URL.

Hugo distinguishes terms by their lower-case text ("Parkinson's" and "Parkinsons" are two), but drops most punctuation
from the URL, so both lists of pages are written into one file. One of them is lost, at random. A term that consists of
punctuation alone gets the URL of the taxonomy itself.

Write the term in one way on all pages. Terms that differ only in case are one term for Hugo: see term-variants.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.places import first_use
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each pair of terms once, at the first use of the rarer one."""
    for file, pages in sorted(site.addresses.url_owners.items()):
        if not all(p.kind in ("term", "taxonomy") for p in pages):
            continue
        common, *others = sorted(
            pages, key=lambda p: (p.kind == "term", -len(site.addresses.terms_of(p)), p.logical)
        )
        for page in others:
            use = first_use(site, page)
            if use is None:
                continue
            other = first_use(site, common)
            what = (
                f'the terms "{common.term}" and "{page.term}"'
                if common.kind == "term"
                else (f'the term "{page.term}" and the list of all {common.taxonomy}')
            )
            yield Finding(
                use,
                f'{what} have the same URL, "{page.url}"; Hugo publishes only one of the two lists',
                "write the term in one way on all pages"
                if common.kind == "term"
                else "give the term another name",
                related=(Related(other, "the other term"),) if other is not None else (),
                cause=file,
            )


RULE = Rule(
    "VD504",
    "term-collision",
    on=Site,
    scope=Scope.ADDRESSES,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "---\ntags: [Sun]\n---\nText.\n",
                "content/posts/b.md": "---\ntags: [sun, sunny]\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/a.md": "---\ntags: [parkinsons]\n---\nText.\n",
                "content/posts/b.md": "---\ntags: [parkinsons]\n---\nText.\n",
                "content/posts/page.md": '---\ntags: [Sun, "Parkinson\'s"]\n---\nText.\n',
            },
            at=["2:13-2:26"],
        ),
    ),
)

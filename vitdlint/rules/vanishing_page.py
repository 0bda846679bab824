"""A page is published nowhere, or where nobody can reach it, and Hugo says nothing.

`a b.md` and `a-b.md`, `Abc.md` and `abc.md`, `a.md` and `a.en.md`, `a.md` and `a/index.md` have the same logical path.
Hugo publishes one of them (for the last pair a random one) and drops the other without any message, whatever their
slugs are.

A `%` before two hexadecimal digits in a file name, slug or term, and a `?` in `url`, are copied into the page's links
as they are, but mean something else there: `/per%41cent/` asks a server for `perAcent`. Such a page is written, and no
link of Hugo's leads to it.

Rename or remove one of the files; write no `%` and `?` in names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.places import first_use, place_of_url
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Tell every file that another one hides, and every page whose URL leads elsewhere."""
    outputs = site.addresses.outputs.values()
    shadowed = [o for o in outputs if o.state == "shadowed"]
    others = [o for o in outputs if o.state not in ("shadowed", "resource")] if shadowed else []
    winners = {(o.language, o.logical): o for o in others}
    for page in shadowed:
        winner = winners.get((page.language, page.logical))
        by = f'"{winner.path}"' if winner is not None else "another file"
        yield Finding(
            Span(page.path or "", 0, 0),
            f'Hugo takes this file and {by} for the same page, "{page.logical}"; only one of them is published',
            "rename or remove one of the files",
            related=(Related(Span(winner.path, 0, 0), "the other file"),) if winner and winner.path else (),
        )
    for page in site.addresses.unreachable:
        place = first_use(site, page) if page.kind == "term" else place_of_url(site, page)
        if place is not None:
            yield Finding(
                place,
                f'Hugo links to this {page.kind} as "{page.url}", which a server reads as another path than '
                f'"{page.file}"; nobody can reach it',
                'write no "%" and "?" in slugs, names and terms',
            )


RULE = Rule(
    "VD503",
    "vanishing-page",
    on=Site,
    of_page=True,
    check=check,
    examples=(
        Good({"content/posts/page.md": "Text.\n", "content/notes/page.md": "Text.\n"}),
        Good("---\nslug: 100% über C#\ntags: [50%, C#, a/b, ünï]\n---\nText.\n"),
        Bad("---\nslug: per%41cent\n---\nText.\n", at=["2:7-2:17"]),
        Bad("---\ntags: [Sun, per%41cent]\n---\nText.\n", at=["2:13-2:23"]),
        Bad(
            {"content/posts/sun light.md": "Text.\n", "content/posts/sun-light.md": "Text.\n"},
            at=["content/posts/sun-light.md:1:1"],
        ),
    ),
)

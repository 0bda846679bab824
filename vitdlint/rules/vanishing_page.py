"""A page is published nowhere, or where nobody can reach it, and Hugo says nothing.

`a b.md` and `a-b.md`, `Abc.md` and `abc.md`, `a.md` and `a.en.md`, `a.md` and `a/index.md` have the same logical path.
Hugo publishes one of them (for the last pair a random one) and drops the other without any message, whatever their
slugs are.

A `%` before two hexadecimal digits in a file name, slug or term, and a `?` in `url`, are copied into the page's links
as they are, but mean something else there: `/per%41cent/` asks a server for `perAcent`. Such a page is written, and no
link of Hugo's leads to it.

`index.md` makes a leaf bundle of its folder: in every language, each other content file in it and below it is one of its
files, not a page. That is said of an `index.md` below another one, and of a file whose `slug`, `url`, `aliases` or `draft`
only a page can have. An `index.md` in the content folder itself hides the whole site.

Rename or remove one of the files, write `_index.md` for the page of a section; do not use `%` or `?` in names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.model import Finding, Related, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Output
from ..site.places import first_use, place_of_url
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every file that another one hides, and every page whose URL leads elsewhere."""
    outputs = site.addresses.outputs.values()
    shadowed = [o for o in outputs if o.state == "shadowed"]
    others = [o for o in outputs if o.state not in ("shadowed", "resource")] if shadowed else []
    winners = {(o.site, o.logical): o for o in others}
    for page in shadowed:
        winner = winners.get((page.site, page.logical))
        by = f'"{winner.path}"' if winner is not None else "another file"
        yield Finding(
            Span(page.path or "", 0, 0),
            f'Hugo treats this file and {by} as the same page, "{page.logical}"; only one of them is published',
            "rename or remove one of the files",
            related=(Related(Span(winner.path, 0, 0), "the other file"),) if winner and winner.path else (),
        )
    yield from _bundled(site)
    for page in site.addresses.unreachable:
        place = first_use(site, page) if page.kind == "term" else place_of_url(site, page)
        if place is not None:
            yield Finding(
                place,
                f'Hugo links to this {page.kind} as "{page.url}", which a server reads as another path than '
                f'"{page.file}"; nobody can reach it',
                'do not use "%" or "?" in slugs, names and terms',
            )


def _bundled(site: Site) -> Iterator[Finding]:
    """Pages that a leaf bundle takes for its files."""
    outputs = site.addresses.outputs.values()
    hidden = [o for o in outputs if o.state == "resource" and o.path is not None]
    leaves = {o.logical: o for o in outputs if o.bundle == "leaf" and o.path is not None} if hidden else {}
    if (root := leaves.get("/")) is not None:
        pages = [o for o in hidden if (facts := site.facts(o)) is not None and facts.front.data]
        if pages:
            yield Finding(
                Span(root.path or "", 0, 0),
                f'"{root.path}" makes one bundle of the whole site, so Hugo publishes none of its other pages, '
                f'such as "{pages[0].path}"',
                'rename it to "_index.md"',
                related=(Related(Span(pages[0].path or "", 0, 0), "a page that is not published"),),
            )
        return
    for page in hidden:
        leaf = _leaf_above(page, leaves)
        if leaf is not None and leaf.path is not None and _is_meant_as_page(site, page, leaf):
            yield Finding(
                Span(page.path or "", 0, 0),
                f'"{leaf.path}" makes a bundle of its folder, so Hugo treats this file as one of its files and '
                "publishes no page",
                f'rename "{leaf.path}" to "_index.md", or move this file out of its folder',
                related=(Related(Span(leaf.path, 0, 0), "the page of the bundle"),),
            )


def _leaf_above(page: Output, leaves: Mapping[str, Output]) -> Output | None:
    logical = page.logical
    while logical and logical not in leaves:
        logical = logical.rpartition("/")[0]
    return leaves.get(logical)


def _is_meant_as_page(site: Site, page: Output, leaf: Output) -> bool:
    name = (page.path or "").rpartition("/")[2].lower()
    facts = site.facts(page)
    if name.startswith("index."):
        return name.endswith(".md") or (
            facts is not None and bool(facts.front.data)
        )  # else a file of a program, say
    if facts is None or leaf.state in ("headless", "not-rendered"):
        return False  # the files of such a bundle are data, whatever they say
    url = facts.front.get("url")
    if isinstance(url, str) and url and ":" not in url.partition("/")[0] and not url.startswith("//"):
        return True
    return any(facts.front.key(key) is not None for key in ("slug", "aliases", "draft"))


RULE = Rule(
    "VD503",
    "vanishing-page",
    on=Site,
    scope=Scope.ADDRESSES,
    of_page=True,
    check=check,
    examples=(
        Good({"content/posts/page.md": "Text.\n", "content/notes/page.md": "Text.\n"}),
        Good("---\nslug: 100% über C#\ntags: [50%, C#, a/b, ünï]\n---\nText.\n"),
        Good(
            {
                "content/posts/trip/index.md": "---\ntitle: A trip\n---\nText.\n",
                "content/posts/trip/part.md": "---\ntitle: A part that the layout shows\n---\nText.\n",
            }
        ),
        Good(
            {
                "content/posts/trip/index.md": "---\ntitle: A trip\n---\nText.\n",
                "content/posts/trip/app/templates/index.html": "<!DOCTYPE html>\n<p>Text.</p>\n",
            }
        ),
        Bad("---\nslug: per%41cent\n---\nText.\n", at=["2:7-2:17"]),
        Bad(
            {
                "content/posts/index.md": "---\ntitle: All posts\n---\nText.\n",
                "content/posts/sun/index.md": "---\ntitle: Sun\n---\nText.\n",
                "content/posts/light.md": "---\nslug: daylight\n---\nText.\n",
            },
            at=["content/posts/light.md:1:1", "content/posts/sun/index.md:1:1"],
        ),
        Bad(
            {
                "content/index.md": "---\ntitle: Home\n---\nText.\n",
                "content/posts/page.md": "---\ntitle: A page\n---\nText.\n",
            },
            at=["content/index.md:1:1"],
        ),
        Bad("---\ntags: [Sun, per%41cent]\n---\nText.\n", at=["2:13-2:23"]),
        Bad(
            {"content/posts/sun light.md": "Text.\n", "content/posts/sun-light.md": "Text.\n"},
            at=["content/posts/sun-light.md:1:1"],
        ),
    ),
)

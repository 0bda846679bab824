"""Two files make one page, so one of them vanishes.

`a b.md` and `a-b.md`, `Abc.md` and `abc.md`, `a.md` and `a.en.md`, `a.md` and `a/index.md` have the same logical path.
Hugo publishes one of them (for the last pair a random one) and drops the other without any message, whatever their
slugs are.

Rename or remove one of the files.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Related, Span
from ..rule import Bad, Good, NoOptions, Rule
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Tell every file that another one hides."""
    shadowed = [o for o in site.outputs.values() if o.state == "shadowed"]
    if not shadowed:
        return
    winners = {
        (o.language, o.logical): o for o in site.outputs.values() if o.state not in ("shadowed", "resource")
    }
    for page in shadowed:
        winner = winners.get((page.language, page.logical))
        by = f'"{winner.path}"' if winner is not None else "another file"
        yield Finding(
            Span(page.path or "", 0, 0),
            f'Hugo takes this file and {by} for the same page, "{page.logical}"; only one of them is published',
            "rename or remove one of the files",
            related=(Related(Span(winner.path, 0, 0), "the other file"),) if winner and winner.path else (),
        )


RULE = Rule(
    "VD503",
    "vanishing-page",
    on=Site,
    check=check,
    examples=(
        Good({"content/posts/page.md": "Text.\n", "content/notes/page.md": "Text.\n"}),
        Bad(
            {"content/posts/sun light.md": "Text.\n", "content/posts/sun-light.md": "Text.\n"},
            at=["content/posts/sun-light.md:1:1"],
        ),
    ),
)

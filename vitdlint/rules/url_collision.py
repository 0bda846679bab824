"""Two pages have the same URL.

Hugo writes both into one file and says nothing (only `--printPathWarnings` reports it). Which one wins changes from
build to build, and the file may even hold pieces of both. The same is true for a page and a file in `static/`.

Give one of them another `slug`, `url` or file name. If it had a URL of its own before, keep that as an alias.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Output
from ..site.places import place_of_url
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every page whose file belongs to another page or a static file too."""
    unsure = site.addresses.missing.configuration is not None  # `Links` counts them as not checked
    for file, pages in () if unsure else sorted(site.addresses.url_owners.items()):
        if all(p.kind in ("term", "taxonomy") for p in pages):
            continue  # term-collision
        written = sorted((p for p in pages if p.path is not None), key=lambda p: p.path or "")
        for page in written[1:] or written:
            other = next(p for p in pages if p is not page)
            yield Finding(
                place_of_url(site, page),
                f'this page and {_name(other)} have the same URL, "{page.url}"; Hugo publishes one of the two, or a mix',
                "give one of them another slug, url or file name",
                related=(Related(place_of_url(site, other), "the other page"),)
                if other.path is not None
                else (),
                cause=file,
            )
    for file, source in site.addresses.publication.files.items():
        served = site.addresses.urls.served(file)
        owner = served.output if served is not None and served.status != "alias" else None
        if owner is not None and owner.path is not None and source is not None:
            yield Finding(
                place_of_url(site, owner),
                f'this page and the file "{source}" have the same URL, "{owner.url}"; Hugo publishes one of the two',
                "rename one of them",
                related=(Related(Span(source, 0, 0), "the file"),),
            )


def _name(page: Output) -> str:
    if page.path is not None:
        return f'"{page.path}"'
    return f'the {page.kind} page "{page.title or page.logical}" that Hugo makes'


RULE = Rule(
    "VD501",
    "url-collision",
    on=Site,
    scope=Scope.ADDRESSES,
    of_page=True,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "---\nslug: a\n---\nText.\n",
                "content/notes/page.md": "---\nslug: a\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "---\ntitle: Sun\nslug: sun\n---\nText.\n",
                "content/posts/other.md": "---\ntitle: Sun\nslug: Sun\n---\nText.\n",
            },
            at=["3:7-3:10"],
        ),
        Good(
            {
                "config/_default/.gitignore": "module.toml",
                "config/_default/hugo.toml": "[languages.en]\n[languages.fr]\n",
                "content/fr/_index.md": "---\ntitle: Soleil\n---\nTexte.\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "---\nurl: /sun.html\n---\nText.\n",
                "static/sun.html": "<p>Sun</p>",
            },
            at=["2:6-2:15"],
        ),
    ),
)

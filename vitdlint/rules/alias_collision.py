"""An alias is the URL of another page, or two pages have the same alias.

Hugo writes the redirect and the page into the same file, at the same time and without a warning. A reader gets the
page, the redirect to somewhere else, or a mix of both, at random. Of two pages with the same alias either may win.
Even `--printPathWarnings` does not report an alias on a page.

Remove the alias from one of them. An alias that is the page's own URL does no harm and is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Alias, Output
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every alias whose file belongs to something else too."""
    urls = site.addresses.urls
    for file, owners in sorted(site.addresses.alias_owners.items()):
        served = urls.served(file)
        if served is not None and served.status != "alias" and served.output is not None:
            for page, alias in owners:
                if served.output.url != page.url:
                    yield _on_page(site, page, alias, served.output)
            continue
        first, *others = sorted(owners, key=lambda owner: owner[0].path or "")
        for page, alias in others:
            yield Finding(
                _place(site, page, alias),
                f'"{first[0].path or first[0].url}" has the alias "{alias.url}" too; Hugo keeps one of the two, at random',
                "keep it on one page only",
                related=(Related(_place(site, *first), "the same alias"),),
                cause=file,
            )
        source = site.addresses.publication.files.get(file)
        if source is not None:
            yield Finding(
                _place(site, *first),
                f'the alias "{first[1].url}" is also the path of the file "{source}"; Hugo publishes one of the two',
                "remove the alias, or rename the file",
                related=(Related(Span(source, 0, 0), "the file"),),
            )


def _on_page(site: Site, page: Output, alias: Alias, other: Output) -> Finding:
    name = f'"{other.path}"' if other.path else f"the {other.kind} page that Hugo makes"
    return Finding(
        _place(site, page, alias),
        f'the alias "{alias.url}" is the URL of {name}; Hugo publishes the page, the redirect, or a mix of both',
        "remove the alias",
        related=(Related(Span(other.path, 0, 0), "the page"),) if other.path else (),
        cause=alias.file,
    )


def _place(site: Site, page: Output, alias: Alias) -> Span:
    facts = site.facts(page)
    return facts.span(*alias.pointer) if facts is not None else Span(page.path or "", 0, 0)


RULE = Rule(
    "VD502",
    "alias-collision",
    on=Site,
    scope=Scope.ADDRESSES,
    check=check,
    examples=(
        Good({"content/posts/page.md": "---\naliases: [/posts/page/, /old]\n---\nText.\n"}),
        Bad(
            {
                "content/posts/page.md": "---\naliases:\n- /old\n- /posts/b\n---\nText.\n",
                "content/posts/b.md": "---\ntitle: B\n---\nText.\n",
            },
            at=["4:3-4:11"],
        ),
        Bad(
            {
                "content/posts/page.md": "---\naliases: [/old/]\n---\nText.\n",
                "content/posts/b.md": "---\naliases: [/old]\n---\nText.\n",
            },
            at=["2:11-2:16"],
        ),
    ),
)

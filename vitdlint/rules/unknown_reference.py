"""A front-matter value names something that this site does not have.

The page's schema sets `"x-reference": "page"`, `"alias"`, `"term"` or `"file"` for the key: the value must be a page's
path or URL, an alias, a term of some taxonomy, or the path of a file: beside the page, in `assets/`, or as a URL of the
site. A file's URL on another site is left alone.

Correct the value, or create what it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Output
from ..site.site import Site

_MEANS = {"page": "page", "alias": "alias", "term": "term", "file": "file"}


def check(site: Site, _options: NoOptions) -> Iterator[Finding]:
    """Report every value that names nothing."""
    for path, facts in site.pages.items():
        page = site.addresses.outputs.get(path)
        for keyword, key, pointer, value in facts.values:
            name, _, kind = keyword.partition(":")
            if name != "x-reference" or page is None or page.state == "resource":
                continue
            if _exists(site, page, kind, value):
                continue
            candidate = site.addresses.candidates.page(value) if kind == "page" else None
            yield Finding(
                facts.span(*pointer),
                f'{key} names the {_MEANS.get(kind, kind)} "{value}", which this site does not have',
                f'did you mean "{candidate.page.logical}"?' if candidate else None,
                cause=f"{kind}={value}",
            )


def _exists(site: Site, page: Output, kind: str, value: str) -> bool:
    if kind == "term":
        return value.lower().replace(" ", "-") in site.addresses.term_keys
    if kind == "page" and site.addresses.logical.find(value, page, by_name=True).page is not None:
        return True
    if kind == "file":
        return site.resolver.named_file(value, page).status in (
            "file",
            "generated",
            "external",
            "not-checked",
        )
    wanted = {"page": ("page", "section", "term"), "alias": ("alias",)}
    return site.resolve(value, page, "html").status in wanted.get(kind, ())


_SCHEMA = '{"properties": {"related": {"type": "array", "items": {"type": "string", "x-reference": "page"}}}}'
_USE = {"schema": [{"pages": "**", "use": "schema.json"}]}

RULE = Rule(
    "VD118",
    "unknown-reference",
    on=Site,
    scope=Scope.PAGE,
    check=check,
    examples=(
        Good(
            {
                "schema.json": _SCHEMA,
                "content/posts/page.md": "---\nrelated: [b, /posts/b, /posts/b/]\n---\nText.\n",
                "content/posts/b.md": "Text.\n",
            },
            settings=_USE,
        ),
        Bad(
            {
                "schema.json": _SCHEMA,
                "content/posts/page.md": "---\nrelated: [/posts/c]\n---\nText.\n",
            },
            settings=_USE,
            at=["2:11-2:19"],
        ),
    ),
)

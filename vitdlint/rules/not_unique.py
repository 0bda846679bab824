"""Two pages have the same value where the schema requires every value to be unique.

The page's schema sets `"x-unique": "site"` or `"section"` for the key: a page id, for example, or each of the aliases.
If two pages have one id, only one of them can be found by it.

Give one of them a value of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.space import SiteKey
from ..page.page import Facts
from ..site.site import Site


def check(site: Site, _options: NoOptions) -> Iterator[Finding]:
    """Report every repetition, with the page that has the value first."""
    first: dict[tuple[SiteKey | None, str, str, str], tuple[Facts, tuple[str | int, ...]]] = {}
    for path, facts in site.pages.items():
        page = site.addresses.outputs.get(path)
        for keyword, key, pointer, value in facts.values:
            name, _, scope = keyword.partition(":")
            if name != "x-unique" or (page is not None and page.state == "resource"):
                continue
            section = page.logical.split("/")[1] if scope == "section" and page is not None else ""
            hugo_site = page.site if page is not None else None
            known = first.setdefault((hugo_site, section, key, value), (facts, pointer))
            if known[0] is facts and known[1] == pointer:
                continue
            where = "this page" if known[0] is facts else f'"{known[0].path}"'
            yield Finding(
                facts.span(*pointer),
                f'{where} has the {key} "{value}" too, but it must be unique in this {scope or "site"}',
                "give one of them a value of its own",
                related=(Related(known[0].span(*known[1]), "the same value"),),
                cause=f"{key}={value}",
            )


_SCHEMA = '{"properties": {"id": {"type": "integer", "x-unique": "site"}}}'
_USE = {"schema": [{"pages": "**", "use": "schema.json"}]}

RULE = Rule(
    "VD117",
    "not-unique",
    on=Site,
    scope=Scope.VALUES,
    check=check,
    examples=(
        Good(
            {
                "schema.json": _SCHEMA,
                "content/posts/page.md": "---\nid: 1\n---\nText.\n",
                "content/posts/b.md": "---\nid: 2\n---\nText.\n",
            },
            settings=_USE,
        ),
        Bad(
            {
                "schema.json": _SCHEMA,
                "content/posts/a.md": "---\nid: 1\n---\nText.\n",
                "content/posts/page.md": "---\nid: 1\n---\nText.\n",
            },
            settings=_USE,
            at=["2:5-2:6"],
        ),
    ),
)

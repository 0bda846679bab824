"""A value of front matter or of a shortcode names something that this site does not have.

The page's schema, or that of a shortcode, sets `"x-reference": "page"`, `"alias"`, `"term"` or `"file"` for the key: the value must be a page's
path or URL, an alias, a term of some taxonomy, or the path of a file: beside the page, in `assets/`, or as a URL of the
site. A file's URL on another site is left alone.

Correct the value, or create what it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.publication import Output
from ..site.links import Links
from ..site.site import Site


def check(links: Links, _options: NoOptions) -> Iterator[Finding]:
    """Report every value that names nothing."""
    site = links.site
    for path, facts in links.pages.items():
        page = site.addresses.outputs.get(path)
        if page is None or not (facts.values or facts.asked):
            continue
        for keyword, key, pointer, value in facts.values if page.state != "resource" else ():
            kind = _kind(keyword)
            if kind and not _exists(site, page, kind, value):
                yield _finding(site, facts.span(*pointer), kind, f"the key {key.removesuffix('[]')}", value)
        checked = {link.start for link in facts.links if link.kind == "shortcode"} if facts.asked else ()
        for each in facts.asked:
            kind = _kind(each.keyword) if each.start not in checked else ""
            if kind and not _exists(site, page, kind, each.value):
                name = each.words.removeprefix("parameter ")
                words = f'the parameter {name} of the shortcode "{each.call}"'
                yield _finding(site, Span(path, each.start, each.end), kind, words, each.value)


def _kind(keyword: str) -> str:
    """What a keyword and its scope ask for; '' for another keyword."""
    name, _, kind = keyword.partition(":")
    return kind if name == "x-reference" else ""


def _finding(site: Site, span: Span, kind: str, what: str, value: str) -> Finding:
    candidate = site.addresses.candidates.page(value) if kind == "page" else None
    return Finding(
        span,
        f'{what} names the {kind} "{value}", which this site does not have',
        f'did you mean "{candidate.page.logical}"?' if candidate else f"correct it, or add the {kind}",
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
    on=Links,
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
        Bad(
            {
                "card.json": '{"properties": {"to": {"x-reference": "page"}, "image": {"x-reference": "file"}}}',
                "content/posts/page.md": '{{< card to="/posts/page" image="sun.png" >}}\n{{< card to="moon" >}}\n',
                "static/sun.png": "",
            },
            settings={"shortcodes": {"card": {"schema": "card.json"}}},
            at=["2:14-2:18"],
        ),
    ),
)

"""A link names a place on a page that has no such place.

The page exists, but nothing on it has the id or name that follows the `#`, so the browser shows the page's beginning.
Hugo checks no fragment, not even in `ref` and `relref`. Ids come from headings (by `autoHeadingIDType`), from `{#id}`,
from `id` and `<a name>` in raw HTML where that is published, and from footnotes.

Correct the fragment. Ids that layouts add to every page are declared by `known-anchors`, those of a site's own
shortcodes by `shortcodes`. Where a page calls other shortcodes of the site, has no text of its own (an API reference
that a script draws, say), or is made by Hugo alone, a missing id is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from ..site.relink import goal_of, is_proven
from ..site.targets import as_written
from .support.links import span_of
from .support.wording import cut


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every fragment that its page lacks, with the one that was probably meant."""
    known: dict[tuple[str, str], dict[str, list[str]]] = {}
    for page, link, target in links.led("dead-fragment"):
        if target.page is None:
            continue
        fragment = unquote(target.fragment)
        where = "this page" if target.page is page else f'"{target.page.url}"'
        span = span_of(page, link)
        to = (target.page.language, target.page.url)
        if to not in known:
            known[to] = _by_key(links.site.anchors.of(target.page))
        meant = _meant(fragment, known[to])
        help_ = "correct the fragment, or remove it"
        if not links.site.addresses.config.language(target.page.language).markup.unsafe:
            help_ += " (ids in raw HTML do not count: Hugo leaves raw HTML out)"
        fix = None
        if meant is not None and link.target.endswith(f"#{target.fragment}"):
            new = link.target.removesuffix(target.fragment) + meant
            if is_proven(links.site, page, link, new, goal_of(target.page, meant)):
                fix = Fix(f'Link to "#{meant}"', (Edit(span, as_written(new, link)),), safe=False)
        yield Finding(
            span,
            f'{where} has no anchor "{cut(fragment, 80)}"; the browser shows the top of the page',
            f'did you mean "#{meant}"?' if meant else help_,
            fix,
            cause=f"{target.page.url}#{fragment}",
        )


def _by_key(ids: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in ids:
        found.setdefault(_key(name), []).append(name)
    return found


def _meant(fragment: str, ids: dict[str, list[str]]) -> str | None:
    """The one id that differs only in case, hyphens and punctuation."""
    key = _key(fragment)
    same = ids.get(key, []) if key else []
    plain = same[0] if len(same) == 1 else None
    return plain if plain and all(c.isalnum() or c in "-_.:" for c in plain) else None


def _key(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


RULE = Rule(
    "VD602",
    "dead-fragment",
    on=Links,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "[dose](/posts/b/#the-dose), [up](#), [top](#top), [q](/posts/b/#:~:text=sun)\n",
                "content/posts/b.md": "## The dose\n",
            }
        ),
        Good("[comments](#comments)\n", settings={"known-anchors": ["comment*"]}),
        Good('<a name="Old"></a> [old](#Old)\n'),
        Good(
            {
                "content/posts/page.md": "[rules](/api/#tag/rules)\n",
                "content/api.md": "---\ntitle: API\nlayout: api\n---\n",
            }
        ),
        Good('<!-- later: [a]({{< relref "page#sun" >}}) -->\n'),
        Good("## Dose in {{% param title %}}\n\n[a](#dose-in-sun)\n"),
        Bad("## Dose in {{% param title %}}\n\n[a](#sun)\n", at=["3:5-3:9"]),
        Good(
            {
                "content/posts/page.md": "[top](#main-content)\n",
                "layouts/single.html": '<main id="main-content">{{ .Content }}</main>',
            }
        ),
        Good(
            {
                "content/posts/page.md": "[list](/api/#operation/list), [notes](/notes/#may)\n",
                "content/api.md": "---\ntitle: API\ntype: redoc\n---\n",
                "content/notes/_index.md": "---\ntitle: Notes\nlayout: timeline\n---\n",
            }
        ),
        Good(
            {
                "content/posts/page.md": "[dose](/posts/b/#dose)\n",
                "content/posts/b.md": "---\ntitle: B\nsource: /shared/b.md\n---\n",
                "content/shared/b.md": "---\ndraft: true\n---\n## Dose\n\n[more](#dose), [there](/posts/version/)\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "[dose](/posts/b/#The-Dose)\n",
                "content/posts/b.md": "## The dose\n",
            },
            at=["1:8-1:26"],
            fixed="[dose](/posts/b/#the-dose)\n",
            unsafe=True,
        ),
        Bad("## Sun\n\n[winter](#winter)\n", at=["3:10"]),
    ),
)

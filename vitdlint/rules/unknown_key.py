"""A key of the front matter is unknown.

Hugo puts a key that it does not know among the page's parameters and says nothing. With a typing error (`tilte`,
`catgories`) the page loses its title or its categories. A key is reported where the page's schema closes the object
(`additionalProperties: false`). It is also reported if it is one letter away from a key that Hugo reads, the page lacks
that one, and hardly any other page has it; or if several have it, but none of them the right one, and more pages have that.
`tag` for `tags` is reported in the second case alone: it may be a word of the theme.

The fix writes the key that was probably meant. It is unsafe, because it may change the page's URL or terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..frontmatter.write import key as write_key
from ..page.page import Facts
from ..schema import UNKNOWN_KEY
from ..site.keys import slips_of
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Keys that a schema does not allow, then those that look like typing errors."""
    counts, few = site.keys.counts, max(1, site.keys.pages // 100)
    slips = {
        key: meant
        for key, meant in slips_of(site.addresses.config, counts).items()
        if (counts.get(key, 0) <= few and not _is_word(key, meant))
        or _is_absent(site, counts, key, meant.lower())
    }
    for facts in site.pages.values():
        reported: set[str | int] = set()
        for keyword, message, pointer, meant in facts.values:
            if keyword == UNKNOWN_KEY:
                reported.add(pointer[-1])
                yield _finding(facts, pointer, message, meant)
        spelled = {key.lower() for key in facts.front.data}
        for key in facts.front.data:
            meant = slips.get(key.lower(), "")
            if meant and key not in reported and meant.lower() not in spelled:
                yield _finding(facts, (key,), f'unknown key "{key}": Hugo does not use it', meant)


def _is_word(key: str, meant: str) -> bool:
    return f"{key}s" == meant.lower() or key == f"{meant.lower()}s"


def _is_absent(site: Site, counts: Mapping[str, int], key: str, meant: str) -> bool:
    """Whether no page with the key has the right one, which is the rule on this site."""
    if counts.get(meant, 0) <= counts.get(key, 0):
        return False
    return not any(
        facts.front.key(key) is not None and facts.front.key(meant) is not None
        for facts in site.pages.values()
    )


def _finding(facts: Facts, pointer: tuple[str | int, ...], message: str, meant: str) -> Finding:
    span = facts.span(*pointer, key=True)
    fix = None
    if meant:
        front = facts.front
        old = front.source[span.start - front.start : span.end - front.start]
        fix = Fix(f'Write "{meant}"', (Edit(span, write_key(front.kind, meant, old)),), safe=False)
    return Finding(span, message, help=f'did you mean "{meant}"?' if meant else None, fix=fix)


_CLOSED = '{"properties": {"title": {}, "wiki_id": {}}, "additionalProperties": false}'
_SETTINGS = {"schema": [{"pages": "posts/**", "use": "post.json"}]}

RULE = Rule(
    "VD105",
    "unknown-key",
    on=Site,
    scope=Scope.KEYS,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            '{"title": "Sun", "author": "Ada", "tag": "sun", "expirydate": "", "date": "", "data": 1}\nText\n'
        ),
        Bad(
            '{"tilte": "Sun", "author": "Ada"}\nText\n',
            at=["1:2-1:9"],
            fixed='{"title": "Sun", "author": "Ada"}\nText\n',
            unsafe=True,
        ),
        Bad(
            "---\ncatgories: [sun]\n---\nText\n",
            at=["2:1-2:10"],
            fixed="---\ncategories: [sun]\n---\nText\n",
            unsafe=True,
        ),
        Bad(
            {
                "content/posts/page.md": "---\ntag: [sun]\n---\nText\n",
                "content/posts/b.md": "---\ntags: [sun]\n---\nText\n",
                "content/posts/c.md": "---\ntags: [sea]\n---\nText\n",
            },
            at=["2:1-2:4"],
            fixed={"content/posts/page.md": "---\ntags: [sun]\n---\nText\n"},
            unsafe=True,
        ),
        Bad(
            {"content/posts/page.md": '{"title": "Sun", "wikiid": 7, "x": 1}\nText\n', "post.json": _CLOSED},
            settings=_SETTINGS,
            at=["1:18-1:26", "1:31-1:34"],
            fixed={"content/posts/page.md": '{"title": "Sun", "wiki_id": 7, "x": 1}\nText\n'},
            unsafe=True,
        ),
    ),
)

"""A URL that existed is gone, and nothing redirects from it.

Compared with the revision of `--since`, a page has moved (another slug, file name or section) or was removed. Its old
URL is dead now: bookmarks, search results and links on other sites break.

Add the old URL to the `aliases` of the page that replaces it. If a page was removed on purpose, a redirect of the host
(`redirects`, `static/_redirects`) to a page that explains it is better than nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.compared import Compared
from ..site.targets import decode


def check(compared: Compared, _: NoOptions) -> Iterator[Finding]:
    """Report every URL of the earlier revision that is dead now."""
    site, addresses = compared.site, compared.site.addresses
    if not addresses.outputs:
        return
    asker = next(iter(addresses.outputs.values()))
    for url, path in sorted(compared.before.items()):
        if url in addresses.sources or site.resolve(url, asker, "html").status not in ("dead", "unpublished"):
            continue
        now = addresses.outputs.get(path)
        if now is not None and now.state != "published":
            continue  # withdrawn on purpose
        if now is not None:
            message = f'"{decode(url)}" was this page\'s URL; it is "{now.url}" now, and the old URL does not redirect to it'
            alias = addresses.alias_of(url, now)
            help_ = f'add "{alias}" to its aliases' if alias else "redirect the old URL on the host"
            yield Finding(Span(path, 0, 0), message, help_)
            continue
        candidate = addresses.candidates.page(decode(url))
        heir = candidate.page if candidate and candidate.page.path else None
        place = Span(heir.path or "" if heir else path, 0, 0)
        alias = addresses.alias_of(url, heir) if heir else None
        yield Finding(
            place,
            f'"{decode(url)}" ("{path}") is gone, and nothing redirects from it',
            f'add "{alias or decode(url)}" to the aliases of the page that replaces it',
        )


RULE = Rule(
    "VD510",
    "missing-alias",
    on=Compared,
    check=check,
    examples=(
        Good("Text.\n"),
        Good("---\naliases: [/old]\n---\nText.\n", before={"/old/": "content/old.md"}),
        Bad(
            "---\nslug: sun\n---\nText.\n",
            before={"/posts/page/": "content/posts/page.md"},
            at=["1:1"],
        ),
        Bad(
            {"content/posts/vitamin-d-and-sun.md": "Text.\n"},
            before={"/notes/vitamin-d-and-sun/": "content/notes/vitamin-d-and-sun.md"},
            at=["content/posts/vitamin-d-and-sun.md:1:1"],
        ),
    ),
)

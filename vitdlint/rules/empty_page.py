"""A page has a title but no content.

Its body is empty, or nothing but comments, so the reader who follows a link or a search result finds an empty page.
Sections, terms and the home page are filled by layouts and are not meant. Nor are pages

- whose template shows no `.Content`, as it fills them from front matter, or shows a parameter of theirs beside it (`video`,
  `speakers`; not an author, an image and the like, which many pages have)
- that only point to another address: `redirect…`, `manualLink`, a value `redirect`, a `source_url` on another site, a
  parameter that some template writes as a link
- that name a `layout`, `type`, `build` or `outputs`, whose bundle holds files, whose front matter names the content file with
  their text (`source: /shared/sun.md`), or that have words in their front matter but no title (`video_title: How lamps work`)

Write the page, remove it, or, if it is only there for an older name, make that name an alias of the page it means.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..page.page import Facts
from ..site.site import Site

_WORDS = lazy_re(r"[^\W\d_] +[^\W\d_]")


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every regular page that says nothing."""
    for page in site.addresses.published:
        facts = site.facts(page)
        if facts is not None and site.is_empty(page) and not _has_only_words_of_its_own(facts):
            place = facts.span("title") if facts.front.get("title") else Span(facts.path, 0, 0)
            yield Finding(
                place,
                "this page is empty: a reader finds nothing but its title",
                "write it, remove it, or make its URL an alias of the page that replaces it",
            )


def _has_only_words_of_its_own(facts: Facts) -> bool:
    """Whether a page without a title has words under other keys, which only its layout can show."""
    data = facts.front.data
    params = data.get("params")
    values = (*data.values(), *(params.values() if isinstance(params, dict) else ()))
    return not data.get("title") and any(isinstance(v, str) and _WORDS.search(v) for v in values)


RULE = Rule(
    "VD408",
    "empty-page",
    on=Site,
    scope=Scope.PAGE,
    of_page=True,
    check=check,
    examples=(
        Good("---\ntitle: Sun\n---\nText.\n"),
        Good("---\ntitle: Search\nlayout: search\n---\n"),
        Good(
            {
                "content/posts/page.md": "---\ntitle: Sun\nsource: /shared/sun.md\n---\n",
                "content/shared/sun.md": "---\ndraft: true\n---\nText.\n",
            }
        ),
        Good(
            {
                "content/posts/page.md": "---\ntitle: Sun\nsource: shared/sun/\n---\n",
                "content/shared/sun.md": "Text.\n",
            }
        ),
        Good(
            {
                "content/events/page.md": "---\ntitle: Walk\nplace: the park\n---\n",
                "layouts/events/page.html": "{{ .Title }}, in {{ .Params.place }}",
                "layouts/all.html": "{{ .Content }}",
            }
        ),
        Good(
            {
                "content/events/page.md": "---\ntitle: Walk\nvideo: x7Yz\n---\n",
                "layouts/all.html": "{{ with .Params.video }}<video src={{ . }}></video>{{ end }}{{ .Content }}",
            }
        ),
        Good("---\ntitle: API\nsource_url: https://example.net/api\n---\n"),
        Bad(
            {
                "content/posts/page.md": "---\ntitle: Walk\n---\n",
                "layouts/posts/page.html": '{{ partial "body.html" . }}',
                "layouts/_partials/body.html": "{{ .Content }}",
                "layouts/all.html": "{{ .Content }}",
            },
            at=["2:8-2:12"],
        ),
        Good("---\ntitle: API\nmanualLink: https://example.net/api\n---\n"),
        Good("---\nvideo_title: How lamps work\nlength: 05:06\n---\n"),
        Good("---\nparams:\n  video_title: How lamps work\n---\n"),
        Bad("---\ndate: 2026-01-01\nlamp: sun\n---\n", at=["1:1"]),
        Good("---\ntitle: Changes\ncontent-type: redirect\n---\n\n<!-- the host redirects it -->\n"),
        Good({"content/posts/_index.md": "---\ntitle: Posts\n---\n", "content/posts/page.md": "Text.\n"}),
        Bad("---\ntitle: Sun\n---\n\n<!-- to do -->\n", at=["2:8-2:11"]),
    ),
)

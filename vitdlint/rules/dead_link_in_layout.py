"""A layout, a data file or a translation links to a page or file that this site does not have.

Reported are the addresses that the site's own files spell out: `href="/about/"` and `src="/logo.svg"` in `layouts/`, also
`ref . "/about"` and `site.GetPage "/about"`; in `i18n/` links in the text; in `data/` the values of `url`, `href` and `link`.
They begin with a slash, and are checked like the links of pages, with the redirects and `extra-urls` of the configuration.

Counted as not checked are the links in layouts that a template makes from parts (`{{ .RelPermalink }}`,
`{{ "about/" | relURL }}`), those of a data file of which many lead nowhere, as a layout may put something before them, and those
of a layout of which most lead nowhere, as they may be for another site on the same host (`extra-urls` says so). Scripts, style
sheets and comments are left out, and so are themes and modules.

A link in a layout is on many pages. `ref` fails the build where the template is used; `GetPage` returns nothing. Correct the
address, or add the page. See dead-link for the links of pages and menus.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every such link that leads nowhere in any language."""
    addresses = links.site.addresses
    for link, answer in links.of_layouts.dead:
        meant = addresses.candidates.file(link.target) if link.kind in ("url", "text") else None
        why = "is not published" if answer.status == "unpublished" else "this site does not have"
        yield Finding(
            Span(link.path, link.start, link.start + len(link.target)),
            f'{_WHAT.get(link.kind, "this links to")} "{link.target}", which {why}',
            f'did you mean "{addresses.url(meant)}"?' if meant is not None else "correct it, or add the page",
            cause=link.target,
        )


_WHAT = {"ref": "this refers to", "page": "GetPage asks for"}


_LAYOUT = {
    "layouts/single.html": "{{ .Content }}",
    "layouts/home.html": "Home",
    "layouts/section.html": "Section",
}

RULE = Rule(
    "VD615",
    "dead-link-in-layout",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/page.md": "Text.\n",
                "layouts/_partials/foot.html": '<a href="/posts/page/">Page</a> <a href="{{ .Path }}/x/">x</a>'
                "<!-- <a href='/gone/'> --><script>let a = '<a href=\"/gone/\">'</script>",
                **_LAYOUT,
            }
        ),
        Bad(
            {
                "content/posts/page.md": "Text.\n",
                "layouts/_partials/foot.html": '<p>\n<a class="{{ .Get "a" }}" href="/posts/pages/">Page</a>\n'
                '{{ with site.GetPage "/gone" }}{{ end }}',
                "data/nav.yaml": "- url: /posts/page\n- url: /gone/\n- url: /posts\n- url: /\n- url: /posts/page/\n",
                "data/parts.yaml": "- url: /page/\n- url: /posts/page\n",
                "i18n/en.toml": '[more]\nother = "See [here](/gone/)"\n',
                **_LAYOUT,
            },
            at=[
                "layouts/_partials/foot.html:2:33-2:46",
                "layouts/_partials/foot.html:3:23-3:28",
                "data/nav.yaml:2:8-2:14",
                "i18n/en.toml:2:21-2:27",
            ],
        ),
    ),
)

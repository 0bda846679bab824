"""A layout, a data file or a translation links to a page or file that this site does not have.

Reported are the addresses that the site's own files spell out: `href="/about/"` and `src="/logo.svg"` in `layouts/`, also
`ref . "/about"` and `site.GetPage "/about"`; in `i18n/` links in the text; in `data/` the values of `url`, `href` and `link`, where most of a file's lead somewhere (else a layout
may put something before them). They begin with a slash, and are checked like the links of pages, with the redirects and `extra-urls` of the configuration. What a template
makes from parts (`{{ .RelPermalink }}`, `{{ "about/" | relURL }}`), is counted as not checked. Scripts, style sheets and comments are left out, and so are
themes and modules.

A link in a layout is on many pages. `ref` fails the build where the template is used; `GetPage` returns nothing. Correct the
address, or add the page. See dead-link for the links of pages and menus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.publication import Output, WrittenLink
from ..site.answers import Target
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every such link that leads nowhere in any language."""
    written = site.addresses.publication.written_links
    if not written:
        return
    homes = {o.site: o for o in reversed(site.addresses.publication.outputs) if o.kind == "home"}
    dead = {link: answer for link in written if (answer := _dead(site, link, homes.values())) is not None}
    values = Counter(link.path for link in written if link.kind == "value")
    dead_values = Counter(link.path for link in dead if link.kind == "value")
    for link, answer in dead.items():
        if link.kind == "value" and dead_values[link.path] * _FEW > values[link.path]:
            continue
        meant = site.addresses.candidates.file(link.target) if link.kind in ("url", "text") else None
        why = "is not published" if answer.status == "unpublished" else "this site does not have"
        yield Finding(
            Span(link.path, link.start, link.start + len(link.target)),
            f'{_WHAT.get(link.kind, "a link to")} "{link.target}", which {why}',
            f'did you mean "{site.addresses.url(meant)}"?'
            if meant is not None
            else "correct it, or add the page",
            cause=link.target,
        )


_FEW = 4
"""At most one in so many values of a data file leads nowhere, or it seems that a layout puts something before them."""
_WHAT = {"ref": "a reference to", "page": "GetPage asks for"}


def _dead(site: Site, link: WrittenLink, homes: Iterable[Output]) -> Target | None:
    """The last answer, if a link leads nowhere in every way that it may be meant."""
    wrong = ("dead",) if link.kind in _WHAT else ("dead", "unpublished")
    if link.target.strip("/") in site.addresses.publication.assets:
        return None
    answer = None
    for home in homes:
        for answer in _answers(site, link, home):
            if answer.status not in wrong:
                return None
    return answer


def _answers(site: Site, link: WrittenLink, home: Output) -> Iterator[Target]:
    if link.kind != "url":
        yield site.resolver.by_page_ref(link.target, home)
    if link.kind not in _WHAT:
        yield site.resolve(link.target, home, "html")
    if link.kind in ("text", "value"):
        yield site.resolve(f"/{home.language}{link.target}", home, "html")


_LAYOUT = {
    "layouts/single.html": "{{ .Content }}",
    "layouts/home.html": "Home",
    "layouts/section.html": "Section",
}

RULE = Rule(
    "VD615",
    "dead-link-in-layout",
    on=Site,
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

"""A page calls a shortcode that does not exist, so Hugo's build fails.

Neither the site's `layouts/_shortcodes` (or `layouts/shortcodes`), nor a theme or module, nor Hugo itself has a
template of that name: `template for shortcode "…" not found`. Hugo reads shortcodes everywhere in a body, also in code
and comments; `{{</* name */>}}` shows one without calling it. Where a theme, a module or the layouts are not on disk,
that is reported once, and no shortcode is checked. Those that Hugo had once (`tweet`, `gist`…) fail only where their page is
rendered: not on a draft. They are fine where the site is built by a version of Hugo that still has them, and one that is
newer than that version is not (see `hugo-version`).

Correct the name, add the template, or write the shortcode that has replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.layouts import BUILT_IN, REMOVED
from ..site.links import Links
from .support.wording import WHEN_RENDERED

_INSTEAD = {
    "gist": "link to the gist, or write a shortcode of this name with the <script> that GitHub offers",
    "instagram_simple": 'write {{< instagram "…" >}} with the same id',
    "tweet": 'write {{< x user="…" id="…" >}}',
    "twitter": 'write {{< x user="…" id="…" >}}',
    "twitter_simple": 'write {{< x_simple user="…" id="…" >}}',
}
"""Hugo had these once. A call of any other unknown one fails the build at once, of these where the page is rendered."""


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every opening tag of an unknown shortcode."""
    if links.site.addresses.missing.shortcodes is not None:
        return
    known = links.site.addresses.publication.shortcodes
    nearest: dict[str, str] = {}
    for path, call in links.unknown_shortcodes:
        name = call.name.lower()
        if name not in nearest:
            nearest[name] = _help(name, known)
        page = links.site.addresses.outputs.get(path)
        message = f'there is no shortcode "{call.name}", so Hugo\'s build fails'
        if name in REMOVED:
            since = ".".join(map(str, REMOVED[name]))
            when = WHEN_RENDERED.get(page.state, "") if page is not None else ""
            message = f'Hugo {since} has removed the shortcode "{call.name}", and its build fails{when}'
        elif name in BUILT_IN:
            version = links.site.addresses.config.version
            message = (
                f'Hugo {version} ({version.origin}) has no shortcode "{call.name}" yet, so its build fails'
            )
        yield Finding(
            Span(path, call.start, call.end),
            message,
            nearest[name],
            cause=name,
        )


def _help(name: str, known: frozenset[str]) -> str:
    if name in REMOVED:
        return _INSTEAD[name]
    if name in BUILT_IN:
        return "build the site with a newer Hugo, or add the template"
    from difflib import get_close_matches  # only a wrong name asks

    close = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f'did you mean "{close[0]}"?' if close else "correct the name, or add the template"


RULE = Rule(
    "VD215",
    "unknown-shortcode",
    on=Links,
    check=check,
    fails_build=True,
    examples=(
        Good(
            {
                "content/posts/page.md": '{{< toc >}} {{< Figure src="/a.png" >}} {{</* nope */>}}\n',
                "layouts/_shortcodes/toc.html": "{{ .Page.TableOfContents }}",
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Good("{{< from-a-theme >}}\n"),
        Good(
            {
                ".hugo-version": "0.145.0\n",
                "content/posts/page.md": "{{< gist user 123 >}}\n",
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "---\ndraft: true\n---\n{{< tweet 123 >}}\n",
                "layouts/single.html": "{{ .Content }}",
            },
            at=["4:1-4:18"],
        ),
        Bad(
            {
                "content/posts/page.md": "A {{< tox >}} b.\n",
                "layouts/_shortcodes/toc.html": "{{ .Page.TableOfContents }}",
                "layouts/single.html": "{{ .Content }}",
            },
            at=["1:3-1:14"],
        ),
    ),
)

"""A page calls a shortcode that does not exist, so Hugo's build fails.

Neither the site's `layouts/_shortcodes` (or `layouts/shortcodes`), nor a theme or module, nor Hugo itself has a
template of that name: `template for shortcode "…" not found`. Hugo reads shortcodes everywhere in a body, also in code
and comments; `{{</* name */>}}` shows one without calling it. Where a theme, a module or the layouts are not on disk,
that is said once, and no shortcode is judged.

Correct the name, or add the template.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links

_REMOVED = {
    "gist": "link to the gist, or embed it by raw HTML",
    "instagram_simple": "use instagram",
    "twitter": "use x",
    "tweet": "use x",
    "twitter_simple": "use x_simple",
}
"""Hugo had these once; now they fail the build."""


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Tell every opening tag of an unknown shortcode."""
    if links.site.addresses.missing.templates is not None:
        return
    known = links.site.addresses.publication.shortcodes
    nearest: dict[str, str] = {}
    for path, call in links.unknown_shortcodes:
        name = call.name.lower()
        if name not in nearest:
            nearest[name] = _help(name, known)
        yield Finding(
            Span(path, call.start, call.end),
            f'there is no shortcode "{call.name}", so Hugo\'s build fails',
            nearest[name],
            cause=name,
        )


def _help(name: str, known: frozenset[str]) -> str:
    if name in _REMOVED:
        return f"Hugo removed it; {_REMOVED[name]}"
    from difflib import get_close_matches  # only a wrong name asks

    close = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f'did you mean "{close[0]}"?' if close else "correct the name, or add the template"


RULE = Rule(
    "VD215",
    "unknown-shortcode",
    on=Links,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": '{{< toc >}} {{< Figure src="/a.png" >}} {{</* nope */>}}\n',
                "layouts/_shortcodes/toc.html": "{{ .Page.TableOfContents }}",
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Good("{{< from-a-theme >}}\n"),
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

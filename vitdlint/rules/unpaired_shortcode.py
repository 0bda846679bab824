"""A shortcode that must be closed is not, or one that cannot be is, so Hugo's build fails.

A shortcode whose template uses `.Inner` takes the text up to `{{< /name >}}`, or closes itself, `{{< name />}}`.
Any other one has neither. Hugo compares each page with the templates; where a theme, a module or the layouts are not on
disk, so that some templates could be missing, no page is checked.

Close the shortcode, or take its closing tag away.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Shortcode
from ..site.links import Links


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every tag without its other half."""
    publication = links.site.addresses.publication
    if links.site.addresses.missing.shortcodes is not None:
        return
    for path, facts in links.pages.items():
        known = [c for c in facts.shortcodes if c.name.lower() in publication.shortcodes]
        for call in _unpaired(known, publication.inner_shortcodes):
            if call.closing or call.self_closing:
                message = f'"{call.name}" cannot be closed, as its template does not use .Inner'
                help_ = "write it without" + (" /" if call.self_closing else " a closing tag")
            else:
                message = f'"{call.name}" must be closed, as its template uses .Inner'
                left, right = ("{{%", "%}}") if call.markdown else ("{{<", ">}}")
                help_ = f"write {left} /{call.name} {right} where its text ends; without text, end this with /{right}"
            yield Finding(Span(path, call.start, call.end), f"{message}: Hugo's build fails", help_)


def _unpaired(calls: Iterable[Shortcode], inner: Container[str]) -> Iterator[Shortcode]:
    opened: list[Shortcode] = []
    for call in calls:
        name = call.name.lower()
        if name not in inner:
            if call.closing or call.self_closing:
                yield call
        elif call.closing:
            while opened and opened[-1].name.lower() != name:
                yield opened.pop()
            if opened:
                opened.pop()
        elif not call.self_closing:
            opened.append(call)
    yield from opened


_LAYOUTS = {
    "layouts/_shortcodes/box.html": "<div>{{ .Inner }}</div>",
    "layouts/_shortcodes/toc.html": "{{ .Page.TableOfContents }}",
    "layouts/single.html": "{{ .Content }}",
}

RULE = Rule(
    "VD224",
    "unpaired-shortcode",
    on=Links,
    check=check,
    fails_build=True,
    examples=(
        Good(
            {
                "content/posts/page.md": "{{< box >}}{{< toc >}}{{< Box />}}{{< /box >}} {{</* box */>}}\n",
                **_LAYOUTS,
            }
        ),
        Good("{{< from-a-theme >}}\n"),
        Bad({"content/posts/page.md": "A {{< box >}} b.\n", **_LAYOUTS}, at=["1:3-1:14"]),
        Bad({"content/posts/page.md": "{{< box >}}{{< box >}}b{{< /box >}}\n", **_LAYOUTS}, at=["1:1-1:12"]),
        Bad({"content/posts/page.md": "A {{< toc >}} b {{< /toc >}}\n", **_LAYOUTS}, at=["1:17-1:29"]),
        Bad({"content/posts/page.md": "A {{% toc /%}} b.\n", **_LAYOUTS}, at=["1:3-1:15"]),
    ),
)

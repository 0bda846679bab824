"""Hugo's settings do not allow the format of a page, so the build of the whole site fails.

`security.allowContent` lists the kinds of content that Hugo takes. By default that is not HTML (`.html` and `.htm`
files in the content folder, with front matter or without) and not Org: one such file, even a draft, stops the build.
Hugo before 0.162 (Org: 0.166) built these pages, and published HTML files without front matter unchanged. It is reported for
each page, and on the terminal once for all pages of a format. Their bodies are not checked.

If you trust everybody who can write into the content folder, allow the format:

    [security]
    allowContent = [".*"]

Otherwise rename the pages to `.md`, and move HTML files that are no pages to `static/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.formats import content_type
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each page whose format is refused, at its `markup` if that is why, else at its beginning."""
    for path, output in site.addresses.outputs.items():
        facts = site.facts(output)
        if output.state == "shadowed" or facts is None:
            continue
        markup = facts.front.get("markup")
        kind = content_type(path, markup)
        if kind in site.addresses.config.refused_content:
            yield Finding(
                facts.span("markup") if isinstance(markup, str) and markup else Span(path, 0, 0),
                f"Hugo {site.addresses.config.version} refuses to build the site: security.allowContent does not allow pages of the type {kind}",
                'allow them with allowContent = [".*"] under [security], or rename them to .md',
                cause=kind,
            )


RULE = Rule(
    "VD512",
    "refused-content",
    on=Site,
    scope=Scope.PAGE,
    of_page=True,
    check=check,
    fails_build=True,
    examples=(
        Good(
            {
                "hugo.toml": '[security]\nallowContent = [".*"]\n',
                "content/posts/page.html": "<p>Sun</p>\n",
                "content/posts/page.md": "Text.\n",
            }
        ),
        Good(
            {
                ".hugo-version": "0.145.0\n",
                "content/posts/page.md": "Text.\n",
                "content/a.html": "<p>Sun</p>\n",
            }
        ),
        Good({"content/posts/page.md": "---\nmarkup: goldmark\n---\n<p>Sun</p>\n"}),
        Bad(
            {"content/posts/page.md": "Text.\n", "content/posts/sun.html": "<p>Sun</p>\n"},
            at=["content/posts/sun.html:1:1"],
        ),
        Bad("---\nmarkup: html\n---\n<p>Sun</p>\n", at=["2:9-2:13"]),
    ),
)

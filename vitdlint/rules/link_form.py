"""A link to a page is written in another form than the page's URL.

With `host = "clean"` the host answers `/x`, `/x/` and `/x.html` alike, mostly by a redirect to the one that Hugo
writes. Search engines see two addresses, and statistics count the page twice. Off by default: it is a matter of taste
until the site moves to a host that is strict.

Write the URL as Hugo does (the fix), or as the option `form` requires.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, Rule
from ..site.links import Links
from ..site.relink import is_proven
from ..site.targets import as_written
from .support.links import span_of


class Options(NamedTuple):
    """How links to pages are written."""

    form: Literal["hugo", "bare"] = "hugo"
    """"hugo": as RelPermalink writes it (`/x/` or `/x.html`); "bare": without trailing slash and `.html` (`/x`)."""


def check(links: Links, options: Options) -> Iterator[Finding]:
    """Report links by path that have another form."""
    for page, link, target in links.led("page", "section", "term"):
        if target.page is None or target.host or target.via or not link.target.startswith("/"):
            continue
        form = target.page.url
        if options.form == "bare":
            form = form.removesuffix("index.html").removesuffix(".html").rstrip("/") or "/"
        path, mark, rest = _split(link.target)
        if path in (form, as_written(form, link)) or not path:
            continue
        # Only the form is checked, never the spelling: percent-encoding is up to the writer.
        if _bare(path) != _bare(form):
            continue
        new = form + mark + rest
        span = span_of(page, link)
        safe = is_proven(links.site, page, link, new, target)
        yield Finding(
            span,
            f'"{path}" is another form of the page\'s URL, "{target.page.url}"',
            f'write "{new}"',
            Fix(f'Write "{new}"', (Edit(span, as_written(new, link)),)) if safe else None,
        )


def _split(target: str) -> tuple[str, str, str]:
    end = min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target))
    return target[:end], target[end : end + 1], target[end + 1 :]


def _bare(path: str) -> str:
    return path.removesuffix("index.html").removesuffix(".html").rstrip("/")


RULE = Rule(
    "VD613",
    "link-form",
    on=Links,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good({"content/posts/page.md": "[b](/posts/b/), [b](/posts/b/#x)\n", "content/posts/b.md": "## X\n"}),
        Good(
            {"content/posts/page.md": "[b](/posts/b)\n", "content/posts/b.md": "Text.\n"},
            options={"form": "bare"},
        ),
        Bad(
            {
                "content/posts/page.md": "[b](/posts/b), [b](/posts/b.html#x)\n",
                "content/posts/b.md": "## X\n",
            },
            at=["1:5-1:13", "1:20"],
            fixed="[b](/posts/b/), [b](/posts/b/#x)\n",
        ),
    ),
)

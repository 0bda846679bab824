"""A page's URL has a part that is too long for a file name, so Hugo's build fails.

A file name may have 255 bytes. Hugo writes each part of a URL as one file or folder: the slug (or the file's name) with
`.html` where URLs are ugly, and each term. Hugo does not check this before it writes, and then stops ("file name too
long").

Shorten the slug or the term; letters outside ASCII take two to four bytes each.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Output
from ..site.site import Site

LONGEST = 255
"""Bytes of a name, on every file system in common use."""


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each page and each term, where its name is written."""
    for output in site.addresses.publication.outputs:
        if output.state != "published" or (output.file.isascii() and len(output.file) <= LONGEST):
            continue
        name = max(output.file.split("/"), key=lambda part: len(part.encode()))
        if len(name.encode()) > LONGEST and (span := _named(site, output)) is not None:
            yield Finding(
                span,
                f'"{name[:40]}…" is {len(name.encode())} bytes long, but a file name may have at most 255: Hugo\'s build fails',
                "shorten it",
            )


def _named(site: Site, output: Output) -> Span | None:
    """The slug, URL or term that is too long; the page's beginning where its file name is."""
    facts = site.facts(output)
    if facts is not None:
        for key in ("url", "slug"):
            if isinstance(facts.front.get(key), str):
                return facts.span(key)
        return Span(facts.path, 0, 0)
    uses = site.addresses.terms_of(output)
    used = next((use for use in uses if use.value == output.term), None)
    return site.pages[used.path].span(*used.pointer) if used is not None else None


RULE = Rule(
    "VD511",
    "path-too-long",
    on=Site,
    scope=Scope.NAMES,
    of_page=True,
    check=check,
    fails_build=True,
    examples=(
        Good(f"---\ntitle: Sun\nslug: {'a' * 255}\n---\nText.\n"),
        Bad(f"---\ntitle: Sun\nslug: {'a' * 256}\n---\nText.\n", at=["3:7-3:263"]),
        Bad(f"---\ntitle: Sun\ntags: [{'ü' * 130}]\n---\nText.\n", at=["3:8-3:138"]),
        Bad(
            {
                "hugo.toml": "uglyURLs = true\n",
                "content/posts/page.md": f"---\ntitle: Sun\nslug: {'a' * 251}\n---\nText.\n",
            },
            at=["3:7-3:258"],
        ),
    ),
)

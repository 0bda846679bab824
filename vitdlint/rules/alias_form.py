"""An alias does not work, or fails the build.

Hugo makes a file of every alias, byte for byte, and decodes nothing: `/old%20page` becomes a file with a percent
sign in its name, which no server finds for the URL `/old%20page`; after `?` or `#` no server looks for a file at
all. `/` and `https://…` fail the build, as does a part of more than 255 bytes, and a relative alias of a page at the
root, such as the home page: it would lie above the root. An empty alias lands on the list page of the section. And a
single text instead of a list is split at its spaces.

Write the path as a server sees it: decoded, from `/` on, without query and fragment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..frontmatter.block import Pointer
from ..hugo.cast import holds_containers
from ..page.page import Facts
from ..site.site import Site

_ESCAPE = lazy_re("%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"/[A-Za-z0-9+()!$&'*,;=:@~_-][A-Za-z0-9+()!$&'*,;=:@~._/-]{0,200}")
"""What most aliases are, and nothing is wrong with."""


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Aliases that cannot do what an alias is for."""
    refused = frozenset(site.addresses.publication.refused_aliases)
    for facts in site.pages.values():
        yield from _of_page(facts, refused)


def _of_page(facts: Facts, refused: frozenset[tuple[str, Pointer]]) -> Iterator[Finding]:
    aliases = facts.front.get("aliases")
    if isinstance(aliases, str):
        pieces = aliases.split()
        if len(pieces) > 1 and not all(piece.startswith("/") for piece in pieces):
            parts = " and ".join(f'"{piece}"' for piece in pieces[:3])
            message = f"aliases is one text, which Hugo splits at its spaces into {parts}{'…' if pieces[3:] else ''}"
            yield Finding(facts.span("aliases"), message, help="write a list of aliases")
            return
        aliases = pieces
    elif not isinstance(aliases, list) or holds_containers(aliases):
        return
    for index, alias in enumerate(aliases):
        if isinstance(alias, str) and _PLAIN.fullmatch(alias) and "/.." not in alias:
            continue
        where: Pointer = ("aliases",) if isinstance(facts.front.get("aliases"), str) else ("aliases", index)
        message, hint = _fault(alias, outside=(facts.path, where) in refused)
        if message:
            yield Finding(facts.span(*where), message, help=hint)


def _fault(alias: Any, *, outside: bool) -> tuple[str, str | None]:
    if alias is None or alias in {"", "."}:
        if outside:
            return "an empty alias of a page at the root of the site, and Hugo's build fails", "remove it"
        return "an empty alias takes the place of the list page of this section", "remove it"
    if not isinstance(alias, str):
        return "", None
    if re.match("https?:", alias):
        path = re.sub("https?:/*[^/?#]*", "", alias).split("?")[0].split("#")[0]
        return (
            f'the alias "{alias}" names a host, and Hugo\'s build fails',
            f'write "{unquote(path) or "/old-path"}"',
        )
    if "\0" in alias:
        return "an alias with a NUL character fails Hugo's build", None
    for char, what in (("?", "query"), ("#", "fragment")):
        if char in alias:
            path, _, rest = alias.partition(char)
            message = f'the alias "{alias}" does not work: servers ignore the {what} "{char}{rest}" when they look for a file'
            return message, f'write "{path}"' if path.strip("/") else None
    if _ESCAPE.search(alias):
        message = f'the alias "{alias}" does not work: Hugo does not decode it, but every server does'
        return message, f'write "{unquote(alias)}"'
    if any(len(part.encode("utf-8", "replace")) > 255 for part in alias.split("/")):
        return "a part of this alias is longer than 255 bytes, and Hugo's build fails", None
    if alias.startswith("/") and not normpath(alias).strip("/"):
        return f'the alias "{alias}" is the root of the site, which no alias can be', "remove it"
    if outside and not alias.startswith("/"):
        return (
            f'the alias "{alias}" begins above this page, so it leads out of the site, and Hugo\'s build fails',
            f'write "{normpath(f"/{alias}")}"',
        )
    return "", None


RULE = Rule(
    "VD110",
    "alias-form",
    on=Site,
    scope=Scope.PAGE,
    check=check,
    examples=(
        Good(
            '{"aliases": ["/Old+page+–+June+2019", "/10983", "/C++", "10983", "/100% of", "/a/b.html", 7]}\n'
        ),
        Good('{"aliases": "/old /older"}\nText\n'),
        Bad(
            '{"aliases": ["/q?x=1", "/f#frag", "/a%20b"]}\nText\n', at=["1:14-1:22", "1:24-1:33", "1:35-1:43"]
        ),
        Bad(
            '{"aliases": ["/", "https://example.org/old", ""]}\nText\n',
            at=["1:14-1:17", "1:19-1:44", "1:46-1:48"],
        ),
        Bad("---\naliases: /Old page\n---\nText\n", at=["2:10-2:19"]),
        Good(
            {
                "hugo.toml": "defaultContentLanguageInSubdir = true\n",
                "content/_index.md": "---\naliases: [old]\n---\n",
            }
        ),
        Bad({"content/_index.md": "---\naliases: [old]\n---\n"}, at=["content/_index.md:2:11-2:14"]),
        Bad('{"url": "/", "aliases": ["old"]}\nText\n', at=["1:26-1:31"]),
    ),
)

"""The links of a site: where vitdlint says that each leads, and where a browser gets with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from support.truth import Truth

from vitdlint.page.markdown.body import Link
from vitdlint.page.page import Facts
from vitdlint.site.answers import Target
from vitdlint.site.links import Links
from vitdlint.site.site import Site

from .hugo import Hugo, Page
from .pages import Pairs
from .scores import Comparison

SAME = {
    "page": "ok",
    "section": "ok",
    "term": "ok",
    "file": "ok",
    "generated": "ok",
    "unpublished": "dead",
}
"""What a browser sees of vitdlint's words for where a link leads."""
LAYOUT_BRINGS = "fragments that a layout or a shortcode brings which the build cannot show"
_SUBJECT = {"dead": "dead links", "dead-fragment": "dead fragments"}
_FRONT = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\s*\n", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%](?:\"(?:\\.|[^\"\\\n])*\"|`[^`]*`|[^\"`])*?[<%>]?\}\}")


class Ours(NamedTuple):
    """A link as vitdlint sees it."""

    link: Link
    target: Target

    @property
    def status(self) -> str:
        """In the words of `Truth`, or not-checked."""
        if self.target.via == "redirect-page" and self.target.status == "generated":
            return "alias"
        return SAME.get(self.target.status, self.target.status)

    def keys(self, base: str) -> Iterator[str]:
        """What the link can be recognised by in the built page, the most certain first."""
        yield plain(self.link.target)
        fragment = f"#{unquote(self.target.fragment)}" if self.target.fragment else ""
        if self.target.url:
            yield plain(self.target.url) + fragment
        if self.target.path:
            yield base + self.target.path + fragment


def compare_links(links: Links, hugo: Hugo, pairs: Pairs, found: Comparison) -> None:
    """Compare the links of all pages."""
    site = links.site
    ours: dict[str, list[Ours]] = {}
    for output, link, target in links.all:
        ours.setdefault(output.path or "", []).append(Ours(link, target))
    lent = frozenset(hugo.file(page) or "" for output, page in pairs if output.text_from)
    seen = set()
    for output, page in pairs:
        file, facts = hugo.file(page), site.facts(output)
        if file is None or facts is None or output.path in seen:
            continue
        seen.add(
            output.path
        )  # a file may be a page in several languages: its links are resolved for the first
        theirs = list(hugo.links(page, file))
        mine = ours.get(output.path or "", [])
        if facts.not_checked or facts.unreadable:
            found.unchecked["links: the body of their page is not checked"] += sum(
                t.status == "dead" for t in theirs
            )
            continue
        base = urlsplit(hugo.server(page).base_url).path.rstrip("/")
        _compare(_Sides(site, page, facts, hugo, lent), _paired(mine, theirs, page, base), found)


class _Sides(NamedTuple):
    site: Site
    page: Page
    facts: Facts
    hugo: Hugo
    lent: frozenset[str]
    """Files of the pages that show the text of another file, which only their layouts do."""


Pair = tuple[Ours | None, Truth | None]


def plain(href: str) -> str:
    """A URL as it is compared: without its encoding, and without a host of its own."""
    return unquote(href.strip(), errors="surrogateescape")


def _paired(mine: list[Ours], theirs: list[Truth], page: Page, base: str) -> Iterator[Pair]:
    """Each distinct link with its counterpart, None if it has none."""
    by_key: dict[str, Truth] = {}
    for truth in theirs:
        by_key.setdefault(plain(truth.href), truth)
    for truth in theirs:
        by_key.setdefault(_address(page, truth.href), truth)
    met, pairs = set[Truth](), dict[str, Pair]()
    for one in mine:
        truth = next((by_key[key] for key in one.keys(base) if key in by_key), None)
        if truth is not None:
            met.add(truth)
        pairs.setdefault(f"{one.link.target} {one.status}", (one, truth))
    yield from pairs.values()
    for truth in dict.fromkeys(theirs):
        if truth not in met:
            yield None, truth


def _address(page: Page, href: str) -> str:
    """The path and the fragment that a link asks for, decoded."""
    try:
        parts = urlsplit(urljoin(page.url, href))
    except ValueError:
        return href
    return plain(parts.path) + (f"#{plain(parts.fragment)}" if parts.fragment else "")


def _compare(sides: _Sides, pairs: Iterator[Pair], found: Comparison) -> None:
    for one, truth in pairs:
        if one is None and truth is not None:
            _only_theirs(sides, truth, found)
        elif one is not None and truth is None:
            _only_ours(sides, one, found)
        elif one is not None and truth is not None:
            _both(sides, one, truth, found)


def _both(sides: _Sides, one: Ours, truth: Truth, found: Comparison) -> None:
    status = one.status
    what = f"{sides.page.source}: {one.link.target!r} is {one.target.status}, in the built site {truth.href!r} is {truth.status}"
    mine, theirs = _SUBJECT.get(status), _SUBJECT.get(truth.status)
    if status == truth.status:
        found.scores[mine or "other links"].both += 1
    elif status == "not-checked":
        if theirs:
            found.unchecked[f"{theirs}: {one.target.reason}"] += 1
    elif doubt := _doubt(sides, one, truth):
        found.uncompared[doubt] += 1
    else:
        if mine:
            found.scores[mine].false.append(what)
        if theirs:
            found.scores[theirs].missed.append(what)
        if not mine and not theirs:
            found.scores["other links"].false.append(what)


def _doubt(sides: _Sides, one: Ours, truth: Truth) -> str:
    """Why the built site does not tell where a link leads on the real one; '' if it does."""
    page = one.target.page
    if one.target.via == "redirect":
        return "links that the host redirects"
    if re.match(r"https?:/[^/]", truth.href, re.IGNORECASE):
        return "links with one slash after the scheme, which another rule reports"
    if "//" in urlsplit(truth.href).path:
        return "links with a double slash, which some hosts take for one"
    if page is not None and page.file in sides.site.addresses.alias_owners:
        return "links to a page whose file an alias claims too: Hugo keeps either"
    if page is not None and page.path in sides.hugo.refused:
        return "links to a page that Hugo refuses"
    if truth.status == "dead-fragment":
        if one.target.status in ("file", "generated"):
            return "fragments of pages that no content file makes"
        if _shown_otherwise(sides, truth):
            return LAYOUT_BRINGS
    return ""


def _shown_otherwise(sides: _Sides, truth: Truth) -> bool:
    """Whether the page behind a link may have more on the real site than in the build."""
    server = sides.hugo.server(sides.page)
    path = urlsplit(urljoin(urljoin(server.base_url, sides.page.url), truth.href)).path
    file = server.file(path)
    return file is not None and (file in sides.lent or sides.hugo.doubtful(server, file))


def _only_ours(sides: _Sides, one: Ours, found: Comparison) -> None:
    """A link that the built page does not have."""
    subject = _SUBJECT.get(one.status)
    if subject is None:
        return
    what = f"{sides.page.source}: {one.link.target!r}"
    if one.target.via == "ref" and one.status == "dead":
        if (sides.page.source, one.link.target) in sides.hugo.dead_refs:
            found.scores[subject].both += 1
        else:
            found.scores[subject].false.append(f"{what} is a dead reference, which Hugo finds")
    elif sides.page.doubt or sides.page.error or _has_shortcodes(sides.facts):
        found.uncompared[f"{subject} inside of shortcodes, not in the built page"] += 1
    else:
        found.scores[subject].false.append(f"{what} is not in the built page")


def _only_theirs(sides: _Sides, truth: Truth, found: Comparison) -> None:
    """A link that vitdlint does not see."""
    subject = _SUBJECT.get(truth.status)
    if subject is None:
        return
    text = _SHORTCODE.sub("", _FRONT.sub("", sides.hugo.source(sides.page)))
    forms = "|".join(map(re.escape, {truth.href, plain(truth.href)} - {""}))
    written = bool(forms) and re.search(rf"(?<![^\s(<\"'=])(?:{forms})(?![^\s)>\"'])", text)
    if truth.status == "dead-fragment" and _shown_otherwise(sides, truth):
        found.uncompared[LAYOUT_BRINGS] += 1
    elif written and not sides.page.doubt and not sides.page.error:
        found.scores[subject].missed.append(
            f"{sides.page.source}: vitdlint does not see {truth.href!r}, which is {truth.status}"
        )
    else:
        found.uncompared[f"{subject} that a shortcode, a render hook or what it includes makes"] += 1


def _has_shortcodes(facts: Facts) -> bool:
    return any(call.name.lower() not in ("ref", "relref") for call in facts.shortcodes)

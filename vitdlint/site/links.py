"""The links of pages, and where they lead on the whole site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import unquote_plus

from ..core.gc import without_gc
from ..core.model import NotChecked
from ..core.rule import RAISED
from ..hugo.publication import Output
from ..page.markdown.bad_schemes import scheme_of
from ..page.markdown.body import Link, Shortcode
from ..page.markdown.prose_links import ProseLink
from ..page.markdown.reversed_links import ReversedLink
from ..page.page import Facts
from .anchors import BY_SHORTCODE
from .answers import Target
from .layout_links import LayoutLinks, layout_links
from .logical import split_ref
from .menus import MenuLink, menu_links
from .relink import goal_of, is_live
from .site import Site
from .suggest import Candidate
from .targets import is_file

_SHOWN_ELSEWHERE_TEXT = "they are in a text that only other pages show, whose layout may change them"

_MAYBE = "only the template of the shortcode around them knows whether they are shown"
_WRONG = frozenset({"dead", "dead-fragment", "unpublished", "fragment-lost"})

Linked = tuple[Output, Link, Target]
"""One link, with the page it is on before it and where it leads after it."""


class Meant(NamedTuple):
    """What a dead link was probably meant for."""

    goal: Target
    title: str
    """Of a page: its title, else its path, else ''."""
    exact: bool
    """See `Candidate`."""


@dataclass(frozen=True)
class Links:
    """The links and shortcode calls of all pages of a site, or of some of them. Each is computed once, when asked for.

    What a rule reports about one page's links must not depend on which other pages are checked with it: where a few
    pages have changed, only theirs are checked.
    """

    site: Site
    some: Mapping[str, Facts] | None = None
    """The facts of some pages whose links are meant, by path, in the order of the paths; None for all pages."""
    with_layouts: bool = False
    """Menus and layouts are meant, too, beside some pages."""

    @cached_property
    def pages(self) -> Mapping[str, Facts]:
        """The facts of the pages whose links are meant, by path, in the order of the paths."""
        return self.site.pages if self.some is None else self.some

    @cached_property
    def all(self) -> tuple[Linked, ...]:
        """Every link of every page that is not hidden by another one, in the order of paths and places."""
        with without_gc():
            return tuple(self._resolved())

    def _resolved(self) -> list[Linked]:
        addresses, resolver = self.site.addresses, self.site.resolver
        outputs, resolve, everywhere = addresses.outputs, resolver.resolve, resolver.everywhere
        several = len(addresses.config.sites) > len(addresses.config.languages)
        found: list[Linked] = []
        for path, facts in self.pages.items():
            page = outputs.get(path)
            if page is None or page.state == "shadowed":
                continue
            only_elsewhere = page.state != "published" and path in addresses.shown_elsewhere
            for link in facts.links:
                here = page
                target = everywhere[link.kind].get(link.target)
                if target is None:
                    if "{{" in link.target and _is_made_by_shortcode(facts, link):
                        continue
                    language = _language(facts, link) if link.kind == "shortcode" else ""
                    home = link.shown == "home"
                    target = resolve(link.target, page, link.kind, link.attribute, language, as_home=home)
                    # What leads somewhere in one version, or for one role, may be dead in another.
                    for other in addresses.made_of(page) if several else ():
                        if target.status != "dead":
                            there = resolve(
                                link.target, other, link.kind, link.attribute, language, as_home=home
                            )
                            if there.status == "dead":
                                here, target = other, there
                if only_elsewhere and target.status == "dead":
                    target = target._replace(status="not-checked", what="links", reason=_SHOWN_ELSEWHERE_TEXT)
                if link.shown in ("maybe", "unknown") and target.status in _WRONG:
                    target = target._replace(status="not-checked", what="links", reason=_MAYBE, host="")
                elif link.shown == "unknown":
                    continue
                found.append((here, link, target))
        return found

    @cached_property
    def _by_status(self) -> Mapping[str, tuple[Linked, ...]]:
        found: dict[str, list[Linked]] = {}
        for linked in self.all:
            found.setdefault(linked[2].status, []).append(linked)
        return {status: tuple(links) for status, links in found.items()}

    def led(self, *statuses: str) -> Iterator[Linked]:
        """The links of those statuses; of several uses of one link definition the first counts for all."""
        seen: set[tuple[str | None, int]] = set()
        for status in statuses:
            for linked in self._by_status.get(status, ()):
                page, link, _target = linked
                if not link.outer_start <= link.start <= link.outer_end:
                    definition = (page.path, link.start)
                    if definition in seen:
                        continue
                    seen.add(definition)
                yield linked

    @cached_property
    def dead(self) -> Mapping[str, tuple[Linked, ...]]:
        """The links that lead nowhere, by the name of the one rule that reports them; none twice at one place."""
        found: dict[str, list[Linked]] = {}
        for linked in self.led("dead"):
            found.setdefault(self._rule_of(linked), []).append(linked)
        return {rule: tuple(links) for rule, links in found.items()}

    def dead_for(self, rule: str) -> Iterator[Linked]:
        """The dead links that a rule reports: of one page no more than are counted, as each takes a while to explain."""
        counts: Counter[str | None] = Counter()
        for linked in self.dead.get(rule, ()):
            path = linked[0].path
            counts[path] += 1
            if counts[path] <= RAISED:
                yield linked

    def _rule_of(self, linked: Linked) -> str:
        _page, link, target = linked
        if target.via == "ref":
            return "dead-ref"
        if target.host and self.site.addresses.legacy.find(target) is not None:
            return "legacy-link"
        prose = self.prose_of(linked)
        if prose is not None:
            return "prose-link" if not prose.plain and self._titled(linked) is None else "dead-link"
        if scheme_of(link) is not None:
            return "missing-scheme"
        return "missing-file" if is_file(link, target.path) else "dead-link"

    def prose_of(self, linked: Linked) -> ProseLink | None:
        """The words in brackets that a link was made of, if it was."""
        page, link, _target = linked
        return self._prose.get((page.path, link.outer_start))

    @cached_property
    def _prose(self) -> Mapping[tuple[str | None, int], ProseLink]:
        return {(path, each.start): each for path, facts in self.pages.items() for each in facts.prose_links}

    def meant(self, linked: Linked) -> Meant | None:
        """What a dead link was probably meant for: by a name that holds a `#`, its file, its name, its title, or similar."""
        page, link, target = linked
        if "#" in link.target and link.kind != "shortcode":
            for text in _with_marks(link.target):
                answer = self.site.resolve(text, page, link.kind, link.attribute)
                if is_live(answer):
                    goal = goal_of(answer.page, answer.fragment, answer.query) if answer.page else answer
                    return Meant(goal, _title(answer.page), exact=True)
        found = None
        if not target.host and link.kind != "shortcode":
            found = self._named(split_ref(link.target)[0], page)
        found = found or self.site.addresses.candidates.page(target.path) or self._titled(linked)
        if found is None:
            return None
        goal = goal_of(found.page, target.fragment, target.query or None)
        return Meant(goal, _title(found.page), found.exact)

    def _named(self, ref: str, page: Output) -> Candidate | None:
        """The page of a file's name: in the page's own site, else in another, as it is not yet translated."""
        logical = self.site.addresses.logical
        named = logical.find(ref, page).page
        if named is not None and named.state == "published":
            return Candidate(named, exact=True)
        for site in self.site.addresses.config.space.sites:
            named = logical.find(ref, page, site).page
            if named is not None and named.state == "published" and named.url != page.url:
                return Candidate(named, exact=False)
        return None

    def _titled(self, linked: Linked) -> Candidate | None:
        """The page whose title or name a target is, as wikis write it: with `+` or `_` for spaces, and escaped."""
        _page, link, target = linked
        if link.kind == "shortcode":
            return None
        name = re.split(r"[?#]", link.target, maxsplit=1)[0]
        if target.host or name.startswith("/"):
            name = name.rstrip("/").rpartition("/")[2]
        return self.site.addresses.candidates.titled(unquote_plus(name))

    @cached_property
    def reversed(self) -> tuple[tuple[Output, ReversedLink, Target], ...]:
        """What may be links the wrong way round, and where they would lead."""
        found = []
        for path, facts in self.pages.items():
            page = self.site.addresses.outputs.get(path) if facts.reversed_links else None
            if page is not None and page.state != "shadowed":
                found += [(page, each, self.site.resolve(each.target, page)) for each in facts.reversed_links]
        return tuple(found)

    @cached_property
    def asked_fragments(self) -> Mapping[str, frozenset[str]]:
        """A page -> the pages of whose links, or of what they are meant for, it decides the fragments."""
        found: dict[str, set[str]] = {}
        for linked in self.all:
            page, _link, target = linked
            if not target.fragment or not page.path:
                continue
            goal: Target | None = target
            if target.status in ("dead", "not-checked") and target.page is None:
                goal = self.site.addresses.legacy.find(target) if target.host else None
                if goal is None and target.status == "dead" and target.via != "ref":
                    meant = self.meant(linked)
                    goal = meant.goal if meant is not None else None
            if goal is not None and goal.page is not None and goal.page.path:
                found.setdefault(goal.page.path, set()).add(page.path)
        for page, _, target in self.reversed:
            if target.fragment and target.page is not None and target.page.path and page.path:
                found.setdefault(target.page.path, set()).add(page.path)
        return {path: frozenset(sources) for path, sources in found.items()}

    @cached_property
    def unknown_shortcodes(self) -> tuple[tuple[str, Shortcode], ...]:
        """The calls of shortcodes without a template, with the paths of their pages."""
        known = self.site.addresses.publication.shortcodes
        return tuple(
            (path, call)
            for path, facts in self.pages.items()
            for call in facts.shortcodes
            if not call.closing and call.name.lower() not in known and not call.name.endswith(".inline")
        )

    @cached_property
    def menus(self) -> tuple[MenuLink, ...]:
        """The entries of the site's menus; none where only some pages are meant."""
        return tuple(menu_links(self.site)) if self.some is None or self.with_layouts else ()

    @cached_property
    def of_layouts(self) -> LayoutLinks:
        """The links of the site's own layouts, data files and translations; none where only some pages are meant."""
        return layout_links(self.site) if self.some is None or self.with_layouts else LayoutLinks()

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What could not be checked, each with its reason, counted."""
        counts: dict[tuple[str, str, str], int] = {}
        linked = [target for _page, _link, target in self._by_status.get("not-checked", ())]
        for target in (*linked, *(e.target for e in self.menus if e.target.status == "not-checked")):
            by = target.by
            if target.reason == BY_SHORTCODE and target.page is not None:
                by = self.site.anchors.maker(target.page)
            key = (target.what, target.reason, by)
            counts[key] = counts.get(key, 0) + 1
        missing = self.site.addresses.missing.shortcodes
        if missing is not None:
            unknown = sum(1 for _path, _call in self.unknown_shortcodes)
            if unknown:
                reason = f"{missing.name}: {missing.reason}, and that could supply them"
                counts["shortcodes", reason, ""] = unknown
        for left in self.of_layouts.not_checked:
            counts[left.what, left.reason, ""] = left.count
        part = self.site.addresses.missing.configuration
        if part is not None and self.some is None and self.site.addresses.url_owners:
            reason = f"{part.name}: {part.reason}, and it could give the pages other URLs"
            counts["URLs of several pages", reason, ""] = len(self.site.addresses.url_owners)
        return tuple(NotChecked(w, reason, count, by) for (w, reason, by), count in sorted(counts.items()))


def _with_marks(target: str) -> Iterator[str]:
    """A target with each `#` as part of a name, and with all but the last."""
    yield target.replace("#", "%23")
    name, mark, fragment = target.rpartition("#")
    if "#" in name:
        yield name.replace("#", "%23") + mark + fragment


def _title(page: Output | None) -> str:
    return "" if page is None else page.title or page.path or ""


def _is_made_by_shortcode(facts: Facts, link: Link) -> bool:
    """Whether a target is a shortcode call whose own link is checked: `[text]({{< ref "page" >}})`."""
    return any(
        other.kind == "shortcode" and link.start <= other.outer_start and other.outer_end <= link.end
        for other in facts.links
    )


def _language(facts: Facts, link: Link) -> str:
    """The `lang` parameter of the `ref` or `relref` call that a link is."""
    index = bisect_right(facts.shortcodes, link.start, key=attrgetter("start")) - 1
    if index < 0 or link.start >= facts.shortcodes[index].end:
        return ""
    return next((p.value for p in facts.shortcodes[index].params if p.name == "lang"), "")

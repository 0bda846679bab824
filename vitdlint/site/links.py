"""The links of pages, and where they lead on the whole site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..core.gc import without_gc
from ..core.model import NotChecked
from ..hugo.publication import Output
from ..page.markdown.body import Link, Shortcode
from ..page.page import Facts
from .anchors import BY_SHORTCODE
from .answers import Target
from .logical import split_ref
from .site import Site
from .suggest import Candidate
from .targets import is_file, lacks_a_scheme

_SHOWN_ELSEWHERE_TEXT = "they stand in a text that only other pages show, whose layout may change them"

Linked = tuple[Output, Link, Target]
"""One link, with the page it stands on before it and where it leads after it."""


@dataclass(frozen=True)
class Links:
    """The links and shortcode calls of all pages of a site, or of some of them. Each is computed once, when asked for.

    What a rule reports about one page's links must not depend on which other pages are checked with it: where a few
    pages have changed, only theirs are checked.
    """

    site: Site
    some: Mapping[str, Facts] | None = None
    """The facts of some pages whose links are meant, by path, in the order of the paths; None for all pages."""

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
        found: list[Linked] = []
        for path, facts in self.pages.items():
            page = outputs.get(path)
            if page is None or page.state == "shadowed":
                continue
            only_elsewhere = page.state != "published" and path in addresses.shown_elsewhere
            for link in facts.links:
                target = everywhere[link.kind].get(link.target)
                if target is None:
                    if "{{" in link.target and _is_made_by_shortcode(facts, link):
                        continue
                    language = _language(facts, link) if link.kind == "shortcode" else ""
                    target = resolve(link.target, page, link.kind, link.attribute, language)
                if only_elsewhere and target.status == "dead":
                    target = target._replace(status="not-checked", what="links", reason=_SHOWN_ELSEWHERE_TEXT)
                found.append((page, link, target))
        return found

    @cached_property
    def _by_status(self) -> Mapping[str, tuple[Linked, ...]]:
        found: dict[str, list[Linked]] = {}
        for linked in self.all:
            found.setdefault(linked[2].status, []).append(linked)
        return {status: tuple(links) for status, links in found.items()}

    def led(self, *statuses: str) -> Iterator[Linked]:
        """The links of those statuses; of several uses of one link definition the first stands for all."""
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
        """The links that lead nowhere, by the name of the one rule that tells of them; none twice at one place."""
        found: dict[str, list[Linked]] = {}
        for linked in self.led("dead"):
            found.setdefault(self._teller(linked), []).append(linked)
        return {rule: tuple(links) for rule, links in found.items()}

    def _teller(self, linked: Linked) -> str:
        page, link, target = linked
        if target.via == "ref":
            return "dead-ref"
        if target.host and self.site.addresses.legacy.find(target) is not None:
            return "legacy-link"
        if any(p.start == link.outer_start for p in self.pages[page.path or ""].prose_links):
            return "prose-link"
        if lacks_a_scheme(link):
            return "missing-scheme"
        return "missing-file" if is_file(link, target.path) else "dead-link"

    def meant(self, linked: Linked) -> Candidate | None:
        """The page that a dead link was probably meant for: by its file's name, else by its own or a similar name."""
        page, link, target = linked
        if not target.host and link.kind != "shortcode":
            logical, ref = self.site.addresses.logical, split_ref(link.target)[0]
            found = logical.find(ref, page).page
            if found is not None and found.state == "published":
                return Candidate(found, exact=True)
            for language in self.site.addresses.config.languages:  # the page itself, not yet translated
                found = logical.find(ref, page, language.name).page
                if found is not None and found.state == "published" and found.url != page.url:
                    return Candidate(found, exact=False)
        return self.site.addresses.candidates.page(target.path)

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
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What could not be judged, each with its reason, counted."""
        counts: dict[tuple[str, str, str], int] = {}
        for _page, _link, target in self._by_status.get("not-checked", ()):
            by = target.by
            if target.reason == BY_SHORTCODE and target.page is not None:
                by = self.site.anchors.maker(target.page)
            key = (target.what, target.reason, by)
            counts[key] = counts.get(key, 0) + 1
        missing = self.site.addresses.missing.templates
        if missing is not None:
            unknown = sum(1 for _path, _call in self.unknown_shortcodes)
            if unknown:
                reason = f"{missing.name}: {missing.reason}, and that could supply them"
                counts["shortcodes", reason, ""] = unknown
        return tuple(NotChecked(w, reason, count, by) for (w, reason, by), count in sorted(counts.items()))


def _is_made_by_shortcode(facts: Facts, link: Link) -> bool:
    """Whether a target is a shortcode call whose own link is judged: `[text]({{< ref "page" >}})`."""
    return any(
        other.kind == "shortcode" and link.start <= other.outer_start and other.outer_end <= link.end
        for other in facts.links
    )


def _language(facts: Facts, link: Link) -> str:
    """The `lang` parameter of the `ref` or `relref` call that a link is."""
    for call in facts.shortcodes:
        if call.start <= link.start < call.end:
            return next((p.value for p in call.params if p.name == "lang"), "")
    return ""

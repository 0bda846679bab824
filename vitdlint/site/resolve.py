"""Where a link leads: the one question that a site answers."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from ..hugo.publication import Output
from ..hugo.render_hooks import ANYTHING, FINDS
from ..hugo.shortcode_ways import PAGE, REF, SITE, URL
from ..hugo.space import SiteKey
from .addresses import Addresses
from .anchors import Anchors
from .answers import ELSEWHERE, EXTERNAL, SHOWN_ELSEWHERE, STATUS, Target
from .go_urls import refused
from .logical import split_ref
from .missing import supplied_by
from .paths import Paths
from .resources import asset, beside, looked_up
from .roots import nearest
from .targets import (
    UrlParts,
    bare_fragment,
    decode,
    is_elsewhere,
    join,
    leads_somewhere,
    parse,
    without_dots,
)


class Resolver:
    """Answers for one site. Keeps every answer, and never touches the disk."""

    def __init__(self, addresses: Addresses, anchors: Anchors) -> None:
        config = addresses.config
        self._addresses = addresses
        self._anchors = anchors
        self._missing = addresses.missing
        self._withheld = addresses.publication.withheld
        self._hooked_links = addresses.publication.hooked_links
        self._roots = addresses.roots
        self._paths = Paths(addresses)
        self._at = self._paths.at
        self._rewritten = bool(config.raw.get("relativeurls"))
        """Hugo rewrites links that start with `/`; see `_as_rewritten`."""
        self._folders = {each.name: each.host_folder for each in config.languages if config.multihost}
        """Language -> folder of its output files, where each language has a base URL of its own; else empty."""
        self._hooks = {
            (each.name, kind): addresses.render_hook(kind, mode)
            for each in config.languages
            for kind, mode in each.embedded_hooks.items()
        }
        """Language and kind of render hook -> see `Addresses.render_hook`."""
        self._hooked = {kind for (_language, kind), hook in self._hooks.items() if hook}
        self.everywhere: dict[str, dict[str, Target]] = {kind: {} for kind in _HOOK}
        """Kind of link -> targets that lead to the same from every page, as far as they were asked for."""
        self._plain_kinds = (
            frozenset(k for k in ("link", "image", "html") if _HOOK[k] not in self._hooked)
            if not self._rewritten and not self._folders
            else frozenset[str]()
        )
        """Kinds of link whose path, where it starts with `/`, is simply looked up."""
        self._own_pages: dict[tuple[SiteKey, str, str | None], Target] = {}
        self._logical_answers: dict[tuple[SiteKey, str], Target | None] = {}
        self._parts: dict[str, UrlParts] = {}

    def resolve(
        self,
        target: str,
        page: Output,
        kind: str = "link",
        attribute: str = "",
        language: str = "",
        *,
        as_home: bool = False,
    ) -> Target:
        """Where a target leads from a page; `as_home` if a render hook sees the home page in its place.

        `kind` and `attribute` are those of a `Link`; `language` is the `lang` parameter of `ref` and `relref`.
        """
        if kind == "shortcode":
            name, _, ways = attribute.partition(" ")
            if ways:
                return self._by_template(target, page, ways, language)
            if name.partition(".")[0].lower() in ("ref", "relref"):
                return self._ref(target, page, language)
        elif "{{" in target and ("{{<" in target or "{{%" in target):
            return Target("not-checked", reason="a shortcode makes the target", what="links")
        elif self._hooks.get((page.language, _HOOK[kind])) == "embedded" and refused(target):
            return Target("dead", path=target, reason=_REFUSED.format(_HOOK[kind]))
        elif target[:1] == "/" and kind in self._plain_kinds and not _NEEDS_PARSING.search(target):
            answer = self._at(without_dots(target))
            if answer.path[1:] in self._withheld:
                return self._with_its_page(answer, page)
            self.everywhere[kind][target] = answer
            return answer
        if target.startswith(("https://", "http://")) and is_elsewhere(target, self._paths.origins):
            self.everywhere[kind][target] = EXTERNAL
            return EXTERNAL
        parts = self._parse(target, kind)
        if parts.kind in ("external", "other"):
            self.everywhere[kind][target] = EXTERNAL
            return EXTERNAL
        hook = "resource" if attribute == "figure.src" else self._hooks.get((page.language, _HOOK[kind]), "")
        seen = (self._addresses.logical.at(page.site, "/") or page) if as_home else page
        if parts.kind == "fragment" and hook == "embedded" and parts.fragment:
            return self._own(seen, parts)
        if parts.kind == "fragment":
            answer = self._own(page, parts)
            return SHOWN_ELSEWHERE if answer.status == "dead-fragment" and page.state in ELSEWHERE else answer
        if hook in ("embedded", "resource") and not parts.host:
            found = self._by_hook(parts, seen, hook if hook == "resource" else _HOOK[kind])
            if found is not None:
                return found
        if parts.kind == "path":
            path = parts.path
            if self._rewritten and not parts.host:
                path = self._as_rewritten(path, self._own_folder(page))
            answer = self._with(self._on_host(path, page, parts.host), parts)
            if answer.path[1:] in self._withheld:
                answer = self._with_its_page(answer, page)
            elif not hook and _HOOK[kind] not in self._hooked and kind != "shortcode" and not self._folders:
                self.everywhere[kind][target] = answer
        elif page.state in ELSEWHERE or not page.url:  # none: another file is taken in its place
            return SHOWN_ELSEWHERE
        else:
            answer = self._with(self._on_host(join(page.url, parts.path), page), parts)
            answer = self._with_its_page(answer, page)
        if (hook == FINDS and not parts.host) or hook == ANYTHING:
            answer = self._by_own_hook(answer, parts, seen, _HOOK[kind])
            return self._as_hugo_said(answer, target, page, kind)
        if hook == "unknown" and answer.status in ("dead", "unpublished") and not parts.host:
            return self._perhaps_by_hook(answer, parts, page, _HOOK[kind])
        return answer

    def named_file(self, value: str, page: Output) -> Target:
        """Where the path of a file leads that front matter names: beside the page, in `assets/`, else as a URL.

        A theme may make the URL from the root of the host, from that of the site, or from the page's own.
        """
        parts = self._parse(value, "html")
        if parts.kind in ("external", "other"):
            return EXTERNAL
        found = None if parts.host else self._by_hook(parts, page, "image")
        if found is not None:
            return found
        path = parts.path.lstrip("/")
        base = self._roots[self._own_folder(page)].base
        ways = (base + path, f"/{path}" if parts.kind == "path" else join(page.url or "/", path))
        answers = [self._on_host(without_dots(way), page, parts.host) for way in dict.fromkeys(ways)]
        return next((answer for answer in answers if answer.status != "dead"), answers[0])

    def _as_hugo_said(self, answer: Target, target: str, page: Output, kind: str) -> Target:
        """The answer where only a render hook knows: that of the address which it has made of the link."""
        if answer.status != "not-checked":
            return answer
        made = self._hooked_links.get((page.language, page.logical, _HOOK[kind], target), ())
        found = [self.resolve(url, page, "html") for url in made]
        wrong = [each for each in found if each.status in _WRONG]
        # One text of the link may lead somewhere and another not: then it is not known which this one is.
        return found[0] if found and len(wrong) in (0, len(found)) else answer

    def perhaps(self, target: str, page: Output, kind: str = "link", attribute: str = "") -> Target | None:
        """What a render hook of the site's own, or of a theme that is not on disk, may make of a target.

        Such a hook may look for logical paths, as Hugo's own do; None if there is none, or none would find anything.
        """
        hook = self._hooks.get((page.language, _HOOK[kind]), "")
        if attribute == "figure.src" or hook not in (FINDS, ANYTHING, "unknown"):
            return None
        parts = self._parse(target, kind)
        if parts.host or parts.kind not in ("path", "relative"):
            return None
        return self._by_hook(parts, page, _HOOK[kind])

    def _with_its_page(self, answer: Target, page: Output) -> Target:
        """The answer where the target is a file that comes with the page itself, which is not published now."""
        folder = f"{self._folders[page.language]}/" if self._folders else ""
        if page.path is None or self._withheld.get(folder + answer.path[1:]) != page.path:
            return answer
        return answer._replace(status="file") if answer.status == "dead" else answer

    def _parse(self, target: str, kind: str) -> UrlParts:
        markdown = kind not in ("html", "shortcode")
        key = target if markdown else "\n" + target
        parts = self._parts.get(key)
        if parts is None:
            parts = self._parts[key] = parse(
                target, self._paths.origins, self._paths.base_path, markdown=markdown
            )
        return parts

    def _own(self, page: Output, parts: UrlParts) -> Target:
        key = (page.site, page.url, page.path)
        answer = self._own_pages.get(key)
        if answer is None:
            path = decode(self._paths.below(page.url, self._own_folder(page)) or "/")
            answer = self._own_pages[key] = Target(STATUS[page.kind], page.url, path, page, file=page.file)
        return self._with(answer, parts) if parts.fragment else answer

    def _own_folder(self, page: Output) -> str:
        """Where the published files of a page's own root are; '' for the public folder itself."""
        return self._folders.get(page.language, "") if self._folders else ""

    def _on_host(self, path: str, page: Output, host: str = "") -> Target:
        """The answer for an absolute path on the page's own host, or on another one of the site's."""
        own = self._own_folder(page)
        if not self._folders:
            return self._at(path)
        host = host or self._roots[own].host
        roots = [root for root in self._roots.values() if root.host == host]
        if roots:
            root = nearest(roots, path)
            return self._at(path, (root or roots[0]).folder)
        answers = [
            self._at(self._roots[folder].base + path[1:], folder)
            for folder in dict.fromkeys((own, *self._folders.values()))
        ]
        answer = next((answer for answer in answers if answer.status != "dead"), answers[0])
        return answer._replace(via=answer.via or "old-host")

    def _with(self, answer: Target, parts: UrlParts) -> Target:
        """The answer for a path, completed by the rest of the link."""
        if parts.fragment is None and parts.query is None and not parts.host:
            return answer
        status, reason, what = answer.status, answer.reason, answer.what
        fragment = bare_fragment(parts.fragment)
        if not leads_somewhere(fragment):
            if status == "alias" or answer.via == "redirect-page":
                status = "fragment-lost"
            elif status in ("page", "section", "term") and answer.page is not None:
                known = self._anchors.has(answer.page, fragment)
                if known is False:
                    status = "dead-fragment"
                elif known is not True:
                    status, reason, what = "not-checked", known, "fragments"
        # Positional, as this is the busiest line of all: _replace takes thrice as long.
        return Target(
            status,
            answer.url,
            answer.path,
            answer.page,
            answer.alias,
            fragment,
            parts.query,
            parts.host,
            answer.source,
            reason,
            what,
            answer.via,
            answer.by,
            answer.file,
        )

    def _ref(self, target: str, page: Output, language: str) -> Target:
        logical, fragment = split_ref(target)
        parts = UrlParts("path", "", None, fragment)
        if not logical:
            if fragment:
                return self._own(page, parts)
            return Target("dead", reason="an empty reference makes an empty link", via="ref")
        if ":" in logical.partition("/")[0]:
            return Target("dead", reason="Hugo makes an empty link of a reference to another site", via="ref")
        site = self._addresses.config.space.referred(language, page.site)
        found = self._addresses.logical.find(logical, page, site, by_name=True)
        if found.page is None:
            if not found.ambiguous and (unknown := self._perhaps_page(logical, page, site)):
                return unknown
            names = ", ".join(f'"{p.logical}"' for p in found.ambiguous[:3])
            return Target(
                "dead",
                path=logical,
                page=None
                if names
                else self._addresses.not_loaded.find(logical, page, site, by_name=True).page,
                reason=f"several pages have that name: {names}" if names else "",
                via="ref",
            )
        if found.page.state != "published":
            return Target("unpublished", found.page.url, logical, found.page, via="ref")
        return self._with(self._by_url(found.page, "ref"), parts)

    def by_page_ref(self, ref: str, home: Output) -> Target:
        """Where the `pageRef` of a menu's entry leads, in the language of that home page."""
        found = self._addresses.logical.find(ref, home, by_name=True).page
        if found is None:
            return self._perhaps_page(ref, home) or Target("dead", path=ref, via="ref")
        status = "page" if found.state == "published" else "unpublished"
        return Target(status, found.url, ref, found, via="ref")

    def _perhaps_page(self, ref: str, page: Output, site: SiteKey | None = None) -> Target | None:
        """The answer for a reference to what a part that is not on disk could supply."""
        part = self._missing.page_supplier(ref, page, site or page.site)
        return None if part is None else supplied_by(part, ref, "references")._replace(via="ref")

    def _by_logical_path(self, path: str, page: Output) -> Target | None:
        key = (page.site, path) if path.startswith("/") else None
        if key is not None and key in self._logical_answers:
            return self._logical_answers[key]
        found = self._addresses.logical.find(path, page).page
        answer = None if found is None or found.state != "published" else self._by_url(found, "logical")
        if key is not None:
            self._logical_answers[key] = answer
        return answer

    def _by_url(self, page: Output, via: str) -> Target:
        """The answer for a page whose URL Hugo writes into the link; not every URL that it writes leads to its page."""
        folder = self._own_folder(page)
        url = page.url.partition("?")[0]
        path = url if via == "ref" else self._as_rewritten(url, folder)
        answer = self._at(path, folder)._replace(via=via)
        if answer.page is page:
            return answer
        return answer._replace(
            reason=f'Hugo links to "{page.url}", which does not lead to "{page.path or page.logical}"'
        )

    def _as_rewritten(self, path: str, folder: str) -> str:
        """Where relativeURLs makes a path lead: below the base path, also if its own render hooks have put that before it.

        Hugo counts the folders of the file; that of the language, on a host of its own, is none of the URL.
        """
        if not self._rewritten:
            return path
        base = self._roots[folder].base[:-1]
        return (base.rpartition("/")[0] if folder else base) + path

    def _perhaps_by_hook(self, answer: Target, parts: UrlParts, page: Output, hook: str) -> Target:
        """The answer where a theme that is not on disk may have a render hook: unknown, if it names a file of the site.

        `b.md` is written for such a hook, or for the forge; `b` is more likely a link that is wrong.
        """
        part, found = self._missing.templates, self._by_hook(parts, page, hook)
        if part is None or found is None:
            return answer
        source = (found.page.path if found.page is not None else found.source) or ""
        if not parts.path.lower().endswith(posixpath.splitext(source)[1].lower() or "/"):
            return answer
        reason = f"{part.name}: {part.reason}, and its render hook could resolve them"
        return answer._replace(status="not-checked", reason=reason, what="links")

    def _by_own_hook(self, answer: Target, parts: UrlParts, page: Output, hook: str) -> Target:
        """The answer where a render hook of the site's own may find a page before anybody asks for the path.

        What it looks for is not known: nothing is wrong with a link that works either way.
        """
        if answer.status not in _WRONG:
            return answer
        found = self._by_hook(parts, page, hook)
        if found is not None and (answer.status != "dead-fragment" or found.status not in _WRONG):
            return found
        if parts.kind != "relative" or answer.status not in ("dead", "unpublished"):
            return answer
        reason = f"the site's own render-{hook} hook may resolve them"
        return answer._replace(status="not-checked", reason=reason, what="relative links")

    def _by_hook(self, parts: UrlParts, page: Output, hook: str) -> Target | None:
        """What a render hook that knows logical paths finds: a page (links only), a page resource, or an asset."""
        path = unquote(parts.path).removeprefix("./")
        if hook == "link":
            found = self._by_logical_path(path, page)
            if found is not None:
                return self._with(found, parts)
        return beside(self._addresses, path, page) or asset(self._addresses, path, self._own_folder(page))

    def _by_template(self, target: str, page: Output, ways: str, language: str) -> Target:
        """Where the template of a shortcode leads with a value, in one of the ways that it has; see `shortcode_ways`."""
        answers = []
        for way in ways.split(" "):
            answers.append(self._by_way(way, target, page, language))
            if answers[-1].status != "dead":
                return answers[-1]
        return answers[-1]

    def _by_way(self, way: str, target: str, page: Output, language: str) -> Target:
        if way == REF:
            return self._ref(target, page, language)
        parts = self._parse(target, "shortcode")
        if way == URL or parts.kind in ("external", "other"):
            return self.resolve(target, page, "html")
        if way == SITE:
            return self.named_file(target, page)
        if way == PAGE:
            return self._with(self.by_page_ref(parts.path, page), parts)._replace(via="page")
        return looked_up(self._addresses, unquote(target), page, self._own_folder(page), way)


_WRONG = frozenset({"dead", "unpublished", "alias", "fragment-lost", "dead-fragment"})
_NEEDS_PARSING = re.compile(r"[#?\\\s]|\A//")
"""In a target that starts with `/`: more than a path, or what a browser corrects."""
_REFUSED = "Hugo's {} render hook cannot parse it, and its build fails"
_HOOK = {"link": "link", "autolink": "link", "bare": "link", "image": "image", "html": "", "shortcode": ""}

"""The pages of one site as they are published: URL, file, state and aliases of each (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Mapping

from ..frontmatter.block import Pointer
from .aliases import alias_file, quick_alias, url_of_file
from .assemble import Assembled
from .cast import named_texts
from .formats import REDIRECTS, OutputFormat
from .layouts import Layouts
from .node import Node
from .own_templates import OwnTemplates
from .publication import Alias, Output
from .route import Route
from .target_paths import TargetPaths
from .templates import HTML_SUFFIXES
from .terms import items


class PageOutputs:
    """The outputs of one site."""

    def __init__(
        self,
        made: Assembled,
        layouts: Layouts,
        own_templates: OwnTemplates,
        route: Route,
        texts: Mapping[str, str],
    ) -> None:
        self.config = route.config
        self.site = route.site
        self.language = route.language
        self.made = made
        self.layouts = layouts
        self.own_templates = own_templates
        self.route = route
        self.texts = texts
        """Content files by what `readFile` finds them by: their path, and that below the content folder."""
        self.more: dict[str, str | None] = {}
        """Files in other output formats than a page's first."""
        self.refused: list[tuple[str, Pointer]] = []
        """See `Publication.refused_aliases`."""
        self.text_names: set[str] = set()
        """See `Publication`."""
        self.to_host = any(form.base_name == REDIRECTS for form in self.config.default.formats.values())

    def outputs(self) -> list[Output]:
        """One output for each page, built or not."""
        found = [self._output(node) for node in self.made.nodes.values()]
        found += [self._output(node) for node in self.made.shadowed]
        return found + [self._bundled(node) for node in self.made.bundled]

    def _bundled(self, node: Node) -> Output:
        """A page inside a leaf bundle has no URL of its own: what a template shows of it is on the bundle's page."""
        base = node.base
        while base not in self.made.nodes:
            base = base.rpartition("/")[0]
        owner = self._output(self.made.nodes[base])
        path = node.source.path if node.source else None
        return Output(
            "page", self.site.key, path, node.base, owner.url, "", "resource", node.title, (), node.empty
        )

    def _output(self, node: Node) -> Output:
        listed = self.route.formats(node)
        main = self._main(listed)
        path = node.source.path if node.source else None
        logical = node.base or "/"
        if main is None:
            return Output(node.kind, self.site.key, path, logical, "", "", "not-rendered", empty=node.empty)
        paths = self.route.target_paths(node, main)
        state = node.state
        aliases: tuple[Alias, ...] = ()
        also_html = False
        if state == "published":
            if not self._rendered(node, main):
                state = "not-rendered"
            if "aliases" in node.params and not self.language.disable_aliases:
                aliases = self._aliases(node, listed, main, paths)
            if len(listed) > 1:
                also_html = self._more(node, listed, main)
        return Output(
            node.kind,
            self.site.key,
            path,
            logical,
            self.route.with_base(paths.link),
            paths.file,
            state,
            self.route.title(node),
            aliases,
            node.empty,
            node.bundle,
            node.taxonomy,
            node.term,
            self._text_from(node),
            node.aliases if self.to_host else (),
            also_html,
            node.empty and node.kind == "page" and self._filled(node),
        )

    def _filled(self, node: Node) -> bool:
        type_ = node.params.get("type")
        own = type_ if isinstance(type_, str) else ""
        return self.own_templates.fill(node.base, own, self.language.name, node.own)

    def _text_from(self, node: Node) -> str:
        """The content file that the front matter names for a text: an empty page may do so by its logical path."""
        own = node.source.path if node.source is not None else ""
        names = list(named_texts(node.own.values()))
        found = [self.texts.get(name, "") for name in names]
        if node.empty and node.kind == "page":
            named = (v for k, v in node.own.items() if isinstance(v, str) and "/" in v and k != "url")
            logical = [f"/{value.strip('/').lower()}" for value in named]
            pages = (self.made.nodes.get(each) for each in logical)
            found += [page.source.path for page in pages if page is not None and page.source is not None]
            names += logical
        self.text_names.update(names)
        return next((path for path in found if path and path != own), "")

    def _main(self, listed: tuple[OutputFormat, ...]) -> OutputFormat | None:
        """The format whose URL is the page's."""
        if len(listed) == 1:
            return listed[0]
        return next((f for f in listed if f.html and f.permalinkable), listed[0] if listed else None)

    def _rendered(self, node: Node, form: OutputFormat) -> bool:
        if form.suffix not in HTML_SUFFIXES:
            return self.layouts.renders_format(form.name, form.suffix[1:], self.language.formats)
        if node.kind in self.layouts.root:
            return True
        params = node.params
        layout, type_ = params.get("layout"), params.get("type")
        return self.layouts.renders(
            node.kind,
            node.base,
            layout if isinstance(layout, str) else "",
            type_ if isinstance(type_, str) else "",
            self.language.taxonomies.get(node.taxonomy, ""),
        )

    def _aliases(
        self, node: Node, listed: tuple[OutputFormat, ...], main: OutputFormat, of_main: TargetPaths
    ) -> tuple[Alias, ...]:
        found: list[Alias] = []
        language = self.language
        raw = node.params["aliases"]
        aliases = node.aliases
        pointer: Pointer = ("aliases",) if "aliases" in node.own else ()
        places = (
            items("aliases", len(aliases)) if pointer and isinstance(raw, list) else (pointer,) * len(aliases)
        )
        ugly = language.ugly(node.section)
        for form in listed:
            if not (form.html and form.permalinkable):
                continue
            paths = of_main if form is main else self.route.target_paths(node, form)
            to = "" if form is main else paths.file
            simple = form is self.route.plain_html and not self.site.folder
            for alias, place in zip(aliases, places, strict=True):
                quick = quick_alias(alias, ugly=ugly, base_path=language.base_path) if simple else None
                if quick is not None:
                    found.append(Alias(*quick, place, to))
                    continue
                file = alias_file(alias, paths, form, ugly=ugly, folder=self.site.folder)
                if file is not None:
                    url = url_of_file(self._public(file), language.base_path)
                    found.append(Alias(file, url, place, to))
                elif node.source is not None:
                    self.refused.append((node.source.path, place))
        return tuple(found)

    def _public(self, file: str) -> str:
        """A file's path as its own host sees it."""
        return file.removeprefix(f"{self.language.host_folder}/") if self.config.multihost else file

    def _more(self, node: Node, listed: tuple[OutputFormat, ...], main: OutputFormat) -> bool:
        """Keep the files of the other formats; whether one of them is HTML."""
        others = [form for form in listed if form is not main and self._rendered(node, form)]
        self.more |= {self.route.target_paths(node, form).file: None for form in others}
        return any(form.html for form in others)

"""From a site's files and their front matter to everything that Hugo 0.168 writes, and every URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..core.gc import without_gc
from ..files.tree import Tree
from ..frontmatter.block import Pointer
from .adapters import content_adapters
from .aliases import alias_file, quick_alias, url_of_file
from .assemble import Assembled, assemble
from .assets import asset_files, layout_facts
from .cast import named_texts
from .config import HugoConfig
from .files import ContentFile, content_files
from .formats import REDIRECTS, OutputFormat
from .generated import generate, pages_elsewhere
from .layouts import Layouts, read_layouts
from .node import Node, ParsedPage
from .own_templates import OwnTemplates
from .page_dates import Clock
from .placement import Placement
from .publication import Alias, Output, Publication, Term
from .render_hooks import render_hooks
from .resources import Resources, resource_files, static_files
from .route import Route
from .shortcode_parameters import shortcode_parameters
from .shortcode_templates import anchorless_shortcodes
from .target_paths import TargetPaths
from .templates import HTML_SUFFIXES, Templates
from .terms import items
from .unmounted import unmounted
from .written_links import written_links

__all__ = ["content_files", "publish"]


def publish(
    config: HugoConfig,
    tree: Tree,
    pages: Mapping[str, ParsedPage],
    now: datetime,
    listed: tuple[ContentFile, ...] | None = None,
    templates: Templates | None = None,
) -> Publication:
    """Everything that Hugo makes of the site at that time (which has a time zone).

    `pages` are the files that `content_files` lists as pages, by path; one that is missing is taken for a page without
    front matter. `listed` is what `content_files` said, where it has been asked already, and `templates` are those of the
    tree, where some have been read.
    """
    if listed is None:
        listed = content_files(config, tree)
    # Hundreds of thousands of small objects come into being, none of them in a cycle: collecting would take half
    # of the time.
    with without_gc():
        return _publish(tree, pages, now, listed, templates or Templates(config, tree))


def _publish(
    tree: Tree,
    pages: Mapping[str, ParsedPage],
    now: datetime,
    listed: tuple[ContentFile, ...],
    templates: Templates,
) -> Publication:
    config = templates.config
    placement = Placement(config, listed, pages)
    listed = placement.files
    layouts = read_layouts(templates)
    own_templates = OwnTemplates(templates)
    outputs: list[Output] = []
    terms: list[Term] = []
    files: dict[str, str | None] = {}
    redirects: dict[str, str] = {}
    refused: list[tuple[str, Pointer]] = []
    routes: list[Route] = []
    assembled = assemble(config, placement, pages, now)
    texts = {name: f.path for f in reversed(listed) if f.is_page for name in (f.virtual, f.path)}
    bases = {base for made in assembled for base, node in made.nodes.items() if not node.dropped}
    elsewhere = pages_elsewhere(config, assembled) if layouts.pager_sizes else ()
    for site, made in zip(config.sites, assembled, strict=True):
        route = Route(config, site, made.nodes, bases, Clock(site.language, now))
        own = _Pages(made, layouts, own_templates, route, texts)
        outputs += own.outputs()
        terms += made.terms
        files |= own.more
        refused += own.refused
        generated = generate(made, layouts, route, elsewhere)
        files |= generated.files
        redirects |= generated.redirects
        routes.append(route)
    resources = resource_files(config, routes, listed)
    files |= resources.files
    outputs += _unclaimed(config, listed)
    files |= static_files(config, tree)
    anchorless, around = anchorless_shortcodes(templates)
    ids, keys = layout_facts(templates)
    written, computed = written_links(templates, tree)
    return Publication(
        outputs=tuple(outputs),
        terms=tuple(terms),
        files=files,
        redirect_files=redirects,
        refused_aliases=tuple(dict.fromkeys(refused)),
        resources=resources.found,
        withheld=resources.withheld,
        tied=resources.tied,
        on_demand=frozenset(resources.on_demand) if _asks_for_files(templates, resources) else frozenset(),
        missing=(*layouts.missing, *content_adapters(tree, routes, listed), *unmounted(config, tree)),
        shortcodes=layouts.shortcodes,
        inner_shortcodes=layouts.inner_shortcodes,
        shortcode_parameters=shortcode_parameters(templates),
        render_hooks=render_hooks(templates),
        assets=asset_files(config, tree),
        anchorless_shortcodes=anchorless,
        inner_only_shortcodes=around,
        layout_ids=ids,
        written_links=written,
        computed_links=computed,
        media_keys=keys,
    )


def _asks_for_files(templates: Templates, resources: Resources) -> bool:
    """Whether a template, or Hugo's own render hooks, may publish files that their page does not publish."""
    if not resources.on_demand:
        return False
    if any(mode != "never" for each in templates.config.languages for mode in each.embedded_hooks.values()):
        return True
    return any(".Resources" in (templates.text(path) or "") for path, _ in templates.all)


class _Pages:
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
        return self.own_templates.fill(node.base, own, self.language.name)

    def _text_from(self, node: Node) -> str:
        """The content file that the front matter names for a text: an empty page may do so by its logical path."""
        own = node.source.path if node.source is not None else ""
        found = [self.texts.get(name, "") for name in named_texts(node.own.values())]
        if node.empty and node.kind == "page":
            named = (v for k, v in node.own.items() if isinstance(v, str) and "/" in v and k != "url")
            pages = (self.made.nodes.get(f"/{value.strip('/').lower()}") for value in named)
            found += [page.source.path for page in pages if page is not None and page.source is not None]
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


def _unclaimed(config: HugoConfig, listed: tuple[ContentFile, ...]) -> list[Output]:
    """Pages that no site takes, because another file of the same identity has taken them all."""
    return [
        Output("page", config.space.default, f.path, f.base or "/", "", "", "shadowed")
        for f in listed
        if f.is_page and not f.sites
    ]

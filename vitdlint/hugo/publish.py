"""From a site's files and their front matter to everything that Hugo 0.168 writes, and every URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from ..core.gc import without_gc
from ..files.tree import Tree
from ..frontmatter.block import Pointer
from .adapters import content_adapters
from .assemble import Assembled, assemble
from .assets import asset_files, layout_facts
from .config import HugoConfig
from .files import ContentFile, content_files
from .generated import Counts, counts_of, generate
from .layouts import Layouts, read_layouts
from .node import ParsedPage
from .own_templates import OwnTemplates
from .packed_terms import packed
from .page_dates import Clock
from .page_outputs import PageOutputs
from .placement import Placement
from .publication import Output, Publication, Term, place_of
from .render_hooks import render_hooks
from .resources import Resources, resource_files, static_files
from .route import Route
from .shortcode_parameters import shortcode_parameters
from .shortcode_templates import anchorless_shortcodes
from .templates import Templates
from .unmounted import unmounted
from .written_links import written_links

__all__ = ["content_files", "publish"]


class PageTemplates(NamedTuple):
    """What the templates decide about pages."""

    layouts: Layouts
    own: OwnTemplates


def page_templates(templates: Templates) -> PageTemplates:
    """The same of all templates of a site."""
    return PageTemplates(read_layouts(templates), OwnTemplates(templates))


class Arranged(NamedTuple):
    """Content files put together, site by site, before anything is written."""

    listed: tuple[ContentFile, ...]
    placement: Placement
    sites: tuple[Assembled, ...]
    counts: Counts
    """See `Publication.counts`."""


def arrange(
    config: HugoConfig,
    templates: PageTemplates,
    pages: Mapping[str, ParsedPage],
    now: datetime,
    listed: tuple[ContentFile, ...],
) -> Arranged:
    """Put content files together: the whole site's, or some that do not depend on others."""
    placement = Placement(config, listed, pages)
    sites = assemble(config, placement, pages, now)
    counts = counts_of(config, sites) if templates.layouts.pager_sizes else {}
    return Arranged(placement.files, placement, sites, counts)


class Written(NamedTuple):
    """What Hugo writes of content files. See `Publication` for what is named as there."""

    outputs: tuple[Output, ...]
    terms: tuple[Term, ...]
    files: Mapping[str, str | None]
    redirect_files: Mapping[str, str]
    refused_aliases: tuple[tuple[str, Pointer], ...]
    text_names: frozenset[str]
    resources: Resources
    routes: tuple[Route, ...]


def write(
    config: HugoConfig, templates: PageTemplates, arranged: Arranged, now: datetime, counts: Counts
) -> Written:
    """Everything that becomes of these files; `counts` are those of the whole site."""
    outputs: list[Output] = []
    terms: list[Term] = []
    files: dict[str, str | None] = {}
    redirects: dict[str, str] = {}
    refused: list[tuple[str, Pointer]] = []
    text_names: set[str] = set()
    routes: list[Route] = []
    listed = arranged.listed
    texts = {name: f.path for f in reversed(listed) if f.is_page for name in (f.virtual, f.path)}
    bases = {base for made in arranged.sites for base, node in made.nodes.items() if not node.dropped}
    for site, made in zip(config.sites, arranged.sites, strict=True):
        route = Route(config, site, made.nodes, bases, Clock(site.language, now))
        own = PageOutputs(made, templates.layouts, templates.own, route, texts)
        outputs += own.outputs()
        terms += made.terms
        files |= own.more
        refused += own.refused
        text_names |= own.text_names
        generated = generate(made, templates.layouts, route, counts)
        files |= generated.files
        redirects |= generated.redirects
        routes.append(route)
    resources = resource_files(config, routes, listed)
    files |= resources.files
    outputs += _unclaimed(config, listed)
    places = {key: place for place, key in enumerate(config.space.sites)}
    outputs.sort(key=partial(place_of, places))
    return Written(
        tuple(outputs),
        tuple(terms),
        files,
        redirects,
        tuple(dict.fromkeys(refused)),
        frozenset(text_names),
        resources,
        tuple(routes),
    )


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
        return _published(tree, pages, now, listed, templates or Templates(config, tree))


def _published(
    tree: Tree,
    pages: Mapping[str, ParsedPage],
    now: datetime,
    listed: tuple[ContentFile, ...],
    templates: Templates,
) -> Publication:
    config, of_pages = templates.config, page_templates(templates)
    arranged = arrange(config, of_pages, pages, now, listed)
    written = write(config, of_pages, arranged, now, arranged.counts)
    layouts, resources = of_pages.layouts, written.resources
    adapters = content_adapters(tree, written.routes, arranged.listed)
    anchorless, around = anchorless_shortcodes(templates)
    ids, keys = layout_facts(templates)
    links, computed = written_links(templates, tree)
    return Publication(
        outputs=written.outputs,
        terms=packed(written.terms),
        files={**written.files, **static_files(config, tree)},
        redirect_files=written.redirect_files,
        refused_aliases=written.refused_aliases,
        resources=resources.found,
        withheld=resources.withheld,
        tied=resources.tied,
        on_demand=frozenset(resources.on_demand) if _asks_for_files(templates, resources) else frozenset(),
        missing=(*layouts.missing, *adapters, *unmounted(config, tree)),
        shortcodes=layouts.shortcodes,
        inner_shortcodes=layouts.inner_shortcodes,
        shortcode_parameters=shortcode_parameters(templates),
        render_hooks=render_hooks(templates),
        assets=asset_files(config, tree),
        anchorless_shortcodes=anchorless,
        inner_only_shortcodes=around,
        layout_ids=ids,
        written_links=links,
        computed_links=computed,
        media_keys=keys,
        counts=arranged.counts,
        text_names=written.text_names,
    )


def _asks_for_files(templates: Templates, resources: Resources) -> bool:
    """Whether a template, or Hugo's own render hooks, may publish files that their page does not publish."""
    if not resources.on_demand:
        return False
    if any(mode != "never" for each in templates.config.languages for mode in each.embedded_hooks.values()):
        return True
    return any(".Resources" in (templates.text(path) or "") for path, _ in templates.all)


def _unclaimed(config: HugoConfig, listed: tuple[ContentFile, ...]) -> list[Output]:
    """Pages that no site takes, because another file of the same identity has taken them all."""
    return [
        Output("page", config.space.default, f.path, f.base or "/", "", "", "shadowed")
        for f in listed
        if f.is_page and not f.sites
    ]

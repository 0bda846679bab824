"""How the pages of a site are read: what Hugo's configuration, its templates and our configuration say about that."""

from __future__ import annotations

from collections.abc import Mapping

from ..hugo.render_hooks import DROPS, render_hooks
from ..hugo.shortcode_templates import indented_html, shown_inner
from ..hugo.shortcode_ways import shortcode_ways
from ..hugo.templates import Templates
from ..page.page import Settings
from ..schema import Schema
from .config import Config


def page_settings(
    config: Config,
    templates: Templates,
    shortcode_schemas: tuple[tuple[str, Schema], ...] = (),
    *,
    reference: bool = False,
) -> Settings:
    """How pages are read."""
    shortcodes = config.keys.shortcodes
    hugo = templates.config
    fences = _plain_fences(render_hooks(templates))
    return Settings(
        markup=hugo.markup._replace(plain_fences=fences),
        own_markup=tuple((path, own._replace(plain_fences=fences)) for path, own in hugo.own_markup()),
        max_size=config.max_size,
        reference=reference,
        refused=tuple(sorted(hugo.refused_content)),
        shortcode_links=tuple(
            sorted((n.lower(), s.links, s.ids) for n, s in shortcodes.items() if s.says_use)
        ),
        shortcode_ways=tuple(
            sorted((n, tuple(sorted(ways.items()))) for n, ways in shortcode_ways(templates).items())
        ),
        shortcode_schemas=shortcode_schemas,
        inner=tuple(sorted(shown_inner(templates).items())),
        indented_html=tuple(sorted(indented_html(templates).items())),
        taxonomies=tuple(
            sorted({name.lower() for language in hugo.languages for name in language.taxonomies})
        ),
    )


def _plain_fences(hooks: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    blocks = ((name.removeprefix("codeblock"), does) for name, does in hooks.items())
    own = {name[1:]: does == DROPS for name, does in blocks if name[:1] in ("", "-")}
    return tuple(sorted(({"goat": True} | own).items()))

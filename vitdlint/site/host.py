"""What the files for the host say: redirects, and the templates that write such a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..files.tree import Tree
from ..hugo.config import HugoConfig
from ..hugo.formats import REDIRECTS
from ..hugo.layouts import templates_of
from ..hugo.templates import Templates
from .redirects import Redirect, parse_netlify, parse_redirects, parse_template


def redirect_templates(templates: Templates) -> tuple[str, ...] | None:
    """The templates of the output format that writes `_redirects`; None if there is no such format."""
    formats = {name for name, form in templates.config.default.formats.items() if form.base_name == REDIRECTS}
    return tuple(templates_of(templates, formats)) if formats else None


def host_redirects(config: HugoConfig, tree: Tree, templates: Iterable[str]) -> Iterator[Redirect]:
    """The redirects that the files for the host say: a published `_redirects`, its templates and `netlify.toml`."""
    mounts = (*config.mounted("static"), *config.mounted("content"))
    files = dict.fromkeys(f"{m.source}/{REDIRECTS}" for m in mounts if m.target == m.component)
    for path, parse in (*((p, parse_redirects) for p in files), ("netlify.toml", parse_netlify)):
        try:
            yield from parse(tree.read(path).decode("utf-8", "replace"))
        except OSError:
            continue
    for text in templates:
        yield from parse_template(text)

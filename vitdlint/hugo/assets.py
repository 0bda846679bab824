"""What else pages can ask a site for: files in `assets`, and ids that templates write out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .config import HugoConfig
from .files import mounted_files
from .templates import Templates

_ID = lazy_re(r"\bid=[\"']?([\w:.-]+)[\"'\s>]")
MEDIA_KEY = (
    r"(?:featured?|cover|header|hero|banner|social|share|og|twitter|card|preview|teaser|post)?[-_]?"
    r"(?:images?|img|thumb|thumbnail|picture|photo)|cover|banner|hero|logo|poster|avatar|audio|videos?"
)
"""A pattern: keys of front matter for pictures, sounds and films, Hugo's own and those that themes have."""
_READS = lazy_re(rf"[.\"`]({MEDIA_KEY})\b", re.IGNORECASE)
"""A key, as templates read it: `.Params.cover.image`, `index .Params "og-image"`."""
_OWN = lazy_re(r"[/\"`](?:opengraph|twitter_cards|schema)\.html[\"`]")
_OWN_KEYS = frozenset({"images", "audio", "videos"})


def asset_files(config: HugoConfig, tree: Tree) -> frozenset[str]:
    """The paths below `assets/` that templates find by `resources.Get`."""
    return frozenset(
        virtual for mount in config.mounted("assets") for _, virtual in mounted_files(config, tree, mount)
    )


def layout_facts(templates: Templates) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that templates other than shortcodes write out, and the keys of pictures and the like that they read.

    The keys are in lower case, without `-` and `_`.
    """
    ids: set[str] = set()
    keys: set[str] = set()
    for text in _layouts(templates):
        ids.update(_ID.findall(text))
        keys.update(bare_key(name) for name in _READS.findall(text))
        if _OWN.search(text):
            keys |= _OWN_KEYS
    return frozenset(ids), frozenset(keys)


def bare_key(name: str) -> str:
    """A key as themes spell it in several ways: in lower case, without `-` and `_`."""
    return name.lower().replace("-", "").replace("_", "")


def _layouts(templates: Templates) -> Iterator[str]:
    texts = (templates.text(path) for path, virtual in templates.all if "shortcodes/" not in virtual)
    return (text for text in texts if text is not None)

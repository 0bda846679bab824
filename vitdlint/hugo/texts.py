"""Every text of a site that may name a file: pages, templates, style sheets, scripts, data and configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..files.tree import Tree
from .cast import to_string
from .config import HugoConfig
from .files import mounted_files
from .names import clean

_MOST = 5_000_000
"""Bytes: what is larger is no text that somebody wrote."""
TYPES = {
    "image": "apng avif bmp eps gif heic ico jpeg jpg png psd svg tif tiff webp",
    "audio": "aac flac m4a mp3 oga ogg wav",
    "video": "avi m4v mkv mov mp4 mpeg mpg ogv webm",
    "font": "eot otf ttf woff woff2",
    "text": "css js mjs cjs",
    "application": "7z ai bz2 dmg doc docx epub exe gz jar odp ods odt pdf ppt pptx rar tar tgz xls xlsx xz zip",
}
"""The extensions of files that pages embed or offer, by the kind of their media type."""
_BINARY = frozenset(
    word for kind, words in TYPES.items() if kind != "text" for word in words.split() if word != "svg"
) | {"db", "map", "sketch", "wasm"}


class Text(NamedTuple):
    """A text and what it is."""

    path: str
    component: str
    """content, layouts, static, assets, data, i18n or archetypes; '' for configuration and what no mount has."""
    text: str


def texts(config: HugoConfig, tree: Tree) -> Iterator[Text]:
    """All of them, the themes' too, each file once: also those that no mount has, which pages may include.

    What Hugo writes (`public/`, `resources/`) is left out: it may be old.
    """
    written = (f"{clean(to_string(config.raw.get('publishdir')) or 'public')}/", "resources/")
    known = {""}
    for mount in config.mounts:
        for path, _ in mounted_files(config, tree, mount):
            if path not in known:
                known.add(path)
                yield from _read(tree, path, mount.component)
    for path, size in tree.files("").items():
        if path not in known and size >= 0 and not path.startswith(written):
            yield from _read(tree, path, "")


def _read(tree: Tree, path: str, component: str) -> Iterator[Text]:
    if path.rpartition("/")[2].rpartition(".")[2].lower() in _BINARY:
        return
    try:
        data = tree.read(path)
    except OSError:
        return
    if len(data) <= _MOST and b"\0" not in data[:1000]:
        yield Text(path, component, data.decode("utf-8", "replace"))

"""File URIs; names that are not UTF-8 survive."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname


def path_of(uri: str) -> Path | None:
    """The file of a URI; None for one that names no file on this machine."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    name = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path, errors="surrogateescape")
    path = Path(name)
    return path if path.is_absolute() and "\0" not in name else None

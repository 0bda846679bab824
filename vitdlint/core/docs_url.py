"""Where the manual of a rule is on the web: nowhere, unless the configuration or the packager of vitdlint sets it."""

from __future__ import annotations

import re
from pathlib import Path

from .. import __version__
from .lazy_re import lazy_re

_URL = lazy_re(r"https?://[!-~]+")
_OURS = lazy_re(r"VD\d{3}")


def is_docs_url(url: str) -> bool:
    """Whether it can be a `docs-url`."""
    return _URL.fullmatch(url) is not None


def docs_url(configured: str) -> str:
    """The `docs-url` of the configuration, else the packager's; '' if there is none."""
    return configured or _packaged()


def rule_url(docs: str, code: str, name: str) -> str | None:
    """The address of a rule's page below `docs`; None for a plug-in's rule, and where nothing is known."""
    if not docs or not _OURS.fullmatch(code):
        return None
    if "{name}" in docs or "{code}" in docs:
        return docs.replace("{name}", name).replace("{code}", code)
    return f"{docs.rstrip('/')}/rules/{name}/"


def _packaged() -> str:
    """`Project-URL: Documentation` of the installed package (core metadata 1.2)."""
    # Read plainly: the standard library's reader takes 50 ms to load, a fifth of a warm run.
    metadata = Path(__file__).parents[2] / f"vitdlint-{__version__}.dist-info" / "METADATA"
    try:
        headers = metadata.read_text(encoding="utf-8").partition("\n\n")[0]
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(
        r"^Project-URL:[ \t]*Documentation[ \t]*,[ \t]*(\S+)", headers, re.MULTILINE | re.IGNORECASE
    )
    return found[1] if found and is_docs_url(found[1]) else ""

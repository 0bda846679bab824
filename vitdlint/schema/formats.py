"""The formats that vitdlint adds to JSON Schema's, each a question about one text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..core.lazy_re import lazy_re
from ..hugo.dates import parse
from ..hugo.names import sanitize

_DOI = lazy_re(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f]+\Z")
_URL_PATH = lazy_re(r"/(?!/)[^?#\x00-\x20\x7f\\]*\Z")


def published_slug(text: str) -> str:
    """What Hugo publishes a slug as: sanitised, in lower case, without leading or trailing hyphens."""
    return sanitize(text.strip("-")).strip("-")


def is_slug(text: str) -> bool:
    """Published unchanged, as one path element of its own: not `.`, `..` or `index`, which name a folder's page."""
    return (
        bool(text) and "/" not in text and text not in {".", "..", "index"} and published_slug(text) == text
    )


def is_url_path(text: str) -> bool:
    """A path of this site: it begins with one `/` and has no scheme, host, `?`, `#`, space or control character."""
    return _URL_PATH.match(text) is not None


def is_hugo_date(text: str) -> bool:
    """One of the layouts that Hugo 0.168 parses; the empty text, which means no date, is not."""
    return text != "" and parse(text) is not None


def is_doi(text: str) -> bool:
    """`10.`, a registrant, `/` and a suffix; without `doi:` or a resolver's address before it."""
    return _DOI.match(text) is not None


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    "slug": is_slug,
    "url-path": is_url_path,
    "hugo-date": is_hugo_date,
    "doi": is_doi,
}

STANDARD: Final = (
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
)
"""The formats of JSON Schema 2020-12, asserted as jsonschema-rs has them."""

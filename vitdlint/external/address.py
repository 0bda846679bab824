"""An external link's address, taken apart as a browser does it: which scheme, host and port, and the rest."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..core.lazy_re import lazy_re

_ADDRESS = lazy_re(
    r"\s*(?:(https?|ftp):)?//"  # `//host/` takes the scheme of the page it is on
    r"(?:[^/?#@\\\s]*@)?"  # user and password
    r"(\[[^\]/?#]*\]|[^/?#:\\]*)"
    r"(?::([^/?#\\]*))?"
    r"(.*)",
    re.IGNORECASE | re.DOTALL,
)


class Address(NamedTuple):
    """The parts of an absolute web address, as written (the host in lower case)."""

    scheme: str
    """http, https or ftp in lower case; '' if the address starts with `//`."""
    host: str
    """Without the port; an IPv6 address keeps its brackets. Not checked for anything."""
    port: str
    """'' if none is written."""
    rest: str
    """Path, query and fragment."""

    @property
    def path(self) -> str:
        """The path alone."""
        return re.split(r"[?#]", self.rest, maxsplit=1)[0]


def address_of(target: str) -> Address | None:
    """The parts of a link's target; None if it is not an http, https, ftp or `//` address, or a shortcode makes it."""
    match = _ADDRESS.match(target)
    if match is None or "{{" in target:
        return None
    scheme, host, port, rest = match.groups()
    return Address((scheme or "").lower(), host.lower(), port or "", rest)


def is_external(target: str) -> bool:
    """Whether a target begins with http, https or `//` and is complete; cheap, for a look at every link."""
    return (target[:5].lower() in ("http:", "https") or target[:2] == "//") and "{{" not in target

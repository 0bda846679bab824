"""A site beside what it was at an earlier revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .site import Site


class Compared(NamedTuple):
    """What rules about a comparison check."""

    site: Site
    before: Mapping[str, str]
    """The URLs that the site had (see `Addresses.sources`), and the page that each belonged to."""

"""External links: what is known about them, and what that means. Pure; the network is in `vitdlint.external.fetch`."""

from __future__ import annotations

from .settings import LinksConfig
from .subject import Web

__all__ = ["LinksConfig", "Web"]

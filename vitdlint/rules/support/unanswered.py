"""Findings about external links whose host answered, but not about the page."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.model import Finding
from ...external import Web
from ...external.answer import Kind
from ...external.urls import domain_of, host_of


def unanswered(web: Web, kind: Kind, why: str) -> Iterator[Finding]:
    """Each place that links to a URL with an answer of that kind; `why` follows the host's name."""
    for url, record, spot in web.known():
        if record.kind is kind and record.dead is None:
            host = domain_of(host_of(url))
            yield Finding(
                spot.span,
                f'"{record.url}" is not checked: {host} {why} ({record.code})',
                cause=f"{host} {why}",
            )

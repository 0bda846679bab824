"""What is sent with a request: who asks, and what the configuration adds for one host."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from ..settings import HostSettings, LinksConfig
from ..urls import domain_of, host_of


class MissingVariableError(Exception):
    """The configuration takes a value from an environment variable that is not set."""


def user_agent(config: LinksConfig, version: str) -> str:
    """An honest name with a way to ask back; no browser's name, and no word by which hosts block bots unseen."""
    if config.user_agent:
        return config.user_agent
    return f"vitdlint/{version}" + (f" (+{config.contact})" if config.contact else "")


def of_host(hosts: Mapping[str, HostSettings], url: str) -> tuple[str, HostSettings]:
    """The name of the queue for a URL, and what is configured for it: for exactly its host, or for its domain."""
    host = host_of(url)
    if host in hosts:
        return host, hosts[host]
    domain = domain_of(host)
    return domain, hosts.get(domain, HostSettings())


class Headers:
    """The request headers for each URL. Raises MissingVariableError at once if a variable is not set."""

    def __init__(self, config: LinksConfig, version: str, environment: Mapping[str, str]) -> None:
        self._common = {
            "User-Agent": user_agent(config, version),
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        self._plain: dict[str, dict[str, str]] = {}
        self._secret: dict[str, dict[str, str]] = {}
        for host, settings in config.hosts.items():
            for name, value in settings.headers.items():
                kept = self._secret if value.startswith("$") else self._plain
                kept.setdefault(host, {})[name] = variable(value, environment)

    def __call__(self, url: str, cookies: Mapping[str, str]) -> dict[str, str]:
        """The headers for one request: those of its own host only, and secrets over https only."""
        host = host_of(url)
        headers = {**self._common, **self._plain.get(host, {})}
        if url.startswith("https:"):
            headers.update(self._secret.get(host, {}))
        if "@" in url and (parts := urlsplit(url)).username is not None:
            pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()
            headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
        if own := cookies.get(domain_of(host)) if cookies else None:
            headers["Cookie"] = own
        return headers


def variable(value: str, environment: Mapping[str, str]) -> str:
    """A value, or for "$NAME" that of the environment variable; MissingVariableError if there is none."""
    if not value.startswith("$"):
        return value
    if not environment.get(value[1:]):
        raise MissingVariableError(
            f"[links] takes a value from the environment variable {value[1:]}, which is not set"
        )
    return environment[value[1:]]

"""What the site answers for an absolute path: a file, a redirect of its own or of the host, or nothing."""

from __future__ import annotations

from .addresses import Addresses
from .answers import STATUS, Target
from .missing import supplied_by
from .redirects import Redirects
from .roots import nearest, origins_of
from .targets import decode, glob, parse
from .urls import Served

_MAX_REDIRECTS = 10
"""Where a browser gives up too (Chrome and Firefox follow 20)."""


_ON_DEMAND = "only Hugo knows which files its templates publish of a page with `publishResources: false`"


class Paths:
    """Answers for one site. Keeps every answer, and never touches the disk."""

    def __init__(self, addresses: Addresses) -> None:
        config, settings = addresses.config, addresses.settings
        self._addresses = addresses
        self._find_file = addresses.urls.find
        self._missing = addresses.missing
        self._roots = addresses.roots
        self.base_path = "/" if config.multihost else addresses.base_path
        """What comes before the path of an own URL once it is taken apart."""
        self.origins = origins_of(config, settings.base_urls)
        self._redirects = Redirects(settings.redirects)
        self._known: dict[str, Target] = {}

    def at(self, path: str, folder: str = "", hops: int = 0) -> Target:
        """The answer for an absolute path, percent-encoded, without query and fragment."""
        key = f"{folder}:{path}" if folder else path
        known = self._known.get(key)
        if known is None:
            below = self.below(path, folder)
            known = self._outside(path, folder) if below is None else self._find(decode(below), folder, hops)
            self._known[key] = known
        return known

    def below(self, path: str, folder: str = "") -> str | None:
        """An absolute path below the base path; None for one that leads out of the site."""
        base = self._roots[folder].base
        if path.startswith(base):
            return "/" + path[len(base) :]
        return "/" if path == base[:-1] else None

    def _outside(self, path: str, folder: str) -> Target:
        base = self._roots[folder].base
        inside = self._find(decode(path), folder, 0)
        if inside.status in ("dead", "not-checked"):
            return Target("external", path=decode(path))
        reason = f'it leads out of the site, which begins at "{base}"'
        return Target("dead", path=decode(path), reason=reason)

    def _find(self, path: str, folder: str, hops: int) -> Target:
        served = self._find_file(f"/{folder}{path}" if folder else path)
        if served is not None and served.status != "unpublished":
            return self._served(served, path)
        to = self._redirects.find(path)
        if to is not None:
            return self._redirected(to, path, folder, hops)
        bare = path.rstrip("/") or "/"
        if any(glob(g).match(path) or glob(g).match(bare) for g in self._addresses.settings.extra_urls):
            return Target("generated", self._addresses.url(f"{folder}{path}"), path)
        if (moved := self._addresses.host_aliases.get(bare)) is not None:
            return Target(STATUS[moved.kind], moved.url, path, moved, via="redirect")
        if served is not None:
            return Target("unpublished", served.output.url if served.output else "", path, served.output)
        supplier = self._missing.supplier(path)
        if f"{folder}{path}".removeprefix("/") in self._addresses.publication.on_demand:
            return Target("not-checked", path=path, reason=_ON_DEMAND, what="links")
        if supplier is None:
            reason = self._in_bundle(path, folder)
            return Target("dead", path=path, reason=reason, file=f"{folder}{path}".removeprefix("/"))
        return supplied_by(supplier, path, "links")

    def _in_bundle(self, path: str, folder: str) -> str:
        """Why there is no page, if its file is one of the files of a leaf bundle."""
        name = path.lower().rstrip("/").removesuffix("/index.html").removesuffix(".html")
        file = self._addresses.bundled.get(f"{self._roots[folder].base[:-1]}{name}")
        return (
            f'Hugo takes "{file}" for a file of the bundle that it is in, and makes no page of it'
            if file
            else ""
        )

    def _served(self, served: Served, path: str) -> Target:
        alias = served.alias
        if alias is not None and alias.leads_to:
            url = self._addresses.url(alias.leads_to)
            return Target(served.status, url, path, served.output, alias, file=alias.leads_to)
        if served.output is not None:
            output = served.output
            return Target(served.status, output.url, path, output, alias, file=output.file)
        if served.leads_to:
            return Target(served.status, served.leads_to, path, via="redirect-page")
        file = served.file
        return Target(served.status, self._addresses.url(file), path, source=served.source, file=file)

    def _redirected(self, to: str, path: str, folder: str, hops: int) -> Target:
        if not to:
            reason = "only the template of the host's redirects knows where they lead"
            return Target("not-checked", path=path, reason=reason, what="links", via="redirect")
        parts = parse(to, self.origins, self.base_path, markdown=False)
        if parts.kind == "external":
            return Target("external", path=path, via="redirect")
        if parts.kind != "path" or hops >= _MAX_REDIRECTS:
            return Target("dead", path=path, reason="it is redirected in a circle", via="redirect")
        if parts.host:
            roots = (root for root in self._roots.values() if root.host == parts.host)
            root = nearest(roots, parts.path)
            folder = root.folder if root is not None else folder
        end = self.at(parts.path, folder, hops + 1)
        if end.status == "dead":
            return end._replace(
                path=path, reason=f'it is redirected to "{to}", which does not exist', via="redirect"
            )
        return end._replace(path=path, via="redirect")

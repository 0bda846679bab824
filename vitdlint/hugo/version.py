"""Which version of Hugo a site is built with, as the files that choose it for a host, for CI or for people say.

Several may name one; what hosts and workflows run decides over what people install. The oldest of them counts where
they differ: a finding must hold for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from ..frontmatter.document import document
from .cast import to_map, to_string

NEWEST = (0, 168)
"""The version that is followed where none is named."""
_VERSION = lazy_re(r"[v^~=]?\s*(\d{1,3})\.(\d{1,4})(?:\.\d+)*(?:[-+/][\w.]*)?")
_VARIABLE = lazy_re(
    r"^[ \t-]*[\"']?(?:HUGO_VERSION|hugo-version|hugo_version)[\"']?[ \t]*[:=][ \t]*[\"']?([^\s\"'#]+)",
    re.MULTILINE,
)
_TOOL = lazy_re(
    r"^(?:aqua:|ubi:|asdf:)?(?:[\w-]+/)?(?:gohugo|hugo|hugo-extended|extended_hugo)[ \t]+(\S+)", re.MULTILINE
)
_WORKFLOWS = (".github/workflows", ".forgejo/workflows", ".gitea/workflows")
_CI = (".gitlab-ci.yml", ".woodpecker.yml", "amplify.yml", "vercel.json", "render.yaml")
_PACKAGES = ("hugo-extended", "hugo-bin", "hugo-bin-extended", "hugo-installer")


class HugoVersion(NamedTuple):
    """A version, and where it is from."""

    number: tuple[int, int]
    """`(0, 147)`: patches change nothing here."""
    origin: str
    """A file, or '' where nothing names one."""

    def __str__(self) -> str:
        return ".".join(map(str, self.number))


NO_VERSION = HugoVersion(NEWEST, "")


def parse_version(text: str) -> tuple[int, int] | None:
    """`0.147.9`, `v0.147.9+extended`; None for `latest` and whatever else is no version."""
    found = _VERSION.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found is not None else None


def pinned_version(tree: Tree, config: Mapping[str, Any]) -> HugoVersion:
    """The version that the files of a site name; `config` is Hugo's own configuration, keys in lower case."""
    for sources in (_hosts, _tools):
        found = [HugoVersion(n, origin) for origin, text in sources(tree) if (n := parse_version(text))]
        if found:
            return min(found)
    least = to_map(to_map(config.get("module")).get("hugoversion"))
    highest, lowest = (parse_version(to_string(least.get(key))) for key in ("max", "min"))
    if highest is not None and highest < NEWEST and (lowest is None or lowest <= highest):
        return HugoVersion(highest, "module.hugoVersion")
    return NO_VERSION


def _hosts(tree: Tree) -> Iterator[tuple[str, str]]:
    """What builds the published site."""
    netlify = _table(tree, "netlify.toml")
    contexts = to_map(netlify.get("context"))
    for scope in (netlify.get("build"), contexts.get("production")):
        version = to_map(to_map(scope).get("environment")).get("HUGO_VERSION")
        if version is not None:
            yield "netlify.toml", str(version)
    workflows = (path for folder in _WORKFLOWS for path in sorted(tree.files(folder)))
    for path in (*workflows, *_CI):
        if path in _CI or path.endswith((".yml", ".yaml")):
            yield from ((path, version) for version in _VARIABLE.findall(_text(tree, path)))


def _tools(tree: Tree) -> Iterator[tuple[str, str]]:
    """What people install."""
    yield ".hugo-version", _text(tree, ".hugo-version")
    yield from ((".tool-versions", version) for version in _TOOL.findall(_text(tree, ".tool-versions")))
    for path in ("mise.toml", ".mise.toml"):
        for name, value in to_map(_table(tree, path).get("tools")).items():
            if _TOOL.match(f"{name} x") is not None:
                yield path, str(to_map(value).get("version", "") if isinstance(value, dict) else value)
    package = _table(tree, "package.json")
    for kind in ("dependencies", "devDependencies"):
        wanted = to_map(package.get(kind))
        yield from (("package.json", str(wanted[name])) for name in _PACKAGES if name in wanted)


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path)[:1_000_000].decode("utf-8", "replace")
    except OSError:
        return ""


def _table(tree: Tree, path: str) -> Mapping[str, Any]:
    return to_map(document(path, text).data) if (text := _text(tree, path)) else {}

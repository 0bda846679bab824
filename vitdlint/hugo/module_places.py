"""Where modules are on this machine besides the site's own folders: replaced, in a workspace, or in a cache of Hugo or Go.

Nothing is downloaded. Versions are those of `go.mod`, which lists the modules of modules too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ..core.lazy_re import lazy_re
from .cast import to_map, to_string, to_strings_whole

_REQUIRED = lazy_re(r"^\s*(?:require\s+)?([\w.~/-]+\.[\w.~/-]+)\s+(v[\w.+-]+)", re.MULTILINE)
_REPLACED = lazy_re(r"^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\S+)(?:\s+(v\S+))?", re.MULTILINE)
_USED = lazy_re(r"^\s*(?:use\s+)?\"?(\.{0,2}/[^\s\"()]*|\.{1,2})\"?\s*$", re.MULTILINE)
_MODULE = lazy_re(r"^\s*module\s+(\S+)", re.MULTILINE)
_COMMENT = lazy_re(r"//.*")


class ModulePlaces:
    """The folders of modules; all that is relative counts from the site's root."""

    def __init__(
        self,
        root: Path,
        config: Mapping[str, Any],
        admit: Callable[[str], str],
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._root = root
        self._config = config
        self._admit = admit
        self._environment = environment

    def find(self, name: str) -> str | None:
        """The path of a module's folder in the tree; None if it is nowhere."""
        for candidate in self._candidates(name):
            folder = os.path.normpath(candidate)  # as Hugo does: `themes/../..` needs no folder `themes`
            if os.path.isdir(folder):
                return self._admit(folder)
        return None

    def _candidates(self, name: str) -> Iterator[Path]:
        if (replaced := self._replacements.get(name)) is not None:
            yield Path(self._root, self._themes_dir, replaced)
        if (used := self._workspace.get(name)) is not None:
            yield used
        name, version = self._replaced.get(name, (name, self._versions.get(name, "")))
        if name.startswith((".", "/")):
            yield Path(self._root, name)
        elif version:
            for cache in self._caches():
                yield cache / f"{escaped(name)}@{escaped(version)}"

    @cached_property
    def _themes_dir(self) -> str:
        return to_string(self._config.get("themesdir")) or "themes"

    @cached_property
    def _replacements(self) -> Mapping[str, str]:
        """`module.replacements`, over which the variable wins."""
        listed = self._environment.get("HUGO_MODULE_REPLACEMENTS")
        texts = (
            (listed,)
            if listed is not None
            else to_strings_whole(to_map(self._config.get("module")).get("replacements"))
        )
        pairs = (item.partition("->") for text in texts for item in text.split(","))
        return {old.strip(): new.strip() for old, arrow, new in pairs if arrow}

    @cached_property
    def _workspace(self) -> Mapping[str, Path]:
        """The modules of a workspace by name."""
        name = self._environment.get("HUGO_MODULE_WORKSPACE") or to_string(
            to_map(self._config.get("module")).get("workspace")
        )
        if name in ("", "off"):
            return {}
        file = Path(self._root, name)
        found: dict[str, Path] = {}
        for folder in _USED.findall(_text(file)):
            named = _MODULE.search(_text(file.parent / folder / "go.mod"))
            if named is not None:
                found[named[1]] = file.parent / folder
        return found

    @cached_property
    def _go_mod(self) -> str:
        return _text(self._root / "go.mod")

    @cached_property
    def _versions(self) -> Mapping[str, str]:
        return dict(_REQUIRED.findall(self._go_mod))

    @cached_property
    def _replaced(self) -> Mapping[str, tuple[str, str]]:
        """The `replace` directives: a folder without a version, or another module with its own."""
        return {old: (new, version) for old, new, version in _REPLACED.findall(self._go_mod)}

    def _caches(self) -> Iterator[Path]:
        """The folders that modules are downloaded to: Hugo's, then Go's."""
        home, of = Path.home(), self._environment.get
        user = Path(of("XDG_CACHE_HOME") or home / ".cache")
        named = of("HUGO_CACHEDIR") or to_string(self._config.get("cachedir"))
        places = [Path(named)] if named else [user / "hugo_cache", home / "Library/Caches/hugo_cache"]
        own = (
            to_string(to_map(to_map(self._config.get("caches")).get("modules")).get("dir"))
            or ":cacheDir/modules"
        )
        for place in places:
            below = own.lower().removeprefix(":cachedir/")
            folder = Path(place, own[-len(below) :]) if below != own.lower() else Path(self._root, own)
            yield folder / "filecache/modules/pkg/mod"
            yield folder / "pkg/mod"
        go_path = of("GOPATH") or str(home / "go")
        yield Path(of("GOMODCACHE") or Path(go_path.split(os.pathsep)[0], "pkg/mod"))


def escaped(name: str) -> str:
    """A module's path or version as caches write it: `!b` for `B`."""
    return re.sub("[A-Z]", lambda match: f"!{match[0].lower()}", name)


def _text(file: Path) -> str:
    try:
        return _COMMENT.sub("", file.read_text("utf-8", "replace"))
    except OSError:
        return ""

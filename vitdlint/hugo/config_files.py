"""Find, read and merge the files of a Hugo configuration as Hugo 0.168 does; the result is a plain mapping.

Keys are lower case at every level. Names that Hugo renamed (`menu`) appear under their new name.
"""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import basename
from typing import Any

from ..core.errors import PlacedError
from ..files.tree import Tree
from ..frontmatter.block import FrontMatter
from ..frontmatter.document import document

EXTENSIONS = ("toml", "yaml", "yml", "json")
NAMES = ("hugo", "config")

Raw = dict[str, Any]


class HugoConfigError(PlacedError):
    """A configuration that Hugo refuses, too."""


def find(tree: Tree, folder: str = "") -> str | None:
    """The main configuration file of a folder, the first of Hugo's search order, or None."""
    prefix = f"{folder}/" if folder else ""
    for name in NAMES:
        for extension in EXTENSIONS:
            path = f"{prefix}{name}.{extension}"
            if tree.exists(path):
                return path
    return None


def load(tree: Tree, folder: str = "", environment: str = "production") -> tuple[Raw, dict[str, FrontMatter]]:
    """The merged configuration below a folder (the site's root, or a theme), and the files it came from, as they are.

    `config/_default` and `config/ENVIRONMENT` are laid over the main file. Raises HugoConfigError.
    """
    raw: Raw = {}
    used: dict[str, FrontMatter] = {}
    main = find(tree, folder)
    if main is not None:
        used[main] = read(tree, main)
        overlay(raw, _lowered(used[main]))
    config_dir = f"{folder}/config" if folder else "config"
    for name in ("_default", environment):
        for path in sorted(tree.files(f"{config_dir}/{name}"), key=lambda p: p.split("/")):
            if path.rpartition(".")[2].lower() in EXTENSIONS:
                used[path] = read(tree, path)
                overlay(raw, _placed(path, _lowered(used[path])))
    return raw, used


def read(tree: Tree, path: str) -> FrontMatter:
    """One configuration file. Raises HugoConfigError."""
    try:
        text = tree.read(path).decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise HugoConfigError(path, 1, 1, f"the file cannot be read: {error.strerror or error}") from error
    front = document(path, text)
    for problem in front.problems:
        # Of two equal keys in JSON the last one wins.
        if problem.kind == "syntax" or (problem.kind == "duplicate-key" and front.kind != "json"):
            raise HugoConfigError.in_text(path, text, problem.start, problem.end, problem.words)
    return front


def _lowered(front: FrontMatter) -> Raw:
    lowered: Raw = _lower(front.data, 0)
    _rename(lowered)
    return lowered


def overlay(below: Raw, above: Raw) -> None:
    """Write `above` over `below`, map by map."""
    for key, value in above.items():
        old = below.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            overlay(old, value)
        else:
            below[key] = value


def _placed(path: str, data: Raw) -> Raw:
    """A file of a configuration folder under the key that its name says: params.toml, menus.en.toml, languages.toml."""
    stem = basename(path).rpartition(".")[0].lower()
    if stem in NAMES:
        return data
    name, _, language = stem.partition(".")
    value: Any = data
    if len(data) == 1 and name in data:
        value = data[name]  # wrapped in its own name, as a list has to be
    if not language:
        placed: Raw = {name: value}
    elif name in {"menu", "menus"}:
        placed = {"languages": {language: {"menus": value}}}
    elif name == "params":
        placed = {"languages": {language: {"params": value}}}
    else:
        placed = {"languages": {language: value}}
    _rename(placed)
    return placed


def _rename(data: Raw) -> None:
    if "menu" in data:
        data["menus"] = data.pop("menu")
    languages = data.get("languages")
    if isinstance(languages, dict):
        for language in languages.values():
            if isinstance(language, dict) and "menu" in language:
                language["menus"] = language.pop("menu")
    if "indexes" in data:
        data.setdefault("taxonomies", data["indexes"])


def _lower(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        if depth > 100:
            return {}
        return {str(k).lower(): _lower(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_lower(v, depth + 1) for v in value] if depth <= 100 else []
    return value


def inherit(project: Raw, theme: Mapping[str, Any]) -> None:
    """Merge a theme's configuration into the project's, as far as Hugo does.

    By default the project gains parameters (at every level), menus, media types and output formats (whole entries)
    and nothing else; `_merge = "none" | "shallow" | "deep"` in the project changes that for a map. A project without
    languages has those of the theme.
    """
    if project.get("_merge") == "none":
        return
    for key, value in theme.items():
        if isinstance(value, dict):
            known = key in project
            mine = project.setdefault(key, {})
            if isinstance(mine, dict):
                whole = key == "languages" and not known
                _merge(mine, value, "deep" if whole else _strategy(key, mine, project))
            if not known and not mine:
                del project[key]
        elif key not in project and project.get("_merge") == "deep":
            project[key] = value


def _strategy(key: str, mine: Raw, project: Raw) -> str:
    own = mine.get("_merge") or project.get("_merge")
    if isinstance(own, str):
        return own
    if key == "params":
        return "deep"
    return "shallow" if key in {"menus", "outputformats", "mediatypes"} else "none"


def _merge(mine: Raw, theirs: Mapping[str, Any], strategy: str) -> None:
    """Add what is missing; an inner map may say another strategy, and `params` below a language is always deep."""
    for key, value in theirs.items():
        if key == "_merge":
            continue
        if key not in mine:
            if strategy != "none":
                mine[key] = value
        elif isinstance(mine[key], dict) and isinstance(value, dict) and strategy != "shallow":
            inner = mine[key].get("_merge") or ("deep" if key == "params" else strategy)
            _merge(mine[key], value, inner)

"""Find the site that some paths belong to, without reading anything of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..core.errors import UsageError
from ..core.relative import relative
from .tree import DiskTree, OverlayTree, Tree

CONFIGS = ("vitdlint.toml", ".vitdlint.toml", "pyproject.toml")
EXTENSIONS = ("toml", "yaml", "yml", "json")


class Given(NamedTuple):
    """A part of the configuration that the command line gives."""

    option: str
    """`--select`; '' for one that is no option."""
    table: Mapping[str, Any]
    text: str = ""
    """The TOML of `--config KEY=VALUE`."""
    adds: bool = False
    """Its lists add to those of the files instead of replacing them."""


class Located(NamedTuple):
    """Where a site and its configuration are."""

    root: Path
    """Absolute, links resolved."""
    disk: DiskTree
    tree: Tree
    """What is linted: the disk, or the disk with a made-up Hugo configuration where there is none."""
    config: Path | None
    notes: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    """What the command line adds to the configuration, or says instead of it."""

    def path_of(self, path: Path) -> str:
        """A path as typed, relative to the site's root.

        Links on the way and at the end are meant as such: Hugo follows one that is the content folder itself.
        """
        if ".." not in path.parts:
            typed = Path(os.path.abspath(path))  # what is typed need not be there
            for above in typed.parents:
                if os.path.realpath(above) == str(self.root):
                    return typed.relative_to(above).as_posix()
        real = Path(os.path.realpath(path.parent), path.name)
        return relative(real, self.root)


def locate(paths: Sequence[Path], config_file: Path | None = None, given: tuple[Given, ...] = ()) -> Located:
    """The site of these paths; without any, the one found from here upwards. UsageError if there is none, or two."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path}: there is no such file or folder")
    starts = list(paths) or [Path.cwd()]
    found = {site_root(path.absolute()) for path in starts}
    if len(found) > 1:
        names = " and ".join(sorted(str(r) for r in found))
        raise UsageError(f"these paths belong to different sites ({names}); check one at a time")
    root = found.pop()
    notes: tuple[str, ...] = ()
    overlay: dict[str, bytes] = {}
    if root is None:
        if not paths and not any(folder.name == "content" for folder in (Path.cwd(), *Path.cwd().parents)):
            _require_content(Path.cwd())
        elif paths:
            _require_no_site_below(starts[0])
        root, content = _guess(starts[0].absolute())
        notes = (f"no Hugo configuration at or above {starts[0]}: Hugo's defaults are assumed",)
        if content != "content":
            import json  # 2 ms at each start, for hardly anybody

            overlay = {"hugo.toml": f"contentDir = {json.dumps(content)}\n".encode()}
    if config_file is not None and not config_file.is_file():
        raise UsageError(f"{config_file}: there is no such file")
    root = root.resolve()
    disk = DiskTree(root)
    tree = OverlayTree(disk, overlay) if overlay else disk
    return Located(root, disk, tree, config_file or find_config(root), notes, given)


def find_config(start: Path) -> Path | None:
    """The nearest configuration from a folder upwards; a repository's root is the last place looked at."""
    top = repository_root(start)
    for folder in (start, *start.parents):
        for name in CONFIGS:
            path = folder / name
            if name != "pyproject.toml":
                if os.path.lexists(path):  # a link that leads nowhere, too
                    return _require_file(path)
            elif path.is_file() and b"[tool.vitdlint" in path.read_bytes():
                return path
        if folder == top:
            break
    return None


def _require_file(path: Path) -> Path:
    """UsageError for what has a configuration's name and is none: a run without it would say nothing of that."""
    if not path.is_file():
        kind = (
            "a folder" if path.is_dir() else "a link that leads nowhere" if path.is_symlink() else "no file"
        )
        raise UsageError(f"{shown(path)} is {kind}; nothing was checked")
    return path


def repository_root(path: Path) -> Path | None:
    """The nearest folder at or above a path that is a work tree of git."""
    return next((folder for folder in (path, *path.parents) if (folder / ".git").exists()), None)


def site_root(path: Path) -> Path | None:
    """The nearest folder at or above a path that holds Hugo's configuration."""
    return next((folder for folder in (path, *path.parents) if _is_root(folder)), None)


def _is_root(folder: Path) -> bool:
    if any((folder / f"hugo.{e}").is_file() for e in EXTENSIONS) or (folder / "config" / "_default").is_dir():
        return True
    # The old name is common to many programs: it counts only where there is content beside it.
    return any((folder / f"config.{e}").is_file() for e in EXTENSIONS) and (folder / "content").is_dir()


def require_folder() -> None:
    """UsageError if the current folder has been deleted: no path would mean anything."""
    try:
        os.getcwd()  # only to see whether there is one
    except OSError as error:
        raise UsageError(
            "the current folder has been deleted, or cannot be read; go to another one"
        ) from error


def shown(path: Path) -> str:
    """A path as a person would type it here."""
    try:
        return str(path.relative_to(Path.cwd())) or "."
    except ValueError:
        return str(path)


def _require_content(here: Path) -> None:
    """Without a path and without a Hugo configuration there must at least be a content folder."""
    if (here / "content").is_dir():
        return
    near = _sites_below(here)
    raise UsageError(f"no Hugo site and no content folder here or above{near}; name a path")


def _require_no_site_below(named: Path) -> None:
    """A folder that is named is no content folder where a site is below it: a repository with its site in `docs`, say."""
    folder = named.absolute()
    if (folder / "content").is_dir() or any(each.name == "content" for each in (folder, *folder.parents)):
        return
    if near := _sites_below(named):
        raise UsageError(f"no Hugo site at or above {shown(named)}{near}; name that")


def _sites_below(here: Path) -> str:
    below = sorted(f for depth in ("*/", "*/*/") for f in here.glob(depth) if _is_root(f))
    return f"; there is one in {' and in '.join(shown(f) for f in below[:3])}" if below else ""


def _guess(path: Path) -> tuple[Path, str]:
    """Root and content folder where nothing configures Hugo: a folder named `content`, or the folder itself."""
    for folder in (path, *path.parents):
        if folder.name == "content":
            return folder.parent, "content"
    if (path / "content").is_dir():
        return path, "content"
    folder = path if path.is_dir() else path.parent
    return folder.parent, folder.name

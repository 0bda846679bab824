"""A copy of a site that Hugo can build alone: its layouts show the content only, and what is missing is stubbed.

The site's own shortcodes, partials and render hooks are kept. A call of one that fails is replaced by what stands
inside of it, and the page is noted, as its content is then not what the real site shows.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from support.hugo_build import walk, write

from vitdlint.files.tree import DiskTree
from vitdlint.hugo.config import load
from vitdlint.hugo.layouts import BUILT_IN

_TEMPLATES = Path(__file__).parent / "templates"
PAGE = (_TEMPLATES / "page.html").read_text("utf-8")
OTHER = (_TEMPLATES / "other.txt").read_text("utf-8")
WITHOUT = '{{ .Page.Store.Add "without" (slice .Name) }}'
"""Notes on a page that a shortcode is not shown."""
HOOKS = {
    "link": '<a href="{{ .Destination | safeURL }}">{{ .Text | safeHTML }}</a>',
    "image": '<img src="{{ .Destination | safeURL }}" alt="{{ .PlainText }}">',
    "heading": '<h{{ .Level }} id="{{ .Anchor }}">{{ .Text | safeHTML }}</h{{ .Level }}>',
    "codeblock": "<pre>{{ .Inner }}</pre>",
    "blockquote": "<blockquote>{{ .Text | safeHTML }}</blockquote>",
    "passthrough": "{{ .Inner }}",
    "table": "",
}
"""What is shown where a render hook fails."""

_TRY = '{{- $shown := try (partial "%s" .) }}{{ if $shown.Err }}%s{{ else }}{{ $shown.Value }}{{ end -}}'
_CALL = re.compile(r"\{\{[<%]\s*(?P<close>/\s*)?(?P<name>[\w./-]*\w)")
_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_INNER = re.compile(r"\.Inner(?:Deindent)?\b")
_VERSION = re.compile(r"\{\{-?\s*\$_hugo_config\s*:=[^}]*\}[^}]*\}\}")
"""Says that a shortcode is to be called as Hugo did up to 0.54."""
_NOT_COPIED = shutil.ignore_patterns(".git", "node_modules", ".hugo_build.lock")
_NO_LAYOUTS = {"content", "static", "assets", "data", "i18n", "node_modules", "archetypes"}


def stubbed(site: Path, root: Path, work: Path) -> Path:
    """Copy `root`, the repository around a site, below `work`; the site in the copy, ready to be built."""
    copy = work / (root.name or "site")
    shutil.copytree(root, copy, ignore=_NOT_COPIED, symlinks=True, ignore_dangling_symlinks=True)
    found = copy / site.relative_to(root)
    (found / "go.mod").unlink(missing_ok=True)  # Hugo would ask for Go
    missing = _stub_modules(found)
    _stub_layouts(found, copy)
    if missing or not any(_layouts(found)):
        write(found, {"layouts/all.html": PAGE})
    write(found, {"layouts/partials/compare/note.html": (_TEMPLATES / "note.html").read_text("utf-8")})
    return found


def stub_shortcode(site: Path, name: str, *, inner: bool) -> None:
    """A template for a shortcode that has none: it shows what stands between its tags."""
    write(site, {f"layouts/shortcodes/{name}.html": WITHOUT + ("{{ .Inner }}" if inner else "")})


def _stub_modules(site: Path) -> bool:
    """An empty folder for every theme and module that is not there; whether there was one."""
    tree = DiskTree(site)
    config = load(tree)
    missing = [part.name for part in config.missing if part.what in ("theme", "module")]
    themes = site / str(config.raw.get("themesdir") or "themes")
    found = False
    for name in missing:
        folder = themes / name
        if not folder.is_dir() or not any(folder.iterdir()):
            if folder.is_symlink():  # into node_modules, say
                folder.unlink()
            write(folder, {"layouts/all.html": PAGE})
            found = True
    return found


def _stub_layouts(site: Path, root: Path) -> None:
    folders = list(_layouts(root))
    templates = [(folder, path) for folder in folders for path in walk(folder)]
    known = set[str]()
    for folder, path in templates:
        inside = path.relative_to(folder).as_posix()
        text = path.read_text("utf-8", "replace")
        kind, name = _kind(inside)
        if kind == "shortcode":
            known.add(name.rpartition(".")[0].partition(".")[0].lower())
        _stub_template(folder, inside, kind, text)
    for name, closed in _called_shortcodes(root).items():
        if name.lower() not in known | BUILT_IN and not name.endswith(".inline"):
            stub_shortcode(site, name, inner=closed)


def _stub_template(folder: Path, inside: str, kind: str, text: str) -> None:
    path = folder / inside
    kept = "kept/" + re.sub(r"\b_", "", inside)
    if kind == "layout":
        base = path.name
        if base.startswith(("baseof.", "alias.")) or base.partition(".")[0].endswith("-baseof"):
            path.unlink()
        else:
            path.write_text(PAGE if path.suffix in (".html", ".htm") else OTHER, "utf-8")
    elif kind == "shortcode":
        inner = "{{ .Inner }}" if _INNER.search(_COMMENT.sub("", text)) else ""
        write(folder, {f"partials/{kept}": text})
        version = "".join(_VERSION.findall(text))
        path.write_text(version + _TRY % (kept, WITHOUT + inner), "utf-8")
    elif kind == "hook" and path.suffix == ".html":
        hook = path.name.removeprefix("render-").partition(".")[0].partition("-")[0]
        write(folder, {f"partials/{kept}": text})
        path.write_text(_TRY % (kept, HOOKS.get(hook, "")), "utf-8")


def _kind(inside: str) -> tuple[str, str]:
    """What a template is, by its path below the layouts folder, and its name below the folder of that kind."""
    parts = inside.split("/")
    for at, part in enumerate(parts[:-1]):
        kind = {"shortcodes": "shortcode", "partials": "partial", "markup": "hook"}.get(part.lstrip("_"))
        if kind is not None and (kind != "hook" or part == "_markup"):
            return kind, "/".join(parts[at + 1 :])
    return "layout", inside


def _layouts(root: Path) -> Iterator[Path]:
    """The layouts folders of a site, of its themes and of its vendored modules."""
    for base, folders, _files in os.walk(root):
        if "layouts" in folders:
            yield Path(base, "layouts")
        folders[:] = [f for f in folders if f != "layouts" and f not in _NO_LAYOUTS]


def _called_shortcodes(root: Path) -> dict[str, bool]:
    """The shortcodes that texts below a folder call, and whether one of the calls is closed."""
    found: dict[str, bool] = {}
    for path in walk(root):
        if path.suffix.lower() in (".md", ".markdown", ".html", ".adoc", ".org", ".mdown"):
            for match in _CALL.finditer(path.read_text("utf-8", "replace")):
                found[match["name"]] = found.get(match["name"], False) or bool(match["close"])
    return found

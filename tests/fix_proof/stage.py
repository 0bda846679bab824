"""A copy of a site that Hugo can build without its theme, its modules and the network.

Every page is shown by a layout of our own, which prints its facts as JSON and then its content. Of the site's layouts
and those of its themes only what makes content is kept: shortcodes, render hooks, and the partials that they call.
Whatever of these is missing or fails is replaced by a stub.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from support.hugo_build import CLOCK, hugo_binary

LAYOUT = """{{ $source := "" }}{{ with .File }}{{ $source = .Filename }}{{ end -}}
{{ $terms := slice }}{{ range $name, $_ := site.Taxonomies }}{{ range $.GetTerms $name -}}
{{ $terms = $terms | append (dict "title" .LinkTitle "url" .RelPermalink) }}{{ end }}{{ end -}}
<!doctype html><html><head><meta charset="utf-8"><script type="application/json">{{ dict
"source" $source "kind" .Kind "lang" .Language.Lang "url" .Permalink "base" site.BaseURL "multihost" hugo.IsMultihost
"first" (index .OutputFormats 0).Permalink
"title" (string .Title) "description" (string .Description) "terms" $terms | jsonify | safeJS }}</script></head><body>
{{ .Content }}<page-end>"""
END = "<page-end>"
"""The last thing on every page: where it is not, another page has written into the file."""
_KEPT = {"shortcodes", "_shortcodes", "partials", "_partials", "_markup"}
_IGNORED = (".git", "node_modules", "public", "resources", ".hugo_build.lock")
_EMBEDDED = {
    "details", "figure", "highlight", "instagram", "param", "qr", "ref", "relref", "vimeo", "x", "youtube",
}  # fmt: skip
_ENVIRONMENT = {
    "HUGO_ENABLEGITINFO": "false",
    "HUGO_MINIFY_MINIFYOUTPUT": "false",
    "HUGO_REFLINKSERRORLEVEL": "warning",
    "HUGO_SECURITY_ALLOWCONTENT": ".*",
    "HUGO_SECURITY_HTTP_URLS": "none",
    "HUGO_TIMEOUT": "300s",
}
ATTEMPTS = 80
"""Builds that may fail, one missing part after the other, before a site is given up."""
LONGEST = 600.0
"""Seconds that one build may take."""


class CannotBuildError(Exception):
    """Hugo builds this site not even with stubs; the text is what Hugo said last."""


class TooSlowError(Exception):
    """Hugo takes longer than LONGEST to build this site."""


class Made(NamedTuple):
    """What one build left behind."""

    public: Path
    warnings: frozenset[str]
    """Without lines and columns."""


def copy(site: Path, target: Path) -> Path:
    """The site's files, without those of git, of package managers and of earlier builds."""
    shutil.copytree(site, target, ignore=lambda folder, names: _ignored(site, folder, names), symlinks=False)
    return target


def _ignored(site: Path, folder: str, names: Sequence[str]) -> list[str]:
    at_root = Path(folder) == site
    return [n for n in names if (n in _IGNORED and (at_root or n == ".git")) or not Path(folder, n).exists()]


def prepare(stage: Path) -> tuple[Path, list[str]]:
    """Replace layouts, and stub the modules and shortcodes that are missing: the folder of layouts, and notes."""
    notes: list[str] = []
    for name in ("go.mod", "go.sum", "go.work"):  # with them Hugo would ask Go for the modules
        (stage / name).unlink(missing_ok=True)
    mounts = [(stage / "layouts", "layouts")]
    if _has_modules(stage):
        for _ in range(ATTEMPTS):
            done = _hugo(stage, "config", "mounts")
            if done.returncode == 0:
                break
            _repair(stage, done.stdout + done.stderr, notes)
        mounts = list(_mounts(done.stdout))
    own = _strip_layouts(stage, [folder for folder, target in mounts if target == "layouts"])
    (own / "all.html").write_text(LAYOUT)
    _stub_unknown_shortcodes(stage, own, notes)
    return own, notes


def build_with_stubs(stage: Path, public: Path, clock: str = CLOCK) -> tuple[Made, list[str]]:
    """Build a copy, however many parts must be replaced before Hugo can; what was, as sentences."""
    own, notes = prepare(stage)
    for _ in range(ATTEMPTS):
        try:
            return build(stage, public, clock), notes
        except CannotBuildError as error:
            _repair(stage, str(error), notes, own)
            shutil.rmtree(public, ignore_errors=True)
    raise CannotBuildError("too many parts of the site fail:\n" + "\n".join(notes))


def build(stage: Path, public: Path, clock: str = CLOCK) -> Made:
    """Build a copy that has been built with stubs; CannotBuildError if that fails."""
    done = _hugo(stage, "--destination", str(public), "--clock", clock)
    if done.returncode != 0:
        raise CannotBuildError(done.stdout + done.stderr)
    lines = (done.stdout + done.stderr).splitlines()
    warnings = (re.sub(r":\d+:\d+", "", line) for line in lines if line.startswith("WARN"))
    return Made(public, frozenset(warnings))


def _hugo(stage: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("HUGO")}
    try:
        return subprocess.run(
            [
                str(hugo_binary()),
                *args,
                "--source",
                str(stage),
                "--noBuildLock",
                "--cacheDir",
                f"{stage}.cache",
            ],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=env | _ENVIRONMENT,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlowError(f"Hugo takes longer than {LONGEST:,g} seconds to build it") from error


def _mounts(said: str) -> Iterator[tuple[Path, str]]:
    """(folder on disk, where it is mounted) of the site and its modules, from `hugo config mounts`."""
    decoder, at = json.JSONDecoder(), said.find("{")
    while at >= 0:
        module: dict[str, Any]
        module, at = decoder.raw_decode(said, at)
        for mount in module.get("mounts") or ():
            yield Path(module["dir"], mount["source"]), mount["target"]
        at = said.find("{", at)


def _has_modules(stage: Path) -> bool:
    """Whether anything but the folder itself may be part of the site."""
    files = [p for p in stage.glob("*.*") if p.stem in {"hugo", "config"}] + list(stage.glob("config/**/*.*"))
    return any(re.search(r"module|theme", p.read_text("utf-8", "replace"), re.IGNORECASE) for p in files)


def _strip_layouts(stage: Path, folders: Sequence[Path]) -> Path:
    """Remove all layouts but those that make content; the folder of the site's own."""
    for folder in folders:
        if folder.is_relative_to(stage):
            for file in [p for p in folder.rglob("*") if p.is_file()]:
                if not _KEPT & set(file.relative_to(folder).parts):
                    file.unlink()
    own = next((f for f in folders if f.is_relative_to(stage) and not f.is_file()), stage / "layouts")
    own.mkdir(parents=True, exist_ok=True)
    return own


_SHORTCODE = re.compile(r"\{\{([<%])-?\s*(/?)\s*([\w.-][\w./-]*)")


def _stub_unknown_shortcodes(stage: Path, own: Path, notes: list[str]) -> None:
    """Give every shortcode that is called and has no template one that prints what it surrounds."""
    known = {
        p.name.partition(".")[0] for p in stage.rglob("*") if p.parent.name in {"shortcodes", "_shortcodes"}
    }
    known |= {f"{p.parent.name}/{p.name.partition('.')[0]}" for p in stage.rglob("*hortcodes/*/*.html")}
    closed: dict[str, str] = {}
    for page in stage.rglob("*.md"):
        for mark, closing, name in _SHORTCODE.findall(page.read_text("utf-8", "replace")):
            if closing or name not in closed:
                closed[name] = mark if closing else ""
    for name in sorted(closed.keys() - known - _EMBEDDED):
        _stub(own, name, closed[name])
        notes.append(f"shortcode {name}: a stub")


def _stub(own: Path, name: str, closed: str) -> None:
    """A shortcode that prints what it surrounds, as most do; `closed` is the mark that it is closed with, if any."""
    text = {"": "", "%": "{{ .Inner }}", "<": '{{ .Page.RenderString (dict "display" "block") .Inner }}'}[
        closed
    ]
    file = own / "_shortcodes" / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def _repair(stage: Path, said: str, notes: list[str], own: Path | None = None) -> None:
    """Remove or replace what made a build fail; CannotBuildError if nothing of it is understood."""
    errors = "\n".join(line for line in said.splitlines() if not line.startswith("WARN"))
    for pattern, act in _REPAIRS:
        if match := pattern.search(errors):
            notes.append(act(stage, own or stage / "layouts", match))
            return
    raise CannotBuildError(said)


def _missing_module(stage: Path, own: Path, match: re.Match[str]) -> str:
    del own
    folder = Path(match[2])
    if not folder.is_relative_to(stage) or folder.exists():
        raise CannotBuildError(match[0])
    folder.mkdir(parents=True)
    return f"module {match[1]}: empty"


def _failing_shortcode(stage: Path, own: Path, match: re.Match[str]) -> str:
    """Replace every template of that name by a stub; a stub that fails becomes one without `.Inner`, or with it."""
    name, closed = match["name"], "%" if "does not evaluate" in match[0] else "<"
    stubbed = own / "_shortcodes" / f"{name}.html"
    if "must be closed" in match[0] or (stubbed.exists() and "RenderString" in stubbed.read_text()):
        closed = ""
    for file in [p for p in stage.rglob(f"{name}.*") if p.parent.name in {"shortcodes", "_shortcodes"}]:
        file.unlink()
    _stub(own, name, closed)
    return f"shortcode {name}: a stub"


def _failing_template(stage: Path, own: Path, match: re.Match[str]) -> str:
    del own
    wanted = "/" + match["file"].removeprefix("_")  # Hugo names `partials` and `_partials` alike
    named = {p: p.as_posix().replace("/_", "/") for p in stage.rglob(Path(wanted).name)}
    found = [p for p, name in named.items() if name.endswith(wanted)]
    if not found:
        raise CannotBuildError(match[0])
    for file in found:
        file.write_text("") if "partials" in match["file"] else file.unlink()
    return f"template {match['file']}: removed"


def _failing_page(stage: Path, own: Path, match: re.Match[str]) -> str:
    del own
    file = Path(match["file"])
    if not file.is_relative_to(stage) or not file.exists() or file.name == "all.html":
        raise CannotBuildError(match.string)
    file.unlink()
    return f"page {file.relative_to(stage)}: removed, since Hugo fails on it"


_REPAIRS: tuple[tuple[re.Pattern[str], Callable[[Path, Path, re.Match[str]], str]], ...] = (
    (re.compile(r'module "([^"]+)" not found in "([^"]+)"'), _missing_module),
    (re.compile(r'template for shortcode "(?P<name>[^"]+)" not found'), _failing_shortcode),
    (re.compile(r'shortcode "(?P<name>[^"]+)" (must be closed|does not evaluate)'), _failing_shortcode),
    (re.compile(r"_?shortcodes/(?P<name>[\w./-]+?)\.[\w.]*html"), _failing_shortcode),
    (re.compile(r'failed to render shortcode "(?P<name>[^"]+)"'), _failing_shortcode),
    (re.compile(r"(?P<file>\b(_markup|_?partials)/[\w./-]+\.\w+)"), _failing_template),
    (re.compile(r"(?P<file>/[^\":\n]+\.(md|markdown|mdown|adoc|rst|org|gotmpl))\b"), _failing_page),
    (re.compile(r'"(?P<file>/[^":]+\.\w+):\d+:\d+"'), _failing_page),
)

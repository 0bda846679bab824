"""Build a copy of a site with the real Hugo; what stops the build is stubbed, and the build tried again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from support.hugo_build import run_hugo, walk, write

from .hugo import Hugo, Page
from .stub import PAGE, stub_shortcode, stubbed

SETTINGS = {
    "HUGO_ENABLEGITINFO": "false",
    "HUGO_MINIFY_MINIFYOUTPUT": "false",
    "HUGO_REFLINKSERRORLEVEL": "WARNING",
    "HUGO_SECURITY_HTTP_URLS": "none",
    "HUGO_SECURITY_ALLOWCONTENT": ".*",
    "HUGO_TIMEOUT": "1h",
}
"""What a build of a copy cannot do, what is slow and changes no URL or link, and what need not stop the build."""
REPAIRS = 60
"""Builds that are tried for one site, each with something more stubbed."""

_REF = re.compile(r'REF_NOT_FOUND: Ref "(.*?)": "(.*?):\d+:\d+": page not found')


class BuildError(Exception):
    """Hugo does not build the site, whatever is stubbed."""


def build(site: Path, root: Path, work: Path, clock: datetime) -> Hugo:
    """Build a copy of a site, with as much of it stubbed as is needed. Raises BuildError."""
    copy = stubbed(site, root, work)
    public = work / "public"
    stubs, refused = list[str](), dict[str, str]()
    settings = SETTINGS | {"PATH": f"{_external_renderers(work)}{os.pathsep}{os.environ['PATH']}"}
    for _ in range(REPAIRS):
        start = processor_seconds()
        args = ("--destination", str(public), "--cleanDestinationDir", "--clock", clock.isoformat())
        done = run_hugo(copy, *args, **settings)
        seconds = processor_seconds() - start
        messages = done.stdout + done.stderr
        notes = [p for p in walk(public) if p.parent.name == "_notes"]
        if notes and (done.returncode == 0 or re.search(r"error building site: logged \d+ error", messages)):
            pages, files = _pages(copy, notes), _files(public)
            refused |= {page.source: page.error for page in pages if page.error}
            return Hugo(pages, files, seconds, _dead_refs(copy, messages), refused, tuple(stubs), copy)
        error = "\n".join(line for line in messages.splitlines() if line.startswith(("ERROR", "Error")))
        if found := re.search(r'(?:OutputFormat with key|unknown output format) "(.+?)"', error):
            settings[f"HUGO_OUTPUTFORMATS_{found[1].upper()}_MEDIATYPE"] = "text/plain"
            stubs.append(f"output format {found[1]}")
        elif repaired := _stub_shortcode(copy, error) or _stub_template(copy, error):
            stubs.append(repaired)
        elif (file := _content(copy, error)) is not None:
            name = file.relative_to(copy).as_posix()
            if file.suffix == ".gotmpl":
                stubs.append(name)
            else:
                refused[name] = error.replace(f"{copy}/", "")
            file.unlink()
        else:
            break
    raise BuildError(messages)


def processor_seconds() -> float:
    """What this process and those that it has waited for have used so far: what else the machine does is not in it."""
    return sum(os.times()[:4])


def _external_renderers(work: Path) -> Path:
    """A folder with programs that stand for those that Hugo has render AsciiDoc and the like: they print nothing."""
    folder = work / "bin"
    for name in ("asciidoctor", "pandoc", "rst2html", "rst2html.py"):
        write(folder, {name: "#!/bin/sh\ncat > /dev/null\n"})
        (folder / name).chmod(0o755)
    return folder


def _stub_shortcode(site: Path, error: str) -> str:
    """Stub the shortcode that an error is about; what that was, or '' if it is about something else."""
    for pattern, inner in (
        (r'template for shortcode "(.+?)" not found', False),
        (r'shortcode "(.+?)" must be closed', False),
        (r'shortcode "(.+?)" does not evaluate \.Inner', True),
    ):
        if found := re.search(pattern, error):
            stub_shortcode(site, found[1], inner=inner)
            return f"shortcode {found[1]}"
    return ""


def _stub_template(site: Path, error: str) -> str:
    """Stub the template that an error names, likewise."""
    for match in re.finditer(r'template:_?([^:\s]+):\d+|/layouts/([^"\n:]+)', error):
        name = match[1] or match[2]
        for path in walk(site):
            if (
                "/layouts/" in path.as_posix()
                and path.as_posix().endswith(f"/{name}")
                and path.stat().st_size
            ):
                part = re.search(r"/_?(partials|shortcodes|_markup)/", path.as_posix())
                path.write_text("" if part else PAGE, "utf-8")
                return f"template {name}"
    return ""


def _content(site: Path, error: str) -> Path | None:
    """The file of the site that an error names: a page, data or a content adapter."""
    for match in re.finditer(rf'{re.escape(str(site))}/[^"\n]+?(?=:\d+|["\n]|: |$)', error):
        path = Path(match[0])
        if path.is_file() and path.parent != site and path.relative_to(site).parts[0] != "config":
            return path
    return None


def _pages(site: Path, notes: list[Path]) -> tuple[Page, ...]:
    pages = []
    for path in sorted(notes):
        note = json.loads(path.read_text("utf-8"))
        source = note.pop("source")
        pages.append(Page(os.path.relpath(source, site) if source else "", **note))
    return tuple(pages)


def _files(public: Path) -> Mapping[str, bytes]:
    files = {}
    for path in walk(public):
        if path.parent.name != "_notes":
            page = path.suffix in (".html", ".htm") or path.stat().st_size < 2000
            files[path.relative_to(public).as_posix()] = path.read_bytes() if page else b""
    return files


def _dead_refs(site: Path, messages: str) -> frozenset[tuple[str, str]]:
    return frozenset((m[2].removeprefix(f"{site}/"), m[1]) for m in _REF.finditer(messages))

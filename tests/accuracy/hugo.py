"""What the real Hugo makes of a site: its pages, redirects, anchors and links, from a build of a copy of it."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser
from support.hugo_build import Build, run_hugo, walk, write
from support.truth import Server, Truth

from .stub import PAGE, stub_shortcode, stubbed

SETTINGS = {
    "HUGO_ENABLEGITINFO": "false",
    "HUGO_MINIFY_MINIFYOUTPUT": "false",
    "HUGO_REFLINKSERRORLEVEL": "WARNING",
    "HUGO_SECURITY_HTTP_URLS": "none",
    "HUGO_SECURITY_ALLOWCONTENT": ".*",
    "HUGO_TIMEOUT": "1h",
    "HUGO_BUILD_BUILDSTATS_ENABLE": "false",
}
"""What a build on another machine cannot do, and what is slow and changes no URL or link."""
REPAIRS = 60
"""Builds that are tried for one site, each with something more stubbed."""

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_SELECTOR = ", ".join(f"main {tag}" for tag in _ATTRIBUTES)
_SRCSET = re.compile(r"([^\s,]\S*[^\s,])(?:\s+[\d.]+[wxh])?\s*(?:,|$)")
_REF = re.compile(r'REF_NOT_FOUND: Ref "(.*?)": "(.*?):\d+:\d+": page not found')


class BuildError(Exception):
    """Hugo does not build the site, whatever is stubbed."""


class Page(NamedTuple):
    """A page as Hugo's templates see it."""

    source: str
    """Relative to the site's folder; '' if Hugo made it by itself."""
    kind: str
    url: str
    path: str
    lang: str
    base: str
    """The baseURL of its language."""
    doubt: str
    """What the build cannot show of the page, so that the real site may show another content; '' for nothing."""
    error: str
    """Why Hugo cannot render its content; '' if it can."""


@dataclass(frozen=True)
class Hugo:
    """A built site."""

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]
    """Below the public folder. Only pages and what may be a redirect have their bytes."""
    seconds: float
    """Of the last build."""
    dead_refs: frozenset[tuple[str, str]]
    """Source and target of each `ref` and `relref` that Hugo did not find."""
    refused: Mapping[str, str]
    """Content files that Hugo does not build, relative to the site's folder -> its error."""
    stubs: tuple[str, ...]
    """What else was left out so that the site could be built."""
    folder: Path
    """The site's folder in the copy."""
    _servers: dict[str, tuple[str, Server]] = field(default_factory=dict)
    _parsed: dict[str, LexborHTMLParser] = field(default_factory=dict)

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Files that only redirect -> where to."""
        return Build(0, "", self.files).redirects

    @cached_property
    def multihost(self) -> bool:
        """Each language has a host of its own."""
        bases = {page.lang: page.base for page in self.pages}
        return len(bases) > 1 and len(set(bases.values())) == len(bases)

    def server(self, page: Page) -> Server:
        """The host that answers for a page's language."""
        return self._server(page.lang, page.base)

    def _server(self, lang: str, base: str) -> Server:
        key = lang if self.multihost else ""
        if key not in self._servers:
            folder = f"{lang}/" if self.multihost else ""
            files = {f.removeprefix(folder): b for f, b in self.files.items() if f.startswith(folder)}
            # A baseURL without a host is served by any; no link can name it.
            whole = base if "//" in base else f"https://any.invalid/{base.lstrip('/')}"
            self._servers[key] = (urlsplit(whole).netloc, Server(Build(0, "", files), whole, clean=True))
        return self._servers[key][1]

    def file(self, page: Page) -> str | None:
        """The page's file on its server, if it holds that page's content and no other's."""
        server = self.server(page)
        file = server.file(urlsplit(page.url).path)
        if file is None or file in server.redirects:
            return None
        main = self.parsed(server, file).css_first("main")
        if main is None or (main.attributes.get("data-lang"), main.attributes.get("data-path")) != (
            page.lang,
            page.path,
        ):
            return None
        return file

    def parsed(self, server: Server, file: str) -> LexborHTMLParser:
        """A page's HTML."""
        key = f"{server.base_url} {file}"
        if key not in self._parsed:
            self._parsed[key] = LexborHTMLParser(server.files[file].decode("utf-8", "replace"))
        return self._parsed[key]

    def ids(self, page: Page, file: str) -> frozenset[str]:
        """Every id and `a[name]` of a page's content."""
        tree = self.parsed(self.server(page), file)
        ids = [node.attributes["id"] for node in tree.css("main [id]")]
        return frozenset(filter(None, ids + [node.attributes["name"] for node in tree.css("main a[name]")]))

    def doubtful(self, server: Server, file: str) -> bool:
        """Whether the real site may show another content on a page."""
        main = self.parsed(server, file).css_first("main")
        return main is not None and bool(main.attributes.get("data-doubt"))

    def source(self, page: Page) -> str:
        """The text of a page's file."""
        return (self.folder / page.source).read_text("utf-8", "replace")

    def links(self, page: Page, file: str) -> Iterator[Truth]:
        """The links of a page's content, and where a browser gets with each."""
        server = self.server(page)
        for node in self.parsed(server, file).css(_SELECTOR):
            for name in _ATTRIBUTES[node.tag or ""]:
                value = node.attributes.get(name)
                for href in _SRCSET.findall(value or "") if name == "srcset" else [value]:
                    if href is not None:
                        yield self._lead(server, href, page)

    def _lead(self, server: Server, href: str, page: Page) -> Truth:
        if re.match(r"https?:///", href, re.IGNORECASE):
            return Truth(href, "external")  # a browser skips the third slash
        if self.multihost:
            for other in {p.lang: p for p in self.pages}.values():
                host = urlsplit(other.base).netloc
                if urlsplit(href).netloc.lower() == host:
                    return self.server(other).judge(href, page.url)
        return server.judge(href, page.url)


def build(site: Path, root: Path, work: Path, clock: datetime) -> Hugo:
    """Build a copy of a site, with as much of it stubbed as is needed. Raises BuildError."""
    copy = stubbed(site, root, work)
    public = work / "public"
    stubs, refused = list[str](), dict[str, str]()
    settings = SETTINGS | {"PATH": f"{_external_renderers(work)}{os.pathsep}{os.environ['PATH']}"}
    for _ in range(REPAIRS):
        start = time.monotonic()
        args = ("--destination", str(public), "--cleanDestinationDir", "--clock", clock.isoformat())
        done = run_hugo(copy, *args, **settings)
        seconds = time.monotonic() - start
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
        elif (file := _content(copy, work, error)) is not None:
            if file.suffix == ".gotmpl":
                stubs.append(os.path.relpath(file, copy))
                file.unlink()
                continue
            refused[os.path.relpath(file, copy)] = error.replace(f"{copy}/", "")
            file.unlink()
        else:
            break
    raise BuildError(messages)


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


def _content(site: Path, work: Path, error: str) -> Path | None:
    """The file of the site, no template, that an error names."""
    for match in re.finditer(rf'{re.escape(str(work))}/[^"\n]+?(?=:\d+|["\n]|: |$)', error):
        path = Path(match[0])
        if path.is_file() and path.parent != site and "config" not in path.relative_to(site).parts[:1]:
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

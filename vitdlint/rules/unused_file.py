"""Nothing on the site names this file.

An image, a sound, a film, a document, an archive, a font, a script or a style sheet in a static folder, or beside a page, is
published with the site. If its name is in no page, template, style sheet, script, data file or configuration, readers
do not find it. The message says how large it is.

This is off by default, as others may link to the file. Delete it, or link to it. There is no fix.

A file counts as used as soon as its name is written somewhere, in any folder and in any case, or a template may build its
name (`printf "%s.svg"`). What hosts and browsers ask for by themselves (`favicon.ico`, `.well-known/`…) is not reported,
nor is any other kind of file (`.txt`, `.html`, `.json`). Where a template takes files by a pattern, a folder or a type
(`.Resources.ByType`, `readDir`), or where a theme is not on disk, the files that it may take are counted as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.unused_files import UnusedFiles
from .support.wording import size_of


def check(unused: UnusedFiles, _: NoOptions) -> Iterator[Finding]:
    """Report every file that nothing names."""
    for file in unused.files:
        yield Finding(
            Span(file.path, 0, 0),
            f"nothing on this site uses this file: its name appears nowhere ({size_of(file.size)})",
            "delete it, or link to it",
        )


_LAYOUT = {"layouts/single.html": '<link href="/css/main.css">{{ .Content }}'}

RULE = Rule(
    "VD620",
    "unused-file",
    on=UnusedFiles,
    of_page=True,
    scope=Scope.SITE,
    check=check,
    severity=Severity.INFO,
    default=False,
    examples=(
        Good(
            {
                "content/posts/sun/index.md": "---\nimage: Sun 1.png\n---\n![moon](/img/moon%20%281%29.png)\n",
                "content/posts/sun/sun 1.png": "",
                "static/img/moon (1).png": "",
                "static/img/dots.svg": "",
                "static/css/main.css": "body { background: url(../img/dots.svg) }\n",
                "static/favicon.ico": "",
                "static/robots.txt": "",
                **_LAYOUT,
            }
        ),
        Good(
            {
                "content/posts/sun/index.md": "---\nicon: star\n---\n{{< gallery >}}\n",
                "content/posts/sun/a.jpg": "",
                "static/icons/star.svg": "",
                "layouts/_shortcodes/gallery.html": '{{ range .Page.Resources.ByType "image" }}{{ . }}{{ end }}',
                "layouts/single.html": '<img src="{{ printf "/icons/%s.svg" .Params.icon }}">',
            }
        ),
        Bad(
            {
                "content/posts/sun/index.md": "![sun](sun.png)\n",
                "content/posts/sun/old.png": "",
                "content/posts/sun/sun.png": "",
                "static/paper.pdf": "",
                **_LAYOUT,
            },
            at=["content/posts/sun/old.png:1:1", "static/paper.pdf:1:1"],
        ),
    ),
)

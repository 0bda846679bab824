"""An image or a download is not on the site.

The target is an image, or ends like a file (`.pdf`, `.zip`…), and neither `static/`, nor the page's bundle, nor
anything that Hugo generates has it: the reader sees a broken image or "page not found". Upper and lower case count,
also where the computer that the site is written on ignores them.

Add the file, or correct the target. If exactly one file has that name but for its case or folder, the unsafe fix
links to it. Where a theme or module is not on disk, a file that it could supply is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.answers import Target
from ..site.links import Links
from ..site.relink import relink
from .support.links import fix_of, span_of


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every image and download that is not there."""
    for page, link, target in links.dead_for("missing-file"):
        span = span_of(page, link)
        other_case = None if target.reason else links.site.addresses.urls.differs_in_case(target.file)
        other = other_case or links.site.addresses.candidates.file(target.path)
        message = f'there is no file "{target.path}" on this site'
        message += f": {target.reason}" if target.reason else ""
        help_, fix, url = "add the file, or correct the target", None, ""
        if other is not None:
            goal = Target("file", links.site.addresses.url(other), file=other, query=target.query)
            new = relink(links.site, page, link, goal._replace(fragment=target.fragment))
            message += ", only one that differs in case" if other_case else ""
            url = goal.url
            help_ = f'did you mean "{new.text if new is not None else goal.url}"?'
            if new is not None and not new.elsewhere:
                fix = fix_of(page, link, new, safe=False)
        yield Finding(span, message, help_, fix, cause=target.path, meant=url)


RULE = Rule(
    "VD609",
    "missing-file",
    on=Links,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "![sun](/img/sun.png) [paper](/papers/a%20b.pdf)\n",
                "static/img/sun.png": "",
                "static/papers/a b.pdf": "",
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Good(
            {
                "content/posts/sun/index.md": "![sun](sun.png)\n",
                "content/posts/sun/sun.png": "",
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "![sun](/img/sun.png) [paper](/paper.pdf)\n",
                "static/img/Sun.png": "",
                "layouts/single.html": "{{ .Content }}",
            },
            at=["1:8-1:20", "1:30-1:40"],
            fixed="![sun](/img/Sun.png) [paper](/paper.pdf)\n",
            unsafe=True,
        ),
    ),
)

"""An image, a sound or a film that front matter names is not there.

Keys of Hugo's own templates (`images`, `audio`, `videos`, `resources[].src`) and those that themes have for the same
(`image`, `cover.image`, `featured_image`, `thumbnail`, `banner`…) are looked at, on any level, where a template reads that
key and the value ends like such a file. It may be beside the page, in `assets/`, in `static/` or elsewhere on the site: what is reported is nowhere. A
`src` of `resources` names a file beside the page; a pattern with `*` may match nothing.

Without the file a page has no picture where it is shared or listed. Add the file, or correct the value. For keys of your
own write `"x-reference": "file"` into the schema; see unknown-reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..frontmatter.block import Pointer
from ..site.named_files import Named, NamedFiles, named_files
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every file of front matter that is not there."""
    files = NamedFiles(site)
    for path, facts in site.pages.items():
        # Where front matter has an error, Hugo builds nothing of the page: that is reported first.
        for named in () if facts.front.problems else named_files(facts.front):
            page = site.addresses.outputs.get(path)
            if page is None or page.state in ("resource", "shadowed") or files.has(page, named):
                continue
            if any(_is_reference(keyword, place, named) for keyword, _, place, _ in facts.values):
                continue  # unknown-reference reports it
            where = "which is not beside this page" if named.beside else "which this site does not have"
            other = site.addresses.candidates.file(named.value)
            yield Finding(
                facts.span(*named.pointer),
                f'the key {named.key} names the file "{named.value}", {where}',
                f'did you mean "{site.addresses.url(other)}"?'
                if other is not None and not named.beside
                else "add the file, or correct the value",
                cause=named.value,
            )


def _is_reference(keyword: str, pointer: Pointer, named: Named) -> bool:
    """Whether a schema asks for what that value names."""
    first, *rest = named.pointer
    return keyword.startswith("x-reference:") and pointer == (str(first).lower(), *rest)


_LAYOUT = {"layouts/single.html": '{{ partial "opengraph.html" . }}{{ .Params.cover.image }}{{ .Content }}'}

RULE = Rule(
    "VD119",
    "missing-media",
    on=Site,
    scope=Scope.PAGE,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/sun/index.md": "---\nimages: [Sun.png, /img/b.png]\ncover: {image: c.png}\n---\nText.\n",
                "content/posts/sun/sun.png": "",
                "static/img/b.png": "",
                "assets/covers/c.png": "",
                **_LAYOUT,
            }
        ),
        Good(
            {
                "content/posts/sun/index.md": '---\nresources:\n- src: sun.png\n- src: "*.pdf"\n---\nText.\n',
                "content/posts/sun/sun.png": "",
                **_LAYOUT,
            }
        ),
        Bad(
            {
                "content/posts/page.md": "---\nimages:\n- https://vitd.test/a.png\n- /img/a.png\n---\nText.\n",
                **_LAYOUT,
            },
            at=["4:3-4:13"],
        ),
        Bad(
            {
                "content/posts/sun/index.md": "---\nresources:\n- src: sun.png\n---\nText.\n",
                "static/sun.png": "",
                **_LAYOUT,
            },
            at=["content/posts/sun/index.md:3:8-3:15"],
        ),
    ),
)

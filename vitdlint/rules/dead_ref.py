"""A `ref` or `relref` names no page, so Hugo's build fails.

`{{< ref "x" >}}` looks for a page by its logical path (the path of its file, without extension), first beside the page,
then from the content folder; a bare name works if only one page has it. Slugs, aliases, drafts and static files do not
count. Hugo stops with REF_NOT_FOUND, unless `refLinksErrorLevel` is "warning". An empty reference, or one to another
site, silently becomes an empty link. What a content adapter may make is not checked, nor what a mount, module or theme
could supply that is not on disk.

Correct the reference: the message names the page that has this name or address, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from .support.links import span_of
from .support.wording import WHEN_RENDERED, WHY_UNPUBLISHED


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report references that Hugo cannot resolve."""
    fails = links.site.addresses.config.ref_links_error_level == "error"
    for page, link, target in links.led("dead", "unpublished"):
        if target.via != "ref":
            continue
        if target.status == "dead" and target.page is not None and target.page.state == page.state:
            continue  # a draft that refers to a draft: they may be published together
        consequence = "the build fails" if fails else "the link becomes empty"
        consequence += WHEN_RENDERED.get(page.state, "")
        message = f'there is no page "{link.target}", so {consequence}'
        help_ = "write the path of the page's file below the content folder"
        wrong_page = target.reason.startswith("Hugo links")
        builds = not fails or target.status == "unpublished" or "empty link" in target.reason or wrong_page
        if target.status == "unpublished":
            why = WHY_UNPUBLISHED.get(target.page.state if target.page else "", "is not published")
            message = f'the page "{link.target}" {why}, so the reference becomes a dead link'
            help_ = "publish the page, or remove the link"
        elif "empty link" in target.reason:
            message, help_ = target.reason, "write the target as a plain link"
        elif wrong_page:
            message, help_ = (
                f"the reference becomes a dead link: {target.reason}",
                "give the page another slug",
            )
        elif target.reason:
            message = f'the reference "{link.target}" is ambiguous: {target.reason}'
            help_ = "write the whole path"
        elif target.page is not None:
            message = f'the page "{link.target}" {WHY_UNPUBLISHED[target.page.state]}, so Hugo does not find it, and {consequence}'
            help_ = "publish the page, or remove the reference until it is"
        else:
            served = links.site.addresses.urls.find("/" + target.path.lstrip("/"))
            meant = served.output if served is not None and served.output else None
            candidate = links.site.addresses.candidates.page(target.path)
            meant = meant or (candidate.page if candidate else None)
            if meant is not None and meant.state == "published":
                help_ = f'did you mean "{meant.logical}"?'
        yield Finding(span_of(page, link), message, help_, cause=link.target, builds=builds)


_MOUNT = """[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "../sdk/docs"
target = "content/sdk"
"""

RULE = Rule(
    "VD610",
    "dead-ref",
    on=Links,
    check=check,
    fails_build=True,
    examples=(
        Good(
            {
                "content/posts/page.md": '[b]({{< ref "b" >}}), [b]({{< relref "/posts/b.md#dose" >}})\n',
                "content/posts/b.md": "---\nslug: vitamin-b\n---\n## Dose\n",
            }
        ),
        Good(
            {
                "content/_index.md": "Home\n",
                "content/posts/page.md": '[b]({{< ref "/posts//b.md" >}}), [b]({{< ref "posts/c/../b.md" >}})\n',
                "content/posts/b.md": "Text.\n",
            }
        ),
        Good(
            {"hugo.toml": _MOUNT, "content/posts/page.md": '[b]({{< ref "b" >}}) [c]({{< ref "/sdk/c" >}})\n'}
        ),
        Bad(
            {
                "content/posts/page.md": '[b]({{< ref "b" >}})\n',
                "content/posts/b.md": "---\ndraft: true\n---\nText.\n",
            },
            at=["1:14-1:15"],
        ),
        Good(
            {
                "content/posts/page.md": '---\ndraft: true\n---\n[b]({{< ref "b" >}})\n',
                "content/posts/b.md": "---\ndraft: true\n---\nText.\n",
            }
        ),
        Bad(
            {"hugo.toml": _MOUNT, "content/posts/page.md": '[b]({{< ref "posts/b" >}})\n'},
            at=["1:14-1:21"],
        ),
        Bad(
            {
                "content/posts/page.md": '[b]({{< ref "/posts//b" >}})\n',
                "content/posts/b.md": "Text.\n",
            },
            at=["1:14-1:23"],
        ),
        Bad(
            {
                "content/posts/page.md": '[b]({{< ref "vitamin-b" >}})\n',
                "content/posts/b.md": "---\nslug: vitamin-b\n---\nText.\n",
            },
            at=["1:14-1:23"],
        ),
    ),
)

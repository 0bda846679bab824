"""A link leads to a page that this site does not have.

Hugo copies the targets of links to the published page as they are and checks none of them. The reader who follows
this one gets "page not found".

The whole site is known here: slugs, `url`, permalinks, sections, terms, aliases, redirects of the host, static files.
A relative link is resolved against the page's URL, as a browser does it: on `/posts/a/` the target `b` means
`/posts/a/b`. With `host = "clean"` (the default) `/x`, `/x/` and `/x.html` are the same; `host = "strict"` takes
targets as they are. What only a layout knows is declared by `extra-urls`, what the host redirects by `redirects`; a
published `_redirects`, the template of one, and `netlify.toml` are read. What lies in a folder that is not on disk, but
is mounted or named by `.gitignore`, is not checked. Between the tags of a shortcode (`{{< note >}}`) links are checked if
its template renders them (`{{ .Inner | markdownify }}`). So are the parameters of a shortcode that its template writes as a
whole `href` or `src`, or looks up (`GetPage`, `Resources.Get`, `resources.Get`, `ref`), if it does nothing else with them that is
not understood; `links` of `[shortcodes.NAME]` says which ones are links instead. Hugo's own render hooks, which a configured language switches on,
fail the build on an address that they cannot parse (`[x](100%)`).

Correct the target, write the page, or remove the link; `vitdlint site` prints the URL of every page. If one page has the same
name, the unsafe fix links to it.
Relative links of a page that is never rendered are not checked: a layout shows them on another page.
Neither are links that only a render hook could resolve (`[b](b.md)`), while a theme that may have one is not on disk.
Entries of the menus in Hugo's configuration are checked like links. Images
and downloads are reported by missing-file, `ref` and `relref` by dead-ref, prose in brackets by prose-link, links of layouts by
dead-link-in-layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Link
from ..site.answers import Target
from ..site.links import Links
from ..site.relink import relink
from .support.links import fix_of, span_of


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every link that leads nowhere, with the page that was probably meant."""
    for linked in links.dead_for("dead-link"):
        page, link, target = linked
        span = span_of(page, link)
        message = f'the link to "{link.target}" leads nowhere: {_why(link, target)}'
        help_, fix = "correct the target, or remove the link", None
        meant = links.meant(linked)
        if meant is not None:
            new = relink(links.site, page, link, meant.goal)
            shown = new.text if new is not None else meant.goal.url
            help_ = f'did you mean "{shown}"{f" ({meant.title})" if meant.title else ""}?'
            if meant.exact and new is not None and not new.elsewhere:
                fix = fix_of(page, link, new, safe=False)
        url = meant.goal.url if meant is not None and meant.exact and not target.reason else ""
        prose = links.prose_of(linked)
        if meant is None and prose is not None and prose.plain:
            whole = Span(span.path, prose.start, prose.end)
            help_ = f'write "{prose.words}" without the link, which was made of words in brackets'
            fix = Fix("Keep the words without the link", (Edit(whole, prose.words),))
        yield Finding(span, message, help_, fix, cause=target.path, meant=url)

    for menu, name, shown, target, place in links.menus:
        if target.status in ("dead", "unpublished"):
            why = "is not published" if target.status == "unpublished" else "does not exist"
            yield Finding(
                place,
                f'the entry "{name}" of the menu "{menu}" leads to "{shown}", which {why}',
                "correct the entry, or remove it",
            )


_QUOTES = frozenset("\"'\u2018\u201c\u201d\u201e")


def _why(link: Link, target: Target) -> str:
    if target.reason:
        return target.reason
    if link.target[:1] in _QUOTES:
        return "its quotation marks belong to the address; remove them"
    if "//" in target.path:
        return f'there are two slashes in a row in "{target.path}"'
    if link.target.strip("/") != target.path.strip("/") and not link.target.startswith(target.path):
        return f'no page has the URL "{target.path}"'
    return "no page has this URL"


RULE = Rule(
    "VD601",
    "dead-link",
    on=Links,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "[b](/posts/b), [b](/posts/b/), [b](/posts/b.html), [b](../b/), [posts](/posts/)\n",
                "content/posts/b.md": "---\ntitle: Vitamin B\ntags: [Sun]\n---\n[sun](/tags/sun/), [feed](/index.xml)\n",
            }
        ),
        Good("[elsewhere](https://example.net/nope), [mail](mailto:a@example.net), [top](#top)\n"),
        Good("---\nbuild: {render: never}\n---\nShown by a layout: [b](b/), [there](#there)\n"),
        Good({".gitignore": "content/api\n", "content/posts/page.md": "[made by a build step](/api/v1/)\n"}),
        Bad(
            {
                ".gitignore": "content/commands/*.md\n",
                "content/commands/print.md": "Text.\n",
                "content/posts/page.md": "[print](/commands/print/), [list](/commands/list)\n",
            },
            at=["1:35-1:49"],
        ),
        Good("[app](/search?q=sun)\n", settings={"extra-urls": ["/search"]}),
        Good(
            "[old](/pages/page)\n",
            settings={"redirects": [{"from": "/pages/*", "to": "/posts/:splat"}]},
        ),
        Good(
            {
                "hugo.toml": '[outputs]\nhome = ["html", "hosted"]\n[outputFormats.hosted]\nbaseName = "_redirects"\n',
                "layouts/index.hosted": "/pages/*  /posts/:splat\n/latest  /{{ .Site.Params.latest }}\n",
                "content/posts/page.md": "[old](/pages/page), [latest](/latest)\n",
            }
        ),
        Good(
            {
                "content/_redirects": "/pages/*  /posts/:splat\n",
                "content/posts/page.md": "[old](/pages/page)\n",
            }
        ),
        Bad(
            'As shown <a class="wiki" href="3-5" rel="">3-5</a> before.\n',
            at=["1:32-1:35"],
            fixed="As shown [3-5] before.\n",
        ),
        Bad("A [dose](/posts/dose/) of sun.\n", at=["1:10-1:22"]),
        Bad(
            {
                "content/posts/page.md": '<a class="wiki wiki_page" href="Sun%2C+more+sun">Sun, more sun</a>\n',
                "content/posts/b.md": "---\ntitle: Sun, more sun\n---\nText.\n",
            },
            at=["1:33-1:48"],
            fixed={"content/posts/page.md": '<a class="wiki wiki_page" href="/posts/b/">Sun, more sun</a>\n'},
            unsafe=True,
        ),
        Bad(
            {
                "content/posts/page.md": "Read [this](/tags/vitamin-d-and-sleep.html#dose).\n",
                "content/posts/vitamin-d-and-sleep.md": "---\ntitle: Vitamin D and sleep\n---\n## Dose\n",
            },
            at=["1:13-1:48"],
            fixed="Read [this](/posts/vitamin-d-and-sleep/#dose).\n",
            unsafe=True,
        ),
        Bad(
            {
                "hugo.toml": '[[menus.main]]\nname = "B"\npageRef = "/posts/b"\n[[menus.main]]\nname = "P"\nurl = "posts/page/"\n',
                "content/posts/page.md": "Text.\n",
            },
            at=["hugo.toml:3:11-3:21"],
        ),
        Good(
            {
                "layouts/_shortcodes/raw.html": "<pre>{{ .Inner }}</pre>",
                "content/posts/page.md": "{{< raw >}}[dose](/posts/dose/){{< /raw >}}\n",
            }
        ),
        Bad(
            {
                "layouts/_shortcodes/note.html": '<div class="note">{{ .Inner | markdownify }}</div>',
                "content/posts/page.md": "{{< note >}}See the [dose](/posts/dose/).{{< /note >}}\n",
            },
            at=["1:28-1:40"],
        ),
        Bad('[b]("https://example.net/b"), [page](/posts//page/)\n', at=["1:5", "1:38"]),
        Bad(
            "[b](/posts/b.html)\n",
            settings={"host": "strict"},
            at=["1:5"],
        ),
    ),
)

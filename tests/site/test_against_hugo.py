"""Where links lead, compared with what the real Hugo publishes, for both kinds of host."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.hugo_build import build
from support.truth import LAYOUTS, compare, differences
from support.whole import whole

from vitdlint.site.redirects import parse_redirects

UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n"
BASE = 'baseURL = "https://example.org/"\n'

LINKS = """---
title: Page
tags: [Vitamin D, "a & b", "C++", "x/y"]
---
## A heading

[abs](/posts/b) [slash](/posts/b/) [html](/posts/b.html) [index](/posts/b/index.html)
[rel](b) [up](../b) [up slash](../b/) [dot](./b) [far](../../posts/b/) [beyond](../../../../posts/b/)
[enc](/posts/%62/) [upper](/posts/B/) [dead](/nope) [dead](/posts/nope.html) [php](/x.php)
[umlaut](/posts/ünï/) [encoded umlaut](/posts/%C3%BCn%C3%AF/) [hash](/posts/c%23d/) [hash](/posts/c#d)
[query](/posts/b/?q=1) [query](?q=1) [frag](/posts/b/#dose) [no frag](/posts/b/#nope) [own](#a-heading) [own](#nope)
[own2](/posts/page/#a-heading) [top](#top) [empty](#) [none]() [text](/posts/b/#:~:text=dose) [case](/posts/b/#Dose)
[home](/) [home](/index.html) [section](/posts/) [section](/posts) [tags](/tags/) [term](/tags/vitamin-d/) [term](/tags/vitamin-d)
[amp](/tags/a--b/) [cpp](/tags/c++/) [cpp](/tags/c%2B%2B/) [nested](/tags/x/y/) [wrong](/tags/Vitamin%20D/)
[rss](/index.xml) [rss](/posts/index.xml) [rss](/tags/vitamin-d/index.xml) [map](/sitemap.xml) [robots](/robots.txt)
[alias](/old) [alias](/old/) [alias](/old.html) [alias frag](/old#dose) [alias](/Old+Page%20x) [alias](/123) [rel alias](/posts/rel)
[static](/files/a.pdf) [static](/files/A.pdf) [static](/files/a%20b.txt) <a href="/files/a b.txt">html</a> [dir](/files/) [page](/files/p.html) [page](/files/p)
![img](/img/x.png) ![img](/img/nope.png) ![rel](x.png) <img src="../../img/x.png">
[bundle](/posts/leaf/) [res](/posts/leaf/pic.png) [res](/posts/leaf/Pic.PNG) [child](/posts/leaf/child/)
[draft](/posts/draft/) [future](/posts/future/) [headless](/posts/headless/) [never](/posts/never/)
[url](/custom/place/) [url](/custom/place) [urlhtml](/custom/x.html) [urlhtml](/custom/x) [slugged](/posts/a-slug/) [file](/posts/slugged/)
[own host](https://example.org/posts/b/) [own host](http://EXAMPLE.org/posts/nope) [other](https://example.net/x) [proto](//example.org/posts/b/) [proto](//example.net/)
[mail](mailto:a@example.org) [tel](tel:1) [js](javascript:void) <https://example.org/posts/b/> https://example.org/nope
<a href="/posts/b/ ">blank</a> <a href="\\posts\\b">backslash</a> <a href="/posts/b/&#35;dose">entity</a> [bs](/posts\\b) [percent](/100%/)
[double](/posts//b/) [enc slash](/posts%2Fb/) [enc dots](/posts/%2e%2e/posts/b/) [sub](/posts/deep/er/x/) [nolist](/posts/deep/er/) <a href="#dose">x</a>
"""

SITE = {
    "content/posts/page.md": LINKS,
    "content/posts/b.md": "---\ntitle: B\naliases: [/old, '/Old+Page x', /123, rel]\n---\n## Dose\n\n[self](b) [back](page) [idx](./)\n",
    "content/posts/ünï.md": "Text.\n",
    "content/posts/c#d.md": "Text.\n",
    "content/posts/slugged.md": "---\nslug: A Slug\n---\n[r](../b/) [r](b)\n",
    "content/posts/leaf/index.md": "---\ntitle: Leaf\n---\n![p](pic.png) [c](child.md) [b](../b/) [b](b)\n",
    "content/posts/leaf/child.md": "Text.\n",
    "content/posts/leaf/pic.png": "png",
    "content/posts/deep/er/x.md": "[u](../../../b/) [b](b)\n",
    "content/posts/draft.md": "---\ndraft: true\n---\nText.\n",
    "content/posts/future.md": "---\ndate: 2999-01-01\n---\nText.\n",
    "content/posts/headless.md": "---\nheadless: true\n---\nText.\n",
    "content/posts/never.md": "---\nbuild: {render: never}\n---\nText.\n",
    "content/custom1.md": "---\nurl: /custom/place\n---\n[r](x.html) [r](../x)\n",
    "content/custom2.md": "---\nurl: /custom/x.html\n---\n[r](place/) [r](x)\n",
    "content/_index.md": "[p](posts/page/) [p](page) [p](/posts/page#a-heading) [x](#nope)\n",
    "content/notes/_index.md": "---\nslug: my-notes\n---\n[n](n/) [n](/my-notes/n/) [n](/notes/n/)\n",
    "content/notes/n.md": "[i](./) [i](../) [o](/notes/)\n",
    "static/files/a.pdf": "pdf",
    "static/files/a b.txt": "text",
    "static/files/p.html": "<p id=x>",
    "static/img/x.png": "png",
}


@pytest.mark.parametrize("host", ["strict", "clean"])
@pytest.mark.parametrize("ugly", [False, True], ids=["pretty", "ugly"])
def test_every_form_of_link_leads_where_a_browser_gets(host: str, ugly: bool) -> None:
    config = BASE + f"uglyURLs = {str(ugly).lower()}\n" + UNSAFE
    assert differences({**SITE, "hugo.toml": config}, host) == []


@pytest.mark.parametrize("host", ["strict", "clean"])
def test_below_a_base_path_links_need_it(host: str) -> None:
    config = 'baseURL = "https://example.org/sub/path/"\n' + UNSAFE
    page = """[abs](/posts/b/) [abs](/sub/path/posts/b/) [rel](../b/) [host](https://example.org/sub/path/posts/b/)
[out](https://example.org/other/) [home](/sub/path/) [home](/sub/path) [ref]({{< ref "b" >}}) [rr]({{< relref "b.md" >}}#dose) [beyond](../../../../x)
"""
    files = {"hugo.toml": config, "content/posts/page.md": page, "content/posts/b.md": "## Dose\n[b](/x)\n"}
    found = differences(files, host)
    # To a browser a path outside the base path is dead as well; another site on the same host may have it.
    assert [d for d in found if "is external" not in d] == []


@pytest.mark.parametrize("host", ["strict", "clean"])
@pytest.mark.parametrize(
    # With uglyURLs in a folder for each language Hugo 0.168 overwrites the default home page by a redirect to itself.
    ("subdir", "ugly"),
    [(False, False), (False, True), (True, False)],
    ids=["root", "root-ugly", "subdir"],
)
def test_languages_have_their_own_urls_and_logical_paths(host: str, subdir: bool, ugly: bool) -> None:
    config = (
        BASE
        + f"uglyURLs = {str(ugly).lower()}\ndefaultContentLanguageInSubdir = {str(subdir).lower()}\n"
        + "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"
        + UNSAFE
    )
    page = """---
tags: [Sun]
---
## Here

[md](b.md) [md](./b.md#dose) [md](../posts/b.md#nope) [bare](b) [abs](/posts/b) [abs md](/posts/b.md) [html](/posts/b.html) [slug](/posts/slugged.md)
[fr](/fr/posts/b/) [en](/en/posts/b/) [only en](/posts/only.md) [only en](only.md) [draft](draft.md) [dead](nope.md)
[leaf](leaf/index.md) [leaf](leaf) [index](_index.md) [tag](/tags/sun) [tags](/tags) [own](#here) [own](#nope) [home](/) [q](b.md?x=1#dose)
[static](/a.pdf) [up](../posts/b/) [case](B.MD) [space](<My Page.md>) <a href="b.md">raw</a> <a href="/posts/b/">raw</a>
![res](leaf/pic.png) ![static](/a.png) [ref]({{< ref "b" >}}) [ref fr]({{< ref path="b" lang="fr" >}}) [alias](/old) [alias](/fr/old)
"""
    files = {
        "hugo.toml": config,
        "content/posts/page.md": page,
        "content/posts/page.fr.md": page,
        "content/posts/b.md": "---\naliases: [/old]\n---\n## Dose\n",
        "content/posts/b.fr.md": "---\naliases: [/old]\n---\n## Dose\n",
        "content/posts/only.md": "Text.\n",
        "content/posts/slugged.md": "---\nslug: other\n---\nText.\n",
        "content/posts/slugged.fr.md": "---\nslug: autre\n---\nText.\n",
        "content/posts/draft.md": "---\ndraft: true\n---\nText.\n",
        "content/posts/My Page.md": "Text.\n",
        "content/posts/_index.md": "[b](b.md) [b](b/)\n",
        "content/posts/leaf/index.md": "![p](pic.png) [b](../b.md) [b](b.md) [c](/posts/leaf)\n",
        "content/posts/leaf/index.fr.md": "![p](pic.png) [b](../b.md) [b](b.md) [c](/posts/leaf)\n",
        "content/posts/leaf/pic.png": "png",
        "static/a.pdf": "pdf",
        "static/a.png": "png",
    }
    assert differences(files, host) == []


@pytest.mark.parametrize("mode", ["always", "fallback", "never"])
def test_the_embedded_render_hooks_resolve_logical_paths(mode: str) -> None:
    config = (
        BASE
        + UNSAFE
        + f'[markup.goldmark.renderHooks.link]\nuseEmbedded = "{mode}"\n[markup.goldmark.renderHooks.image]\nuseEmbedded = "{mode}"\n'
    )
    page = "[b](b.md) [b](/posts/b) [b](../q/c.md) [c](c.md) [s](/posts/slug) ![i](/img/in-assets.png) ![i](pic.png) [i](pic.png)\n"
    files = {
        "hugo.toml": config,
        "content/posts/page.md": page,
        "content/posts/b.md": "Text.\n",
        "content/posts/slugged.md": "---\nslug: slug\n---\nText.\n",
        "content/q/c.md": page,
        "content/posts/leaf/index.md": page,
        "content/posts/leaf/pic.png": "png",
    }
    assert differences(files, "strict") == []


def test_a_disabled_language_switches_the_embedded_render_hooks_on_too() -> None:
    files = {
        "hugo.toml": BASE + "[languages.en]\n[languages.fr]\ndisabled = true\n" + UNSAFE,
        "content/posts/page.md": "[b](b.md) [b](../q/c.md)\n",
        "content/posts/b.md": "Text.\n",
        "content/q/c.md": "Text.\n",
    }
    assert differences(files, "strict") == []


def test_aliases_are_dead_where_hugo_writes_none() -> None:
    config = BASE + "disableAliases = true\n" + UNSAFE
    assert differences({**SITE, "hugo.toml": config}, "strict") == []


def test_aliases_that_a_template_gives_to_the_host_are_those_that_hugo_gives_to_the_template() -> None:
    files = {
        **LAYOUTS,
        "hugo.toml": BASE
        + 'disableAliases = true\n[outputs]\nhome = ["html", "hosted"]\n'
        + '[outputFormats.hosted]\nbaseName = "_redirects"\nmediaType = "text/plain"\n',
        "layouts/home.hosted.txt": "{{ range site.Pages }}{{ $to := .RelPermalink }}{{ range .Aliases }}{{ . }} {{ $to }}\n"
        "{{ end }}{{ end }}",
        "content/posts/page.md": "---\naliases: [/old, /older/, /123]\n---\nText.\n",
        "content/posts/one.md": "---\naliases: /alone\n---\nText.\n",
        "content/posts/draft.md": "---\ndraft: true\naliases: [/of-a-draft]\n---\nText.\n",
        "content/notes/_index.md": "---\ncascade:\n  target: {kind: page}\n  aliases: [/handed-down]\n---\nText.\n",
        "content/notes/note.md": "Text.\n",
    }
    written = parse_redirects(build(files, pages=False).files["_redirects.txt"].decode())
    site = whole(files, aliases_by_host=True)
    answers = {rule.from_: site.resolve(rule.from_, "content/posts/page.md").url for rule in written}
    assert answers == {rule.from_: rule.to for rule in written}
    assert {"/old", "/older", "/123", "/alone", "/handed-down"} == answers.keys()


def test_raw_html_that_is_not_published_has_no_links() -> None:
    files = {
        "hugo.toml": BASE,
        "content/posts/page.md": '<a href="/nope">x</a> <b id="i">y</b> [i](#i) [n](/nope)\n',
    }
    assert differences(files, "strict") == []


def test_figures_and_references_are_links() -> None:
    page = """---
title: Figures
---
{{< figure link="/posts/b/" src="pic.png" >}}
{{< figure src="/img/nope.png" >}}

[r]({{< ref "b.md#dose" >}}) [r]({{< relref "/posts/b" >}}#nope) [r]({{% relref "leaf" %}}) [h]({{< ref "/" >}}) [o]({{< ref "#own" >}})

## Own
"""
    files = {
        "content/posts/leaf/index.md": page,
        "content/posts/leaf/pic.png": "png",
        "content/posts/page.md": page,
        "content/posts/b.md": "## Dose\n",
    }
    assert differences(files, "strict") == []


NAMES = st.sampled_from(
    [
        "a",
        "b c",
        "D",
        "e--f",
        "ünï",
        "g.h",
        "i+j",
        "k#l",
        "m_n",
        "o&p",
        "q~r",
        "-s-",
        "1",
        "t%41",
        "u@v",
        "日本",
        "w'x",
    ]
)
SECTIONS = st.sampled_from(["", "posts/", "posts/deep/", "Notes/", "two words/"])
WRAPS = st.sampled_from(
    ["{}", "{}/", "{}.html", "{}/index.html", "{}#h", "{}/#h", "{}/#nope", "{}?q=1", "{}.md", "{}/../"]
)
STARTS = st.sampled_from(
    ["/", "", "../", "./", "/posts/", "../posts/", "/posts/deep/", "/fr/", "../../", "https://example.org/"]
)
LINKS_DRAWN = st.lists(st.tuples(STARTS, NAMES, WRAPS, st.booleans()), min_size=1, max_size=30)


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    files: dict[str, str] = {}
    pages = draw(st.lists(st.tuples(SECTIONS, NAMES), min_size=2, max_size=8, unique=True))
    for section, name in pages:
        links = []
        for start, target, wrap, encode in draw(LINKS_DRAWN):
            word = quote(target) if encode else target.lower().replace(" ", "-")
            links.append(f"[x](<{start}{wrap.format(word)}>)")
        front = {}
        if draw(st.booleans()):
            front["aliases"] = [draw(st.sampled_from(["/", ""])) + f"old {draw(NAMES)}" for _ in range(2)]
        if draw(st.booleans()):
            front["slug"] = draw(NAMES)
        bundle = draw(st.sampled_from(["{}.md", "{}/index.md", "{}.fr.md"]))
        path = "content/" + section + bundle.format(name)
        files[path] = json.dumps(front) + "\n## H\n\n" + "\n".join(links) + "\n"
    ugly, hook, french = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    files["hugo.toml"] = (
        BASE
        + f"uglyURLs = {str(ugly).lower()}\n"
        + ("[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n" if french else "")
        + f'[markup.goldmark.renderHooks.link]\nuseEmbedded = "{"always" if hook else "auto"}"\n'
    )
    return files


@pytest.mark.slow
@settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
@given(sites(), st.sampled_from(["strict", "clean"]))
def test_on_generated_sites_every_link_leads_where_a_browser_gets(files: dict[str, str], host: str) -> None:
    site = whole({**LAYOUTS, **files}, host=host)
    shadowed = any(o.state == "shadowed" for o in site.addresses.publication.outputs)
    clash = any(len(owners) > 1 for file, owners in site.addresses.alias_owners.items())
    assume(not site.addresses.url_owners and not shadowed and not clash)
    built = build({**LAYOUTS, **files}, pages=False)
    assume(built.code == 0)
    assert compare(site, built) == []


def test_a_url_that_hugo_writes_may_lead_nowhere() -> None:
    config = BASE + "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"
    page = '[hook](</t%2541>) [ref]({{< ref "/t%2541" >}}) [right](/t%252541/)\n'
    assert (
        differences(
            {"hugo.toml": config, "content/t%41.md": "Text.\n", "content/posts/page.md": page}, "strict"
        )
        == []
    )

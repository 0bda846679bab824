"""Pages to URLs and files: each case is a site that the real Hugo builds, and vitdlint must say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.hugo_build import LAYOUTS, build
from support.hugo_compare import compare_files, differences, publish_tree, with_layouts

from vitdlint.files.tree import MemoryTree

Tree = dict[str, str]


def page(**front: Any) -> str:
    return json.dumps(front, ensure_ascii=False) + "\n"


URLS = [
    "/about", "about", "/about2/", "about3/", "/a/b/c.html", "/x.php", "/a.b", "a/b.htm", "/a.bc/", "/About Us/",
    "/UPPER/Case", "/Ünï/", "/C++", "/trail-", "/a'b", "/q?x=1", "/f#frag", "//dbl", "/a//b", "/../x",
    "index2.html", "./rel", "/:year/:slug/", "/:title", "/:filename/", "/x/:sections/:contentbasename", "/t.html/",
    "/\\:year/x", "/a b.html", "/é/b c/", "/x..y/z", "/%41b/", "a%20b", "/dir.d/file", "/dir.d/file.tar.gz", "",
]  # fmt: skip

CASES: dict[str, Tree] = {
    "a url is published as it is written": {
        f"content/p/{i}.md": page(url=url, aliases=[f"/abs{i}"]) for i, url in enumerate(URLS)
    },
    "a slug of a section moves all below": {
        "content/sec/_index.md": page(slug="My Sl"),
        "content/sec/a.md": page(),
        "content/sec/pic.png": "x",
        "content/sec/sub/_index.md": page(slug="subsl", aliases=["/q", "r"]),
        "content/sec/sub/b.md": page(),
        "content/sec/sub/foo.md": page(),
        "content/sec/sub/foo/pic.png": "x",
        "content/sec/n/_index.md": page(slug="2..2/3"),
        "content/sec/n/b.md": page(),
        "content/one/two/three/_index.md": page(slug="s"),
        "content/one/two/three/x.md": page(),
        "content/gap/_index.md": page(slug="index"),
        "content/gap/a.md": page(),
        "content/dots/_index.md": page(slug="a.b/"),
        "content/dots/a.md": page(),
    },
    "a url of a section moves nothing below": {
        "content/sec/_index.md": page(url="/other/"),
        "content/sec/a.md": page(),
    },
    "a folder without a section belongs to the section whose name its own begins with": {
        "content/a/foo/_index.md": page(slug="bar"),
        "content/a/foo-x/p.md": page(),
        "content/a/foo-x/r.txt": "x",
        "content/a/foobar.md": page(),
        "content/a/foobaz/index.md": page(),
        "content/a/foobaz/r.txt": "x",
        "content/a/food.txt": "x",
        "content/a/foo-y/_index.md": page(slug="c/d"),
        "content/a/foo-y/p.md": page(),
        "content/a/foo-z/deep/_index.md": page(),
        "content/a/foo-z/deep/p.md": page(),
    },
    "a section whose name begins like a taxonomy is a term": {
        "content/tagsfoo/x.md": page(),
        "content/tagsbar/_index.md": page(),
    },
    "aliases of pages, sections, bundles, terms and the home page": {
        "content/_index.md": page(aliases=["/h1", "/h2/"]),
        "content/s/_index.md": page(aliases=["rel", "/abs", "/abs.html"]),
        "content/s/x.md": page(aliases=["rel", "/absx", "../up", "/q?x"], tags=["a", "b"]),
        "content/s/leaf/index.md": page(aliases=["rel2", "."]),
        "content/tags/_index.md": page(aliases=["/tagalias", "tr"]),
        "content/tags/a/_index.md": page(aliases=["/taalias", "tra"]),
    },
    "aliases of every type": {
        "content/p/a.md": page(
            aliases=[1, True, 2.5, "a/../../b", "/x/", "/y/index.html", "z.htm", "/W.HTML"]
        ),
        "content/p/b.md": page(aliases="/s1 s2"),
        "content/p/c.md": page(aliases=["/l", ["m"]]),
        "content/p/d.md": page(aliases={"a": 1}),
        "content/p/e.md": '{"ALIASES": ["/upper"], "aliases": ["/lower"]}',
        "content/p/f.md": page(params={"aliases": ["/inparams"]}),
        "content/p/g.md": page(aliases=["sp ace", "/tab\t", "é", "/%41", "//dd", "./e"]),
    },
    "bundles and their resources": {
        "content/about/index.md": page(),
        "content/about/other.md": page(),
        "content/about/pic.png": "x",
        "content/about/sub/x.md": page(),
        "content/about/sub/index.md": page(),
        "content/about/_index.md": page(),
        "content/posts/index.md": page(),
        "content/posts/child.md": page(),
        "content/posts/child/grand.md": page(),
        "content/leaf/index.md": page(slug="Leaf Slug"),
        "content/leaf/Im Age.PNG": "x",
        "content/leaf/sub/X.txt": "x",
        "content/u/index.md": page(url="/uu/u.html"),
        "content/u/Im Age.PNG": "x",
        "content/u2/index.md": page(url="/uu2/"),
        "content/u2/Im Age.PNG": "x",
        "content/No Index/a b.md": page(),
        "content/No Index/Deep Dir/c.md": page(),
        "content/No Index/Deep Dir/p.txt": "x",
        "content/root.txt": "x",
    },
    "a leaf bundle at the root makes everything a resource": {
        "content/index.md": page(),
        "content/a.md": page(),
        "content/posts/b.md": page(),
        "content/posts/_index.md": page(),
        "content/c.txt": "x",
    },
    "a page that stands in the place of its section": {
        "content/posts.md": page(slug="pp", aliases=["x"]),
        "content/posts/a.md": page(),
        "content/posts/p.txt": "x",
    },
    "file names that Hugo reads, changes and ignores": {
        f"content/p/{name}": ""
        for name in (
            ".hid.md",
            "#h.md",
            "x~.md",
            "y.md~",
            "_u.md",
            "a.mdx",
            "a.MARKDOWN",
            "a.b.c.md",
            "n.en.md",
            "n2.fr.md",
            "fr.en.md",
            "a.en.b.md",
            "noext",
            "Abc.md",
            "abc.md",
            "q r.md",
            "q-r.md",
            "k.md",
            "k.markdown",
            "r.en.md",
            "r.md",
            "x.en.txt",
            "X.en.txt",
            "Pic.PNG",
            "pic.png",
            "c._custom_.md",
            "d.baseof.md",
            "#dir/a.md",
            "dir~/a.md",
            ".dir/a.md",
        )
    },
    "folder names": {
        "content/a & b/x.md": "",
        "content/a & b/_index.md": "",
        "content/d%20e/x.md": "",
        "content/f#g/x.md": "",
        "content/UP/Sub Dir/x/index.md": "",
        "content/UP/Sub Dir/x/P Q.txt": "",
        "content/h/index/x.md": "",
        "content/h/index/_index.md": "",
        "/".join(["content", *(f"d{i}" for i in range(20)), "x.md"]): "",
    },
    "static folders, in order": {
        "hugo.toml": 'staticDir = ["static", "st2"]\nstaticDir1 = "st3"\n',
        "static/a.txt": "1",
        "static/.dot": "",
        "static/D/é f.txt": "",
        "static/~a~": "",
        "st2/a.txt": "2",
        "st2/b.txt": "",
        "st3/c.txt": "",
        "content/a.md": "",
    },
    "mounts, with patterns, of folders and files": {
        "hugo.toml": """
            [[module.mounts]]
            source = "content"
            target = "content"
            files = ["! **/secret/**", "! *.txt"]
            [[module.mounts]]
            source = "docs/src"
            target = "content/docs"
            files = ["*.md", "sub/*.md"]
            [[module.mounts]]
            source = "img"
            target = "static/images"
            [[module.mounts]]
            source = "one.md"
            target = "content/single/one.md"
            [[module.mounts]]
            source = "docs2"
            target = "content/docs"
            files = ["! x*", "**"]
        """,
        "content/a.md": "",
        "content/secret/a.md": "",
        "content/q/secret/a.md": "",
        "content/b.txt": "",
        "content/q/b.txt": "",
        "docs/src/a.md": "",
        "docs/src/b.txt": "",
        "docs/src/sub/c.md": "",
        "docs/src/sub/deep/c.md": "",
        "img/x.png": "",
        "one.md": "",
        "docs2/a.md": page(slug="zz"),
        "docs2/d.md": "",
        "docs2/xa.md": "",
        "static/no.txt": "",
    },
    "an earlier mount wins, whatever the file's form": {
        "hugo.toml": """
            [[module.mounts]]
            source = "content"
            target = "content"
            [[module.mounts]]
            source = "more"
            target = "content"
        """,
        "content/p/a.md": page(slug="first"),
        "content/p/b/index.md": page(slug="first-b"),
        "more/p/a/index.md": page(slug="second"),
        "more/p/b.md": page(slug="second-b"),
        "more/p/c.md": "",
    },
    "ignoreFiles": {
        "hugo.toml": 'ignoreFiles = ["\\\\.foo$", "posts/b", "content/zz/"]\n',
        "content/x.foo": "",
        "content/zz/a.md": "",
        "content/y.md": "",
        "content/posts/b/index.md": "",
    },
    "ignoreFiles names folders, of content only": {
        "hugo.toml": 'ignoreFiles = ["_files$", "_cache$", "p.txt$", "/deep/own$"]\n',
        "content/a/index.md": "",
        "content/a/index_files/figure/x.txt": "",
        "content/a/index_files.txt": "",
        "content/a/p.txt": "",
        "content/b_cache/c.md": "",
        "content/b_cache/d/e.md": "",
        "content/deep/own/f.md": "",
        "content/deep/own.md": "",
        "content/own/g.md": "",
        "static/b_files/x.txt": "",
        "static/p.txt": "",
    },
    "patterns of a mount name folders": {
        "hugo.toml": """
            [[module.mounts]]
            source = "content"
            target = "content"
            files = ["! docs/v?", "! _*", "! **/hid"]
            [[module.mounts]]
            source = "content/docs/v1"
            target = "content/docs"
            files = "! _*"
            [[module.mounts]]
            source = "extra"
            target = "content/extra"
            files = ["in/**.md", "a.md", "sub", "x/*/y.md", "**/z.md"]
            [[module.mounts]]
            source = "extra"
            target = "static/extra"
            files = ["! sub", "in/**", "x/y.md"]
        """,
        "content/docs/v1/a.md": "",
        "content/docs/v1/_dev/b.md": "",
        "content/docs/v1/sub/c.md": "",
        "content/docs/ok/d.md": "",
        "content/docs/ok/hid/e.md": "",
        "content/_x/f.md": "",
        "extra/a.md": "",
        "extra/b.md": "",
        "extra/in/c.md": "",
        "extra/in/deep/d.md": "",
        "extra/sub/e.md": "",
        "extra/x/1/y.md": "",
        "extra/x/1/2/y.md": "",
        "extra/x/y.md": "",
        "extra/q/r/z.md": "",
        "extra/q/r/s.md": "",
    },
    "other content folders and formats": {
        "hugo.toml": 'contentDir = "inhalt"\n[mediaTypes."text/markdown"]\nsuffixes = ["md", "mdx"]\n',
        "inhalt/a.md": "",
        "inhalt/b.mdx": "",
        "inhalt/c.markdown": "",
        "content/b.md": "",
    },
    "drafts, future and expired pages": {
        "content/s/_index.md": page(draft=True, slug="moved"),
        "content/s/a.md": "",
        "content/s/p.txt": "",
        "content/s/d/_index.md": page(draft=True),
        "content/s/d/p.txt": "",
        "content/s/d/x.md": "",
        "content/o/a.md": page(draft=True, tags=["zz"], aliases=["/qq"]),
        "content/o/l/index.md": page(draft=True),
        "content/o/l/p.txt": "",
        "content/only/a.md": page(draft="1"),
        "content/no/a.md": page(draft="yes"),
        "content/fut/a.md": page(date="2027-01-01"),
        "content/fut/b.md": page(date="2027-01-01", publishDate="2020-01-01"),
        "content/fut/c.md": page(expiryDate="2026-06-14"),
        "content/fut/d.md": page(expiryDate="2026-06-16"),
        "content/fut/e.md": page(publishDate="2026-06-15T13:00:00Z"),
        "content/fut/f.md": page(lastmod="2028-01-01"),
        "content/fut/g.md": page(lastmod="2028-01-01", date="2020-01-01"),
        "content/fut/h.md": page(pubdate="2028-01-01"),
        "content/fut/i.md": page(unpublishdate="2018-01-01"),
        "content/fut/j.md": page(tags=["q", "r"]),
        "content/tags/q/_index.md": page(draft=True),
        "content/tags/three/_index.md": page(slug="bar", draft=True),
        "content/tags/three/z/_index.md": "",
    },
    "a home page that is a draft": {
        "content/_index.md": page(draft=True),
        "content/x.txt": "",
        "content/s/a.md": "",
    },
    "the site builds drafts and what is future or expired": {
        "hugo.toml": "buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n",
        "content/a.md": page(draft=True),
        "content/b.md": page(date="2030-01-01"),
        "content/c.md": page(expiryDate="2000-01-01"),
    },
    "build and headless": {
        "content/s/a.md": page(build={"render": "never"}, aliases=["/q"], tags=["a"]),
        "content/s/b.md": page(build={"render": "link"}, aliases=["/q"], tags=["b"]),
        "content/s/c.md": page(build={"list": "never"}, aliases=["/q3"], tags=["c"]),
        "content/s/d/index.md": page(headless=True, aliases=["/q4"], tags=["d"]),
        "content/s/d/p.txt": "",
        "content/s/e/index.md": page(build={"publishResources": False}),
        "content/s/e/p.txt": "",
        "content/s/f.md": page(headless=True),
        "content/s/g.md": page(build={"render": "sometimes"}),
        "content/s/h.md": page(build={"render": False}),
        "content/s/i.md": page(build={"Render": "never"}),
        "content/t/_index.md": page(build={"render": "never"}),
        "content/t/a.md": "",
        "content/t/p.txt": "",
        "content/u/_index.md": page(build={"render": "never", "publishResources": False}),
        "content/u/p.txt": "",
    },
    "cascades of sections and of the site": {
        "hugo.toml": """
            [[cascade]]
            [cascade.target]
            path = "/g/**"
            [cascade.params]
            slug = "bb"
            [[cascade]]
            draft = true
            [cascade.target]
            kind = "section"
            path = "/hh"
        """,
        "content/s/_index.md": page(cascade={"draft": True}),
        "content/s/a.md": "",
        "content/s/b.md": page(draft=False),
        "content/g/a.md": "",
        "content/g/h/i.md": "",
        "content/hh/_index.md": "",
        "content/hh/a.md": "",
        "content/c/_index.md": page(
            cascade=[
                {"target": {"path": "/c/x*"}, "tags": ["cc"]},
                {"_target": {"kind": "page"}, "build": {"render": "never"}},
            ]
        ),
        "content/c/xa.md": page(build={"render": "always"}),
        "content/c/b.md": "",
        "content/k/_index.md": page(cascade={"url": "/kk/:slug/"}),
        "content/k/a.md": page(title="Tii"),
        "content/ali/_index.md": page(cascade={"aliases": ["/old"]}),
        "content/ali/b.md": "",
    },
    "a cascade reaches the sitemap": {
        "hugo.toml": '[cascade]\nslug = "everywhere"\n',
        "content/a.md": page(slug="mine"),
    },
    "taxonomies and terms": {
        "hugo.toml": '[taxonomies]\ntag = "tags"\nauthor = "Authors"\nserie = "my series"\nx = "deep/er"\n',
        "content/s/a.md": page(
            **{
                "tags": ["X", "y z", "C++", "a/b"],
                "authors": ["Me"],
                "my series": ["One Two"],
                "deep/er": ["q"],
            }
        ),
        "content/s/b.md": page(Tags="one two", Authors=5),
        "content/s/c.md": page(params={"tags": ["inparams"]}),
        "content/tags/unused/_index.md": "",
        "content/tags/x/_index.md": page(slug="Xx"),
        "content/tags/foo.md": "",
        "content/_index.md": page(tags=["hometag"]),
        "content/authors/bob/index.md": page(title="Bob"),
        "content/authors/bob/me.png": "",
        "content/authors/al/_index.md": page(title="Al"),
        "content/authors/al/me.png": "",
        "content/authors/p.txt": "",
    },
    "a slug of a taxonomy moves its terms": {
        "content/tags/_index.md": page(slug="etik"),
        "content/tags/foo/_index.md": page(slug="Etik 5"),
        "content/a.md": page(tags=["foo", "bar"]),
    },
    "terms of every type": {
        "content/p/a.md": page(slug=["x"], url={"a": 1}, tags={"a": 1}, title=[1]),
        "content/p/b.md": page(slug=12.5, tags=[1, 2.5, True, None, 1e3, 1e21, 10**20]),
        "content/p/c.md": page(url=12),
        "content/p/d.md": page(url=True),
        "content/p/e.md": page(slug=None),
        "content/p/h.md": "---\ntags:\n- a\n- [b]\n---\n",
        "content/p/i.md": "---\nslug: 1_000\ntags: [0x10, 1e3, 2020-01-01, ~, yes]\n---\n",
        "content/p/j.md": '+++\nslug = 1_000\ntags = ["c", "d"]\n+++\n',
        "content/q/a.md": page(
            tags=["..", "a//b", "/lead/", "index", "é É", "a b", "A B", "a-b", "...", "x/../y"]
        ),
    },
    "a slash in a title begins a folder in that of a taxonomy or term only": {
        "hugo.toml": """
            [permalinks.page]
            posts = "/:year/:slug/"
            docs = "/d/:title/:slugorfilename"
            sec = "/s/:sectionslugs/:sectionslug/:title"
            [permalinks.term]
            tags = "/t/:title/:slug"
            [permalinks.taxonomy]
            tags = "/all/:title/"
            [permalinks.section]
            sec = "/section/:title/:slug"
        """,
        **{
            f"content/posts/{i}.md": page(title=title)
            for i, title in enumerate(
                ("without /var/www", "A/B", "/A/B/", "a / b", "a/ / b", "a//b", "a/../b", "/", "./a", "1\\2")
            )
        },
        "content/posts/slug.md": page(title="a/b", slug="x/y"),
        "content/docs/a.md": page(title="D/E", tags=["a/b", "c / d", "e"]),
        "content/sec/_index.md": page(title="Sec/One"),
        "content/sec/sub/_index.md": page(title="Sub/Two", slug="s/t"),
        "content/sec/sub/p.md": page(title="P/Q"),
        "content/tags/_index.md": page(title="All/Tags"),
        "content/tags/e/_index.md": page(title="E/F"),
    },
    "permalinks with every token": {
        "hugo.toml": """
            timeZone = "Europe/Berlin"
            [frontmatter]
            date = [":filename", ":default"]
            [permalinks]
            old = "/o/:title/"
            [permalinks.page]
            posts = "/:section/:slug.html"
            "secs/deep" = "/sd/:sections[1:]/:sections[last]/:sections[0]/:contentbasename"
            esc = "/\\\\:x/:slugorcontentbasename/"
            "/" = "/rootp/:slug"
            sl = "/q/:sectionslug/:sectionslugs[1:]/:slug/"
            plus = ":slug"
            b = "/:year/:month/:day/:slug/"
            c = "/:2006/:Jan/:monthname/:weekday/:weekdayname/:yearday/:filename/:slugorfilename"
            [permalinks.term]
            tags = "/t/:slug/"
            [permalinks.taxonomy]
            tags = "/all-tags/"
            [permalinks.section]
            posts = "/artikel/"
            sl = "/sektion/:sections/:slug"
            child = "/:title/"
        """,
        "content/old/A b.md": page(title="Old One"),
        "content/old/sub/A b.md": page(title="Old Two"),
        "content/posts/a.md": page(title="P A", tags=["C++", "x y", "é"]),
        "content/posts/b/index.md": page(title="P B"),
        "content/posts/b/r.txt": "",
        "content/secs/deep/x/_index.md": "",
        "content/secs/deep/x/A B.md": "",
        "content/esc/a.md": "",
        "content/esc/B/index.md": "",
        "content/rootpage.md": page(title="RP"),
        "content/sl/_index.md": page(title="SL T"),
        "content/sl/m/_index.md": page(title="M", slug="em"),
        "content/sl/m/p.md": page(title="PP", slug="sp/x"),
        "content/sl/n/p.md": page(title="PP"),
        "content/plus/a.md": page(title="C++ and a%20b"),
        "content/plus/b.md": page(slug="q/w"),
        "content/plus/c.md": page(title="a#b"),
        "content/plus/d.md": page(title="über"),
        "content/plus/e.md": page(slug="-x-"),
        "content/child/e.md": page(slug="-x-"),
        "content/a/2024-01-02-Dated Name.md": "",
        "content/a/2024-01-02.md": "",
        "content/a/2027-01-02-fut.md": "",
        "content/a/2027-01-03-fut.md": page(publishDate="2020-01-01"),
        "content/a/2024-01-04-Bundle/index.md": "",
        "content/a/2024-01-05-slug.md": page(slug="mine"),
        "content/a/2024-13-02-x.md": "",
        "content/b/2024-01-02-x.md": page(title="T i"),
        "content/b/y.md": page(title="Y", date="2026-06-14T23:30:00Z"),
        "content/b/z.md": page(title="Z"),
        "content/c/2024-01-02 03-04-05 abc.md": page(title="T i"),
        "content/c/y.md": page(title="Y", date="2026-06-14T23:30:00Z"),
        "content/c/l.md": page(title="Y", lastmod="2026-06-14T23:30:00Z"),
    },
    "disablePathToLower": {
        "hugo.toml": 'disablePathToLower = true\n[taxonomies]\ntag = "tags"\ntopic = "My Topics"\n',
        "content/My Sec/A  B.md": page(**{"tags": ["Foo Bar"], "My Topics": ["A b/C d"]}),
        "content/My Sec/Deep Er/_index.md": "",
        "content/My Sec/Deep Er/X.md": page(slug="UP Per"),
        "content/Other/Bun Dle/index.md": "",
        "content/Other/Bun Dle/Re S.txt": "",
        "content/Other/n.md": page(aliases=["Al", "/Al2"]),
        "content/README.md": "",
        "content/A a/B b/C c/_index.md": page(slug="s"),
        "content/A a/B b/C c/x.md": "",
        "content/A a/_index.md": page(slug="Top"),
        "content/A a/B b/y.md": "",
    },
    "removePathAccents": {
        "hugo.toml": "removePathAccents = true\n",
        "content/Ünï/É.md": page(tags=["Çé"]),
        "content/Ünï/ø.md": page(slug="Ñandú ½"),
        "content/Ünï/ü.txt": "",
    },
    "the base URL has a path": {
        "hugo.toml": 'baseURL = "https://example.org/ü b/"\n',
        "content/a.md": page(aliases=["/q"]),
        "content/s/b/index.md": "",
    },
    "canonifyURLs takes the path out of RelPermalink": {
        "hugo.toml": 'baseURL = "https://example.org/sub/dir/"\ncanonifyURLs = true\n',
        "content/a.md": page(aliases=["/q"]),
    },
}


@pytest.mark.parametrize("ugly", [False, True], ids=["pretty", "ugly"])
@pytest.mark.parametrize("name", CASES)
def test_urls_and_files_are_hugos(name: str, ugly: bool) -> None:
    tree = dict(CASES[name])
    tree["hugo.toml"] = f"uglyURLs = {str(ugly).lower()}\n{tree.get('hugo.toml', '')}"
    assert differences(tree) == []


def test_ugly_urls_by_section() -> None:
    tree = {
        "hugo.toml": "[uglyURLs]\nposts = true\ntags = true\n",
        "content/posts/a.md": page(tags=["x"], aliases=["/q", "r"]),
        "content/posts/s/_index.md": "",
        "content/posts/s/b/index.md": "",
        "content/posts/s/b/r.txt": "",
        "content/other/a.md": page(aliases=["/q2", "r"]),
        "content/root.md": "",
    }
    assert differences(tree) == []


def test_every_redirect_leads_where_hugo_sends_it() -> None:
    tree = {
        "hugo.toml": 'baseURL = "https://example.org/sub/"\n',
        "content/p/a.md": page(slug="Ä b", aliases=["/old", "older", "/Old+Title – 1", "/x.html"]),
        "content/s/_index.md": page(aliases=["/section-old/"]),
    }
    theirs = build(with_layouts(tree), pages=False).redirects
    ours = publish_tree(MemoryTree(with_layouts(tree))).publication
    mine = {a.file: f"https://example.org{o.url}" for o in ours.outputs for a in o.aliases}
    assert mine == dict(theirs)


def test_an_alias_knows_its_place_and_the_url_that_asks_for_it() -> None:
    tree = {
        "content/p/a.md": page(aliases=["/Old+Title – 1", "/a%20b", "/c#d"]),
        "content/p/b.md": page(aliases="x /y"),
    }
    outputs = publish_tree(MemoryTree(with_layouts(tree))).pages
    aliases = outputs["content/p/a.md"].aliases
    assert [a.pointer for a in aliases] == [("aliases", 0), ("aliases", 1), ("aliases", 2)]
    assert [a.url for a in aliases] == ["/Old+Title%20%E2%80%93%201/", "/a%2520b/", "/c%23d/"]
    assert [a.pointer for a in outputs["content/p/b.md"].aliases] == [("aliases",), ("aliases",)]


def test_aliases_on_which_the_build_fails_are_left_out() -> None:
    tree = {"content/_index.md": page(aliases=["relative"]), "content/p/a.md": page(aliases=["/", ".."])}
    assert build(with_layouts(tree), pages=False).code == 1
    outputs = publish_tree(MemoryTree(with_layouts(tree))).publication.outputs
    assert [a for o in outputs for a in o.aliases] == []


def test_a_page_that_is_not_built_says_why_and_where_it_would_be() -> None:
    tree = {
        "content/a.md": page(draft=True),
        "content/b.md": page(date="2030-01-01"),
        "content/c.md": page(expiryDate="2020-01-01"),
        "content/d.md": page(headless=True),
        "content/e.md": page(build={"render": "link"}),
        "content/f/index.md": page(),
        "content/f/g.md": page(),
        "content/h i.md": page(),
        "content/h-i.md": page(),
    }
    states = {
        o.path: (o.state, o.url)
        for o in publish_tree(MemoryTree(with_layouts(tree))).publication.outputs
        if o.path
    }
    assert states == {
        "content/a.md": ("draft", "/a/"),
        "content/b.md": ("future", "/b/"),
        "content/c.md": ("expired", "/c/"),
        "content/d.md": ("headless", "/d/"),
        "content/e.md": ("not-rendered", "/e/"),
        "content/f/index.md": ("published", "/f/"),
        "content/f/g.md": ("resource", "/f/"),
        "content/h i.md": ("published", "/h-i/"),
        "content/h-i.md": ("shadowed", ""),
    }


def test_terms_say_who_uses_them_and_where() -> None:
    tree = {
        "content/a.md": page(tags=["One Two", "x"], categories="single one"),
        "content/b.md": page(draft=True, tags=["unseen"]),
        "content/c/_index.md": page(cascade={"tags": ["handed down"]}),
        "content/c/d.md": "",
    }
    terms = publish_tree(MemoryTree(with_layouts(tree))).publication.terms
    assert {(t.taxonomy, t.value, t.key, t.path, t.pointer) for uses in terms.values() for t in uses} == {
        ("tags", "One Two", "one-two", "content/a.md", ("tags", 0)),
        ("tags", "x", "x", "content/a.md", ("tags", 1)),
        ("categories", "single one", "single-one", "content/a.md", ("categories",)),
        ("tags", "handed down", "handed-down", "content/c/_index.md", ()),
        ("tags", "handed down", "handed-down", "content/c/d.md", ()),
    }


@pytest.mark.parametrize(
    "files",
    [
        {"content/b.md": "---\n_build:\n  render: never\n---\n"},
        {"content/_index.md": "---\ncascade:\n  _build: {render: never}\n---\n", "content/b.md": ""},
        {
            "hugo.toml": "[[cascade]]\n[cascade._build]\nrender = 'link'\n[cascade._target]\npath = '{**/t,**/t/**}'\n",
            "content/t/b.md": "",
            "content/s/t/b.md": "",
            "content/s/b.md": "",
        },
    ],
)
def test_the_old_name_of_build_is_obeyed_though_hugo_reports_it(files: dict[str, str]) -> None:
    built = build({**LAYOUTS, **files}, pages=False)
    assert (built.code, "_build" in built.messages) == (1, True)
    assert list(compare_files(publish_tree(MemoryTree({**LAYOUTS, **files})), built)) == []

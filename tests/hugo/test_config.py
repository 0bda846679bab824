"""The configuration as Hugo finds and merges it, themes and modules, and what a broken one says."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from support.hugo_build import build
from support.hugo_compare import differences, publish_tree, with_layouts

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import HugoConfigError, load
from vitdlint.hugo.formats import refused_content
from vitdlint.hugo.markup import Markup

Tree = dict[str, str]


def page(**front: Any) -> str:
    return json.dumps(front, ensure_ascii=False) + "\n"


CONTENT = {
    "content/posts/a.md": page(title="Aa", tags=["x"], aliases=["/q"]),
    "content/posts/b/index.md": "",
    "content/posts/c.md": page(xs=["u"]),
}
THEME = {
    "themes/t/layouts/all.html": "x",
    "themes/t/layouts/shortcodes/q.html": "",
    "themes/t/content/posts/a.md": page(slug="theme"),
    "themes/t/content/th/x.md": "",
    "themes/t/static/s.txt": "t",
    "themes/t/static/o.txt": "t",
    "static/o.txt": "p",
}
YAML = """uglyURLs: true
baseURL: https://example.org/s/
permalinks:
  page:
    posts: /:title/
taxonomies:
  tag: labels
"""

FILES: dict[str, Tree] = {
    "hugo.yaml": {"hugo.yaml": YAML},
    "hugo.yml": {"hugo.yml": YAML},
    "config.yaml": {"config.yaml": YAML},
    "hugo.json": {"hugo.json": '{"uglyURLs": true, "baseURL": "https://example.org/s/"}'},
    "config.json": {"config.json": '{"uglyURLs": true}'},
    "the first of several": {
        "config.toml": "uglyURLs = true",
        "hugo.yaml": "uglyURLs: false",
        "hugo.json": '{"disableAliases": true}',
    },
    "a folder, with an environment": {
        "config/_default/hugo.toml": "uglyURLs = true",
        "config/_default/taxonomies.toml": 'tag = "labels"',
        "config/_default/permalinks.yaml": "page:\n  posts: /p/:slug/\n",
        "config/production/hugo.yaml": "disableAliases: true",
        "config/staging/hugo.yaml": "uglyURLs: false",
    },
    "a folder over a file": {
        "hugo.toml": 'uglyURLs = true\n[taxonomies]\ntag = "tags"\n',
        "config/_default/config.toml": "uglyURLs = false",
        "config/_default/taxonomies.toml": 'x = "xs"',
    },
    "files of the folder for a language": {
        "config/_default/languages.toml": "[en]\nweight = 1\n[fr]\nweight = 2\n",
        "config/_default/languages.fr.toml": 'title = "Ff"',
        "config/_default/params.fr.toml": "x = 1",
        "config/_default/menus.en.toml": '[[main]]\nname = "a"\npageRef = "/posts"',
        "content/posts/a.fr.md": "",
    },
    "a folder below the folder": {"config/_default/sub/taxonomies.toml": 'x = "xs"'},
    "files wrapped in their own name": {
        "config/_default/cascade.toml": '[[cascade]]\nslug = "sl"\n[cascade.target]\npath = "/posts/a"\n',
        "config/_default/taxonomies.toml": '[taxonomies]\nx = "xs"\n',
    },
    "keys in any case": {
        "hugo.toml": 'UGLYURLS = true\n[TAXONOMIES]\nTag = "Tags"\n[Permalinks.Page]\nposts = "/x/:slug"'
    },
    "no taxonomies": {"hugo.toml": "[taxonomies]\n"},
    "kinds by their old names": {"hugo.toml": 'disableKinds = ["taxonomyTerm", "RSS"]\n'},
    "some kinds": {"hugo.toml": 'disableKinds = ["term", "sitemap", "section"]\n'},
    "other kinds": {"hugo.toml": 'disableKinds = ["taxonomy", "home", "page"]\ndisableAliases = true\n'},
    "robots.txt": {"hugo.toml": "enableRobotsTXT = true\n"},
    "the sitemap's name": {"hugo.toml": '[sitemap]\nfilename = "site-map.xml"\n'},
    "a base name of HTML": {"hugo.toml": '[outputFormats.html]\nbaseName = "main"\n'},
    "a suffix of HTML": {"hugo.toml": '[mediaTypes."text/html"]\nsuffixes = ["htm", "html"]\n'},
    "content types": {
        "hugo.toml": '[contentTypes]\n"text/markdown" = {}\n',
        "content/b.html": "<p>x",
        "content/c.org": "",
    },
    "output formats": {
        "hugo.toml": """
            baseURL = "https://example.org/s/"
            [outputs]
            page = ["html", "json", "amp"]
            section = ["html", "rss", "mine", "webappmanifest"]
            home = ["html", "rss", "json", "mytxt", "plain"]
            [mediaTypes."text/bare"]
            delimiter = ""
            [outputFormats.plain]
            mediaType = "text/bare"
            baseName = "_plain"
            [outputFormats.mine]
            mediaType = "text/plain"
            baseName = "list"
            path = "mm"
            [outputFormats.mytxt]
            mediaType = "text/plain"
            baseName = "llms"
            root = true
            [outputFormats.noug]
            mediaType = "application/json"
            noUgly = true
            permalinkable = true
        """,
        "layouts/all.html": "x",
        "layouts/all.json": "{}",
        "layouts/all.txt": "t",
        "layouts/home.plain": "t",
        "layouts/all.webmanifest": "w",
        "content/posts/b2.md": page(outputs=["json"]),
        "content/posts/c2.md": page(outputs=["html", "rss"]),
        "content/posts/d2.md": page(outputs=["noug", "html"]),
        "content/posts/e2.md": page(outputs=["HTML"]),
    },
    "a theme": {"hugo.toml": 'theme = "t"', **THEME},
    "a theme in another folder": {
        "hugo.toml": 'theme = "t"\nthemesDir = "sub/th"',
        **{path.replace("themes/", "sub/th/"): text for path, text in THEME.items()},
    },
    "two themes, and one that they import": {
        "hugo.toml": 'theme = ["t", "t2"]',
        **THEME,
        "themes/t/hugo.toml": """
            uglyURLs = true
            baseURL = "https://example.org/t/"
            [taxonomies]
            z = "zs"
            [outputFormats.mine]
            mediaType = "text/plain"
            [outputs]
            home = ["html", "mine"]
            [permalinks]
            posts = "/t/:slug"
            [params]
            a = 1
        """,
        "themes/t2/content/th/y.md": "",
        "themes/t2/static/s.txt": "t2",
        "themes/t2/hugo.toml": '[[module.mounts]]\nsource = "content"\ntarget = "content/pre"\n',
        "themes/t2/layouts/home.html": "x",
        "themes/t2/config/_default/hugo.toml": 'theme = "t3"',
        "themes/t3/static/t3.txt": "",
    },
    "a theme's settings, as far as the project lets them in": {
        "hugo.toml": 'theme = "t"\n[taxonomies]\n_merge = "shallow"\ntag = "tags"\n[permalinks]\n_merge = "deep"\n',
        **THEME,
        "themes/t/hugo.toml": '[taxonomies]\nx = "xs"\n[permalinks.page]\nposts = "/zz/:slug/"\n',
    },
    "a theme's settings, all of them": {
        "hugo.toml": 'theme = "t"\n_merge = "deep"\n',
        **THEME,
        "themes/t/hugo.toml": 'uglyURLs = true\n[taxonomies]\nx = "xs"\n',
    },
    "a theme's settings, new maps only": {
        "hugo.toml": 'theme = "t"\n_merge = "shallow"\n',
        **THEME,
        "themes/t/hugo.toml": "uglyURLs = true\n",
    },
    "a theme's languages alone": {
        "hugo.toml": 'theme = "t"\n',
        "content/a.fr.md": "",
        "themes/t/hugo.toml": "[languages.en]\nweight = 2\n[languages.fr]\nweight = 1\n",
    },
    "a theme's languages": {
        "hugo.toml": 'theme = "t"\n[languages.en]\n[languages.fr]\n',
        **THEME,
        "themes/t/hugo.toml": '[languages.de]\ntitle = "x"\n[languages.fr]\ntitle = "y"\n',
    },
    "what the project and a theme both have": {
        "hugo.toml": 'theme = "t"\n',
        **THEME,
        "themes/t/content/posts/A.md": "",
        "themes/t/content/posts/b.md": "",
        "themes/t/content/posts/d/index.md": "",
        "content/posts/d/p.txt": "",
    },
    "imports with mounts": {
        "hugo.toml": """
            [[module.imports]]
            path = "t"
            [[module.imports.mounts]]
            source = "content/th"
            target = "content/posts"
            [[module.imports]]
            path = "t2"
        """,
        **THEME,
        "themes/t2/static/zz.txt": "",
        "layouts/all.html": "x",
    },
    "vendored modules": {
        "hugo.toml": '[[module.imports]]\npath = "github.com/a/b"\n',
        "_vendor/modules.txt": "# github.com/a/b v1.0.0\n# github.com/c/d v1\n",
        "_vendor/github.com/a/b/content/v.md": "",
        "_vendor/github.com/a/b/hugo.toml": '[[module.imports]]\npath = "github.com/c/d"\n',
        "_vendor/github.com/c/d/static/cd.txt": "",
        "layouts/all.html": "x",
    },
    "a module replaced by a folder": {
        "hugo.toml": '[module]\nreplacements = "github.com/a/b -> ../local"\n[[module.imports]]\npath = "github.com/a/b"\n',
        "local/content/v.md": "",
        "layouts/all.html": "x",
    },
}


@pytest.mark.parametrize("name", FILES)
def test_the_configuration_is_read_as_hugo_does(name: str) -> None:
    assert differences({**CONTENT, **FILES[name]}) == []


def test_without_a_configuration_hugos_defaults_apply() -> None:
    config = load(MemoryTree({"content/a.md": ""}))
    assert config.files == ()
    assert [each.name for each in config.languages] == ["en"]
    assert config.default.taxonomies == {"categories": "category", "tags": "tag"}
    assert config.markup == Markup()
    assert [(m.source, m.target) for m in config.mounted("content")] == [("content", "content")]


def test_markup_settings_new_and_old() -> None:
    toml = """
        [markup.goldmark.renderer]
        unsafe = true
        [markup.goldmark.parser]
        attribute = true
        autoHeadingIDType = "blackfriday"
        [markup.goldmark.extensions]
        typographer = false
        linkify = "false"
        strikethrough = false
        [markup.goldmark.extensions.footnote]
        enableAutoIDPrefix = true
        [markup.goldmark.extensions.extras.delete]
        enable = true
        [markup.goldmark.extensions.passthrough]
        enable = true
        [markup.goldmark.extensions.passthrough.delimiters]
        inline = [["\\\\(", "\\\\)"]]
        block = [["$$", "$$"]]
    """
    assert load(MemoryTree({"hugo.toml": toml})).markup == Markup(
        unsafe=True,
        id_type="blackfriday",
        typographer=None,
        linkify=False,
        footnote_auto_id_prefix=True,
        strikethrough=True,
        passthrough=(("$$", "$$"), ("\\(", "\\)")),
    )


def test_unknown_id_types_and_other_nonsense_mean_the_default() -> None:
    toml = '[markup.goldmark]\nparser = 1\nrenderer = "x"\n[markup.goldmark.extensions]\ntable = "yes"\n'
    assert load(MemoryTree({"hugo.toml": toml})).markup == Markup(table=False)


BROKEN: dict[str, tuple[dict[str, str | bytes], str, tuple[int, int]]] = {
    "a TOML value is missing": ({"hugo.toml": 'title = "x"\nbaseURL = \n'}, "hugo.toml", (2, 10)),
    "a JSON colon is missing": ({"hugo.json": '{"a": 1,\n "b" 2}'}, "hugo.json", (2, 5)),
    "a YAML list is not closed": ({"hugo.yaml": "a: 1\nb: [1\nc: 2\n"}, "hugo.yaml", (2, 4)),
    "YAML that is no map": ({"hugo.yaml": "- a\n- b\n"}, "hugo.yaml", (1, 1)),
    "a file of the folder": (
        {"config/_default/params.toml": "a = [1,"},
        "config/_default/params.toml",
        (1, 5),
    ),
    "a theme's file": ({"hugo.toml": 'theme = "t"', "themes/t/hugo.toml": "x"}, "themes/t/hugo.toml", (1, 1)),
    "not UTF-8": ({"hugo.toml": b"title = '\xff'"}, "hugo.toml", (1, 10)),
    "no such default language": (
        {"hugo.toml": 'defaultContentLanguage = "de"\n[languages.en]\n'},
        "hugo.toml",
        (1, 1),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_configuration_is_an_error_at_its_place(name: str) -> None:
    files, path, place = BROKEN[name]
    with pytest.raises(HugoConfigError) as raised:
        load(MemoryTree(files))
    error = raised.value
    assert error.path == path
    assert error.message
    assert place == (error.line, error.column)
    assert build({"content/a.md": "", **files}, pages=False).code != 0


TAKEN: list[tuple[str, str | bytes]] = [
    ("hugo.toml", "title = 'T'\n[params.social]\nx = {\n  y = 'z', # c\n  l = [{},],\n}\n"),
    ("hugo.toml", 'title = "\\x54"\ntime = 07:32\nday = 2024-01-01 07:32\nescape = "\\e"\n'),
    ("hugo.toml", "title = 'a'\nTITLE = 'T'\n"),
    ("hugo.toml", b"\xef\xbb\xbftitle = 'T'\r\nx = {\r\n}\r\n"),
    ("hugo.toml", "title = 'T'\n[params]\na = '''\n+++\n'''\n"),
    ("config/_default/hugo.toml", "title = 'T'\nparams = {\n}\n"),
    ("hugo.yaml", "# c\n---\ntitle: T\n"),
    ("hugo.yaml", "\n# c\n%YAML 1.2\n---\ntitle: T\n---\ntitle: U\n"),
    ("hugo.yaml", "title: a\nTitle: T\n"),
    ("hugo.yml", b"title: T\nx: \xff\n"),
    ("hugo.json", '{"title": "a", "title": "T"}\n\n'),
    ("hugo.json", b'\xef\xbb\xbf{"title": "T", "x": "\xff", "y": 99999999999999999999, "z": "\\ud800"}'),
]
REFUSED: list[tuple[str, str | bytes]] = [
    ("hugo.toml", "x = 1e400\n"),
    ("hugo.toml", "x = 9223372036854775808\n"),
    ("hugo.toml", "x = {,}\n"),
    ("hugo.toml", "x = 'y'\r"),
    ("hugo.toml", "+++\nx = 1\n+++\n"),
    ("hugo.toml", "x = 07:60\n"),
    ("hugo.toml", "x = 1\nx = 2\n"),
    ("hugo.toml", b"# \xff\n"),
    ("hugo.yaml", "title: a\ntitle: b\n"),
    ("hugo.yaml", "# c\n---\n- a\n"),
    ("hugo.json", ""),
    ("hugo.json", '{"x": 1e400}'),
    ("hugo.json", '{"x": NaN}'),
    ("hugo.json", '{"x": 1} {}'),
]


@pytest.mark.parametrize(("name", "text"), [*TAKEN, *REFUSED])
def test_what_hugo_takes_is_taken_and_what_it_refuses_is_refused(name: str, text: str | bytes) -> None:
    files = {"content/a.md": "", "layouts/all.html": "title {{ site.Title }}", name: text}
    built = build(files, pages=False)
    assert (built.code == 0) is ((name, text) in TAKEN), built.messages
    if built.code:
        with pytest.raises(HugoConfigError):
            load(MemoryTree(files))
    else:
        assert built.files["index.html"] == b"title T"
        assert load(MemoryTree(files)).raw["title"] == "T"


def test_themes_and_modules_are_read_as_the_site_is() -> None:
    files = {
        "hugo.toml": 'theme = "t"\n[[module.imports]]\npath = "example.org/m"\n',
        "themes/t/hugo.toml": "[params.a]\nx = {\n  y = 1,\n}\n",
        "_vendor/modules.txt": "# example.org/m v1\n",
        "_vendor/example.org/m/config/_default/params.toml": "b = {\n  z = 2,\n}\n",
        "layouts/all.html": "{{ site.Params.a.x.y }}{{ site.Params.b.z }}",
    }
    assert build(files, pages=False).files["index.html"] == b"12"
    raw = load(MemoryTree(files)).raw
    assert (raw["params"]["a"], raw["params"]["b"]) == ({"x": {"y": 1}}, {"z": 2})


def test_a_configuration_is_a_value() -> None:
    tree = MemoryTree({"hugo.toml": '[params]\na = [1, {b = "c"}]\n[languages.en]\n[languages.fr]\n'})
    config = load(tree)
    assert config.default.markup == Markup()
    assert pickle.loads(pickle.dumps(config)) == config == load(tree)


def test_hostile_configurations_do_not_crash() -> None:
    for key in ("languages", "taxonomies", "permalinks", "module", "markup", "outputs", "outputFormats", "mediaTypes",
                "cascade", "menus", "frontmatter", "pagination", "sitemap", "uglyURLs", "params", "theme", "staticDir",
                "ignoreFiles", "disableKinds", "baseURL", "contentDir"):  # fmt: skip
        for value in (
            "1",
            '"x"',
            '["a", 1]',
            "true",
            "{a = 1}",
            '{en = {a = {b = ["c"]}}}',
            '[{a = "b"}]',
            '"../../.."',
        ):
            tree = MemoryTree(
                {"hugo.toml": f"{key} = {value}\n", "content/a.md": page(tags=["x"]), "layouts/all.html": ""}
            )
            try:
                publish_tree(tree)
            except HugoConfigError:
                continue


def test_what_is_not_on_disk_is_said() -> None:
    tree = {
        "hugo.toml": 'theme = "gone"\n[[module.imports]]\npath = "github.com/a/b"\n[[module.imports]]\npath = "../../etc"\n',
        "content/a.md": "",
        "content/b/_content.gotmpl": "",
    }
    missing = publish_tree(MemoryTree(tree)).publication.missing
    assert {(m.what, m.name) for m in missing} == {
        ("theme", "gone"),
        ("module", "github.com/a/b"),
        ("module", "../../etc"),
        ("layouts", "layouts"),
        ("content adapter", "content/b/_content.gotmpl"),
    }
    assert all(m.reason for m in missing)


def test_mounts_without_a_source_and_what_git_ignores_are_said() -> None:
    mounts = [
        ("content/en", "content", "en"),
        ("../sdk/docs", "content/SDK docs", "en"),
        ("submodule", "content", "fr"),
        ("../READ.md", "content/read.md", ""),
        ("gone/img", "static/img", ""),
        ("../x", "data", ""),
    ]
    toml = "[languages.en]\n[languages.fr]\n" + "".join(
        f'[[module.mounts]]\nsource = "{s}"\ntarget = "{t}"\n' + (f'lang = "{n}"\n' if n else "")
        for s, t, n in mounts
    )
    tree = {
        "hugo.toml": toml,
        ".gitignore": "/content/en/api\n# content/en/b\n!content/en/c\ncontent/en/*.html\ncontent/en/there/\npublic/\n",
        "content/en/a.md": "",
        "content/en/there/a.md": "",
    }
    missing = publish_tree(MemoryTree(with_layouts(tree))).publication.missing
    assert [(m.name, m.url, m.site and m.site.language, m.logical) for m in missing] == [
        ("../sdk/docs", "/sdk-docs", "en", "/sdk-docs"),
        ("submodule", "/fr", "fr", ""),
        ("../READ.md", "/read.md", "en", "/read.md"),
        ("gone/img", "/img", None, "/img"),
        ("content/en/api", "/api", "en", "/api"),
    ]


def test_nothing_is_missing_where_all_is_there() -> None:
    assert publish_tree(MemoryTree(with_layouts(CONTENT))).publication.missing == ()


def test_no_path_leads_out_of_the_site() -> None:
    tree = {
        "hugo.toml": 'contentDir = "../secret"\nstaticDir = "/etc"\n[[module.mounts]]\nsource = "../x"\ntarget = "data"\n',
        "content/a.md": "",
    }
    assert all(not m.source.startswith(("..", "/")) for m in load(MemoryTree(tree)).mounts)


@pytest.mark.parametrize(
    ("allow", "html", "markdown"),
    [
        (None, True, False),
        ([], True, True),
        (["none"], True, True),
        ("none", True, True),
        ([".*"], False, False),
        (["html"], False, True),
        ("text/html", False, True),
        (["TEXT/HTML"], True, True),
        (["text/markdown"], True, False),
        (["! ^text/org$"], False, False),
        (["! (?i)Text/HTML"], True, False),
        (["!text/html"], True, True),
        ([".*", "! ^text/html$"], True, False),
        (["! text/html", "text/html"], True, True),
    ],
)
def test_content_that_hugo_refuses(allow: object, html: bool, markdown: bool) -> None:
    refused = refused_content(allow, (0, 168))
    assert ("text/html" in refused, "text/markdown" in refused) == (html, markdown)
    for path, is_refused in (("content/p/a.html", html), ("content/p/a.md", markdown)):
        config = "" if allow is None else f"[security]\nallowContent = {json.dumps(allow)}\n"
        built = build(with_layouts({"hugo.toml": config, path: "<p>"}))
        assert bool(built.code) is is_refused, built.messages

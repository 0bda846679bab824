"""Render hooks, Hugo's own and those of a site: which are on, and what they make of links, compared with the real Hugo."""

from __future__ import annotations

import pytest
from support.hugo_build import build
from support.truth import LAYOUTS, differences
from support.whole import of_tree, whole

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.render_hooks import render_hooks
from vitdlint.hugo.templates import Templates

EN = "[languages.en]\nweight = 1\n"
LINK_HOOK = "[markup.goldmark.renderHooks.link]\nuseEmbedded = "
TWO = {
    "content/docs/a.md": "[b](b.md) [c](docs/b) ![i](/pic.png)\n",
    "content/docs/b.md": "Text.\n",
    "assets/pic.png": "png",
}
CONFIGS = {
    "none": {"hugo.toml": ""},
    "default": {"hugo.toml": 'defaultContentLanguage = "de"\n'},
    "empty": {"hugo.toml": "[languages.en]\n"},
    "one": {"hugo.toml": EN},
    "yaml": {"hugo.yaml": "languages:\n  en: {}\n"},
    "json": {"hugo.json": '{"languages": {"en": {"weight": 1}}}'},
    "folder": {"config/_default/languages.toml": "[en]\nweight = 1\n"},
    "disabled": {"hugo.toml": EN + "[languages.fr]\ndisabled = true\n"},
    "host": {"hugo.toml": EN + 'baseURL = "https://en.example/"\n'},
    "copies": {"hugo.toml": EN + "[markup.goldmark]\nduplicateResourceFiles = true\n"},
    "auto": {"hugo.toml": LINK_HOOK + '"auto"\n'},
    "off": {"hugo.toml": EN + LINK_HOOK + '"never"\n'},
    "own": {
        "hugo.toml": EN + '[languages.en.markup.goldmark.renderHooks.link]\nuseEmbedded = "never"\n',
    },
    "theme with one": {"hugo.toml": 'theme = "t"\n', "themes/t/hugo.toml": EN},
    "theme's merged": {"hugo.toml": 'theme = "t"\n[languages]\n_merge = "deep"\n', "themes/t/hugo.toml": EN},
    "theme with two": {
        "hugo.toml": 'theme = "t"\n',
        "themes/t/hugo.toml": EN + "[languages.fr]\nweight = 2\n",
    },
}


@pytest.mark.parametrize("name", CONFIGS)
def test_hugos_own_hooks_are_on_where_hugo_has_them_on(name: str) -> None:
    files = {**LAYOUTS, **TWO, **CONFIGS[name]}
    built = build(files, pages=False)
    assert built.code == 0, built.messages
    text = next(text for file, text in built.files.items() if file.endswith("docs/a/index.html"))
    site = of_tree(MemoryTree({path: text.encode() for path, text in files.items()}))
    assert (site.resolve("b.md", "content/docs/a.md").status == "page") == (b'href="/docs/b/"' in text)


def test_hugos_own_hooks_look_from_the_page_then_from_the_root() -> None:
    page = (
        "[a](docs/b/) [b](b) [c](b.md#text) [d](docs/b.md#none) [e](./b.md) [f](../docs/b.md) [g](other/x)\n"
        "[h](x) [i](/b) [j](./docs/b.md#text) [k](?q=1) [l](b?q=1#text) ![m](pic.png) ![n](other/pic.png) [o](./)\n"
    )
    files = {
        "hugo.toml": EN,
        "content/docs/a.md": page,
        "content/docs/b.md": "## Text\n",
        "content/other/x.md": page,
        "content/docs/_index.md": page,
        "content/_index.md": "Text.\n",
        "content/leaf/index.md": page,
        "assets/other/pic.png": "png",
    }
    assert differences(files, "strict") == []


PRINTING = {
    "plain": '<a href="{{ .Destination | safeURL }}"{{ with .Title }} title="{{ . }}"{{ end }}>{{ .Text }}</a>',
    "copied": "{{- $to := .Destination -}}<a href='{{ $to }}'>{{ .Text }}</a>",
    "opening a tab": '{{ $u := urls.Parse .Destination }}<a href="{{ $.Destination | safeURL }}"'
    '{{ if $u.IsAbs }} target="_blank"{{ end }}>{{ .Text }}</a>',
}
FINDING = {
    "a page": '{{ $link := .Destination }}{{ with .Page.GetPage $link }}{{ $link = .RelPermalink }}{{ end }}<a href="{{ $link }}">'
    "{{ .Text }}</a>",
    "a page or the rest": '{{ with .Page.GetPage .Destination }}<a href="{{ .RelPermalink }}">x</a>'
    '{{ else }}<a href="{{ .Destination }}">x</a>{{ end }}',
}
ANY = {
    "a partial": '{{ partial "link.html" . }}',
    "its own host": '{{ $to := strings.TrimPrefix site.BaseURL .Destination }}<a href="{{ $to }}">{{ .Text }}</a>',
}
HOOKED = {
    "hugo.toml": 'baseURL = "https://example.org/"\n[permalinks.page]\nblog = "/:section/:year/:slug/"\n',
    "content/docs/a.md": "[b](../docs/b) [d](b) [e](./b.md) [c](/docs/CI-b) [f](/docs/b) [g](https://example.org/docs/CI-b/)\n",
    "content/docs/b.md": "Text.\n",
    "content/docs/CI-b.md": "Text.\n",
    "content/blog/2021-11-audit.md": "---\ndate: 2021-11-10\nslug: audit\naliases: [/blog/2021-11-audit/]\n---\n## Text\n",
    "content/blog/news.md": "---\ndate: 2021-11-11\nslug: news\n---\n[audit](/blog/2021-11-audit/) [y](/blog/2021-11-audit#text)\n",
    "layouts/partials/link.html": '<a href="{{ strings.TrimPrefix site.BaseURL .Destination }}">{{ .Text }}</a>',
}


@pytest.mark.parametrize(("does", "hooks"), [("prints", PRINTING), ("finds", FINDING), ("anything", ANY)])
def test_a_hook_is_known_by_its_text(does: str, hooks: dict[str, str]) -> None:
    for name, text in hooks.items():
        tree = MemoryTree({"layouts/_markup/render-link.html": text.encode()})
        assert render_hooks(Templates(load(tree), tree)) == {"link": does}, name


@pytest.mark.parametrize("name", PRINTING)
def test_a_hook_that_prints_the_destination_changes_no_link(name: str) -> None:
    files = {**HOOKED, "layouts/_markup/render-link.html": PRINTING[name]}
    site = whole({**LAYOUTS, **files}, host="strict")
    assert site.resolve("b", "content/docs/a.md").status == "dead"
    assert differences(files, "strict") == []


@pytest.mark.parametrize("name", FINDING)
def test_a_hook_finds_a_page_before_its_alias_and_nothing_by_a_whole_url(name: str) -> None:
    files = {**HOOKED, "layouts/_markup/render-link.html": FINDING[name]}
    site = whole({**LAYOUTS, **files}, host="strict")
    assert site.resolve("/blog/2021-11-audit/", "content/blog/news.md").status == "page"
    assert site.resolve("https://example.org/docs/CI-b/", "content/docs/a.md").status == "dead"
    if name == "a page":  # a destination with a fragment is no path, and this hook does not take it apart
        files["content/blog/news.md"] = files["content/blog/news.md"].replace("#text", "")
    assert differences(files, "strict") == [] or name != "a page"


def test_a_hook_that_may_do_anything_is_given_the_benefit_of_the_doubt() -> None:
    files = {**LAYOUTS, **HOOKED, "layouts/_markup/render-link.html": ANY["a partial"]}
    site = whole(files, host="strict")
    assert site.resolve("https://example.org/docs/CI-b/", "content/docs/a.md").status == "page"
    assert site.resolve("nowhere", "content/docs/a.md").status == "not-checked"


def test_hooks_of_other_formats_and_of_sections_differ() -> None:
    tree = {
        "layouts/_markup/render-link.rss.xml": FINDING["a page"],
        "layouts/_markup/render-codeblock-go.html": "",
        "layouts/_default/_markup/render-image.de.html": '<img src="{{ .Destination }}">',
        "layouts/_markup/render-image.html": '<img src="{{ .Destination | absURL }}">',
        "layouts/posts/_markup/render-heading.html": "",
    }
    hooks = render_hooks(
        Templates(load(found := MemoryTree({k: v.encode() for k, v in tree.items()})), found)
    )
    assert hooks["image"] == "anything"
    assert hooks.keys() == {"image", "codeblock-go", "heading"}


def test_each_language_has_its_own_setting() -> None:
    files = {
        "hugo.toml": EN
        + "[languages.fr]\nweight = 2\n[languages.fr.markup.goldmark.renderHooks.link]\nuseEmbedded = 'never'\n"
        + "[markup.goldmark.renderHooks.link]\nuseEmbedded = 'always'\n",
        "content/a.md": "[b](b.md) [b](/b.md) [x](/b)\n",
        "content/a.fr.md": "[b](b.md) [b](/b.md) [x](/b)\n",
        "content/b.md": "Text.\n",
        "content/b.fr.md": "Text.\n",
    }
    assert differences(files, "strict") == []

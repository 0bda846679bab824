"""The links that layouts, data and translations spell out, and what the real Hugo makes of references that lead nowhere."""

from __future__ import annotations

from support.hugo_build import build

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.templates import Templates
from vitdlint.hugo.written_links import written_links


def links(tree: dict[str, str]) -> list[tuple[str, str]]:
    memory = MemoryTree({"hugo.toml": "theme = 'own'\n", "themes/own/theme.toml": "", **tree})
    return [(link.kind, link.target) for link in written_links(Templates(load(memory), memory), memory)[0]]


def test_only_what_is_spelled_out_in_a_tag_is_a_link() -> None:
    layout = """<a class="{{ with "a>b" }}{{ . }}{{ end }}" href='/a/#top'><img alt="" src="/b.png?v=1">
<a href="/{{ .Section }}/c">, <a href="{{ "/d" | relURL }}">, <a href="e/">, <a href="//host/f">, <a href="/">
<!-- <a href="/g"> --> {{/* <a href="/h"> */}} <script src="/i.js">let a = '<a href="/j">'</script><a data-href="/k">
<style>a { background: url("/l.png") }</style> <p title="/m"> <script>if (1 < 2) {}</script><a href="/n">"""
    assert links({"layouts/all.html": layout}) == [("url", each) for each in ("/a/", "/b.png", "/i.js", "/n")]


def test_references_and_pages_by_name() -> None:
    layout = """{{ ref . "/a" }}{{ relref .Page "/b#c" }}{{ ref . "d" }}{{ with site.GetPage "/e" }}{{ end }}
{{ .Site.GetPage "/f" "g" }}{{ .GetPage "/h" }}{{ $x := .Site.GetPage "/i" }}{{ (ref . (printf "/%s" "j")) }}"""
    assert links({"layouts/all.html": layout}) == [
        ("ref", "/a"),
        ("ref", "/b"),
        ("page", "/e"),
        ("page", "/i"),
    ]


def test_data_and_translations() -> None:
    tree = {
        "data/a.yaml": "- url: /a\n  name: /b\n# url: /c\n- {link: '/d', href: \"/e/#f\"}\n- url: /g h\n- site_url: /i\n",
        "data/b.toml": "url = '/j' # k\n[[l]]\nlink = \"/m\"\n",
        "data/c.json": '{"url": "/n", "image": "/o.png", "href": "https://example.org/p"}',
        "i18n/en.toml": 'a = "[q](/r/) and <a href=\\"/s#t\\">u</a> or /v"\n',
    }
    assert [target for _, target in links(tree)] == ["/a", "/d", "/e/", "/m", "/n", "/r/", "/s"]


def test_translations_into_a_language_that_is_not_built_are_shown_nowhere() -> None:
    config = 'disableLanguages = ["de"]\n[languages.en]\n[languages.de]\n[languages.fr]\ndisabled = true\n'
    words = {f"i18n/{name}.yaml": f"a: '[x](/{name}/)'\n" for name in ("en", "de", "fr", "xx")}
    assert [target for _, target in links({"hugo.toml": config, **words})] == ["/en/", "/xx/"]


def test_a_theme_and_what_is_in_its_place() -> None:
    tree = {
        "layouts/foot.html": '<a href="/a">',
        "themes/own/layouts/foot.html": '<a href="/b">',
        "themes/own/layouts/head.html": '<a href="/c">',
    }
    assert links(tree) == [("url", "/a")]


def test_hugo_copies_links_finds_no_page_and_fails_on_ref() -> None:
    tree = {"hugo.toml": "baseURL = 'https://example.org/'\n", "content/a.md": "---\ntitle: A\n---\n"}
    built = build(
        {**tree, "layouts/all.html": '<a href="/gone/">{{ with site.GetPage "/gone" }}x{{ end }}'},
        pages=False,
    )
    assert (built.code, built.files["a/index.html"]) == (0, b'<a href="/gone/">')
    assert build({**tree, "layouts/all.html": '{{ ref . "/gone" }}'}, pages=False).code != 0

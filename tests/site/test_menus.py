"""The entries of menus: where they stand, in every format and file, and that they lead where Hugo's do."""

from __future__ import annotations

import json
import re

import pytest
from support.hugo_build import build
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.site.menus import menu_links

TOML = '[[{}]]\nname = "A"\npageRef = "/a"\n\n[[{}]]\nPageRef = "/gone"\nname = "Gone"\n'
YAML = "- name: A\n  pageref: /a\n- name: Gone\n  pageRef: '/gone'\n"
LANGUAGES = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"


def indented(text: str, *keys: str) -> str:
    """YAML below these keys."""
    for key in reversed(keys):
        text = f"{key}:\n" + "".join(f"  {line}\n" for line in text.splitlines())
    return text


def toml(table: str) -> str:
    return TOML.format(table, table)


def in_json(*keys: str) -> str:
    data: object = [{"name": "A", "pageRef": "/a"}, {"name": "Gone", "pageRef": "/gone"}]
    for key in reversed(keys):
        data = {key: data}
    return json.dumps(data, indent=1)


PLACES = {
    "hugo.toml": toml("menus.main"),
    "hugo.toml ": toml("menu.main"),
    "hugo.toml  ": LANGUAGES + toml("languages.en.menus.main"),
    "hugo.toml   ": LANGUAGES + toml("Languages.en.Menu.main"),
    "config.yaml": indented(YAML, "menus", "main"),
    "hugo.yml": indented(YAML, "languages", "en", "menus", "main"),
    "hugo.json": in_json("menus", "main"),
    "hugo.json ": in_json("languages", "en", "menu", "main"),
    "config/_default/menus.toml": toml("main"),
    "config/_default/menus.toml ": toml("menus.main"),
    "config/_default/menu.yaml": indented(YAML, "main"),
    "config/_default/menus.json": in_json("main"),
    "config/_default/menus.en.toml": toml("main"),
    "config/_default/menu.en.yaml": indented(YAML, "main"),
    "config/_default/languages.toml": "[en]\nweight = 1\n" + toml("en.menus.main"),
    "config/_default/languages.yaml": indented(YAML, "en", "menus", "main"),
    "config/_default/hugo.json": in_json("menus", "main"),
    "config/production/menus.toml": toml("main"),
}


@pytest.mark.parametrize("file", PLACES)
def test_an_entry_is_where_it_is_written(file: str) -> None:
    path, text = file.strip(), PLACES[file]
    tree = {path: text, "content/a.md": "A\n"}
    entries = {entry.name: entry for entry in menu_links(of_tree(MemoryTree(tree)))}
    assert {name: entry.target.status for name, entry in entries.items()} == {"A": "page", "Gone": "dead"}
    for entry in entries.values():
        assert entry.place.path == path
        assert text[entry.place.start : entry.place.end].strip("'\"") == entry.shown
    line = build(
        {**tree, "layouts/all.html": "{{ range site.Menus.main }}{{ .Name }} {{ end }}"}, pages=False
    )
    assert line.files["index.html"].split() == [b"A", b"Gone"]


def test_an_entry_of_a_theme_and_one_that_two_languages_have() -> None:
    site = of_tree(
        MemoryTree(
            {
                "hugo.toml": f'theme = "t"\n{LANGUAGES}',
                "themes/t/hugo.toml": toml("menus.footer"),
                "config/_default/menus.en.toml": toml("main"),
                "config/_default/menus.de.yaml": indented(YAML, "main"),
                "content/a.md": "A\n",
                "content/a.de.md": "A\n",
            }
        )
    )
    gone = [entry.place.path for entry in menu_links(site) if entry.name == "Gone"]
    assert sorted(gone) == [
        "config/_default/menus.de.yaml",
        "config/_default/menus.en.toml",
        "themes/t/hugo.toml",
    ]


ENTRIES = (
    {"pageRef": "/a"},
    {"pageRef": "a"},
    {"pageRef": "a.md"},
    {"pageRef": "bare"},
    {"pageRef": "s/bare"},
    {"pageRef": "/s"},
    {"pageRef": "/"},
    {"pageRef": "/nope"},
    {"pageRef": "/nope", "url": "/a/"},
    {"pageRef": "/nope", "url": "/none/"},
    {"pageRef": "/a", "url": "/none/"},
    {"pageRef": "/draft"},
    {"pageRef": "/tags/t"},
    {"pageRef": "tags"},
    {"url": "/a/"},
    {"url": "a/"},
    {"url": "/none/"},
    {"url": "sub/a/"},
    {"url": "/sub/a/"},
    {"url": "/sub/"},
    {"url": "/"},
    {"url": "/A/"},
    {"url": "/a/#Part"},
    {"url": "/a/?q=1"},
    {"url": "/with space/"},
    {"url": "//cdn.example/x/"},
    {"url": "/s/../a/"},
)
LAYOUT = '{{ range site.Menus.main }}{{ .Name }}={{ .URL | default "-" }};{{ end }}'


@pytest.mark.parametrize("base", ["https://example.org/", "https://example.org/sub/"])
def test_entries_lead_where_those_of_hugo_do(base: str) -> None:
    menu = [{"name": f"n{i}", "weight": i + 1, **entry} for i, entry in enumerate(ENTRIES)]
    tree = {
        "hugo.json": json.dumps({"baseURL": base, "menus": {"main": menu}}),
        "content/a.md": "---\ntags: [t]\n---\n",
        "content/s/bare.md": "---\nslug: other\n---\n",
        "content/draft.md": "---\ndraft: true\n---\n",
        "content/with-space.md": "Text.\n",
        "layouts/all.html": LAYOUT,
    }
    built = build(tree, pages=False)
    urls = dict(re.findall(r"(\w+)=([^;]*);", built.files["index.html"].decode()))
    site = of_tree(MemoryTree(tree))
    root = site.addresses.base_path
    entries = {entry.name: entry for entry in menu_links(site)}
    assert entries.keys() == urls.keys()
    for name, url in urls.items():
        if url[0] not in "/-":
            url = root + url  # noqa: PLW2901  # for every layout completes it
        file = url.removeprefix(root).partition("#")[0] + "index.html"
        lives = url.startswith(root) and file in built.files
        assert (entries[name].target.status not in ("dead", "unpublished")) == lives, (entries[name], url)
        if lives:
            assert entries[name].target.url == url.partition("#")[0]


@pytest.mark.parametrize("path", ["de/about/", "about/", "none/"])
def test_a_relative_url_may_be_below_the_home_page_of_its_language(path: str) -> None:
    """A template may write it with `relLangURL` or without."""
    entry = '[[languages.de.menus.main]]\nname = "A"\nurl = "about/"\n'
    page = {"de/about/": "content/about.de.md", "about/": "content/about.md", "none/": "content/x.md"}[path]
    tree = {"hugo.toml": LANGUAGES + entry, page: "Text.\n", "content/_index.de.md": "Text.\n"}
    (link,) = menu_links(of_tree(MemoryTree(tree)))
    assert (link.target.status == "dead") is (path == "none/")

"""Whether the template of a page shows its body, against random layouts that Hugo runs."""

from __future__ import annotations

import random

import pytest
from support.hugo_build import build
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.own_templates import OwnTemplates
from vitdlint.hugo.templates import Templates

OWN = [
    *(
        "events/page",
        "events/single",
        "events/all",
        "events/sub/single",
        "events/a/single",
        "events/sub/page",
    ),
    *(
        "talk/single",
        "talk/page",
        "page/single",
        "events/single.en",
        "events/page.de",
        "events/page.amp",
        "talk/all",
        "talk/sub/page",
        "talk/f/page",
        "talk/events/page",
    ),
]
OTHERS = ["single", "page", "_default/single", "_default/page", "events/list", "events/section", "list"]
SHOWS = ["{{ .Content }}", '{{ partial "body" . }}', "{{ .RawContent }}", "{{ .Plain }}"]
PARTS = ["{{ .Title }}", "{{ .Params.place }}", "{{/* .Content */}}", '{{ partial "head.html" . }}']
PAGES = {
    **dict.fromkeys(("events/a", "events/sub/b", "c", "events/deep/er/d"), ""),
    **dict.fromkeys(("events/e", "f", "events/sub/g"), "talk"),
    "events/sub/h": "events",
}


@pytest.mark.parametrize("seed", range(20))
def test_hugo_shows_the_body_of_a_page_where_its_template_does(seed: int) -> None:
    chance = random.Random(seed)
    tree = {
        "hugo.toml": 'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n',
        "layouts/_partials/head.html": "{{ .Title }}",
        "layouts/partials/body.html": '{{ partial "head.html" . }}{{ .Content }}',
        "layouts/all.html": f"general {chance.choice([*SHOWS, *PARTS])}",
    }
    for name in chance.sample(OWN, chance.randint(1, 5)):
        tree[f"layouts/{name}.html"] = f"own {chance.choice(PARTS)} {chance.choice([*SHOWS, *PARTS])}"
    for name in chance.sample(OTHERS, chance.randint(0, 3)):
        tree[f"layouts/{name}.html"] = f"general {chance.choice([*SHOWS, *PARTS])}"
    for page, type_ in PAGES.items():
        tree[f"content/{page}.md"] = f"---\ntitle: T\n{f'type: {type_}' * bool(type_)}\n---\nBODY\n"
    built = build(tree, pages=False)
    assert built.code == 0, built.messages
    memory = MemoryTree(tree)
    own = OwnTemplates(Templates(load(memory), memory))
    ours = {page: own.fill(f"/{page}", type_, "en", {}) for page, type_ in PAGES.items()}
    shown = {page: built.files[f"{page}/index.html"].decode() for page in PAGES}
    assert ours == {page: "BODY" not in text for page, text in shown.items()}


BASES = {
    "{{ block `main` . }}{{ .Content }}{{ end }}": False,
    "{{ .Content }}{{ block `main` . }}{{ end }}": False,
    "{{ block `main` . }}{{ end }}": True,
}
"""A base template, and whether a page then certainly shows no body: what a block has by default may be shown elsewhere."""


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("partial", ["{{ .Title }}", None])
def test_a_general_template_that_a_base_or_a_theme_may_fill(base: str, partial: str | None) -> None:
    files = {
        "hugo.toml": "",
        "layouts/baseof.html": base,
        "layouts/single.html": "{{ define `main` }}{{ partial `head` . }}{{ end }}",
    }
    tree = MemoryTree(files if partial is None else {**files, "layouts/_partials/head.html": partial})
    assert OwnTemplates(Templates(load(tree), tree)).fill("/a", "", "en", {}) == (
        BASES[base] and partial is not None
    )


@pytest.mark.parametrize(
    ("front", "filled"),
    [
        ("video: x7Yz", True),
        ("params: {video: x7Yz}", True),
        ("Video: x7Yz", True),
        ("video: ''", False),
        ("speakers: [Ann]", True),
        ("steps: 1", False),
        ("place: the park", True),
        ("author: Ann", False),
        ("event: https://example.net/walk", True),
        ("event: a walk", False),
        ("other: https://example.net/walk", False),
        ("image: https://example.net/sun.png", False),
    ],
)
def test_what_a_template_shows_of_the_front_matter_fills_a_page(front: str, filled: bool) -> None:
    tree = {
        "hugo.toml": "",
        "content/talks/a.md": f"---\ntitle: Walk\n{front}\n---\n",
        "layouts/talks/single.html": "{{ with .Params.video }}<video>{{ . }}</video>{{ end }}{{ partial `who` . }}{{ .Content }}",
        "layouts/_partials/who.html": "{{ .Params.author }} {{ .Param `speakers` }} {{ index .Params `place` }} {{ .Params.steps }}",
        "layouts/list.html": '{{ range .Pages }}<a href="{{ .Params.event }}">x</a> <a href={{ .Params.image }}>x</a>{{ end }}',
        "layouts/single.html": "{{ .Params.other }}{{ .Content }}",
    }
    site = of_tree(MemoryTree(tree))
    (page,) = [page for page in site.addresses.published if page.path]
    assert (page.empty, page.filled) == (True, filled)


@pytest.mark.parametrize(("front", "filled"), [("project: {state: done}", True), ("author: Ann", False)])
def test_the_template_of_a_theme_that_is_not_there_may_show_any_parameter(front: str, filled: bool) -> None:
    tree = {"hugo.toml": 'theme = "far"\n', "content/a.md": f"---\ntitle: Walk\n{front}\n---\n"}
    (page,) = [page for page in of_tree(MemoryTree(tree)).addresses.published if page.path]
    assert (page.empty, page.filled) == (True, filled)

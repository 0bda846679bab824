"""Whether the template of a page shows its body, against random layouts that Hugo runs."""

from __future__ import annotations

import random

import pytest
from support.hugo_build import build

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
    ours = {page: own.fill(f"/{page}", type_, "en") for page, type_ in PAGES.items()}
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
    assert OwnTemplates(Templates(load(tree), tree)).fill("/a", "", "en") == (
        BASES[base] and partial is not None
    )

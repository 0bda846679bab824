"""What a content adapter may make is not called dead; what it certainly does not make is."""

from __future__ import annotations

import pytest
from support.hugo_build import build
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.site.links import Links

LANGUAGES = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
MAKE = '{{ .AddPage (dict "path" "sun/lamp" "title" "Lamp") }}'
SITES = {
    "plain": {"content/shop/_content.gotmpl": MAKE},
    "below a path": {
        "hugo.toml": 'baseURL = "https://e.example/sub/"\n',
        "content/shop/_content.gotmpl": MAKE,
    },
    "ugly": {"hugo.toml": "uglyURLs = true\n", "content/shop/_content.gotmpl": MAKE},
    "permalinks": {
        "hugo.toml": '[permalinks.page]\nshop = "/made/:contentbasename/"\n',
        "content/shop/_content.gotmpl": MAKE,
    },
    "slug": {"content/shop/_index.md": "---\nslug: other\n---\n", "content/shop/_content.gotmpl": MAKE},
    "default language": {"hugo.toml": LANGUAGES, "content/shop/_content.gotmpl": MAKE},
    "of German": {"hugo.toml": LANGUAGES, "content/shop/_content.de.gotmpl": MAKE},
    "in all": {
        "hugo.toml": LANGUAGES,
        "content/shop/_content.gotmpl": "{{ .EnableAllLanguages }}" + MAKE,
    },
    "of a folder": {
        "hugo.toml": LANGUAGES.replace("[languages.de]", '[languages.de]\ncontentDir = "deutsch"'),
        "deutsch/shop/_content.gotmpl": MAKE,
    },
    "subdir": {
        "hugo.toml": f"defaultContentLanguageInSubdir = true\n{LANGUAGES}",
        "content/Shop Two/_content.gotmpl": MAKE,
    },
}


@pytest.mark.parametrize("name", SITES)
def test_what_an_adapter_makes_is_not_called_dead(name: str) -> None:
    tree = {"hugo.toml": "", "layouts/all.html": "x", **SITES[name]}
    pages = [f for f in build(tree, pages=False).files if f.endswith("lamp.html") or "lamp/" in f]
    root = "/sub/" if name == "below a path" else "/"
    made = {root + file.removesuffix("index.html") for file in pages if file.endswith(".html")}
    assert made
    links = "".join(f"[a]({url}) " for url in (*made, f"{root}none/"))
    refs = '{{< ref "/shop/sun/lamp" >}} {{< ref "lamp" >}} {{< ref "/shop-two/sun/lamp" >}} {{< ref "/none/lamp" >}}'
    site = of_tree(
        MemoryTree({**tree, "content/a.md": f"{links} {refs}\n", "content/a.de.md": f"{links} {refs}\n"})
    )
    for page, link, target in Links(site).all:
        if link.kind != "shortcode":
            assert link.target not in made or target.status != "dead", (link.target, target)
            assert not link.target.endswith("none/") or target.status == "dead"
            continue
        reference = f'{{{{< ref "{link.target}" >}}}}'
        built = build({**tree, page.path or "": reference}, pages=False)
        if not built.code:
            assert target.status != "dead", (page.path, link.target)
        elif "none" in link.target:
            assert target.status == "dead"


PAGES = {
    "literal": '{{ .AddPage (dict "path" "a" "params" (dict "tags" (slice "Warm Light"))) }}',
    "from data": '{{ $own := dict "tags" (slice "Warm Light") }}{{ .AddPage (dict "path" "a" "params" $own) }}',
    "none": '{{ .AddPage (dict "path" "a" "params" (dict "colour" "red")) }}',
}
TERMS = {
    "plain": "",
    "permalinks": '[permalinks.term]\ntags = "/labels/:slug/"\n',
    "ugly": "uglyURLs = true\n",
    "subdir": f"defaultContentLanguageInSubdir = true\n{LANGUAGES}",
    "own": '[taxonomies]\nlabel = "tags"\n',
}


@pytest.mark.parametrize("settings", TERMS)
@pytest.mark.parametrize("adapter", PAGES)
def test_a_term_of_its_pages_is_not_called_dead(adapter: str, settings: str) -> None:
    tree = {
        "hugo.toml": TERMS[settings],
        "layouts/all.html": "x",
        "content/shop/_content.gotmpl": PAGES[adapter],
    }
    files = [f for f in build(tree, pages=False).files if "warm-light" in f and f.endswith(".html")]
    assert bool(files) == (adapter != "none")
    made = {"/" + file.removesuffix("index.html") for file in files}
    guess = {"/tags/warm-light/"} - made
    links = "".join(f"[a]({url}) " for url in (*made, *guess))
    for _, link, target in Links(of_tree(MemoryTree({**tree, "content/a.md": links}))).all:
        if link.target in made:
            assert target.status == "not-checked"
        elif adapter == "none":
            assert target.status == "dead"

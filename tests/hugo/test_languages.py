"""Sites in several languages: by file name, by folder, with a host each; the real Hugo decides."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from support.hugo_build import PAGINATED, build
from support.hugo_compare import differences, publish_tree, with_layouts
from support.whole import whole

from vitdlint.files.tree import MemoryTree

TWO = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"


def page(**front: Any) -> str:
    return json.dumps(front, ensure_ascii=False) + "\n"


CONTENT = {
    "content/p/a.md": page(tags=["x", "Y"]),
    "content/p/a.fr.md": page(aliases=["/ala", "rel"], tags=["x", "Z"]),
    "content/p/c.fr.md": page(url="/uc/"),
    "content/p/d.fr.md": page(url="ud"),
    "content/p/e.de.md": "",
    "content/only/o.fr.md": "",
    "content/b/bun/index.md": "",
    "content/b/bun/index.fr.md": page(slug="lebun"),
    "content/b/bun/pic.png": "",
    "content/b/bun/x.fr.png": "fr",
    "content/b/bun/y.fr.png": "",
    "content/b/bun/y.png": "",
    "content/b/bun/z.en.png": "",
    "content/b/fo/index.fr.md": "",
    "content/b/fo/pic.png": "",
    "content/b/_index.fr.md": page(slug="le-b"),
    "content/root.txt": "",
    "content/b/sec.txt": "",
    "content/_index.fr.md": page(aliases=["/frhome"]),
    "content/nest/_index.md": "",
    "content/nest/n2/_index.md": page(slug="n-two"),
    "content/nest/n2/p.fr.md": "",
    "content/nest/n2/p.md": "",
    "content/tags/_index.en.md": "",
    "content/tags/a.fr.txt": "",
}

CASES: dict[str, dict[str, str]] = {
    "by file name": {"hugo.toml": TWO, **CONTENT},
    "the default language in a folder": {
        "hugo.toml": f"defaultContentLanguageInSubdir = true\n{TWO}",
        **CONTENT,
    },
    "another default language": {"hugo.toml": f'defaultContentLanguage = "fr"\n{TWO}', **CONTENT},
    "a disabled language": {"hugo.toml": f"{TWO}[languages.de]\ndisabled = true\n", **CONTENT},
    "pages and files of disabled languages beside others, and alone": {
        "hugo.toml": f'disableLanguages = ["es", "pt"]\n{TWO}[languages.es]\n[languages.pt]\n',
        **CONTENT,
        "content/p/a.es.md": "",
        "content/p/only.pt.html": "",
        "content/both/index.en.md": page(title="B"),
        "content/both/index.es.md": page(title="B"),
        "content/both/r.es.txt": "",
        "content/both/r.txt": "",
        "content/alone/index.es.md": "",
        "content/alone/r.txt": "",
        "content/sec/_index.es.md": page(slug="seccion"),
        "content/sec/c.md": "",
    },
    "all but one disabled": {"hugo.toml": f'disableLanguages = ["fr"]\n{TWO}', **CONTENT},
    "no redirect at the root": {
        "hugo.toml": f"defaultContentLanguageInSubdir = true\ndisableDefaultLanguageRedirect = true\n{TWO}",
        **CONTENT,
    },
    "resources copied to each language": {
        "hugo.toml": f"{TWO}[markup.goldmark]\nduplicateResourceFiles = true\n",
        **CONTENT,
    },
    "one language in a folder": {
        "hugo.toml": "defaultContentLanguageInSubdir = true\n",
        "content/a.md": page(aliases=["/q"]),
        "content/s/a.md": "",
    },
    "one language that is not English": {
        "hugo.toml": 'defaultContentLanguage = "fr"\n',
        "content/a.fr.md": page(aliases=["/q"]),
        "content/s/a.md": "",
        "content/b.en.md": "",
    },
    "names of languages": {
        "hugo.toml": 'defaultContentLanguage = "EN"\n[languages.en]\n[languages.pt-br]\n[languages.zh_Hans]\n',
        "content/p/a.md": "",
        "content/p/a.pt-BR.md": "",
        "content/p/a.zh_hans.md": "",
        "content/p/b._language_pt-br_.md": "",
    },
    "by content folder, each with its own settings": {
        "hugo.toml": """
            [languages.en]
            weight = 1
            contentDir = "content/en"
            [languages.fr]
            weight = 2
            contentDir = "content/fr"
            [languages.fr.taxonomies]
            sujet = "sujets"
            [languages.fr.permalinks.page]
            p = "/pages/:slug/"
        """,
        "content/en/p/a.md": page(tags=["x"]),
        "content/fr/p/a.md": page(tags=["x"], sujets=["s"], title="TT"),
        "content/fr/p/b.en.md": "",
        "content/en/p/b.md": page(title="notme"),
        "content/fr/p/bun/index.md": "",
        "content/fr/p/bun/i.png": "",
        "content/en/p/bun/index.md": "",
        "content/fr/only/a.md": "",
        "content/en/p/bun/e.png": "",
        "content/en/s.txt": "",
    },
    "by mounts, some for several languages": {
        "hugo.toml": """
            [languages.en]
            weight = 1
            [languages.fr]
            weight = 2
            [languages.de]
            weight = 3
            [[module.mounts]]
            source = "content"
            target = "content"
            [[module.mounts]]
            source = "fr"
            target = "content"
            [module.mounts.sites.matrix]
            languages = ["fr"]
            [[module.mounts]]
            source = "both"
            target = "content/both"
            [module.mounts.sites.matrix]
            languages = ["fr", "de"]
            [[module.mounts]]
            source = "all"
            target = "content/all"
            [module.mounts.sites.matrix]
            languages = ["**"]
        """,
        "content/posts/a.md": page(tags=["x"]),
        "fr/posts/a.md": "",
        "fr/posts/z.md": page(slug="zz"),
        "both/x.md": "",
        "both/y.de.md": "",
        "both/p.txt": "",
        "all/x.md": page(aliases=["/ax"]),
        "all/s/_index.md": "",
        "all/b/index.md": "",
        "all/b/p.txt": "",
    },
    "by front matter": {
        "hugo.toml": TWO,
        "content/posts/a.md": page(sites={"matrix": {"languages": ["en", "fr"]}}),
        "content/posts/b.md": page(sites={"matrix": {"languages": ["fr"]}}),
        "content/posts/c/index.md": page(sites={"matrix": {"languages": ["*"]}}),
        "content/posts/c/p.txt": "",
    },
    "a host for each language": {
        "hugo.toml": """
            [languages.en]
            weight = 1
            baseURL = "https://en.example/x/"
            staticDir = ["static", "static-en"]
            [languages.fr]
            weight = 2
            baseURL = "https://fr.example/"
        """,
        **CONTENT,
        "static/a.txt": "",
        "static-en/b.txt": "",
    },
    "cascades stay in their language": {
        "hugo.toml": f"""{TWO}
            [languages.fr.cascade]
            slug = "frslug"
            [languages.fr.cascade.target]
            path = "/c2/**"
        """,
        "content/c/_index.fr.md": page(cascade={"draft": True}),
        "content/c/a.md": "",
        "content/c/a.fr.md": "",
        "content/c2/a.md": "",
        "content/c2/a.fr.md": "",
        "content/d/_index.md": page(cascade={"draft": True}),
        "content/d/a.fr.md": "",
        "content/d/a.md": "",
    },
    "files below a home page of another language": {
        "hugo.toml": TWO,
        "content/_index.fr.md": page(draft=True),
        "content/one/a.md": "",
        "content/one/b.fr.md": "",
        "content/one/pic.png": "",
        "content/two/_index.md": page(build={"publishResources": False}),
        "content/two/pic.png": "",
        "content/two/c.fr.md": "",
    },
    "lists of several pages": {
        **{k: str(v) for k, v in PAGINATED.items()},
        "hugo.toml": f"{TWO}[pagination]\npagerSize = 2\n",
        **{
            f"content/posts/p{i}.{language}md": page(tags=["x", f"y{i % 3}"])
            for i in range(5)
            for language in ("", "fr.")
        },
    },
}


@pytest.mark.parametrize("ugly", [False, True], ids=["pretty", "ugly"])
@pytest.mark.parametrize("name", CASES)
def test_every_language_is_published_as_hugo_does(name: str, ugly: bool) -> None:
    tree = dict(CASES[name])
    base = "" if "baseURL" in tree["hugo.toml"] else 'baseURL = "https://example.org/b/"\n'
    tree["hugo.toml"] = f"uglyURLs = {str(ugly).lower()}\n{base}{tree['hugo.toml']}"
    assert differences(tree) == []


def test_pages_share_the_files_of_a_bundle_in_another_language() -> None:
    shared = publish_tree(MemoryTree(with_layouts({"hugo.toml": TWO, **CONTENT}))).publication.resources
    found = {(site.language, path): file for (site, path), file in shared.items()}
    assert found["en", "/b/bun/pic.png"] == "b/bun/pic.png"
    assert found["fr", "/b/bun/pic.png"] == "b/bun/pic.png"
    assert found["fr", "/b/bun/y.png"] == "fr/le-b/lebun/y.fr.png"
    assert found["en", "/b/bun/y.png"] == "b/bun/y.png"
    assert ("fr", "/b/fo/pic.png") not in found


def test_the_languages_come_in_hugos_order() -> None:
    tree = {
        "hugo.toml": "[languages.b]\n[languages.c]\nweight = 2\n[languages.a]\n[languages.d]\nweight = 1\n",
        "content/x.md": "",
    }
    config = publish_tree(MemoryTree(with_layouts(tree))).config
    assert [each.name for each in config.languages] == ["d", "c", "a", "b"]
    assert config.default.name == "d"


MARKUP = """
    defaultContentLanguage = "en"
    [markup.goldmark.parser.attribute]
    title = false
    [languages.en]
    weight = 1
    [languages.fr]
    weight = 2
    [languages.fr.markup.goldmark.renderer]
    unsafe = true
    [languages.de]
    weight = 3
    contentDir = "german"
    [languages.de.markup.goldmark.parser]
    autoIDType = "blackfriday"
    [languages.de.markup.goldmark.extensions.typographer]
    leftDoubleQuote = "x"
"""


@pytest.mark.parametrize("folder", ["", "[languages.en]\ncontentDir = 'content/en'\n"])
def test_the_markup_of_a_language_takes_the_place_of_that_of_the_site(folder: str) -> None:
    text = '---\ntitle: A\n---\n## A "b" - c {#own}\n\n<b id="raw">x</b> <a href="/gone/">x</a>\n'
    config = MARKUP.replace("    [languages.en]\n", f"{folder or '[languages.en]'}\n")
    files = {
        "hugo.toml": config,
        "content/en/a.md" if folder else "content/a.md": text,
        "content/en/a.fr.md" if folder else "content/a.fr.md": text,
        "german/a.md": text,
        "layouts/all.html": "{{ .Content }}",
    }
    built = build(files, pages=False)
    assert built.code == 0, built.messages
    site = whole(files)
    for page in site.addresses.published:
        written = built.files[page.file].decode()
        facts = site.pages[page.path or ""]
        assert {a.id for a in facts.anchors} == set(re.findall(r'id="([^"]*)"', written)), page.path
        assert [k.target for k in facts.links] == re.findall(r'href="([^"]*)"', written), page.path

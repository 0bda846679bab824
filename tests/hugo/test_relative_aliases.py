"""A relative alias fails Hugo's build exactly where we say so, on every kind of page and in every setting."""

from __future__ import annotations

import itertools

import pytest
from support.hugo_build import build
from support.hugo_compare import publish_tree

from vitdlint.files.tree import MemoryTree

LANGUAGES = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
SETTINGS = {
    "plain": "",
    "below a path": 'baseURL = "https://example.org/sub/"\n',
    "ugly": "uglyURLs = true\n",
    "amp": '[outputs]\nhome = ["amp"]\npage = ["amp"]\n',
    "html and amp": '[outputs]\nhome = ["amp", "html"]\n',
    "no aliases": "disableAliases = true\n",
    "languages": LANGUAGES,
    "subdir": f"defaultContentLanguageInSubdir = true\n{LANGUAGES}",
    "German": f'defaultContentLanguage = "de"\n{LANGUAGES}',
    "hosts": '[languages.en]\nbaseURL = "https://en.example/"\n[languages.de]\nbaseURL = "https://de.example/"\n',
    "moved to the root": '[permalinks.section]\nposts = "/"\n',
}
PAGES = {
    "content/_index.md": "+++\naliases = [{}]\n+++\n",
    "content/_index.de.md": "---\naliases: [{}]\n---\n",
    "content/a.md": '{{"aliases": [{}]}}\n',
    "content/b.md": '{{"url": "/", "aliases": [{}]}}\n',
    "content/posts/_index.md": '{{"aliases": [{}]}}\n',
    "content/posts/a/index.md": '{{"aliases": [{}]}}\n',
    "content/draft.md": '{{"url": "/", "draft": true, "aliases": [{}]}}\n',
}
ALIASES = ("old", "../old.html", "", "../../old")


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
def test_hugo_refuses_what_we_say(setting: str) -> None:
    for path, alias in itertools.product(PAGES, ALIASES[:: 1 if setting in ("plain", "subdir") else 2]):
        tree = {
            "hugo.toml": SETTINGS[setting],
            "layouts/all.html": "x",
            path: PAGES[path].format(f'"{alias}"'),
        }
        built = build(tree, pages=False)
        refused = [source for source, _ in publish_tree(MemoryTree(tree)).publication.refused_aliases]
        assert bool(built.code) == bool(refused), (path, alias, built.messages)
        assert set(refused) <= {path}

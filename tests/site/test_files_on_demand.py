"""Files of pages with `publishResources: false`: dead where no template asks for them, else only Hugo knows."""

from __future__ import annotations

import pytest
from support.hugo_build import build
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree

FRONTS = (
    "---\nbuild:\n  publishResources: false\n---\n",
    "+++\n[build]\npublishResources = false\n+++\n",
    '{"Build": {"publishresources": false}}\n',
)
ASKS = '{{ .Content }}{{ with .Resources.Get "lamp.png" }}{{ .RelPermalink }}{{ end }}'
PLAIN = '{{ .Content }}{{ with resources.Get "main.css" }}{{ .RelPermalink }}{{ end }}'


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("layout", [ASKS, PLAIN])
@pytest.mark.parametrize("languages", ["", "[languages.en]\n[languages.de]\n"])
def test_what_hugo_publishes_is_not_called_dead(front: str, layout: str, languages: str) -> None:
    tree = {
        "hugo.toml": f'baseURL = "https://lamps.example/"\n{languages}',
        "content/own/index.md": front + "![](lamp.png)\n",
        "content/own/lamp.png": "x",
        "content/s/_index.md": "---\ncascade:\n  build:\n    publishResources: false\n---\n",
        "content/s/b/index.md": "Text.\n",
        "content/s/b/lamp.png": "x",
        "content/usual/index.md": "Text.\n",
        "content/usual/lamp.png": "x",
        "layouts/all.html": layout,
    }
    files = build(tree, pages=False).files
    site = of_tree(MemoryTree(tree))
    asked = layout == ASKS or languages
    for name in ("own/lamp.png", "s/b/lamp.png", "usual/lamp.png"):
        status = site.resolve(f"/{name}", "content/usual/index.md").status
        if name in files:
            assert status in ("file", "not-checked")
        if name.startswith("usual"):
            assert status == "file"
        else:
            assert status == ("not-checked" if asked else "dead")

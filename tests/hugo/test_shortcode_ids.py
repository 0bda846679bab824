"""Which templates of shortcodes count as making no id, beside what Hugo writes for a call as `{{% %}}`."""

from __future__ import annotations

import re

import pytest
from support.hugo_build import build

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.shortcode_templates import anchorless_shortcodes
from vitdlint.hugo.templates import Templates


@pytest.mark.parametrize(
    "template",
    [
        "word\n: What it means.\n",
        "## Other\n",
        "  # Other\n",
        "Other\n-----\n",
        "Other\n==\n",
        "Text.\n{#block}\n",
        "Text[^1].\n\n[^1]: Note.\n",
        '<b id="x">bold</b>\n',
        "<p>Text #1: a - b = c</p>\n",
        "{{ .Get 0 }}\n",
    ],
)
def test_a_template_whose_output_has_an_id_is_not_anchorless(template: str) -> None:
    tree = {
        "hugo.toml": 'baseURL = "https://site.example/"\n[markup.goldmark.parser]\nautoDefinitionTermID = true\n'
        "attribute.block = true\n[markup.goldmark.renderer]\nunsafe = true\n",
        "content/a.md": "---\ntitle: A\n---\n{{% list 1 %}}\n",
        "layouts/_shortcodes/list.html": template,
        "layouts/all.html": "{{ .Content }}",
    }
    built = build(tree, pages=False)
    assert built.code == 0, built.messages
    makes_ids = bool(re.search(r"\bid=", built.files["a/index.html"].decode()))
    memory = MemoryTree(tree)
    assert ("list" not in anchorless_shortcodes(Templates(load(memory), memory))[0]) == makes_ids

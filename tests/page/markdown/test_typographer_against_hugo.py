"""Every setting of the typographer, at random, and the ids that Hugo gives to headings and terms under it."""

from __future__ import annotations

import json
import random

import pytest
from support.hugo_build import build
from support.published import of_body, of_html

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.markup import Typographer
from vitdlint.page.markdown.parse import parse

KEYS = [
    words[0] + "".join(map(str.capitalize, words[1:]))
    for words in (field.split("_") for field in Typographer._fields)
]
VALUES = [
    *(
        "",
        "-",
        "--",
        "---",
        "'",
        '"',
        "...",
        "<<",
        "x",
        "X y",
        " ",
        "_",
        "é",
        "\u2013",
        "½",
        "&",
        ";",
        "\\",
        "*a*",
    ),
    *(
        "&ndash;",
        "&ndash",
        "&#8211;",
        "&#x41;",
        "&amp;",
        "&amp;amp;",
        "&copy;",
        "&nbsp;",
        "&eacute;",
        "&nosuch;",
    ),
]
ODD = ["true", "1", "1.5", "[]", "{}"]
"""Values in TOML that are no strings."""
PIECES = [
    *(
        "'",
        '"',
        "--",
        "---",
        "...",
        "<<",
        ">>",
        "-",
        " ",
        " ",
        "a",
        "B",
        "7",
        "s",
        "'s",
        "'90s",
        "'twas",
        "s' ",
        "\\",
    ),
    *(
        "**",
        "*",
        "`",
        "`a--b`",
        "[a--b](/x)",
        "**a's b**",
        "*--a*",
        "&amp;",
        "&mdash;",
        "é",
        ".",
        "(",
        ")",
        "n't",
        "\n: ",
    ),
]


def random_heading(chance: random.Random) -> str:
    text = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
    if "\n: " in text:
        return f"q{text.replace(chr(10) + ': ', '', text.count(chr(10)) - 1)}x"
    return f"## {text.strip() or 'a'}"


def random_settings(chance: random.Random) -> str:
    lines = [
        f"{key if chance.random() < 0.8 else key.lower()} = "
        f"{json.dumps(chance.choice(VALUES), ensure_ascii=False) if chance.random() < 0.93 else chance.choice(ODD[:3])}"
        for key in KEYS
        if chance.random() < 0.6
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(12))
def test_the_ids_are_those_of_hugo(seed: int) -> None:
    chance = random.Random(seed)
    id_type = chance.choice(["github", "github-ascii", "blackfriday"])
    config = (
        'baseURL = "https://site.example/"\ndisableKinds = ["home", "section", "taxonomy", "term", "sitemap", "rss", "404"]\n'
        f'[markup.goldmark.parser]\nautoIDType = "{id_type}"\nautoDefinitionTermID = true\n'
        f"[markup.goldmark.extensions.typographer]\n{random_settings(chance)}\n"
    )
    texts = [random_heading(chance) for _ in range(150)]
    tree = {f"content/p{n}.md": f"---\ntitle: P\n---\n{text}\n" for n, text in enumerate(texts)}
    built = build({"hugo.toml": config, "layouts/all.html": "{{ .Content }}"} | tree, pages=False)
    assert built.code == 0, built.messages
    markup = load(MemoryTree({"hugo.toml": config})).markup
    wrong = []
    for number, text in enumerate(texts):
        theirs = of_html(built.files[f"p{number}/index.html"].decode()).ids
        for reference in (False, True):
            ours = of_body(parse(text + "\n", 0, markup, reference=reference)).ids
            if ours != theirs:
                wrong.append((text, theirs, ours, reference))
    assert wrong == [], config

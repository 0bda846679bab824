"""Bodies against the real Hugo: hundreds of difficult documents in one build, and what it made of each."""

from __future__ import annotations

import re

import pytest
from support import markdown_random, published
from support.difficult import DIFFICULT
from support.hugo_build import build

from vitdlint.hugo.markup import Markup
from vitdlint.page.markdown.parse import parse

FRONT = "---\ntitle: a\n---\n"
CONFIG = 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n'
LAYOUTS = {
    "layouts/page.html": "{{ .Content }}",
    "layouts/list.html": "-",
    "layouts/home.html": "-",
    **{f"layouts/_shortcodes/{name}.html": "{{ .Inner }}" for name in "abdex"},
}
UNCLEAR = re.compile(
    r"<(?:script|pre|!|\?)|<<|`[^\n]*<|\x00|\{\{<|\r|\ufeff|\x0c|\x0b|\n\s*</script", re.IGNORECASE
)
"""What an HTML parser makes of the page differs from what its author wrote: comparing would test that parser."""


def hugo_says(documents: list[str], config: str) -> list[str | None]:
    site = {"hugo.toml": CONFIG + config, **LAYOUTS}
    site |= {f"content/d{number}.md": FRONT + text for number, text in enumerate(documents)}
    made = build(site, pages=False)
    assert made.code == 0, made.messages
    files = [made.files.get(f"d{number}/index.html") for number in range(len(documents))]
    return [None if file is None else file.decode() for file in files]


def compare(documents: list[str], config: str, markup: Markup) -> list[tuple[str, object, object]]:
    wrong: list[tuple[str, object, object]] = []
    for text, html in zip(documents, hugo_says(documents, config), strict=True):
        hugo = published.of_html(html or "")
        ours = published.of_body(parse(FRONT + text, len(FRONT), markup))
        if hugo != ours:
            wrong.append((text, hugo, ours))
    return wrong


UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n"


@pytest.mark.slow
def test_documents_of_pieces_thrown_together_mean_what_hugo_makes_of_them() -> None:
    documents = [markdown_random.difficult(seed, 14) for seed in range(900)]
    clear = [text for text in documents if UNCLEAR.search(text) is None]
    assert len(clear) > 300
    assert compare(clear, UNSAFE, Markup(unsafe=True)) == []


@pytest.mark.slow
def test_difficult_documents_mean_what_hugo_makes_of_them() -> None:
    clear = [text for text in DIFFICULT if UNCLEAR.search(text) is None]
    assert compare(clear, UNSAFE, Markup(unsafe=True)) == []


FOOTNOTES = [
    "a[^1]\n\n[^2]: [x](/gone/) <b id=y>\n\n[^1]: one [y](/p/) [^3]\n\n[^3]: three [^4]\n\n[^5]: five [^6]\n\n[^6]: six [z](/z/)\n",
    "[^1]\n\n[^1]: [a](/a/)\n\n[^1]: [b](/b/)\n",
    "[^a]: [a](/a/)\n\n    ## In it\n\n## In it\n",
    "[^1]\n\n[^1]: a\n\n    [^2]: [in](/in/)\n\n[b](/b/)\n",
    "[^1]: [a](/a/)\n    {#arc}\n\n> [^2]: [c](/c/)\n\n[^2]\n",
    "[^1]\n\n[^1]: a\n{#arc}\n\nb\n{#arc3}\n",
]
ATTRIBUTES = [
    *("+ a\n  {#arc}\n", "+ a\n\n  b\n  {#arc}\n", "+ a\n  {#arc}\n\n+ b\n", "+ a\n  - b\n    {#arc}\n"),
    *(
        "> a\n> {#arc}\n",
        "a\n: b\n  {#arc}\n",
        "a\n\n: b\n\n  c\n  {#arc}\n",
        "1. # a\n   {#arc}\n",
        "+ a\n\n  {#arc}\n",
    ),
]


@pytest.mark.slow
def test_what_footnotes_and_attributes_of_blocks_publish_is_what_hugo_does() -> None:
    config = f"{UNSAFE}[markup.goldmark.parser.attribute]\nblock = true\n"
    assert compare([*FOOTNOTES, *ATTRIBUTES], config, Markup(unsafe=True, attribute_block=True)) == []


@pytest.mark.slow
def test_instructions_and_declarations_count_in_ids() -> None:
    inner = ["<?x?>a", "<!--x-->a", "<!X y>a", "<![CDATA[q]]>a", "<b>a</b>", "*<?x y?>a*", "~+ *[*<b>"]
    texts = [f"# {text}\n" for text in inner]
    theirs = [re.findall('<h1 id="([^"]*)', html or "") for html in hugo_says(texts, UNSAFE)]
    assert [[h.id for h in parse(text, 0, Markup(unsafe=True)).headings] for text in texts] == theirs


@pytest.mark.slow
@pytest.mark.parametrize("id_type", ["github", "github-ascii", "blackfriday"])
def test_generated_headings_get_the_ids_that_hugo_gives(id_type: str) -> None:
    words = [
        "Größe",
        "a_b",
        "it's",
        '"q"',
        "--",
        "C++",
        "*em*",
        "**s *t* u**",
        "[l](u)",
        "`c d`",
        "½",
        "é\u0301",
    ]
    words += [
        "日本",
        "x.y",
        "&amp;",
        "&#39;",
        "![i j](k)",
        "<b>",
        "~x~",
        "\\*",
        "...",
        "5 - 6",
        "www.a.bc",
        "😀",
        "Σ",
    ]
    documents = []
    for first, one in enumerate(words):
        for second, other in enumerate(words):
            third = words[(first * 7 + second * 3) % len(words)]
            documents.append(f"## {one} {other}{third}\n\n## {other} z\n\n{one} {third}\n---\n")
    config = f'[markup.goldmark.parser]\nautoIDType = "{id_type}"\n'
    assert compare(documents, config, Markup(id_type=id_type)) == []

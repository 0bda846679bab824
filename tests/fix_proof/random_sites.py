"""Sites with every fixable defect, in combinations on one line and one page, from a seed."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from vitdlint.external.state import HEADER

from .defects import BLOCKS, FORMS, INLINE, PLAIN, TITLES, URLS

LETTERS = "abcdef"
STATE = (
    "http://moved.example/a moved-permanent 2026-06-14T06:00:00Z 2026-06-10 200 ok=2026-06-14"
    " final=https://moved.example/b?x=(1)&y=2 moved=https://moved.example/b?x=(1)&y=2 clean=yes"
)
_LINES = (
    "{}", "- {}", "> {}", "| a | b |\n| --- | --- |\n| c | {} |", "### About {}", "1. {}", "**{}**", "<div>{}</div>",
    "<p>{}</p>", "<!-- a comment -->{}", "term\n: {}", "*{}*",
)  # fmt: skip
_STARTS = (
    ". Light",
    "# Light",
    "- Light",
    "> Light",
    "1. Light",
    "    Light",
    "| a |\n| - |\n| b |",
    "```\nLight\n```",
)
"""What would begin a block if nothing were before it on its line."""


def site(seed: int) -> dict[str, str]:
    """The files of one site."""
    random = Random(seed)
    base = random.choice(("", "", "/sub"))
    hosts = random.choice(([""], [""], ["en", "de"], ["en", "de"]))
    multihost = len(hosts) > 1 and random.random() < 0.5
    own = "https://site.example" if not multihost else "https://en.site.example"
    tree = {
        "hugo.toml": _config(random, base, hosts, multihost=multihost),
        "vitdlint.toml": _settings(random, multihost=multihost),
        ".vitdlint-links.txt": f"{HEADER}{STATE}\n",
        "static/files/sun.png": "x",
        "static/files/paper.pdf": "x",
        "layouts/all.html": "{{ .Content }}",
        "layouts/_shortcodes/toc.html": "",
        "layouts/_shortcodes/box.html": "<div>{{ .Inner | markdownify }}</div>",
    }
    for letter in LETTERS:
        for language in hosts:
            other = "https://de.site.example" if multihost else own
            values = {
                "OTHERHOSTBASE": other + base,
                "OTHERBASE": base if multihost or language == "de" else f"{base}/de",
                "HOSTBASE": own + base + ("/de" if language == "de" and not multihost else ""),
                "BASE": base + ("/de" if language == "de" and not multihost else ""),
            }
            suffix = f".{language}.md" if language else ".md"
            name = f"content/posts/{letter}{suffix}" if letter != "f" else f"content/posts/f/index{suffix}"
            tree[name] = _front(random, letter) + _body(random, values)
    tree["content/posts/f/sun.png"] = "x"
    return tree


def _config(random: Random, base: str, languages: list[str], *, multihost: bool) -> str:
    def maybe(chance: float) -> str:
        return "true" if random.random() < chance else "false"

    lines = [
        f'baseURL = "https://site.example{base}/"',
        f"uglyURLs = {maybe(0.25)}",
        f"enableEmoji = {maybe(0.3)}",
        f"canonifyURLs = {maybe(0.1)}",
        f"relativeURLs = {maybe(0.1)}",
        'defaultContentLanguage = "en"',
    ]
    if random.random() < 0.5:
        lines += ["[outputs]", 'page = ["html", "amp"]']
    lines += ["[markup.goldmark.renderer]", f"unsafe = {maybe(0.7)}"]
    lines += ["[markup.goldmark.extensions.typographer]", f"disable = {maybe(0.3)}"]
    for weight, language in enumerate(languages if len(languages) > 1 else (), 1):
        lines += [f"[languages.{language}]", f"weight = {weight}"]
        lines += [f'baseURL = "https://{language}.site.example{base}/"'] if multihost else []
    return "\n".join(lines) + "\n"


def _settings(random: Random, *, multihost: bool) -> str:
    lines = [] if multihost else ['base-urls = ["https://old.example"]']
    if random.random() < 0.3:
        lines.append('extend-select = ["link-form"]')
    if random.random() < 0.3:
        lines.append('host = "strict"')
    if random.random() < 0.3:
        lines.append('[rules.leftover-markup]\ndialects = ["tiki"]')
    return "\n".join(lines) + "\n"


def _front(random: Random, letter: str) -> str:
    """Front matter in any format, with the defects of front matter."""
    title = random.choice(random.choice(list(TITLES.values()))) if random.random() < 0.6 else f"Lamp {letter}"
    tags = random.choice((["sun", "skin"], ["sun", "skin", "sun"], ["oil"]))
    front: dict[str, Any] = {
        "title": title,
        "tags": tags,
        "aliases": [f"/old-{letter}/", f"/Lamp+{letter}", f"early-{letter}"],
    }
    form = random.choice(("yaml", "toml", "json"))
    twice = random.random() < 0.2
    rows = [*front.items(), *([("title", title)] if twice and form == "json" else [])]
    written = [(key, json.dumps(value, ensure_ascii=False)) for key, value in rows]
    if form == "json":
        return "{\n" + ",\n".join(f'  "{key}": {value}' for key, value in written) + "\n}\n"
    if form == "toml":
        return "+++\n" + "".join(f"{key} = {value}\n" for key, value in written) + "+++\n"
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in written) + "---\n"


def _body(random: Random, values: dict[str, str]) -> str:
    blocks = ["Text[^1]", "## Dose"]
    for _ in range(random.randint(4, 9)):
        if random.random() < 0.4:
            block = random.choice(BLOCKS[random.choice(list(BLOCKS))])
            blocks.append(block.replace("INLINE", _line(random, random.randint(1, 2))))
        elif random.random() < 0.15:
            blocks.append(random.choice(INLINE[random.choice(list(INLINE))]) + random.choice(_STARTS))
        else:
            blocks.append(random.choice(_LINES).format(_line(random, random.randint(1, 4))))
    text = "\n\n".join([*blocks, "## End", "[^1]: The note."])
    while "[NUMBER]" in text:
        number = text.count("]: ")
        text = text.replace("[NUMBER]", f"[{number}]", 1) + f"\n\n[{number}]: {_url(random)}"
    text = text.replace(
        "{TO}", random.choice(("[BASE/posts/a/]", "[https://other.example/a]", "[#poe2020]", "[#dose]"))
    )
    for name in ("OTHERHOSTBASE", "OTHERBASE", "HOSTBASE", "BASE"):
        text = text.replace(name, values[name])
    while "LETTER" in text:
        text = text.replace("LETTER", random.choice(LETTERS), 1)
    return f"\n{text}\n"


def _line(random: Random, count: int) -> str:
    """Pieces with and without defects, one beside the other."""
    pieces = []
    for _ in range(count):
        kind = random.random()
        if kind < 0.15:
            pieces.append(random.choice(PLAIN))
        elif kind < 0.5:
            pieces.append(random.choice(INLINE[random.choice(list(INLINE))]))
        else:
            form, url = random.choice(FORMS), _url(random)
            raw = form.startswith("<") and form != "<URL>"
            pieces.append(form.replace("URL", url.replace("&", "&amp;") if raw else url))
    return random.choice((" ", " and ", ", ", ". Then ")).join(pieces)


def _url(random: Random) -> str:
    return random.choice(URLS["" if random.random() < 0.3 else random.choice(list(URLS))])

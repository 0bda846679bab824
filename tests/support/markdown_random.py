"""Markdown that means to be difficult: pieces of syntax thrown together, and a builder that remembers its places."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

PIECES = [
    *(
        "a",
        "b c",
        "word",
        "é",
        "“q”",
        "—",
        "😀",
        "\u00a0",
        "5 < 6",
        "it's",
        '"q"',
        "--",
        "...",
        "<<",
        "$",
        "x@",
    ),
    *(
        "**",
        "*",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "![",
        "](",
        "[[",
        "]]",
        "(",
        ")",
        "!",
        "<",
        ">",
        ":",
        '"',
    ),
    *("](u)", "](http://x.y/z)", '](<a b> "t")', "[r]", "[r]: /u", "[x][r]", "\\*", "\\", "&amp;", "&nbsp;"),
    *(
        "<b>",
        "</b>",
        '<a href="u">',
        "<br/>",
        "<!-- c -->",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<http://x.y>",
        "<m@x.yz>",
    ),
    *("<div>", "</div>", "\n<div>\n", "<pre>", "</pre>", "<script>", "</script>"),
    *("http://x.yz/p_q_r", "(www.x.yz)", "m@x.yz", "|", "| a | b |", "\n|--|--|\n"),
    *(
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "\r\n",
        "\t",
        "  ",
        "    ",
        " ",
        "# ",
        "## ",
        "\n# h\n",
        "\n---\n",
        "\n===\n",
    ),
    *("- ", "* ", "+ ", "1. ", "2) ", "\n- a\n", "> ", "\n> ", "- [ ] t", "[ ] ", "#", "{#id}", "{.c}"),
    *("```", "\n```\n", "\n~~~\n", "\n    code\n", "{{< x >}}"),
]


def difficult(seed: int, most: int = 20) -> str:
    """A document of up to `most` pieces; the same for the same seed."""
    chance = random.Random(seed)
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(2, most)))


@dataclass
class Built:
    """A document and what was put into it, each with its text as it stands there."""

    text: str
    targets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


WORDS = [
    "sun",
    "Vitamin",
    "größe",
    "日本",
    "naïve",
    "😀",
    "x²",
    "a_b",
    "3–4",
    "it's",
    "<15 ng",
    "e\u0301",
    "\u2028end",
]
INDENTS = ["", "> ", "- ", "1. ", "> > ", "- > ", "  "]


_IN_CELLS = [
    *(
        "`",
        "``",
        "```",
        "\\`",
        "\\\\",
        "*",
        "**",
        "_",
        "~~",
        "!",
        "[",
        "]",
        "[x](y)",
        "<b>",
        "&amp;",
        "é",
        "a",
    ),
    *("b c", " ", "http://a.b/c", "<http://a.b>"),
]


def table(chance: random.Random) -> str:
    """A table, or what nearly is one: rows are too short or too long, and cells hold halves of code and links."""
    columns = chance.randint(1, 3)
    lines = []
    for number in range(chance.randint(2, 6)):
        wanted = columns if chance.random() < 0.7 else chance.randint(1, 4)
        cells = ["".join(chance.choices(_IN_CELLS, k=chance.randint(0, 6))) for _ in range(wanted)]
        if number == 1:
            cells = [chance.choice((" --- ", ":-", "-:"))] * columns
        opening, closing = chance.choice((("| ", " |"), ("| ", ""), ("", " |"), ("|", "|")))
        lines.append(f"{opening}{' | '.join(cells)}{closing}")
    before = chance.choice(("", "a `b`\n\n", "- c\n\n"))
    return f"{before}{chr(10).join(lines)}\n\n`d` |\n"


_IN_SECTIONS = [
    *(
        "term\n: def\n",
        "t\n: a\n\n      code\n",
        "x\n:   - y\n\n    z\n",
        "1. a\n   : b\n",
        "t\n: ```\n  a\n  ```\n",
    ),
    *(
        ": ```\n  code\n",
        "term\n\n: <div>\n",
        "t\n: <!-- a\n",
        "- [ ] x\n- [x] y [z]\n",
        "a\n{#id .c}\n",
        "a ~~b~ c~~\n",
    ),
    *(
        "| a | b |\n|---|---|\n| `x\\|y` | z |\n",
        "> | a |\n> |---|\n> | b |\n",
        "a | b\n- | -\nc\n",
        "a | b\n:-|-\nc\n",
    ),
    *(
        "## h {#k} [x](y) {.c}\n",
        "#A\nx\n===\n",
        "* a\n  # b\n",
        "x\n===\n",
        "```\ncode\n```\n",
        "[r] and [q]\n",
    ),
    *("<div>\n", "</div>\n\n", "text **b** http://a.b/c\n", "plain\n", "# c\n"),
    *(
        "x[^1] y[^2]\n",
        "[^1]: note\n",
        "[^1]: a\n\n    b\n",
        "[^2]: [l](u) (z)\n- c\n",
        "[^3]: a\nb\n",
        "[r]: /r\n",
    ),
    *("$$\na\n\n[b](c)\n$$\n", "\\(d\\) e\n", "$$ `f` $$\n"),
]


def sections(chance: random.Random) -> str:
    """Several sections, with what only the reference can tell in some of them."""
    pieces = [chance.choice(("", "[q]: /qq 'x'\n\n"))]
    for _ in range(chance.randint(2, 6)):
        if chance.random() < 0.85:
            pieces.append(
                chance.choice(("# ", "## ", "#", "> # "))
                + chance.choice(("A\n", "b `c`\n", "x {#y}\n", "\n"))
            )
        for _ in range(chance.randint(0, 4)):
            pieces += (chance.choice(_IN_SECTIONS), chance.choice(("", "\n")))
    pieces.append(
        chance.choice(
            ("", "\n[r]: /s\n", "\n[r]: /s 't'\n[q q]: <u>\n\n", "\n[^2]: note\n[^1]: note\n\n  more\n")
        )
    )
    return "".join(pieces)


def built(chance: random.Random) -> Built:
    """A document of whole constructs, within quotes and lists, with tabs, line ends of both kinds and emoji."""
    document = Built("")
    newline = chance.choice(["\n", "\r\n"])
    blocks: list[str] = []
    for number in range(chance.randint(1, 8)):
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, 4))]
        mark = f"m{number}"
        kind = chance.choice(
            ["heading", "link", "image", "reference", "code", "fence", "table", "html", "text"]
        )
        target = f"/p{number}/ü-{number}.html"
        said = " ".join([mark, *words])
        document.words.append(mark)
        if kind == "heading":
            document.headings.append(said)
            lines = [f"{'#' * chance.randint(1, 6)} {said}"]
        elif kind in {"link", "image"}:
            document.targets.append(target)
            bang = "!" if kind == "image" else ""
            title = chance.choice(["", ' "a title"', " 'it'"])
            lines = [f"before {bang}[{said}]({target}{title})\tafter"]
        elif kind == "reference":
            document.targets.append(target)
            lines = [f"see [{said}][r{number}] there", "", f"[r{number}]: {target}"]
        elif kind == "code":
            document.codes.append(f"`{mark} *x*`")
            document.words.remove(mark)
            lines = [f"some `{mark} *x*` code"]
        elif kind == "fence":
            document.codes.append(mark)
            document.words.remove(mark)
            lines = ["```py", f"{mark} = [a](b)", "```"]
        elif kind == "table":
            document.targets.append(target)
            lines = ["| head | b |", "|---|---|", f"| {said} | [t]({target}) |"]
        elif kind == "html":
            document.targets.append(target)
            lines = [f'<div><a class="x > y" href="{target}">{said}</a></div>']
        else:
            lines = [f"**{said}**"]
        first = chance.choice(INDENTS)
        following = first.replace("1.", "  ").replace("-", " ")
        blocks.append(
            newline.join((following if index else first) + line for index, line in enumerate(lines))
        )
    document.text = (newline * 2).join(blocks) + chance.choice(["", newline])
    return document

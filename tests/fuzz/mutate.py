"""Random pages: made from pieces of syntax, or from other pages with a few changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from support.cases import NEIGHBOURS, files_of
from support.difficult import DIFFICULT
from support.front_matter_random import json_page, toml_page, yaml_page
from support.markdown_random import PIECES, built, sections, table

from vitdlint.rules import ALL

MOST = 20_000
"""Characters of a page; a longer one is cut."""
NAMES = (
    *("page.md", "page.md", "page.md", "page.md", "page.markdown", "page.html", "page.htm", "page.org"),
    *("page.adoc", "page.ad", "page.rst", "page.pdc", "page.pandoc", "page.mdown", "page.de.md", "page.MD"),
    *("page/index.md", "page/index.html", "_index.md", "_index.org"),
)
PAGES = (".md", ".markdown", ".html", ".htm", ".org", ".adoc", ".rst", ".pdc")
TOKENS = (
    *PIECES,
    *("\0", "\ufeff", "\ud800", "\udcff", "\u2028", "\x85", "\x0b", "\x0c", "\x1b", "\r", "\u200b", "\u202e", "\ufffe"),
    *("---\n", "+++\n", "{\n", "}\n", "#+title: x\n", "title: ", "aliases: [", "date: 2026-13-40\n", "&a ", "*a "),
    *("<<: *a\n", "? ", ": |\n", "!!binary ", '"""', "'''", "[[a]]\n", "\\u", "\\x", "0o7", "1e999", "draft: true\n"),
    *("{{< x src=1 n=0x1f >}}", "{{% b 1e9 `a` true %}}", '{{< x id="A" ', "{{< b a /x -1 4 />}}"),
    *("{{< ref ", '"x" >}}', "{{% b %}}", "{{% /b %}}", "{{</* x */>}}", "{{<", ">}}", "{{ x", "<!--more-->", '{{< a b="'),
    *("<!-- vitdlint-disable dead-link -->", "<!-- vitdlint-disable-line -->", "<!-- vitdlint-disable-next-line x -- y -->"),
    *("# vitdlint-disable-line title-whitespace\n", "<!-- vitdlint-enable -->", "mailto:", "http://[", "https://xn--", "//"),
    *("https://doi.org/10.1000/", "](#", "](/", "](../", "](?", '<a id="', '<img src="', "<table><tr><td>", "</td>", "&#0;"),
    *("&#x110000;", "![](", "Ã¤", "â€™", "$$", "\\(", "[^1]", "[^1]: a\n", "term\n: text\n", "* * *\n", "{.a #b}\n", "= A\n"),
    *("== B\n", "* C\n", "** D\n", ".. e::\n", ":toc:\n", "link:x[y]", "[[x][y]]", "#+begin_src\n", "utm_source=a&", "\\\n"),
)  # fmt: skip

Change = Callable[[Random, str, Sequence[str]], str]


@cache
def seeds(folders: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The pages to begin with: the examples of all rules, the neighbours of faults, and those below the folders."""
    texts = [*DIFFICULT]
    for rule in ALL:
        for example in rule.examples:
            texts += [text for path, text in example.tree.items() if path.endswith(PAGES)]
    for file in sorted(NEIGHBOURS.glob("*.txtar")):
        texts += [text for path, text in files_of(file).items() if path.endswith(PAGES)]
    for folder in folders:
        files = sorted(p for p in Path(folder).rglob("*") if p.suffix in PAGES and p.is_file())
        texts += [p.read_bytes()[:MOST].decode("utf-8", "replace") for p in files]
    return tuple(dict.fromkeys(texts))


def page(chance: Random, known: Sequence[str]) -> bytes:
    """One page, at random."""
    text = _made(chance) if chance.random() < 0.4 else chance.choice(known)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        text = chance.choice(CHANGES)(chance, text, known)[:MOST]
    data = text.encode("utf-8", "surrogatepass" if chance.random() < 0.01 else "replace")
    return changed_bytes(chance, data) if chance.random() < 0.03 else data


def _made(chance: Random) -> str:
    front = chance.choice(
        (yaml_page, json_page, toml_page, lambda _: "", lambda _: "#+title: a\n#+tags[]: b c\n")
    )
    body = chance.choice((_pieces, _pieces, table, sections, lambda chance: built(chance).text))
    return f"{front(chance).removesuffix('body')}\n{body(chance)}"


def _pieces(chance: Random) -> str:
    return "".join(chance.choices(TOKENS, k=chance.randint(1, 40)))


def _slice(chance: Random, text: str, most: int = 200) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.randrange(1, most))


def _without(chance: Random, text: str, _: Sequence[str]) -> str:
    start, end = _slice(chance, text)
    return text[:start] + text[end:]


def _twice(chance: Random, text: str, _: Sequence[str]) -> str:
    start, end = _slice(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 2, 30)) + text[end:]


def _moved(chance: Random, text: str, _: Sequence[str]) -> str:
    start, end = _slice(chance, text)
    rest = text[:start] + text[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _token(chance: Random, text: str, _: Sequence[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(TOKENS) + text[at:]


def _character(chance: Random, text: str, _: Sequence[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return (
        text[:at]
        + chr(chance.choice((chance.randrange(128), chance.randrange(0x300), chance.randrange(0xD000))))
        + text[at + 1 :]
    )


def _spliced(chance: Random, text: str, known: Sequence[str]) -> str:
    other = chance.choice(known)
    start, end = _slice(chance, other, 2000)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[start:end] + text[at:]


def _indented(chance: Random, text: str, _: Sequence[str]) -> str:
    mark = chance.choice(("> ", "- ", "  ", "    ", "\t", "1. "))
    lines = text.splitlines(keepends=True)
    start = chance.randrange(len(lines) + 1)
    return "".join(lines[:start] + [mark + line for line in lines[start:]])


def _line_ends(_: Random, text: str, __: Sequence[str]) -> str:
    return text.replace("\n", "\r\n")


def _cut(chance: Random, text: str, _: Sequence[str]) -> str:
    return text[: chance.randrange(len(text) + 1)]


CHANGES: tuple[Change, ...] = (
    *(_without, _twice, _moved, _token, _token, _token),
    *(_character, _character, _spliced, _indented, _line_ends, _cut),
)


def changed_bytes(chance: Random, data: bytes) -> bytes:
    """The same file with a few bytes that are wrong, missing or too many."""
    changed = bytearray(data or b"\n")
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(changed) + 1)
        what = chance.random()
        if what < 0.4 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif what < 0.6:
            changed[at:at] = chance.randbytes(chance.randint(1, 4))
        elif what < 0.8:
            del changed[at : at + chance.randint(1, 50)]
        else:
            del changed[at:]
    return bytes(changed)


def changed_text(chance: Random, data: bytes, tokens: Iterable[str]) -> bytes:
    """The same file with words of its format put in, taken out or moved."""
    text = data.decode("utf-8", "replace")
    words = tuple(tokens)
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.4:
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(words) + text[at:]
        else:
            text = chance.choice(CHANGES)(chance, text, (text,))
    return text.encode("utf-8", "replace")

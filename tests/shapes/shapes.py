"""The shapes: each a small site whose size grows with one number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Files = Mapping[str, str]


class Shape(NamedTuple):
    """One family of inputs."""

    name: str
    size: int
    """How many pieces it has at its smallest: work of some hundredths of a second."""
    make: Callable[[int], Files]


def _page(front: str, body: str = "") -> Files:
    return {"content/posts/page.md": f"---\n{front}---\n{body}"}


def _body(name: str, size: int, make: Callable[[int], str]) -> Shape:
    """A shape of one page's body."""
    return Shape(name, size, lambda n: _page("title: Page\n", make(n)))


def _front(name: str, size: int, make: Callable[[int], str]) -> Shape:
    """A shape of one page's front matter, in YAML."""
    return Shape(name, size, lambda n: _page(make(n), "Text\n"))


def _raw(name: str, size: int, make: Callable[[int], str]) -> Shape:
    """A shape of one page, front matter and all."""
    return Shape(name, size, lambda n: {"content/posts/page.md": make(n)})


def _pages(name: str, size: int, front: Callable[[int], str], body: Callable[[int], str]) -> Shape:
    """A shape of many pages, each by its number."""
    return Shape(
        name,
        size,
        lambda n: {f"content/posts/p{i}.md": f"---\n{front(i)}---\n{body(i)}\n" for i in range(n)},
    )


def _word(number: int) -> str:
    """A word of letters alone, another for each number, unlike its neighbours."""
    letters = ""
    number = number * 7919 + 11
    while number:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
    return letters * 2


def _lines(n: int, line: Callable[[int], str]) -> str:
    return "".join(f"{line(i)}\n" for i in range(n))


def shapes() -> Iterator[Shape]:
    """All of them."""
    yield from _markdown()
    yield from _html()
    yield from _front_matter()
    yield from _site()
    yield from _templates()


def _markdown() -> Iterator[Shape]:
    yield _body("brackets open", 300, lambda n: "[" * n)
    yield _body("brackets pairs", 300, lambda n: "[a](b" * n)
    yield _body("brackets nested", 100, lambda n: "[" * n + "a" + "]" * n)
    yield _body("images nested", 100, lambda n: "![" * n + "a" + "](b)" * n)
    yield _body("backticks", 100, lambda n: "".join("`" * i + " a " for i in range(1, int(n**0.5) * 4)))
    yield _body("code spans", 300, lambda n: "`a` " * n)
    yield _body("emphasis alternating", 300, lambda n: "*a _b " * n)
    yield _body("emphasis open", 300, lambda n: "**a " * n)
    yield _body("emphasis nested", 100, lambda n: "*" * n + "a" + "*" * n)
    yield _body("tilde runs", 300, lambda n: "~~a " * n)
    yield _body("table rows", 150, lambda n: "| a | b |\n| - | - |\n" + "| x | y |\n" * n)
    yield _body("table columns", 150, lambda n: "| a " * n + "|\n" + "| - " * n + "|\n" + "| x " * n + "|\n")
    yield _body("tables broken", 100, lambda n: "| a | b | c |\n| - | - |\n| x | y |\n\n" * n)
    yield _body("delimiter rows", 150, lambda n: "| - | - |\n" * n)
    yield _body("quotes", 200, lambda n: "> a\n" * n)
    yield _body("quotes nested to the limit", 100, lambda n: (">" * 99 + " a\n\n") * (n // 20))
    yield _body("quotes too deep", 300, lambda n: ">" * n + " a\n")
    yield _body("links with escapes and no end", 150, lambda n: "[a](<" + "\\!" * n + "\n")
    yield _body(
        "definitions in one line", 150, lambda n: "# A\n\n" * 20 + "a\n: b\n\n" + "[a]:" * n + "\nx\n"
    )
    yield _body("definitions", 150, lambda n: _lines(n, lambda i: f"[{_word(i)}]: /posts/page/"))
    yield _body(
        "references",
        100,
        lambda n: _lines(n, lambda i: f"[x][{_word(i)}]") + "\n" + _lines(n, lambda i: f"[{_word(i)}]: /a/"),
    )
    yield _body("references undefined", 150, lambda n: _lines(n, lambda i: f"[x][{_word(i)}]"))
    yield _body("references undefined in one line", 150, lambda n: "[x][y] " * n)
    yield _body("references to one", 150, lambda n: "[x][y] " * n + "\n\n[y]: /posts/page/\n")
    yield _body(
        "footnotes",
        100,
        lambda n: _lines(n, lambda i: f"a[^{i}]") + "\n" + _lines(n, lambda i: f"[^{i}]: note\n"),
    )
    yield _body("footnotes undefined", 150, lambda n: _lines(n, lambda i: f"a[^{i}]"))
    yield _body("footnotes of one", 150, lambda n: "a[^1] " * n + "\n\n[^1]: note\n")
    yield _body("lists", 200, lambda n: "- a\n" * n)
    yield _body("lists nested to the limit", 200, lambda n: _lines(n, lambda i: "  " * (i % 60) + "- a"))
    yield _body("lists too deep", 300, lambda n: "- " * n + "a\n")
    yield _body("terms defined", 100, lambda n: "term\n: text\n\n" * n)
    yield _body("headings", 100, lambda n: "# Same\n\n" * n)
    yield _body("headings setext", 100, lambda n: "a\n---\n\n" * n)
    yield _body("fences", 100, lambda n: "```\na\n```\n\n" * n)
    yield _body("fences open", 100, lambda n: "```\n~~~\n" * n)
    yield _body("indented", 150, lambda n: "    a\n\n" * n)
    yield _body("entities", 300, lambda n: "&amp;" * n)
    yield _body("entities unknown", 300, lambda n: "&nope;" * n)
    yield _body("entities numbers", 300, lambda n: "&#1;" * n)
    yield _body("escapes", 300, lambda n: "\\*" * n)
    yield _body("spaces", 2000, lambda n: "a" + " " * n + "b")
    yield _body("lines without text", 500, lambda n: "\n" * n)
    yield _body("one line", 2000, lambda n: "word " * n)
    yield _body("one word", 5000, lambda n: "a" * n)
    yield _body("other than ASCII", 1000, lambda n: "é*ü*" * n)
    yield _body("zero width", 300, lambda n: "a\u200b" * n)
    yield _body("mojibake", 200, lambda n: "Ã¤ â€™ " * n)
    yield _body("URLs", 150, lambda n: "https://vitd.test/a " * n)
    yield _body("URLs without spaces", 150, lambda n: "https://vitd.test/a," * n)
    yield _body("URL of many words", 500, lambda n: "https://vitd.test/" + "a,b" * n)
    yield _body("www without spaces", 150, lambda n: "www.vitd.test/a" * n)
    yield _body("parentheses after a URL", 300, lambda n: "https://vitd.test/a" + ")" * n)
    yield _body("tracking parameters", 100, lambda n: "[a](https://vitd.test/?" + "utm_a=b&" * n + ")")
    yield _body("links with tracking", 60, lambda n: "[a](https://vitd.test/?utm_source=b)\n" * n)
    yield _body("links dead", 100, lambda n: _lines(n, lambda i: f"[a](/{_word(i)}/)"))
    yield _body("links of prose", 60, lambda n: "Of [40](600%20IU%20a%20day) women.\n" * n)
    yield _body("links malformed", 100, lambda n: "[a](http://vitd.test/ b)\n" * n)
    yield _body("autolinks", 150, lambda n: "<https://vitd.test/a> " * n)
    yield _body("mail addresses", 150, lambda n: "a@vitd.test " * n)
    yield _body("DOIs", 100, lambda n: "[a](https://doi.org/10.1000/x) " * n)
    yield _body(
        "fragments dead",
        60,
        lambda n: _lines(n, lambda i: f"## {_word(i)}\n") + _lines(n, lambda i: f"[a](#{_word(i + 50_000)})"),
    )
    yield _body("shortcodes", 100, lambda n: '{{< ref "page" >}}\n' * n)
    yield _body("shortcodes nested", 80, lambda n: "{{< b >}}" * n + "{{< /b >}}" * n)
    yield _body("shortcodes open", 100, lambda n: "{{< b >}}\n" * n)
    yield _body("shortcodes unfinished", 200, lambda n: "{{< a\n" * n)
    yield _body("shortcodes closing", 100, lambda n: "{{< /b >}}\n" * n)
    yield _body("shortcode of many parameters", 200, lambda n: "{{< b " + 'a="b" ' * n + ">}}")
    yield _body("shortcodes in comments", 100, lambda n: "{{</* b */>}}\n" * n)
    yield _body("suppressions", 100, lambda n: "<!-- vitdlint-disable-line dead-link -->\n\n" * n)
    yield _body(
        "suppressions open and links",
        80,
        lambda n: "<!-- vitdlint-disable dead-link -->\n\n" * n + "[a](/nowhere/)\n\n" * n,
    )
    yield _body("brackets visible", 150, lambda n: "a] [b (c) " * n)
    yield _body("bold left open", 150, lambda n: "**a b\n\n" * n)
    yield _body("carriage returns", 200, lambda n: "a\r\nb\r" * n)


def _html() -> Iterator[Shape]:
    yield _body("tags", 150, lambda n: "<b>a</b> " * n)
    yield _body("tags open", 150, lambda n: "<b>a " * n)
    yield _body("tags closing", 150, lambda n: "a</b> " * n)
    yield _body("tags nested", 150, lambda n: "<div>" * n + "</div>" * n)
    yield _body("tags crossed", 100, lambda n: "<b><i></b></i>" * n)
    yield _body("tags unfinished", 300, lambda n: "<a " * n)
    yield _body("tags of many attributes", 200, lambda n: "<a " + "b=c " * n + ">x</a>")
    yield _body("attribute without end", 300, lambda n: '<a href="' + "b<" * n)
    yield _body("comments", 150, lambda n: "<!-- a -->\n\n" * n)
    yield _body("comments open", 200, lambda n: "a <!-- a\n" * n)
    yield _body("instructions", 200, lambda n: "a <?x " * n)
    yield _body("declarations", 200, lambda n: "a <!X " * n)
    yield _body("sections", 200, lambda n: "a <![CDATA[ " * n)
    yield _body("less than", 300, lambda n: "a < b <" * n)
    yield _body("anchors", 100, lambda n: _lines(n, lambda i: f'<a id="{i}"></a>'))
    yield _body("anchors of one name", 100, lambda n: '<a id="a"></a>\n' * n)
    yield _body("divs and text", 100, lambda n: "<div>\n# a\n| b |\n</div>\n" * n)
    yield _body("scripts", 100, lambda n: "<script>a</script>\n\n" * n)
    yield _body("table in HTML", 100, lambda n: "<table>" + "<tr><td>a" * n + "</table>")
    yield _body("text after code", 150, lambda n: "<code>a</code> b " * n)


def _front_matter() -> Iterator[Shape]:
    yield _front("YAML keys", 100, lambda n: _lines(n, lambda i: f"k{i}: v"))
    yield _front("YAML duplicate keys", 60, lambda n: _lines(n, lambda _: "a: b"))
    yield _front("YAML duplicate keys in turn", 30, lambda n: _lines(n, lambda i: f"k{i}: v") * 2)
    yield _front("YAML nested", 60, lambda n: _lines(min(n, 3000), lambda i: f"{' ' * (i % 50)}k{i}:"))
    yield _front("YAML flow depth", 100, lambda n: f"a: {'[' * n}{']' * n}\n")
    yield _front("YAML flow open", 100, lambda n: f"a: {'[' * n}\n")
    yield _front("YAML list", 150, lambda n: "a:\n" + "- b\n" * n)
    yield _front("YAML anchors", 80, lambda n: "a: &a b\n" + _lines(n, lambda i: f"k{i}: *a"))
    yield _front("YAML anchors each", 80, lambda n: _lines(n, lambda i: f"k{i}: &a{i} v"))
    yield _front(
        "YAML anchors that double", 12, lambda n: "a0: &a0 [x]\n" + _lines(n, lambda i: f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]")
    )  # fmt: skip
    yield _front("YAML comments", 300, lambda n: "# a\n" * n + "title: Page\n")
    yield _front("YAML text", 150, lambda n: "a: |\n" + "  b\n" * n)
    yield _front("YAML quoted", 500, lambda n: f'a: "{"b " * n}"\n')
    yield _front("YAML without end", 150, lambda n: 'a: "' + "b\n" * n)
    yield _front("terms", 100, lambda n: "tags:\n" + _lines(n, lambda i: f"- {_word(i)}"))
    yield _front("terms repeated", 100, lambda n: "tags:\n" + "- same\n" * n)
    yield _front("terms alike", 60, lambda n: "tags:\n" + _lines(n, lambda i: f"- term {i}"))
    yield _front("aliases", 60, lambda n: "title: A\naliases:\n" + _lines(n, lambda i: f"- /old/{i}/"))
    yield _front("aliases repeated", 60, lambda n: "title: A\naliases:\n" + "- /old/\n" * n)
    yield _front("title", 1000, lambda n: f"title: {'word ' * n}\n")
    yield _raw(
        "front matter without its start", 300, lambda n: "title: A\n" + '  "a": b\n' * n + "-c: d\n" * n
    )
    yield _raw("TOML keys", 100, lambda n: f"+++\n{_lines(n, lambda i: f'k{i} = 1')}+++\n")
    yield _raw("TOML duplicate keys", 60, lambda n: "+++\n" + "a = 1\n" * n + "+++\n")
    yield _raw(
        "TOML duplicate keys in turn", 30, lambda n: f"+++\n{_lines(n, lambda i: f'k{i} = 1') * 2}+++\n"
    )
    yield _raw("TOML tables", 60, lambda n: f"+++\n{_lines(n, lambda i: f'[t{i}]')}+++\n")
    yield _raw("TOML duplicate tables", 60, lambda n: "+++\n" + "[t]\n" * n + "+++\n")
    yield _raw("TOML tables of tables", 60, lambda n: "+++\n" + "[[t]]\na = 1\n" * n + "+++\n")
    yield _raw("TOML dotted", 60, lambda n: f"+++\n{'a.' * n}a = 1\n+++\n")
    yield _raw("TOML table depth", 60, lambda n: f"+++\n[{'a.' * n}a]\n+++\n")
    yield _raw("TOML inline depth", 60, lambda n: f"+++\na = {'[' * n}{']' * n}\n+++\n")
    yield _raw("TOML strings", 500, lambda n: f'+++\na = "{"b " * n}"\n+++\n')
    yield _raw("JSON keys", 100, lambda n: "{" + ",".join(f'"k{i}":1' for i in range(n)) + "}\n")
    yield _raw("JSON duplicate keys", 60, lambda n: "{" + ",".join('"a":1' for _ in range(n)) + "}\n")
    yield _raw(
        "JSON duplicate keys in turn",
        30,
        lambda n: "{" + ",".join(f'"k{i % (n // 2)}":1' for i in range(n)) + "}\n",
    )
    yield _raw("JSON depth", 60, lambda n: '{"a":' + "[" * n + "]" * n + "}\n")
    yield _raw("JSON open", 100, lambda n: '{"a":' + "[" * n)
    yield _raw("JSON strings", 100, lambda n: '{"a":[' + ",".join('"b"' for _ in range(n)) + "]}\n")
    yield _raw("dashes", 300, lambda n: "---\n" * n)


def _site() -> Iterator[Shape]:
    yield _pages("pages", 30, lambda i: f"title: {_word(i)}\n", lambda i: f"Text of {_word(i)}")
    yield _pages(
        "titles alike", 30, lambda i: f"title: Vitamin D and bones in winter {i}\n", lambda _: "Text"
    )
    yield _pages("titles the same", 30, lambda _: "title: Vitamin D\n", lambda _: "Text")
    yield _pages("titles long", 20, lambda i: f"title: {'Vitamin D and bones ' * 10}{i}\n", lambda _: "Text")
    yield _pages(
        "titles that differ in a word", 30, lambda i: f"title: Vitamin D for s{_word(i)}\n", lambda _: "Text"
    )
    yield _pages(
        "titles that differ in a letter",
        100,
        lambda i: f"title: Vitamin D for sunlight{chr(0x4E00 + i)}\n",
        lambda _: "Text",
    )
    yield Shape(
        "names that differ in a word",
        30,
        lambda n: {
            f"content/posts/vitamin-d-for-s{_word(i)}.md": f"---\ntitle: {_word(i)}\n---\n" for i in range(n)
        },
    )
    yield _pages("pages the same", 30, lambda i: f"title: {_word(i)}\n", lambda _: "The same text. " * 20)
    yield _pages("pages linked", 30, lambda i: f"title: {_word(i)}\n", lambda i: f"[a](/posts/p{i + 1}/)")
    yield _pages("links dead, pages", 30, lambda i: f"title: {_word(i)}\n", lambda i: f"[a](/posts/q{i}/)")
    yield _pages(
        "fragments dead, pages",
        30,
        lambda i: f"title: {_word(i)}\n",
        lambda i: f"## a\n[a](/posts/p0/#{_word(i)})",
    )
    yield _pages(
        "aliases of pages",
        30,
        lambda i: f"title: {_word(i)}\naliases: [/old/{i}/]\n",
        lambda i: f"[a](/old/{i}/)",
    )
    yield _pages(
        "aliases that collide", 30, lambda i: f"title: {_word(i)}\naliases: [/old/]\n", lambda _: "Text"
    )
    yield _pages("URLs that collide", 30, lambda i: f"title: {_word(i)}\nurl: /same/\n", lambda _: "Text")
    yield _pages(
        "terms of pages", 30, lambda i: f"title: {_word(i)}\ntags: [{_word(i)}, b]\n", lambda _: "Text"
    )
    yield _pages(
        "terms alike, pages",
        30,
        lambda i: f"title: {_word(i)}\ntags: [Term {i}s, term {i}]\n",
        lambda _: "Text",
    )
    yield _pages(
        "references of pages", 30, lambda i: f"title: {_word(i)}\n", lambda i: f'{{{{< ref "q{i}" >}}}}'
    )
    yield Shape(
        "redirects",
        60,
        lambda n: {
            "static/_redirects": _lines(n, lambda i: f"/{_word(i)}/* /posts/page/"),
            "content/posts/page.md": "---\ntitle: A\n---\n" + _lines(n, lambda i: f"[a](/{_word(i)}/b)"),
        },
    )
    yield Shape(
        "redirects in a chain",
        60,
        lambda n: {
            "static/_redirects": _lines(n, lambda i: f"/r{i} /r{i + 1}"),
            "content/posts/page.md": "---\ntitle: A\n---\n[a](/r0)\n",
        },
    )
    yield Shape(
        "folders nested",
        20,
        lambda n: {
            f"content/{'d/' * i}page.md": f"---\ntitle: {_word(i)}\n---\nText\n" for i in range(0, n, n // 8)
        },
    )
    yield Shape(
        "sections",
        30,
        lambda n: {f"content/{_word(i)}/_index.md": f"---\ntitle: {_word(i)}\n---\nText\n" for i in range(n)},
    )
    yield Shape(
        "bundle of many files",
        40,
        lambda n: {
            "content/posts/b/index.md": "---\ntitle: B\n---\n" + _lines(n, lambda i: f"![a](f{i}.png)"),
            **{f"content/posts/b/f{i}.png": "" for i in range(n)},
        },
    )
    yield Shape(
        "menu",
        40,
        lambda n: {
            "hugo.toml": "".join(
                f'[[menus.main]]\nname = "m{i}"\npageRef = "/posts/page"\n' for i in range(n)
            ),
            "content/posts/page.md": "---\ntitle: A\n---\nText\n",
        },
    )


def _templates() -> Iterator[Shape]:
    """What templates are made of, many times in one of each kind."""
    pieces = (
        *(
            "{{",
            "{{ ",
            "{{/*",
            "{{/* a */}}",
            '{{ "\\"',
            "{{ `",
            "{{ .Get 0 }}",
            '{{ with .Get "a" }}',
            "{{ if .Inner }}",
        ),
        *(
            "{{ .Inner }}",
            '{{ partial "p.html" . }}',
            '{{ define "a" }}',
            "<script ",
            '<a href="/x">',
            "<!--",
            "{{ end }}.a",
        ),
    )
    for piece in pieces:
        yield _template(f"templates of {piece}", lambda n, piece=piece: piece * n)  # type: ignore[misc]  # bound at once
    yield _template("template, index of parameters", lambda n: f"{{{{ {'index .Params ' * n} }}}}")
    yield _template("template, pages of a list", lambda n: f"{{{{ {'.Paginate (a) ' * n} }}}}")
    yield _template("template, spaces", lambda n: f"{{{{ if len{' ' * n}+{' ' * n} }}}}{{{{ .Inner }}}}")
    yield _template(
        "template, variables",
        lambda n: "".join(f"{{{{ ${_word(i)} := .Inner }}}}{{{{ ${_word(i)} }}}}" for i in range(n)),
    )
    yield Shape(
        "template, partials in a chain",
        60,
        lambda n: {
            **_CALL,
            "layouts/_shortcodes/b.html": '{{ partial "p0" . }}',
            **{f"layouts/_partials/p{i}.html": f'{{{{ partial "p{i + 1}" . }}}}' for i in range(n)},
        },
    )
    yield Shape(
        "data in one line",
        60,
        lambda n: {**_CALL, "data/a.json": "[" + ",".join('{"url": "/posts/page/"}' for _ in range(n)) + "]"},
    )


_CALL = {"content/posts/page.md": "---\ntitle: Page\n---\n{{< b >}}a{{< /b >}} [c](/posts/page/)\n"}


def _template(name: str, make: Callable[[int], str]) -> Shape:
    """A text as a layout, a partial, a shortcode's template and a render hook."""
    places = ("single.html", "_partials/p.html", "_shortcodes/b.html", "_markup/render-link.html")
    return Shape(name, 100, lambda n: {**_CALL, **{f"layouts/{place}": make(n) for place in places}})

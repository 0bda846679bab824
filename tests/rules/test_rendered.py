"""What the rules about Markdown and HTML say about readers, held against what Hugo builds and a browser's parser sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import html5lib
import pytest
from support.hugo_build import build

from vitdlint.linter.examples import HUGO, job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

LAYOUT = (
    "<!DOCTYPE html><html><head><title>Site</title></head><body><div>{{ .Content }}</div>"
    "<footer>Colophon</footer></body></html>"
)
UNSEEN = {
    "script",
    "style",
    "textarea",
    "title",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "template",
    "head",
}


class Document:
    """A page as a browser has it."""

    def __init__(self, html: str) -> None:
        self.root: Any = html5lib.parse(html, namespaceHTMLElements=False)
        self.text = " ".join("".join(seen(self.root)).split())

    def around(self, words: str) -> list[str]:
        """The elements around a text, outermost first; empty if it is nowhere."""
        stack: list[tuple[Any, list[str]]] = [(self.root, ["html"])]
        while stack:
            element, way = stack.pop()
            if words in (element.text or ""):
                return way
            for child in element:
                if words in (child.tail or ""):
                    return way
                stack.append((child, [*way, str(child.tag)]))
        return []


def seen(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in UNSEEN:
        yield element.text or ""
        for child in element:
            yield from seen(child)
            yield child.tail or ""


def lacks(words: str) -> Callable[[Document], bool]:
    return lambda document: words not in document.text


def shows(words: str) -> Callable[[Document], bool]:
    return lambda document: words in document.text


def inside(words: str, element: str) -> Callable[[Document], bool]:
    return lambda document: element in document.around(words)


HIDES = "hidden-rest-of-page"
CASES: list[tuple[str, str, bool, Callable[[Document], bool]]] = [
    # rule, page, whether the rule speaks, and what is true of the built page exactly then
    (HIDES, "One\n\n<!-- note\n\nTwo\n", True, lacks("Two")),
    (HIDES, "One\n\n<!-- note\n\nTwo\n", True, lacks("Colophon")),
    (HIDES, "One\n\n<!-- note\n\nTwo -->\n\nThree\n", False, lacks("Three")),
    (HIDES, "One <!-- note\n\nTwo\n", False, lacks("Two")),
    (HIDES, "> <!-- note\n\nTwo\n", True, lacks("Two")),
    (HIDES, "- a\n\n  <!-- b\n\nTwo\n\n<!-- c -->\n\nThree\n", True, lacks("Two")),
    (HIDES, "<div><!-- a\n\nb -->\n</div>\n\nTwo\n", True, lacks("Two")),
    (HIDES, "<!-- a --> <!-- b\n\nTwo\n\n<!-- c -->\n\nThree\n", True, lacks("Two")),
    (
        HIDES,
        "<!--[if gte mso 9]><xml>\n</xml><![endif]--><!--[if gte mso 10]>\nx\n\n<![endif]-->\n\nTwo\n",
        True,
        lacks("Two"),
    ),
    (HIDES, "<!--[if gte mso 9]><xml>\n</xml><![endif]-->\n\nTwo\n", False, lacks("Two")),
    (
        HIDES,
        "<!--[if gte mso 9]>a<![endif]--><!--[if gte mso 10]>b<![endif]-->\n\nTwo\n",
        False,
        lacks("Two"),
    ),
    (HIDES, '<iframe src="https://example.org/" />\n\nTwo\n', True, lacks("Two")),
    (HIDES, 'Text <iframe src="https://example.org/"></iframe>\n\nTwo\n', False, lacks("Two")),
    (HIDES, "Text <textarea>a\n\nTwo\n", True, lacks("Two")),
    (HIDES, "Text <TextArea>a</TEXTAREA>\n\nTwo\n", False, lacks("Two")),
    (HIDES, "<style>\np { color: red }\n\nTwo\n", True, lacks("Two")),
    (HIDES, "<STYLE>\np { color: red }\n</STYLE>\n\nTwo\n", False, lacks("Two")),
    (HIDES, "<title>a\n\nTwo\n", True, lacks("Two")),
    (HIDES, "<svg><title>a</title><style>b</style></svg>\n\nTwo\n", False, lacks("Two")),
    (HIDES, "<noembed>a\n\nTwo\n", True, lacks("Two")),
    (HIDES, "`<!--` and `<script>`\n\n```\n<style>\n```\n\n    <!--\n\nTwo\n", False, lacks("Two")),
    ("unclosed-tag", '<div class="a">\n\nTwo\n', True, inside("Colophon", "div")),
    ("unclosed-tag", "<div>\n\nTwo\n\n</div>\n", False, inside("Colophon", "div")),
    ("unclosed-tag", "Text <b>bold\n\nTwo\n", True, inside("Two", "b")),
    ("unclosed-tag", "Text <b>bold\n\nmore</b>\n\nTwo\n", False, inside("Two", "b")),
    ("unclosed-tag", '<a href="/x">this<a/> that\n\nTwo\n', True, inside("Two", "a")),
    ("unclosed-tag", "<ul><li>a<li>b</ul><table><tr><td>c</table>\n\nTwo\n", False, inside("Two", "ul")),
    ("unclosed-tag", "<details><summary>a</summary>\n\nTwo\n", True, inside("Two", "details")),
    ("unclosed-tag", '<img src="/a>b.png" alt="<div>">\n\nTwo\n', False, inside("Colophon", "div")),
    (
        "unclosed-tag",
        "<svg><path d='M0 0'/><g><rect/></g></svg>\n\n<my-tag>x</my-tag>\n\nTwo\n",
        False,
        inside("Two", "g"),
    ),
    ("stray-close-tag", "</div>\n\nTwo\n", True, lambda d: "div" not in d.around("Two")),
    ("stray-close-tag", "<section>\n\n</section>\n\nTwo\n", False, lambda d: "div" not in d.around("Two")),
    ("split-tag", 'Text <span style="color:\n\nred">Two</span>\n', True, shows("<span style=")),
    ("split-tag", 'Text <span\n style="color:red"\n title="a">Two</span>\n', False, shows("<span")),
    ("split-tag", 'Text <a href="/a"class="b">Two</a>\n', True, shows("<a href=")),
    ("split-tag", '<p style="color:red;""><b>Two</b></p>\n', False, shows("<p style=")),
    ("unknown-tag", "Log in as <name> now\n", True, lacks("<name>")),
    ("unknown-tag", "Log in as <your-name> now\n", True, lacks("<your-name>")),
    (
        "unknown-tag",
        "Log in as `<name>` with <15 ng\n",
        False,
        lambda d: "<name>" not in d.text or "<15" not in d.text,
    ),
    (
        "unknown-tag",
        "Repository <{{% address %}}/a> here\n",
        False,
        lambda d: "a" not in d.around("example.org"),
    ),
    ("pasted-document", "Put it into <body> here\n", True, lacks("<body>")),
    ("exposed-comment", "<!-- a <!-- b -->\n\nSecret -->\n", True, shows("Secret")),
    ("exposed-comment", "Text <!-- a\n\nSecret -->\n", True, shows("Secret")),
    ("exposed-comment", "Text\n\n<!-- a\n\nSecret -->\n", False, shows("Secret")),
    ("empty-href", 'See <a href="">Two</a>\n', True, inside("Two", "a")),
    ("literal-markup", "** Two ** words\n", True, shows("**")),
    ("literal-markup", "**note:**next\n", True, shows("**")),
    ("literal-markup", "これは**「重要」**です\n", True, shows("**")),
    (
        "literal-markup",
        "これは **「重要」** です, __so__ and ~~so~~\n",
        False,
        lambda d: "*" in d.text or "~" in d.text,
    ),
    ("literal-markup", "See [the study](https://example.org/a b)\n", True, shows("](")),
    ("literal-markup", "See [the study](<https://example.org/a b>)\n", False, shows("](")),
    ("table-cells-lost", "| a | b |\n|--|--|\n| c | d | Two |\n", True, lacks("Two")),
    ("table-cells-lost", "| a | b |\n|--|--|\n| c | d \\| Two |\n", False, lacks("Two")),
    ("orphan-table-row", "| a | b |\n|--|--|\n| c | d |\n\n| e | f |\n", True, shows("| e |")),
    ("orphan-table-row", "| a | b |\n|--|--|\n| c | d |\n| e | f |\n", False, shows("| e |")),
    ("broken-table", "| a | b | c |\n|--|--|\n| d | e | f |\n", True, shows("| a |")),
    ("broken-table", " **| a | b |\n|--|--|\n| d | e |**\n", True, shows("| a |")),
    ("broken-table", "| a | b |\n\n|--|--|\n| d | e |\n", True, shows("| a |")),
    ("broken-table", "| a | b |\n|--|--|\n| d | e |\n", False, shows("| a |")),
    ("accidental-code-block", "*     Moe K, Ray T, Two\n", True, inside("Two", "code")),
    ("accidental-code-block", "*    Moe K, Ray T, Two\n", False, inside("Two", "code")),
    ("nested-marker-list", "- - - - Two - - -\n", True, lambda d: d.around("Two").count("ul") == 4),
    ("unclosed-fence", "```\na\n\nTwo\n", True, inside("Two", "code")),
    ("unclosed-fence", "- ```\n  a\n\nTwo\n", True, lambda d: "a" in d.text),
    ("unclosed-fence", "````\na\n```\n````\n\nTwo\n", False, inside("Two", "code")),
    ("reversed-link", "See (this)[https://example.net/a] now\n", True, shows("(this)[")),
    ("undefined-reference", "See [this][that] now\n", True, shows("[this][that]")),
    ("undefined-reference", "See [this][that] now\n\n[That]: /a\n", False, shows("[this][that]")),
    ("split-heading", "## Doses  \nTake Two a day.\n", False, inside("Two", "h2")),
    ("split-heading", "## What was found by the  \nTwo\n", True, lambda d: "h2" not in d.around("Two")),
    (
        "escaped-prose",
        "(a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k%20l%20m%20n) we saw\n",
        True,
        shows("a%20b"),
    ),
    *(
        # Where readers see source: within lists, quotations, tables and HTML, and where each is read as it should be.
        (rule, page, reports, shows(words))
        for rule, page, reports, words in [
            ("accidental-code-block", "<div>\n\n    <p>Rye</p>\n\n</div>\n", True, "<p>Rye"),
            ("accidental-code-block", "<div>\n\n   <p>Rye</p>\n\n</div>\n", False, "<p>Rye"),
            ("accidental-code-block", "- <div>\n\n      <p>Rye</p>\n\n  </div>\n", True, "<p>Rye"),
            ("accidental-code-block", "> <div>\n>\n>     <p>Rye</p>\n>\n> </div>\n", True, "<p>Rye"),
            ("accidental-code-block", "<ul>\n\n\t<li>Rye</li>\n\n</ul>\n", True, "<li>Rye"),
            ("literal-markup", "<div>\n## Rye\n</div>\n", True, "## Rye"),
            ("literal-markup", "<div>\n\n## Rye\n</div>\n", False, "## Rye"),
            ("literal-markup", "- <div>\n  ## Rye\n  </div>\n", True, "## Rye"),
            (
                "literal-markup",
                "<details>\n<summary>x</summary>\n1. Rye\n2. Oat\n</details>\n",
                True,
                "1. Rye",
            ),
            ("literal-markup", "<td>\n> Rye\n</td>\n", True, "> Rye"),
            ("literal-markup", "<div>\n~~~\nRye\n~~~\n</div>\n", True, "~~~"),
            ("literal-markup", "<div>\na | b\n--|--\n1 | 2\n</div>\n", True, "--|--"),
            ("literal-markup", "<div>\n| a |\n</div>\n\n| b | c |\n|--|--|\n", False, "|--"),
            ("literal-markup", "A word**(meta)**\n", True, "**(meta)**"),
            ("literal-markup", "A word **(meta)**\n", False, "**(meta)**"),
            ("literal-markup", "Low [<15 ng](<15%20ng)\n", True, "[<15 ng]("),
            ("literal-attributes", "Rye\n{.note}\n", True, "{.note}"),
            ("literal-attributes", "## Rye {.note}\n", False, "{.note}"),
            ("literal-attributes", "> Rye\n{.note}\n", True, "{.note}"),
            ("literal-attributes", "- Rye\n{#list}\n", True, "{#list}"),
            ("literal-attributes", "| a |\n|---|\n{#table}\n", True, "{#table}"),
            ("literal-attributes", "![x](/x.png){width=9}\n", True, "{width=9}"),
            ("literal-attributes", "[x](/x.png){: .big}\n", True, "{: .big}"),
            ("literal-attributes", "`[x](/x.png){: .big}` \\{.no}\n", False, "{: .bigger}"),
            ("split-tag", "Rye <br\n\nOat\n", True, "<br"),
            ("split-tag", "Rye <br\n/>Oat\n", False, "<br"),
            ("split-tag", "- Rye <hr\n- Oat\n", True, "<hr"),
            ("split-tag", '<a href="/">1</a>" rel="external"&gt;\n', True, "rel="),
            ("leftover-markup", "{% include a.html %}\n", True, "{% include"),
            ("leftover-markup", "| a |\n|---|\n| {{ site.title }} |\n", True, "{{ site.title }}"),
            ("leftover-markup", "- ![[a.png]]\n", True, "![[a.png]]"),
            ("leftover-markup", ":::note\nRye\n:::\n", True, ":::note"),
            ("leftover-markup", "> :::tip Rye\n", True, ":::tip"),
            ("leftover-markup", "`{% raw %}` and \\{% raw\n", False, "{% raw %}{"),
            ("broken-table", "Set:\n\n| a | b |\n| c | d |\n", True, "| a | b |"),
            ("broken-table", "- Set:\n\n  | a | b |\n  | c | d |\n", True, "| a | b |"),
            ("broken-table", "| a | b |\n|---|---|\n| c | d |\n", False, "| a | b |"),
            ("malformed-url", "https://who.int/?a=1&amp;b=2\n", True, "&amp;"),
            ("malformed-url", "[x](https://who.int/?a=1&amp;b=2)\n", False, "&amp;"),
        ]
    ),
]


@pytest.fixture(scope="module")
def rendered() -> Mapping[int, tuple[set[str], Document]]:
    """Of each case: the rules that speak, and the page as a browser has it."""
    tree = {
        f"content/posts/case-{i}.md": f"---\ntitle: Case {i}\n---\n{page}"
        for i, (_, page, *_) in enumerate(CASES)
    }
    settings = {"select": sorted({rule for rule, *_ in CASES})}
    shortcode = {"layouts/_shortcodes/address.html": "https://example.org"}
    report = lint(job_of({**tree, **shortcode}, settings), here).report
    config = HUGO.replace(
        "[markup", 'disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]\n[markup'
    )
    built = build({**tree, **shortcode, "hugo.toml": config, "layouts/page.html": LAYOUT}, pages=False)
    assert built.code == 0, built.messages
    return {
        i: (
            {d.name for d in report.diagnostics if d.place.path == f"content/posts/case-{i}.md"},
            Document(built.files[f"posts/case-{i}/index.html"].decode()),
        )
        for i in range(len(CASES))
    }


@pytest.mark.parametrize("i", range(len(CASES)), ids=[f"{rule}-{i}" for i, (rule, *_) in enumerate(CASES)])
def test_a_rule_reports_where_readers_of_the_built_page_are_harmed(
    i: int, rendered: Mapping[int, tuple[set[str], Document]]
) -> None:
    rule, _, reports, harmed = CASES[i]
    names, document = rendered[i]
    assert (rule in names) is reports
    assert harmed(document) is reports

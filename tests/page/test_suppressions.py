from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from vitdlint.core.globs import matcher
from vitdlint.core.model import Diagnostic
from vitdlint.edits.add_suppressions import Plan, ReasonError, glob_of, plan
from vitdlint.hugo.markup import Markup
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.page.page import Page, Settings
from vitdlint.page.read import read_page

A = "content/posts/a.md"
SELECT = {
    "select": [
        "dead-link",
        "mojibake",
        "unclosed-fence",
        "unparsable-date",
        "control-character",
        "unclosed-tag",
    ]
}


def parse(path: str, text: str) -> Page:
    return read_page(path, text.encode(), Settings(markup=Markup(unsafe=True)), None)


def found(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    return lint(job_of(files, SELECT), here).report.diagnostics


def planned(files: Mapping[str, str], reason: str = "from the old wiki") -> Plan:
    return plan(found(files), lambda path: parse(path, files[path]) if path in files else None, parse, reason)


def suppressed(text: str) -> str:
    """The page with comments; afterwards nothing is found and nothing else has changed."""
    result = planned({A: text})
    assert result.ignores == {}
    assert result.left == ()
    new = result.texts[A]
    assert found({A: new}) == ()
    return new


COMMENT = "<!-- vitdlint-disable-line dead-link: from the old wiki -->"
FILE = "<!-- vitdlint-disable-file dead-link: from the old wiki -->\n"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("See [x](/no/).\n", f"See [x](/no/). {COMMENT}\n"),
        ("See [x](/no/).", f"See [x](/no/). {COMMENT}"),
        ("See [x](/no/).\r\nNext.\r\n", f"See [x](/no/). {COMMENT}\r\nNext.\r\n"),
        ("A break [x](/no/)  \nhere.\n", f"A break [x](/no/) {COMMENT}  \nhere.\n"),
        ("A break [x](/no/)\\\nhere.\n", f"A break [x](/no/) {COMMENT}\\\nhere.\n"),
        ("- one\n- [y](/no/)\n- two\n", f"- one\n- [y](/no/) {COMMENT}\n- two\n"),
        ("> quoted [x](/no/)\n> more\n", f"> quoted [x](/no/) {COMMENT}\n> more\n"),
        (
            "| a | b |\n| - | - |\n| c | [x](/no/) |\n| e | f |\n",
            f"| a | b |\n| - | - |\n| c | [x](/no/) {COMMENT} |\n| e | f |\n",
        ),
        ("a | b\n- | -\nc | [x](/no/)\n", f"a | b\n- | -\nc | [x](/no/) {COMMENT}\n"),
        ("<p>An <a href='/no/'>x</a></p>\n", f"<p>An <a href='/no/'>x</a></p> {COMMENT}\n"),
    ],
)
def test_a_comment_is_at_the_lines_end(text: str, new: str) -> None:
    assert suppressed(text) == new


@pytest.mark.parametrize(
    "text",
    [
        "Text [x].\n\n[x]: /no/\n",
        "<a href='/no/'>\n\nText.\n",
        '{{< figure src="/a.png" link="/no/" >}}\n',
    ],
)
def test_where_a_comment_would_change_the_page_one_is_before_the_body(text: str) -> None:
    files = {A: f"---\ntitle: x\n---\n{text}", "layouts/single.html": ""}
    diagnostics = [d for d in found(files) if d.name == "dead-link"]
    result = plan(diagnostics, lambda path: parse(path, files[path]), parse, "from the old wiki")
    if diagnostics:
        assert result.texts[A] == f"---\ntitle: x\n---\n{FILE}{text}"


def test_two_rules_on_a_line_share_a_comment() -> None:
    new = suppressed("See [x](/no/) and \x07 bell.\n")
    assert "vitdlint-disable-line control-character, dead-link: from the old wiki" in new


def test_yaml_and_toml_front_matter_take_a_comment_of_their_own() -> None:
    assert suppressed("---\ntitle: x\ndate: soon\n---\nText.\n") == (
        "---\ntitle: x\ndate: soon # vitdlint-disable-line unparsable-date: from the old wiki\n---\nText.\n"
    )
    assert "+++\ndate = 'soon' # vitdlint-disable-line" in suppressed("+++\ndate = 'soon'\n+++\nText.\n")


def test_json_front_matter_and_code_are_left_to_the_configuration() -> None:
    result = planned({A: '{"title": "x", "date": "soon"}\n\nText.\n'})
    assert result.texts == {}
    assert result.ignores == {A: ("unparsable-date",)}
    fence = planned({A: "Text.\n\n~~~\nnever closed\n"})
    assert fence.texts == {}
    assert fence.ignores == {A: ("unclosed-fence",)}


def test_many_findings_on_a_page_are_suppressed_at_once() -> None:
    text = "---\ntitle: x\n---\n" + "".join(f"Line {n} [x](/no/{n}/)\n\n" for n in range(200))
    assert suppressed(text).count("disable-line") == 200


def test_the_tools_own_findings_are_left() -> None:
    result = plan(
        [d._replace(name="rule-crashed") for d in found({A: "[x](/no/)\n"})],
        lambda path: parse(path, "[x](/no/)\n"),
        parse,
        "why",
    )
    assert [d.name for d in result.left] == ["rule-crashed"]
    assert result.texts == {}


@pytest.mark.parametrize("reason", ["", "  ", "a --> b", "a -- b", "a | b", "<b>", "bell \x07"])
def test_a_reason_that_would_end_the_comment_is_refused(reason: str) -> None:
    with pytest.raises(ReasonError):
        planned({A: "[x](/no/)\n"}, reason)


def test_line_ends_in_a_reason_are_spaces() -> None:
    assert "why not -->" in planned({A: "[x](/no/)\n"}, "why\nnot").texts[A]


@pytest.mark.parametrize("name", ["posts/a.md", "posts/a*[b]?.md", "!x/#y .md", "a\\b.md", "end "])
def test_a_files_glob_matches_that_file_alone(name: str) -> None:
    matches = matcher((glob_of(name),))
    assert matches(name)
    assert not matches(f"other/{name}")


EVERYTHING = """---
title: x
---
A [1](/no/)
paragraph [2](/no/)\x20\x20
with breaks [3](/no/)\\
and **bold [4](/no/)**.

- tight [5](/no/)
- list

1. loose [6](/no/)

2. list [7](/no/)

> quote [8](/no/)
lazy [9](/no/)

# Heading [10](/no/)

Setext [11](/no/)
---

| a [12](/no/) | b |
| --- | --- |
| c | [13](/no/) |
e | [14](/no/)

<div>
<a href="/no/">15</a>
</div>

<a href="/no/">
16</a>

[17]: /no/

See [17] and ![18](/no/).[^1]

[^1]: A note [19](/no/)

Term
: Definition [20](/no/)

    code [21](/no/)

* * *
[22](/no/)
"""


def test_hugo_renders_the_same_but_for_the_comments() -> None:
    from support.hugo_build import build

    config = "[markup.goldmark.renderer]\nunsafe = true\n"
    result = planned({A: EVERYTHING})
    assert found({A: result.texts[A]}) == ()

    def rendered(text: str) -> str:
        done = build({"hugo.toml": config, A: text})
        html = done.files["posts/a/index.html"].decode()
        return re.sub(r"(?m)^<!-- vitdlint.*?-->\n| ?<!-- vitdlint.*?-->", "", html)

    assert "vitdlint" in result.texts[A]
    assert rendered(result.texts[A]) == rendered(EVERYTHING)

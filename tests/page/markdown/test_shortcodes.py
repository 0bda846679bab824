"""Shortcodes: which Hugo accepts, where, and what goldmark gets to see of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.hugo_build import build

from vitdlint.hugo.markup import Markup
from vitdlint.hugo.shortcode_inner import BUILT_IN, Inner
from vitdlint.page.markdown.inner_text import with_inner_text
from vitdlint.page.markdown.parse import parse
from vitdlint.page.markdown.shortcodes import scan

UNSAFE = Markup(unsafe=True)
SITE_KNOWS = re.compile(
    r"template for shortcode|must be closed or self-closed|does not evaluate \.Inner"
    r"|REF_NOT_FOUND|Param \"|shortcode (?:was|were|requires)|shortcodes were|failed to render pages"
)
"""What Hugo refuses for a reason that a page alone does not tell: a missing template, page or parameter."""


def test_the_vectors_are_accepted_and_refused_as_hugo_did(shared: Path) -> None:
    wrong = []
    for line in (shared / "vectors" / "shortcodes.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        vector = json.loads(line)
        messages = " ".join(vector["messages"])
        if SITE_KNOWS.search(messages):
            continue
        troubles = scan(vector["md"], 0).troubles
        if bool(troubles) != (vector["exit"] != 0):
            wrong.append((vector["md"], messages, troubles))
        place = re.search(r"a\.md:(\d+):(\d+)", messages)
        if place and troubles:
            # Hugo's page has three lines of front matter before the text.
            lines = vector["md"].split("\n")[: int(place[1]) - 4]
            offset = sum(len(text) + 1 for text in lines) + int(place[2]) - 1
            if not troubles[0].start <= offset <= troubles[0].end + 1:
                wrong.append((vector["md"], messages, troubles))
    assert wrong == []


@pytest.mark.parametrize(
    "params", ["½", "²", "a²", "1½", "Ⅷ", "p²=1", "p=½", "p=²", "١", "ǅ", "ª", "e\u0301", "名=x"]
)
def test_a_letter_or_digit_is_what_go_takes_for_one(params: str) -> None:
    text = f"{{{{< x {params} >}}}}"
    layouts = {"layouts/_shortcodes/x.html": "x", "layouts/all.html": "{{ .Content }}"}
    done = build({"hugo.toml": "", **layouts, "content/a.md": f"---\ntitle: A\n---\n{text}\n"}, pages=False)
    assert bool(scan(text, 0).troubles) == bool(done.code)


@pytest.mark.parametrize(
    "params",
    [
        r'\"a b\" \"c"',
        r'x=\"a b\" y=\z "c" w=\"d',
        r'"a\"b" "\d" "\\" c"',
        r'"a\\"',
        r"\a \`b\`",
        r"\a b\c",
        r'a "b\`c"',
        r'"a"=1 b=2',
        r'`a`=`1` b="2"',
        r"=1",
        r'a==1 "b"',
        r'a="1"=2',
        r'a = "1"',
        r"\"a\n\"",
        'x=\\a\n"b"',
    ],
)
def test_parameters_are_those_that_hugo_reads(params: str) -> None:
    text = f"{{{{< x {params} >}}}}"
    layouts = {"layouts/_shortcodes/x.html": "@{{ jsonify .Params }}@", "layouts/all.html": "{{ .Content }}"}
    done = build({"hugo.toml": "", **layouts, "content/a.md": f"---\ntitle: A\n---\n{text}\n"}, pages=False)
    found = scan(text, 0)
    assert bool(found.troubles) == bool(done.code)
    if not done.code:
        theirs = json.loads(done.files["a/index.html"].decode().split("@")[1])
        ours = found.shortcodes[0].params
        values = [str(value) for value in (theirs.values() if isinstance(theirs, dict) else theirs or ())]
        assert sorted(re.sub(r'\\+"', '"', p.value) for p in ours) == sorted(values)
        assert {p.name for p in ours} == (
            set(theirs) if isinstance(theirs, dict) else {None} if ours else set()
        )


@pytest.mark.parametrize(
    ("text", "safe", "unsafe"),
    [
        ("{{< note >}}\n[a](/a/)\n{{< /note >}} [b](/b/)", ["/a/", "/b/"], ["/a/", "/b/"]),
        ("{{< raw >}}[a](/a/){{< note >}}[b](/b/){{< /note >}}{{< /raw >}}", ["/b/"], ["/b/"]),
        ("{{< note >}}[a](/a/){{< Note >}}[b](/b/){{< /Note >}}{{< /note >}}", ["/a/"], ["/a/", "/b/"]),
        ("{{% comment %}}{{< note >}}[a](/a/){{< /note >}}[b](/b/){{% /comment %}}", [], []),
        ("{{< comment >}}{{< note >}}[a](/a/){{< /note >}}{{< /comment >}}", [], []),
        ("{{< note >}}    [a](/a/)\n\n    [b](/b/){{< /note >}}", [], []),
        ("{{< note >}}[a](/a/){{< / >}} [b](/b/)", ["/a/", "/b/"], ["/a/", "/b/"]),
        ("{{% comment %}}{{< note >}}[a](/a/){{</>}}[b](/b/){{% / %}} [c](/c/)", ["/c/"], ["/c/"]),
        ("{{% note %}}[a](/a/){{% /note %}} {{< note />}} [b](/b/)", ["/a/", "/b/"], ["/a/", "/b/"]),
    ],
)
def test_links_between_tags_are_read_where_the_template_renders_them(
    text: str, safe: list[str], unsafe: list[str]
) -> None:
    for markup, expected in ((Markup(), safe), (UNSAFE, unsafe)):
        inner = {**BUILT_IN, "note": Inner("page"), "raw": Inner("raw")}
        body, doubtful = with_inner_text(text, parse(text, 0, markup, inner), inner, markup)
        assert doubtful == ()
        assert [link.target for link in body.links] == expected
        assert [text[link.start : link.end] for link in body.links] == expected


def test_a_call_has_its_parameters_at_their_places() -> None:
    text = 'a {{< figure src="a b.png" width=20 >}} {{% pos one "two \\"2\\"" `th"ree` %}} {{< self />}}'
    named, positional, closed = scan(text, 0).shortcodes
    assert (named.name, named.markdown, named.self_closing) == ("figure", False, False)
    assert [(p.name, p.value, text[p.start : p.end]) for p in named.params] == [
        ("src", "a b.png", "a b.png"),
        ("width", "20", "20"),
    ]
    assert positional.markdown
    assert [(p.name, text[p.start : p.end]) for p in positional.params] == [
        (None, "one"),
        (None, 'two \\"2\\"'),
        (None, 'th"ree'),
    ]
    assert closed.self_closing
    assert text[named.start : named.end] == '{{< figure src="a b.png" width=20 >}}'


@pytest.mark.parametrize(
    "text", ["{{ .Title }}", "{{{x}}}", "\\frac{{a}}", "{{</* x */>}}", "{{%/* x */%}}", "{ {< x"]
)
def test_what_is_no_shortcode_is_text(text: str) -> None:
    found = scan(text, 0)
    assert (found.shortcodes, found.troubles) == ((), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{< x", "never closed"),
        ("{{< >}}", "no name"),
        ("{{< /x >}}", "none is open"),
        ("{{< a >}}{{< /b >}}", "not open"),
        ("{{< x %}}", "'%' is not allowed here"),
        ('{{< x a=1 "b" >}}', "both named and positional"),
        ('{{< x "a\nb" >}}', "quoted value"),
        ("{{< x.y >}}", "period"),
        ("less than {{<3 is no heart", "is not allowed here|never closed"),
        ("{{</* x", "comment"),
    ],
)
def test_what_hugo_refuses_is_said_in_a_sentence_at_its_place(text: str, reason: str) -> None:
    trouble = scan(text, 0).troubles[0]
    assert trouble.kind == "shortcode"
    assert re.search(reason, trouble.message)
    assert text.startswith("{{<", trouble.start)
    assert trouble.end > trouble.start


def test_one_refused_shortcode_does_not_hide_the_next() -> None:
    found = scan("{{< a.b >}} {{< fine >}} {{< >}}", 0)
    assert [shortcode.name for shortcode in found.shortcodes] == ["fine"]
    assert len(found.troubles) == 2


@pytest.mark.parametrize(
    "around", ["`{}`", "```\n{}\n```", "    {}", "<!-- {} -->", "<script>\n{}\n</script>"]
)
def test_shortcodes_are_found_in_code_and_comments_too(around: str) -> None:
    body = parse("x\n\n" + around.format("{{< youtube abc >}}"), 0, UNSAFE)
    assert [shortcode.name for shortcode in body.shortcodes] == ["youtube"]


def test_the_content_of_a_pair_is_not_markdown_of_the_page_but_that_of_a_markdown_pair_is() -> None:
    text = "{{< wrap >}}\n## in [a](b)\n{{< /wrap >}}\n\n{{% wrap %}}\n## out [c](d)\n{{% /wrap %}}\n"
    body = parse(text, 0, UNSAFE)
    assert [heading.text for heading in body.headings] == ["out c"]
    assert [link.target for link in body.links] == ["d"]
    assert "in" not in body.prose
    assert "out" in body.prose


def test_a_single_shortcode_hides_only_itself() -> None:
    text = "{{< a >}} [x](y) {{< a >}} z"
    body = parse(text, 0, UNSAFE)
    assert [link.target for link in body.links] == ["y"]
    assert body.prose.replace("\0", "") == " x  z"


def test_a_shortcode_as_a_target_stays_as_it_is_written() -> None:
    text = '[x]({{< ref "b.md" >}})'
    (link,) = parse(text, 0, UNSAFE).links
    assert link.target == text[link.start : link.end] == '{{< ref "b.md" >}}'


def test_the_summary_divider_splits_a_block_once() -> None:
    body = parse("- a\n<!--more-->\n- b\n\n`x<!--more-->y`", 0, UNSAFE)
    assert [body.prose.replace("\0", "")] == ["a\n\nb\n\n"]
    split = parse("# head<!--more-->ing\n\n<!-- more -->", 0, UNSAFE)
    assert split.headings[0].text == "head"
    assert len(split.comments) == 1


def test_front_matter_is_not_searched() -> None:
    text = "---\ntitle: '{{< x'\n---\ntext\n"
    assert scan(text, text.index("text")).troubles == ()

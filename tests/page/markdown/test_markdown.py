"""What a body consists of, piece by piece."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import published

from vitdlint.hugo.markup import Markup, Typographer
from vitdlint.page.markdown.body import Body
from vitdlint.page.markdown.parse import parse

UNSAFE = Markup(unsafe=True)
both = pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])


def read(text: str, markup: Markup = UNSAFE, *, reference: bool = False) -> Body:
    return parse(text, 0, markup, reference=reference)


def markup_of(config: str) -> Markup:
    """The settings that a vector's `hugo.toml` says."""
    return Markup(
        unsafe="unsafe=true" in config,
        attribute_block="block=true" in config,
        auto_heading_id="autoHeadingID=false" not in config,
        typographer=None if "typographer=false" in config else Typographer(),
        footnote="footnote=false" not in config,
        auto_definition_term_id="autoDefinitionTermID=true" in config,
    )


@both
def test_the_vectors_hold_the_ids_targets_tables_and_code_that_hugo_made(
    shared: Path, reference: bool
) -> None:
    wrong = []
    for line in (shared / "vectors" / "markdown.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        vector = json.loads(line)
        body = parse(vector["md"], 0, markup_of(vector["config"]), reference=reference)
        hugo, ours = published.of_html(vector["html"]), published.of_body(body)
        if not body.tags:
            wrong += [vector["md"]] if hugo != ours else []
        elif hugo[:2] != ours[:2]:  # raw tables and `<pre>` nest in ways that only a browser knows
            wrong.append(vector["md"])
    assert wrong == []


@both
@pytest.mark.parametrize(
    ("text", "kind", "target", "place", "outer", "inner"),
    [
        ("a [b c](/d) e", "link", "/d", "/d", "[b c](/d)", "b c"),
        ('[b](</d e> "t")', "link", "/d e", "/d e", '[b](</d e> "t")', "b"),
        ("[b\\]c](d\\_e&amp;f)", "link", "d_e&f", "d\\_e&amp;f", "[b\\]c](d\\_e&amp;f)", "b\\]c"),
        ("[25(OH)D](S1(16)30-X)", "link", "S1(16)30-X", "S1(16)30-X", "[25(OH)D](S1(16)30-X)", "25(OH)D"),
        ("![é😀](ü.png)", "image", "ü.png", "ü.png", "![é😀](ü.png)", "é😀"),
        ("[b][R]\n\n[r]: <d e> 't'", "link", "d e", "d e", "[b][R]", "b"),
        ("[r]\n\n[r]:\n  /d", "link", "/d", "/d", "[r]", "r"),
        ("x <http://a.b/c> y", "autolink", "http://a.b/c", "http://a.b/c", "<http://a.b/c>", "http://a.b/c"),
        ("<javascript:x>", "autolink", "javascript:x", "javascript:x", "<javascript:x>", "javascript:x"),
        ("<m@x.yz>", "autolink", "mailto:m@x.yz", "m@x.yz", "<m@x.yz>", "m@x.yz"),
        ("see www.a.bc/d.", "bare", "https://www.a.bc/d", "www.a.bc/d", "www.a.bc/d", "www.a.bc/d"),
        ("(m@x.yz)", "bare", "mailto:m@x.yz", "m@x.yz", "m@x.yz", "m@x.yz"),
        ("> > - [b](c)", "link", "c", "c", "[b](c)", "b"),
        ("| a |\n|---|\n| [b](c) |", "link", "c", "c", "[b](c)", "b"),
        ("[](c)", "link", "c", "c", "[](c)", ""),
        ("[b]()", "link", "", "", "[b]()", "b"),
        ("[**b** `c`](d)", "link", "d", "d", "[**b** `c`](d)", "**b** `c`"),
    ],
)
def test_a_link_has_its_places(
    text: str, kind: str, target: str, place: str, outer: str, inner: str, reference: bool
) -> None:
    link = read(text, reference=reference).links[-1]
    assert (link.kind, link.target) == (kind, target)
    assert text[link.start : link.end] == place
    assert text[link.outer_start : link.outer_end] == outer
    assert text[link.text_start : link.text_end] == inner


@both
@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("http://localhost:1313 http://1.2.3.4 M.Sc texthttp://x.yz HTTP://x.yz WWW.x.yz www.x", []),
        ('http://x.yz/a_b_c~d) http://x.yz/(a) http://x.yz/a). "http://x.yz/q"', None),
        ("a\thttp://x.yz", []),
        ("[see http://x.yz/a]", []),
        ("**http://x.yz/a**", ["http://x.yz/a"]),
        ("http://x.yz/*a*", ["http://x.yz/"]),
        ("http://x.yz/_a_b_", ["http://x.yz/_a_b"]),
        ("`http://x.yz`", []),
        ("a.b@c.de. x@y a@b.c-", ["mailto:a.b@c.de"]),
        ("ftp://x.yz/é", ["ftp://x.yz/"]),
    ],
)
def test_bare_links_are_those_of_goldmark(text: str, targets: list[str] | None, reference: bool) -> None:
    found = [link.target for link in read(text, reference=reference).links]
    if targets is None:
        targets = ["http://x.yz/a_b_c~d", "http://x.yz/(a)", "http://x.yz/a", 'http://x.yz/q"']
    assert found == targets
    assert read(text, UNSAFE._replace(linkify=False), reference=reference).links == ()


def test_raw_tags_make_links_of_every_attribute_that_names_a_file() -> None:
    text = (
        '<a href="/a?b&amp;c">x</a> <img src=i.png srcset="j.png 1x, k.png 2x"> <area href=r>\n\n'
        '<video src="v" poster=\'p\'></video><form action="f"><input src=n><object data=o></form>\n'
    )
    links = read(text).links
    assert [(link.attribute, link.target) for link in links] == [
        ("a.href", "/a?b&c"),
        ("img.src", "i.png"),
        ("img.srcset", "j.png"),
        ("img.srcset", "k.png"),
        ("area.href", "r"),
        ("video.src", "v"),
        ("video.poster", "p"),
        ("form.action", "f"),
        ("input.src", "n"),
        ("object.data", "o"),
    ]
    assert [text[link.start : link.end] for link in links][:4] == ["/a?b&amp;c", "i.png", "j.png", "k.png"]


def test_raw_tags_in_code_and_comments_do_not_exist() -> None:
    body = read("`<a href=x>` <!-- <a href=x> -->\n\n    <a href=x>\n\n<!--\n<a href=x>\n-->\n")
    assert body.links == ()
    assert body.tags == ()
    assert len(body.comments) == 2


def test_where_raw_html_is_dropped_its_tags_are_found_but_lead_nowhere() -> None:
    body = read('<a href="/x" id="y">z</a>', Markup())
    assert (body.links, body.anchors) == ((), ())
    assert [tag.name for tag in body.tags] == ["a", "a"]


@both
def test_attributes_may_hold_angle_brackets_and_line_breaks(reference: bool) -> None:
    text = 'x <A title="a > b"\n  HREF = \'c\' disabled> y\n\n<div\n class="d > e">'
    anchor, block = read(text, reference=reference).tags
    assert (anchor.name, anchor.block, block.name, block.block) == ("a", False, "div", True)
    assert [(a.name, a.value, text[a.start : a.end]) for a in anchor.attributes] == [
        ("title", "a > b", "a > b"),
        ("href", "c", "c"),
        ("disabled", None, "disabled"),
    ]
    assert block.attributes[0].value == "d > e"


@both
def test_a_raw_block_ends_with_an_end_tag_of_any_case(reference: bool) -> None:
    text = "<STYLE>\n\na {}\n\n</STYLE>\n\n## after\n"
    body = read(text, reference=reference)
    assert [heading.text for heading in body.headings] == ["after"]
    assert [text[slice(*span)] for span in body.html_blocks] == ["<STYLE>\n\na {}\n\n</STYLE>"]


@both
def test_a_comment_that_swallows_the_rest_is_not_closed(reference: bool) -> None:
    text = "a\n\n<!-- b\n\n## c\n"
    body = read(text, reference=reference)
    assert body.headings == ()
    assert [(text[c.start : c.end], c.closed) for c in body.comments] == [("<!-- b\n\n## c", False)]


@both
@pytest.mark.parametrize(
    ("text", "level", "inner", "said"),
    [
        ("## a *b* `c`", 2, "a *b* `c`", "a b c"),
        ("###\tx ##  ", 3, "x", "x"),
        ("# a {#id .c}", 1, "a", "a"),
        ("a\nb\n===", 1, "a\nb", "a b"),
        ("> - a [l](u) ![i](v)\n>   ---", 2, "a [l](u) ![i](v)", "a l i"),
        ("## A&amp;B \\*", 2, "A&amp;B \\*", "A&B *"),
        ("## x<br>y http://a.bc", 2, "x<br>y http://a.bc", "xy http://a.bc"),
    ],
)
def test_a_heading_has_its_content(text: str, level: int, inner: str, said: str, reference: bool) -> None:
    (heading,) = read(text, reference=reference).headings
    assert (heading.level, heading.text) == (level, said)
    assert text[heading.text_start : heading.text_end] == inner


@both
def test_code_has_its_kind_and_whether_it_is_closed(reference: bool) -> None:
    text = "``a ` b``\n\n    in\n    dented\n\n```py {#x}\nc\n```\n\n- ~~~\n  open\n\ntext\n\n```\nrest\n\n## x\n"
    codes = read(text, reference=reference).codes
    assert [(c.kind, c.closed, c.info, text[c.start : c.end]) for c in codes] == [
        ("span", True, "", "``a ` b``"),
        ("indented", True, "", "in\n    dented"),
        ("fence", True, "py {#x}", "```py {#x}\nc\n```"),
        ("fence", False, "", "~~~\n  open"),
        ("fence", False, "", "```\nrest\n\n## x"),
    ]


@both
def test_table_rows_count_their_cells_as_goldmark_cuts_them(reference: bool) -> None:
    text = "| a | b |\n|---|:-:|\n| 1 | 2 | 3 |\n| 4 |\n| `x|y` | \\| |\nplain\n\nafter"
    (table,) = read(text, reference=reference).tables
    assert text[table.start : table.end].startswith("| a")
    assert text[table.end :] == "\n\nafter"
    assert [(row.cells, text[row.start : row.end]) for row in table.rows] == [
        (2, "| a | b |"),
        (3, "| 1 | 2 | 3 |"),
        (1, "| 4 |"),
        (3, "| `x|y` | \\| |"),
        (1, "plain"),
    ]


@both
@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        ("| a | b |\n|---|---|", True),
        ("a | b\n-|-", True),
        ("words before\n| a | b |\n|---|---|", True),
        ("| a |\n|---|---|", True),
        ("| a | b | c |\n|---|---|", False),
        ("| a | b |\n|—|—|", False),
        ("| a | b |\n\n|---|---|", False),
    ],
)
def test_a_table_is_what_goldmark_takes_for_one(text: str, is_table: bool, reference: bool) -> None:
    assert bool(read(text, reference=reference).tables) is is_table
    assert read(text, Markup(table=False), reference=reference).tables == ()


@both
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**a** _b_ ~~c~~ ~d~", "a b c d"),
        ("** a ** __a__b *x", "** a ** __a__b *x"),
        ("H~2~O", "H2O"),
        ("[text](url) ![alt](i.png)", "text alt"),
        ("a `code` b", "a  b"),
        ("see http://x.yz/a now", "see  now"),
        ("below <15 ng/mL and >30", "below <15 ng/mL and >30"),
        ("a&nbsp;b &amp; \\* \\&amp; c", "ab  * &amp; c"),
        ("<b>bold</b> <code>x</code> <!-- c --> y", "bold   y"),
        ("<div>in <i>it</i></div>\n\n<script>\nno\n</script>", "in it\n\n\n\n"),
        ("<pre>\nno\n</pre>", "\n\n"),
        ("| a | b |\n|---|---|\n| c | d | e |", "ab\n\ncd"),
        ("- [ ] task\n- [x] done", "task\ndone"),
        ("# head ##\n\nset\n---", "head\n\nset\n"),
        ("- item\n> quote\n> more", "item\nquote\nmore"),
        ("text [^1]\n\n[^1]: note", "text \n\nnote"),
        ("\x00 nul", "\ufffd nul"),
    ],
)
def test_prose_is_what_a_reader_sees(text: str, seen: str, reference: bool) -> None:
    prose = read(text, reference=reference).prose
    assert len(prose) == len(text)
    assert "\n".join(line.strip("\0") for line in prose.replace("\0", "").split("\n")) == seen


def test_prose_keeps_its_offsets_and_front_matter_is_none() -> None:
    text = "---\ntitle: x\n---\n## é **b** [l](u)\r\n😀 \u2028end\n"
    body = parse(text, text.index("##"), UNSAFE)
    for word in ("é", "b", "l", "😀", "\u2028end"):
        assert body.prose.index(word) == text.index(word, text.index("##"))
    assert "title" not in body.prose
    assert body.prose.count("\n") == text.count("\n")


@both
def test_a_reference_that_nothing_defines_is_a_trouble(reference: bool) -> None:
    text = "[a][b] [c][] [d] `[e][f]` [g][h]\n\n[h]: i"
    body = read(text, reference=reference)
    assert [(t.kind, text[t.start : t.end]) for t in body.troubles] == [
        ("reference", "[a][b]"),
        ("reference", "[c][]"),
    ]


def test_markup_that_is_off_is_text() -> None:
    text = "~a~ www.x.yz x[^1]\n\n[^1]: n\n"
    off = Markup(strikethrough=False, linkify=False, footnote=False)
    body = read(text, off)
    assert "~a~ www.x.yz" in body.prose
    assert [link.target for link in body.links] == ["n"]


def test_a_lone_carriage_return_breaks_no_line() -> None:
    assert read("a\r# b").headings == ()
    assert [heading.text for heading in read("a\r\n# b\r\n").headings] == ["b"]


def test_what_passes_through_goldmark_is_neither_markup_nor_text() -> None:
    text = r"a $x_1 *y* [b](c)$ \(d_e\) \$5 [f](g)"
    assert [link.target for link in read(text).links] == ["c", "g"]
    body = read(text, Markup(passthrough=(("$", "$"), (r"\(", r"\)"))))
    assert [link.target for link in body.links] == ["g"]
    assert body.prose.replace("\0", "") == "a   $5 f"

"""Hover, definition, references, symbols, folding, links: what a place on a page is and leads to."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lsp_view import looked_at
from support.run import NOW, write

pytest.importorskip("pygls")

from vitdlint.lsp import hover, outline, references  # after the skip
from vitdlint.lsp.engine import Engine, State
from vitdlint.lsp.view import Spot, View, view_of

PAGE = "content/posts/moon.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "hugo.toml": "",
            "static/pic.png": "",
            "content/posts/sun.md": "---\ntitle: The Sun\naliases: [/old/]\n---\n\nIt is *bright*.\n\n## How hot\n\nVery.\n",
            "content/posts/draft.md": "---\ntitle: Later\ndraft: true\n---\n\nSoon.\n",
            "content/posts/a.md": "---\ntitle: A\n---\n\n[s](/posts/sun/) [h](/posts/sun/#how-hot) [m](/posts/moon/)\n",
        },
    )


def body(text: str) -> str:
    return f"---\ntitle: Moon\n---\n\n{text}\n"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/posts/s|un/", ["**The Sun**", "`/posts/sun/`", "> It is"]),
        ("/ol|d/", ["`/old/` is an alias of", "The Sun"]),
        ("/posts/dra|ft/", ["This page is a draft"]),
        ("/pi|c.png", ["static/pic.png"]),
        ("/no|ne/", ["Nothing is at", "**dead-link**"]),
    ],
)
def test_hover_says_what_a_link_leads_to(site: Path, link: str, words: list[str]) -> None:
    found = hover.hover(*looked_at(site, PAGE, body(f"[x]({link})")))
    assert found is not None
    for word in words:
        assert word in found.text


def test_hover_on_a_key_has_the_description_of_the_schema(site: Path) -> None:
    found = hover.hover(*looked_at(site, PAGE, "---\ntitle: Moon\nsl|ug: moon\n---\n\nText.\n"))
    assert found is not None
    assert found.text == "The last element of the page's URL."


@pytest.mark.parametrize(
    ("link", "path", "line"),
    [
        ("/posts/s|un/", "content/posts/sun.md", ""),
        ("/posts/sun/#how|-hot", "content/posts/sun.md", "## How hot"),
        ("/old|/", "content/posts/sun.md", ""),
        ("/pic|.png", "static/pic.png", ""),
        ("#he|re", PAGE, "## Here"),
    ],
)
def test_definition(site: Path, link: str, path: str, line: str) -> None:
    view, offset = looked_at(site, PAGE, body(f"[x]({link})\n\n## Here"))
    spot = references.definition(view, offset)
    assert spot is not None
    assert spot.path == path
    text = view.page.text if path == PAGE else (site / path).read_text()
    assert text[spot.start :].startswith(line)


def test_references_of_a_page_a_heading_and_a_link(site: Path) -> None:
    def lines(text: str, path: str = PAGE) -> list[str]:
        view, offset = looked_at(site, path, text)
        texts = {view.path: view.page.text}
        found = references.references(view, offset)
        return [(texts.get(s.path) or (site / s.path).read_text())[s.start : s.end] for s in found]

    assert lines(body("Te|xt")) == ["/posts/moon/"]
    assert lines(body("[x](/posts/s|un/)")) == ["/posts/sun/", "/posts/sun/#how-hot", "/posts/sun/"]
    sun = "---\ntitle: The Sun\n---\n\n## How h|ot\n"
    assert lines(sun, "content/posts/sun.md") == ["/posts/sun/#how-hot"]


def test_outline_folds_links_and_incoming(site: Path) -> None:
    view, _ = looked_at(site, PAGE, body("|# One\n\n## Two\n\n[x](/posts/sun/)\n\n# Three\n\nEnd."))
    one, three = outline.outline(view)
    assert (one.name, [part.name for part in one.parts], three.name) == ("One", ["Two"], "Three")
    assert [view.page.text[a:b].partition("\n")[0] for a, b in outline.folds(view)] == [
        "---",
        "# One",
        "## Two",
        "# Three",
    ]
    assert [path for _, path in outline.links(view)] == ["content/posts/sun.md"]
    assert outline.incoming(view) == (1, 1)
    assert [s.name for s in outline.symbols(view.state, "sun")] == ["The Sun"]
    assert [s.name for s in outline.symbols(view.state, "how hot")] == ["how-hot"]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://dose.example/a#b", ["Since 2026-01-20: it answers 404. Last asked on 2026-01-30", "dead since 2026-01-27"]),
        ("//dose.example/ok", ["Since 2026-01-02: it works (200)"]),
        ("https://dose.example/moved", ["it has moved permanently (301)", "https://dose.example/new"]),
        ("https://dose.example/never", ["Not asked yet"]),
        ("https://dose.example/seen", ["Ignored until 2026-12-31: I looked"]),
        ("https://me:secret@dose.example/x", ["***"]),
    ],
)  # fmt: skip
def test_hover_says_what_is_known_of_an_external_link(site: Path, link: str, words: list[str]) -> None:
    ignore = (
        '[[links.ignore]]\nurl = "https://dose.example/seen"\nreason = "I looked"\nexpires = "2026-12-31"\n'
    )
    lines = (
        "https://dose.example/a gone 2026-01-30T06:00:00Z 2026-01-20 404 strikes=3,2026-01-20,2026-01-26 row=11 dead=2026-01-27",
        "https://dose.example/ok ok 2026-01-03T06:00:00Z 2026-01-02 200",
        "https://dose.example/moved moved-permanent 2026-01-03T06:00:00Z 2026-01-02 301 moved=https://dose.example/new",
    )
    state = "# vitdlint links 1\n" + "".join(f"{line}\n" for line in lines)
    write(site, {"vitdlint.toml": ignore, ".vitdlint-links.txt": state})
    view, offset = looked_at(site, PAGE, body(f"[x]({link[:9]}|{link[9:]})"))
    found = hover.hover(view, offset)
    assert found is not None
    assert view.page.text[found.start : found.end] == link
    assert [word for word in words if word not in found.text] == []
    assert "secret" not in found.text
    write(site, {".vitdlint-links.txt": state.replace("404", "410").replace(" 200", " 204")})
    again = hover.hover(view, offset)
    assert again is not None
    assert again.text == found.text.replace("404", "410").replace("200", "204")


def everything(tmp_path: Path) -> State:
    """A site on which links lead to all there is."""
    links = (
        "[a](/posts/sun/) [b](/posts/sun/#how-hot) [c](/posts/sun/#here) [d](/posts/sun/#word) [e](/pic.png) "
        "[f](/tags/light/) [g](/old/) [h](/none/) [i](#own) [j](/posts/sun/#none) [k](https://example.org/) ![l](/pic.png) "
        '[m]({{< ref "sun" >}}) [n]({{< relref "sun#how-hot" >}}) [o]({{< ref path="sun" lang="de" >}}) [p](/tags/light/)'
    )
    sun = '## How hot\n\n<i id="here"></i>\n\nword\n: what it is\n'
    pages = {
        "hugo.toml": "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n[markup.goldmark.renderer]\nunsafe = true\n",
        "static/pic.png": "",
        "content/posts/sun.md": f"---\ntitle: The Sun\naliases: [/old/]\ntags: [light]\n---\n\n{sun}",
        "content/posts/sun.de.md": f"---\ntitle: Die Sonne\n---\n\n{sun}",
        PAGE: f"---\ntitle: Moon\n---\n\n## Own\n\n{links}\n",
        "content/posts/a.md": f"---\ntitle: A\n---\n\n## Own\n\n{links}\n",
    }
    return Engine(write(tmp_path, pages), clock=NOW).check({})


def view(state: State, path: str) -> View:
    found = view_of(state, path, state.text_of(path) or "")
    assert found is not None
    return found


def test_definition_and_references_are_each_others_inverse(tmp_path: Path) -> None:
    state = everything(tmp_path)
    places = 0
    for path in state.site.pages:
        here = view(state, path)
        for _, link, target in here.linked():
            spot, own = references.definition(here, link.start), Spot(path, link.start, link.end)
            if spot is None:
                assert target.status in ("dead", "external", "term"), link.target
            if spot is None or spot.path not in state.site.pages:
                assert (own in references.references(here, link.start)) == bool(target.page or target.source)
                continue
            places += 1
            back = references.references(view(state, spot.path), spot.start)
            assert own in back, link.target
            for each in back if spot.start else ():
                assert references.definition(view(state, each.path), each.start) == spot
    assert places == 2 * 10 + 0
    for path in (PAGE, "content/posts/a.md"):
        here = view(state, path)
        found = references.references(here, here.page.text.index("/pic.png"))
        assert [spot.path for spot in found].count(path) == 2


def test_document_links_are_what_a_check_resolves(tmp_path: Path) -> None:
    state = everything(tmp_path)
    for path, linked in state.linked.items():
        resolved = ((x, t.page.path if t.page is not None else t.source) for _, x, t in linked)
        wanted = [(Spot(path, x.start, x.end), goal) for x, goal in resolved if goal is not None]
        assert list(outline.links(view(state, path))) == wanted
    goals = [path for _, path in outline.links(view(state, PAGE))]
    assert "content/posts/sun.de.md" in goals


def test_references_of_a_page_that_is_being_typed_are_where_they_are_now(tmp_path: Path) -> None:
    state = everything(tmp_path)
    text = (state.text_of(PAGE) or "").replace("## Own", "Some more words.\n\n## Own")
    typed = view_of(state, PAGE, text)
    assert typed is not None
    found = [s for s in references.references(typed, text.index("## Own") + 4) if s.path == PAGE]
    assert [text[spot.start : spot.end] for spot in found] == ["#own"]

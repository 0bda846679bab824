"""The law of completion in a page's text: what is there is replaced, nothing else changes, and the link leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.lsp import Client
from support.run import NOW, write

pytest.importorskip("pygls")

from vitdlint.lsp.complete import complete  # after the skip
from vitdlint.lsp.engine import Engine
from vitdlint.lsp.proposal import Proposal
from vitdlint.lsp.view import View, view_of

PAGE = "content/new.md"
SITE = {
    "hugo.toml": 'baseURL = "https://a.test/sub/"\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n'
    "[markup.goldmark.renderer]\nunsafe = true\n",
    "layouts/all.html": "{{ .Content }}",
    "layouts/shortcodes/lamp.html": '{{ .Get "color" }}{{ .Get "a-b" }}',
    "layouts/shortcodes/in/ner.html": "x",
    **{f"static/{name}": "" for name in ("pic a.png", "ü#1.pdf", "a(b).png", "p%41.png", "q\"uo'te.png")},
    "content/p/a b.md": "---\ntitle: Spaces here\n---\n## X\n",
    "content/p/ü ö.md": "---\ntitle: Umlaut\n---\n## Über uns\n\n<a id=\"a b\"></a><a id='x\"y'></a><a id='p%41'></a>\n",
    "content/p/c++ (x).md": "---\ntitle: '[C++] (x)'\n---\n## X\n",
    "content/p/C#.md": "---\ntitle: 'C#'\n---\n## X\n",
    "content/p/url.md": "---\nurl: /we ird/(x)/\ntitle: U\naliases: ['/o ld/', near, '/a(b)/']\n---\n",
    "content/p/q.md": "---\ntitle: Q\ntags: ['a b', 'C#', 'Ü']\n---\n## Own\n",
    "content/p/q.de.md": "---\ntitle: Q\ntags: [zwei]\n---\n## Da\n",
    "content/p/only.de.md": "---\ntitle: Only\n---\n## Nur\n",
    "content/s/_index.md": "---\ntitle: S\n---\n",
    "content/s/1.md": "---\ntitle: One\n---\n",
}
LINKS = (
    "[x](|)", "[x](/p|)", "[x](/p|/old/x) and (more)", "[x](</p|>)", "![x](|)", '[x](/p| "title")', "[x][l]\n\n[l]: /p|x",
    '<a href="|">x</a>', "<a href='/p|'>x</a>", '[x]({{< ref "|" >}})', '[x]({{< relref "/p|abc" >}})',
    "[x]({{< ref | >}})", "[x]({{< ref /p|x >}})", "[x]({{% ref `|` %}})", '[x]({{< ref path="|" >}})',
    '[x]({{< ref path="|" lang="de" >}})', "[x]({{< ref lang=`de` path=`|` >}})", "[x](/sub/p/a-b/#|)",
    "[x](/sub/p/%C3%BC-%C3%B6/#a|b) z", "[x](/sub/p/%C3%BC-%C3%B6/#|)", "[x](#|)", '[x]({{< ref "/p/ü-ö#|x" >}})',
    '[x]({{< ref "p/q#|" >}})', '<a href="/sub/de/p/q/#|x">x</a>',
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = write(tmp_path_factory.mktemp("links") / "site", SITE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
        engine = Engine(root, clock=NOW)
        engine.check({PAGE: body("")})
        yield engine


def body(text: str) -> str:
    return f"---\ntitle: New\n---\n\n# Here\n\n{text}\n"


def taken(engine: Engine, marked: str) -> Iterator[tuple[Proposal, View]]:
    """What is proposed at the `|`, and the page with it."""
    at, text = marked.index("|"), marked.replace("|", "", 1)
    view = view_of(engine.state, PAGE, text)
    found = complete(view, at) if view is not None else None
    assert found is not None
    assert found.found, marked
    for each in found.found:
        after = text[: found.start] + each.text + text[found.end :]
        state = engine.follow({PAGE: after})
        view = view_of(state, PAGE, after)
        assert view is not None, after
        yield each, view


@pytest.mark.parametrize("typed", LINKS)
def test_a_completed_link_leads_to_what_was_taken(engine: Engine, typed: str) -> None:
    for proposal, view in taken(engine, body(typed)):
        ((_, link, target),) = view.linked()
        assert target.status not in ("dead", "dead-fragment", "not-checked", "external"), link.target
        if proposal.path:
            assert target.page is not None
            assert target.page.path == proposal.path, link.target
        if proposal.kind == "anchor":
            assert target.fragment, link.target
        rest = typed.partition("|")[2]
        assert " and (more)" not in rest or view.page.text.endswith(") and (more)\n")


@pytest.mark.parametrize(
    ("typed", "label", "after"),
    [
        ("{{< la|mp >}}", "lamp", "{{< lamp >}}"),
        ("{{< in/|ner >}}", "in/ner", "{{< in/ner >}}"),
        ("{{< lamp col| >}}", "color", '{{< lamp color="" >}}'),
        ('{{< lamp |col="x" >}}', "color", '{{< lamp color="x" >}}'),
        ("[x][on|e]\n\n[one two]: /a/", "one two", "[x][one two]\n\n[one two]: /a/"),
        ("[x][on| and [more]\n\n[one two]: /a/", "one two", "[x][one two and [more]\n\n[one two]: /a/"),
        ("<!-- vitdlint-dis|able -->", "vitdlint-disable-line", "<!-- vitdlint-disable-line -->"),
        (
            "<!-- vitdlint-disable-line dead-l|in: x -->",
            "dead-link",
            "<!-- vitdlint-disable-line dead-link: x -->",
        ),
        ("<!-- vitdlint-disable-line |-->", "dead-link", "<!-- vitdlint-disable-line dead-link-->"),
    ],
)
def test_the_whole_word_is_replaced(engine: Engine, typed: str, label: str, after: str) -> None:
    assert body(after) in [view.page.text for each, view in taken(engine, body(typed)) if each.label == label]


def test_no_edit_goes_over_the_end_of_a_line_as_an_editor_counts_it(engine: Engine) -> None:
    text = "---\ntitle: A\nmood: c\r\rlater\n---\n"
    view = view_of(engine.state, PAGE, text)
    assert view is not None
    for at in range(len(text)):
        found = complete(view, at)
        assert found is None or not {"\r", "\n"} & set(text[found.start : found.end])


@pytest.mark.parametrize("snippets", [True, False])
def test_a_parameter_is_written_with_its_quotes(tmp_path: Path, snippets: bool) -> None:
    root = write(tmp_path / "site", SITE)
    can = {"textDocument": {"completion": {"completionItem": {"snippetSupport": snippets}}}}
    with Client(root, **can) as client:
        client.open(PAGE, body("{{< lamp col >}}"))
        client.settled()
        (item,) = client.at("completion", PAGE, 6, 12)["items"]
        wanted = ('color="$0"', 2) if snippets else ('color=""', None)
        assert (item["textEdit"]["newText"], item.get("insertTextFormat")) == wanted

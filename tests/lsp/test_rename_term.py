"""A term is renamed on every page that has it, with the links to its page, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.hugo_build import build
from support.lsp_view import looked_at
from support.run import write

pytest.importorskip("pygls")

from vitdlint.lsp import rename  # after the skip

TERMS = {
    "hugo.toml": "",
    "content/a.md": '---\ntitle: A\ntags: [go, Hugo Site, x]\n---\n\n[t](/tags/hugo-site/#here) [r]({{< ref "/tags/hugo-site/" >}})\n',
    "content/b.md": '+++\ntitle = "B"\nTags = ["hugo-site"]\n+++\n\ntags: hugo-site\n',
    "content/c.md": '{\n  "title": "C",\n  "tags": "hugo site"\n}\n',
    "content/d.md": "---\ntitle: D\ndraft: true\ntags:\n- y\n- 'hugo site'\n---\n",
    "content/e.md": "---\ntitle: E\ntags:\n- hugo site\n- Web\n- z\n---\n",
    "content/f.md": "---\ntitle: F\ncategories: [hugo site]\n---\n",
}


def test_a_term_changes_on_all_pages_in_all_formats_with_the_links_to_it(tmp_path: Path) -> None:
    site = write(tmp_path / "site", TERMS)
    view, offset = looked_at(site, "content/a.md", TERMS["content/a.md"].replace("Hugo Site", "Hu|go Site"))
    found = rename.subject(view, offset)
    assert found is not None
    assert found.term is not None
    assert view.page.text[found.spot.start : found.spot.end] == "Hugo Site"
    texts = rename.term(view.state, found.term, "Web").texts
    assert texts == {
        "content/a.md": TERMS["content/a.md"]
        .replace("Hugo Site", "Web")
        .replace("/tags/hugo-site", "/tags/web"),
        "content/b.md": TERMS["content/b.md"].replace('["hugo-site"]', '["Web"]'),
        "content/c.md": TERMS["content/c.md"].replace("hugo site", "Web"),
        "content/d.md": TERMS["content/d.md"].replace("hugo site", "Web"),
        "content/e.md": TERMS["content/e.md"].replace("- hugo site\n", ""),
    }
    layout = {
        "layouts/all.html": '{{ .Content }}{{ range .GetTerms "tags" }}<b>{{ .RelPermalink }}</b>{{ end }}'
    }
    built = build({**TERMS, **texts, **layout}).files
    assert "tags/web/index.xml" in built
    assert "tags/hugo-site/index.xml" not in built
    assert built["a/index.html"].count(b"/tags/web") == 3


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("", {}, "no name of a term"),
        ("two\nlines", {}, "no name of a term"),
        ("the, sun", {"content/y.md": "---\ntitle: Y\ntags: [the sun]\n---\n"}, "the URL of another page"),
        ("\U0001f319", {}, "the URL of another page"),  # that of the list of all tags
        ("Web", {"content/s/_index.md": "---\ntitle: S\ncascade:\n  tags: [hugo site]\n---\n", "content/s/x.md": "---\ntitle: X\n---\n"}, "cascade"),
        ("Web", {"content/tags/hugo-site/_index.md": "---\ntitle: Hugo\n---\n"}, "a page of its own"),
        ("Web", {"content/y.md": "---\ntitle: Y\nx: &a hugo site\ntags: [*a]\n---\n"}, "by hand"),
    ],
)  # fmt: skip
def test_a_term_that_would_stay_somewhere_is_refused(
    tmp_path: Path, name: str, more: dict[str, str], why: str
) -> None:
    site = write(tmp_path / "site", {**TERMS, **more})
    view, offset = looked_at(site, "content/c.md", TERMS["content/c.md"].replace("hugo site", "hugo| site"))
    found = rename.subject(view, offset)
    assert found is not None
    assert found.term is not None
    with pytest.raises(rename.RenameError, match=why):
        rename.term(view.state, found.term, name)


NAMED = {
    "hugo.toml": """[[menus.main]]
name = "H"
pageRef = "/tags/hugo-site"
[[menus.main]]
name = "U"
url = "/tags/hugo-site/#top"
[[menus.main]]
name = "T"
pageRef = "/tags"
""",
    "vitdlint.toml": '[[schema]]\npages = "**"\nuse = "schema.json"\n',
    "schema.json": '{"properties": {"topic": {"x-reference": "term"}, "see": {"items": {"x-reference": "page"}}, "tags": {"items": {"x-reference": "term"}}}}',
    "content/a.md": "---\ntitle: A\ntags: [Web, hugo site]\ntopic: Hugo Site\n---\n",
    "content/b.md": "---\ntitle: B\nsee: [tags/hugo-site, /tags/hugo-site/, /a/]\nmenus: {side: {pageRef: tags/hugo-site}}\n---\n",
}


def named_term(folder: Path, more: dict[str, str]) -> dict[str, str]:
    pages = {**NAMED, **more}
    marked = pages["content/a.md"].replace("hugo site", "hugo| site")
    view, offset = looked_at(write(folder / "site", pages), "content/a.md", marked)
    found = rename.subject(view, offset)
    assert found is not None
    assert found.term is not None
    return dict(rename.term(view.state, found.term, "The Web").texts)


def test_menus_and_references_follow_the_term(tmp_path: Path) -> None:
    texts = named_term(tmp_path, {})
    assert texts == {
        "hugo.toml": NAMED["hugo.toml"].replace("hugo-site", "the-web"),
        "content/a.md": NAMED["content/a.md"].replace("hugo site", "The Web").replace("Hugo Site", "The Web"),
        "content/b.md": NAMED["content/b.md"].replace("hugo-site", "the-web"),
    }
    layout = {"layouts/all.html": "{{ range .Site.Menus.main }}({{ .URL }}){{ end }}"}
    built = build({**NAMED, **texts, **layout}).files
    assert built["a/index.html"] == b"(/tags/the-web/)(/tags/)(/tags/the-web/#top)"
    assert "tags/the-web/index.html" in built


def test_a_reference_that_may_mean_another_term_is_refused(tmp_path: Path) -> None:
    other = {"content/c.md": "---\ntitle: C\ncategories: [hugo site]\n---\n"}
    with pytest.raises(rename.RenameError, match=r'content/a\.md: "Hugo Site" names the term'):
        named_term(tmp_path, other)


def test_another_spelling_of_a_term_with_a_page_of_its_own_leaves_that(tmp_path: Path) -> None:
    own = {"content/tags/hugo-site/_index.md": "---\ntitle: Hugo\n---\n"}
    view, offset = looked_at(
        write(tmp_path / "site", {**TERMS, **own}),
        "content/c.md",
        TERMS["content/c.md"].replace("hugo site", "hugo| site"),
    )
    found = rename.subject(view, offset)
    assert found is not None
    assert found.term is not None
    texts = rename.term(view.state, found.term, "HUGO site").texts
    assert texts["content/a.md"] == TERMS["content/a.md"].replace("Hugo Site", "HUGO site")
    assert sorted(texts) == [f"content/{name}.md" for name in "abcde"]

"""Where links lead, on publications made by hand."""

from __future__ import annotations

import pytest
from support.hand import EN, facts, page, site
from support.whole import statuses, whole

from vitdlint.hugo.publication import MissingPart
from vitdlint.site.addresses import SiteSettings
from vitdlint.site.answers import Target
from vitdlint.site.redirects import Redirect

A = page("/posts/a/")
B = page("/posts/b/", aliases=["/old"])
B_FACTS = facts("content/posts/b.md", ids=["dose", "Über"])


def status(target: str, settings: SiteSettings | None = None, **publication: object) -> str:
    return site(A, B, known=[B_FACTS], settings=settings, **publication).resolve(target, A).status


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/posts/b/#dose", "page"),
        ("/posts/b/#nope", "dead-fragment"),
        ("/posts/b/#%C3%9Cber", "page"),
        ("/posts/b/#Über", "page"),
        ("/posts/b/#über", "dead-fragment"),
        ("/posts/b/#dose:~:text=x", "page"),
        ("/old", "alias"),
        ("/old#", "alias"),
        ("/old#top", "alias"),
        ("/old#dose", "fragment-lost"),
        ("/nope#dose", "dead"),
        ("../b", "page"),
        ("b", "dead"),
        ("", "page"),
        ("mailto:a@example.org", "external"),
        ("{{< x >}}", "not-checked"),
    ],
)
def test_a_link_leads_where_it_says(target: str, expected: str) -> None:
    assert status(target) == expected


def test_an_answer_says_which_page_and_url_it_is() -> None:
    found = site(A, B, known=[B_FACTS]).resolve("../b/?q=1#dose", A)
    assert found == Target(
        "page", "/posts/b/", "/posts/b/", B, None, "dose", "q=1", file="posts/b/index.html"
    )
    alias = site(A, B, known=[B_FACTS]).resolve("/old", A)
    assert (alias.url, alias.page, alias.alias) == ("/posts/b/", B, B.aliases[0])


def test_answers_are_the_same_when_asked_again() -> None:
    asked = site(A, B, known=[B_FACTS])
    targets = ["/posts/b/", "../b/", "#x", "/nope", "https://x.example/", "/posts/b/#dose", "b"]
    for target in targets:
        assert asked.resolve(target, A) == asked.resolve(target, A)
    # Relative targets are another thing on another page.
    assert asked.resolve("../a/", B).page is A
    assert asked.resolve("", A).page is A
    assert asked.resolve("", B).page is B


def test_known_anchors_are_on_every_page() -> None:
    assert status("/posts/b/#comment-7", SiteSettings(known_anchors=("comment-*",))) == "page"


@pytest.mark.parametrize("shortcode", ["widget", "Widget"])
def test_a_page_with_other_shortcodes_may_have_any_id(shortcode: str) -> None:
    known = [facts("content/posts/b.md", shortcodes=[shortcode])]
    assert site(A, B, known=known).resolve("/posts/b/#x", A).status == "not-checked"
    declared = SiteSettings(shortcodes=("widget",))
    assert site(A, B, known=known, settings=declared).resolve("/posts/b/#x", A).status == "dead-fragment"
    anchorless = site(A, B, known=known, anchorless_shortcodes=frozenset({"widget"}))
    assert anchorless.resolve("/posts/b/#x", A).status == "dead-fragment"


def test_nobody_knows_the_ids_of_a_page_that_hugo_makes_alone() -> None:
    section = page("/posts/", kind="section", path=None)
    assert site(A, section).resolve("/posts/#x", A).status == "not-checked"


def test_extra_urls_exist() -> None:
    settings = SiteSettings(extra_urls=("/search", "/api/**"))
    assert [status(t, settings) for t in ("/search/", "/search?q=1", "/api/a/b", "/searching")] == [
        "generated",
        "generated",
        "generated",
        "dead",
    ]


def test_redirects_of_the_host_are_followed_to_their_end() -> None:
    settings = SiteSettings(
        redirects=(
            Redirect("/p/*", "/posts/:splat"),
            Redirect("/twice", "/p/b"),
            Redirect("/away", "https://example.net/"),
            Redirect("/nowhere", "/nope"),
            Redirect("/round", "/round2"),
            Redirect("/round2", "/round"),
        )
    )
    found = {
        t: status(t, settings)
        for t in ("/p/b", "/twice", "/away", "/nowhere", "/round", "/p/b#dose", "/p/b#x")
    }
    assert found == {
        "/p/b": "page",
        "/twice": "page",
        "/away": "external",
        "/nowhere": "dead",
        "/round": "dead",
        "/p/b#dose": "page",
        "/p/b#x": "dead-fragment",
    }


def test_pages_that_are_not_published_are_distinguished_from_missing_ones() -> None:
    draft = page("/posts/d/")._replace(state="draft")
    assert site(A, draft).resolve("/posts/d/", A).status == "unpublished"
    both = site(A, draft, page("/posts/d/")._replace(path="content/posts/other.md"))
    assert both.resolve("/posts/d/", A).status == "page"


@pytest.mark.parametrize(
    ("what", "target", "expected"),
    [
        ("theme", "/img/logo.png", "not-checked"),
        ("theme", "/docs/x/", "not-checked"),
        ("theme", "/posts/x/", "dead"),
        ("layouts", "/img/logo.png", "not-checked"),
        ("layouts", "/docs/x/", "dead"),
        ("module", "/docs/x/", "not-checked"),
    ],
)
def test_what_a_missing_part_could_supply_is_not_checked(what: str, target: str, expected: str) -> None:
    assert status(target, missing=(MissingPart(what, "m", "it is not on disk"),)) == expected


def test_an_adapter_makes_pages_below_its_folder_only() -> None:
    part = MissingPart(
        "content adapter", "content/posts/books/_content.gotmpl", "made by Hugo", "/posts/books"
    )
    assert status("/posts/books/x/", missing=(part,)) == "not-checked"
    assert status("/posts/x/", missing=(part,)) == "dead"


def test_below_a_base_path_only_links_with_it_are_inside() -> None:
    a, b = page("/docs/posts/a/"), page("/docs/posts/b/")
    a, b = a._replace(file="posts/a/index.html"), b._replace(file="posts/b/index.html")
    asked = site(a, b, hugo='baseURL = "https://example.org/docs/"')
    found = {
        t: asked.resolve(t, a).status
        for t in (
            "/docs/posts/b/",
            "../b/",
            "/posts/b/",
            "/other/",
            "https://example.org/docs/posts/b/",
            "https://example.org/other/",
            "https://example.org/docs/nope",
        )
    }
    assert list(found.values()) == ["page", "page", "dead", "external", "page", "external", "dead"]
    assert "/docs/" in asked.resolve("/posts/b/", a).reason


def test_a_custom_render_hook_may_resolve_relative_links() -> None:
    asked = site(A, B, render_hooks={"link": "finds"})
    found = {t: asked.resolve(t, A).status for t in ("b.md", "nope.md", "/posts/b.md", "/nope", "../b/")}
    assert found == {
        "b.md": "page",
        "nope.md": "not-checked",
        "/posts/b.md": "page",
        "/nope": "dead",
        "../b/": "page",
    }
    assert asked.resolve("nope.md", A, "html").status == "dead"


def test_a_theme_that_is_not_on_disk_may_have_a_render_hook() -> None:
    asked = site(A, B, missing=(MissingPart("theme", "t", "it is not in themes/t"),))
    targets = ("b.md", "b", "/posts/b.md", "/posts/b/", "nope.md", "/posts/nope/")
    assert [asked.resolve(t, A).status for t in targets] == [
        "not-checked",
        "dead",
        "not-checked",
        "page",
        "dead",
        "dead",
    ]
    assert "render hook" in asked.resolve("b.md", A).reason
    assert asked.resolve("b.md", A, "html").status == "dead"


def test_a_template_that_writes_the_hosts_redirects_answers_aliases() -> None:
    b = page("/posts/b/", host_aliases=("/was/here/", "rel"))
    assert site(A, b).resolve("/was/here", A).status == "dead"
    asked = site(A, b, settings=SiteSettings(aliases_by_host=True))
    assert [asked.resolve(t, A).status for t in ("/was/here", "/posts/rel/", "/nope")] == [
        "page",
        "page",
        "dead",
    ]


def test_references_take_logical_paths_and_unique_names() -> None:
    c, other = page("/x/c/"), page("/y/c/")
    asked = site(A, B, c, other, known=[B_FACTS])

    def ref(target: str) -> tuple[str, str]:
        found = asked.resolve(target, A, "shortcode", "ref.0")
        return found.status, found.url

    assert ref("b") == ("page", "/posts/b/")
    assert ref("b.md#dose") == ("page", "/posts/b/")
    assert ref("/posts/b.md#nope")[0] == "dead-fragment"
    assert ref("/x/c") == ("page", "/x/c/")
    assert ref("c")[0] == "dead"
    assert "/x/c" in asked.resolve("c", A, "shortcode", "ref.0").reason
    assert ref("/old")[0] == "dead"
    assert ref("")[0] == "dead"
    assert ref("https://example.net")[0] == "dead"
    assert ref("#dose")[0] == "dead-fragment"


def test_each_language_may_have_a_host_of_its_own() -> None:
    config = """[languages.en]
weight = 1
baseURL = "https://example.org/"
[languages.fr]
weight = 2
baseURL = "https://example.fr/"
"""
    text = (
        "[b](/posts/b/) [b](../b/) [f](/posts/only-fr/) [x](https://example.fr/posts/only-fr/) [i](/a.png)\n"
    )
    files = {
        "hugo.toml": config,
        "content/posts/page.md": text,
        "content/posts/page.fr.md": text,
        "content/posts/b.md": "Text.\n",
        "content/posts/only-fr.fr.md": "Texte.\n",
        "static/a.png": "",
    }
    built = whole(files)
    assert statuses(built) == {
        "/posts/b/": "page",
        "../b/": "page",
        "/posts/only-fr/": "dead",
        "https://example.fr/posts/only-fr/": "page",
        "/a.png": "file",
    }
    assert statuses(built, "content/posts/page.fr.md") == {
        "/posts/b/": "dead",
        "../b/": "dead",
        "/posts/only-fr/": "page",
        "https://example.fr/posts/only-fr/": "page",
        "/a.png": "file",
    }


def test_what_git_ignores_may_be_the_target_of_a_link() -> None:
    missing = (MissingPart("mount", "content/made", "git ignores it", "/made", EN, "/made"),)
    asked = site(A, B, missing=missing)
    targets = ("/made/x/", "/made/x/#part", "/made/x.md", "/madex/", "../../made/")
    assert [asked.resolve(t, A).status for t in targets] == [
        *("not-checked", "not-checked", "not-checked"),
        "dead",
        "not-checked",
    ]
    single = (MissingPart("mount", "content/made/x*.md", "git ignores it", "/made/x*.md", EN, "/made/x*.md"),)
    plain = site(A, B, missing=single)
    assert [plain.resolve(t, A).status for t in ("/made/xy/", "/made/y.md")] == ["not-checked", "dead"]
    assert [plain.resolve(t, A, "shortcode", "ref.0").status for t in ("/made/xy.md", "/made/y")] == [
        "not-checked",
        "dead",
    ]


def test_a_folder_of_static_files_that_is_not_on_disk_has_no_pages() -> None:
    asked = site(A, B, missing=(MissingPart("mount", "static", "it is not on disk"),))
    assert [asked.resolve(t, A).status for t in ("/nope/", "/posts/nope", "/pic.png")] == [
        *("dead", "dead"),
        "not-checked",
    ]


def test_what_is_missing_is_named_for_links_to_fragments_too() -> None:
    asked = site(A, B, missing=(MissingPart("mount", "content/x", "git ignores it", "/x", EN, "/x"),))
    assert [asked.resolve(t, A).by for t in ("/x/y/", "/x/y/#part")] == ["content/x", "content/x"]


def test_a_reference_from_the_root_is_no_name() -> None:
    asked = site(A, B, missing=(MissingPart("mount", "content/x", "git ignores it", "/x", EN, "/x"),))
    found = [asked.resolve(t, A, "shortcode", "ref.0").status for t in ("faq", "/faq", "/x/faq")]
    assert found == ["not-checked", "dead", "not-checked"]


def test_a_path_above_the_base_path_of_another_language_is_no_page_of_it() -> None:
    config = """defaultContentLanguage = "en"
[languages.en]
baseURL = "https://en.lamps.example/"
[languages.de]
baseURL = "https://de.lamps.example/sub/"
"""
    known = whole({"hugo.toml": config, "content/b.md": "B\n", "content/b.de.md": "B\n"})
    assert known.resolve("https://de.lamps.example/sub/b/", "content/b.md").status == "page"
    assert known.resolve("https://de.lamps.example/b/", "content/b.md").status == "dead"
    assert known.resolve("/b/", "content/b.de.md").status == "dead"


def test_a_page_in_a_folder_whose_name_ends_like_a_file_answers_without_the_slash() -> None:
    config = 'baseURL = "https://lamps.example/"\n[permalinks.page]\nnotes = "/n/:slug.html"\n'
    known = whole({"hugo.toml": config, "content/notes/b.md": "---\nslug: rye\n---\n"})
    for target in ("/n/rye.html", "/n/rye.html/", "/n/rye.html/index.html"):
        assert known.resolve(target, "content/notes/b.md").status == "page"
    assert known.resolve("/n/rye/", "content/notes/b.md").status == "dead"

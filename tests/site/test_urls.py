"""What a host answers for a path."""

from __future__ import annotations

import pytest
from support.hand import page

from vitdlint.hugo.publication import Publication
from vitdlint.site.redirects import Redirect, Redirects, parse_netlify, parse_redirects, parse_template
from vitdlint.site.urls import UrlMap

PUBLICATION = Publication(
    outputs=(
        page("/", kind="home"),
        page("/posts/a/", aliases=["/old", "/a.html"]),
        page("/posts/ugly.html"),
        page("/posts/", kind="section", path=None),
        page("/posts/draft/", state="draft"),
        page("/%C3%BC/"),
        page("/posts/shadow/", state="shadowed"),
    ),
    files={"img/Sun.png": "static/img/Sun.png", "index.xml": None, "plain": "static/plain"},
    redirect_files={"page/1/index.html": "/"},
)


@pytest.mark.parametrize(
    ("path", "strict", "clean"),
    [
        ("/", "page", "page"),
        ("/index.html", "page", "page"),
        ("/posts/a/", "page", "page"),
        ("/posts/a", "page", "page"),
        ("/posts/a.html", None, "page"),
        ("/posts/a/index.html", "page", "page"),
        ("/posts/A/", None, None),
        ("/posts/ugly.html", "page", "page"),
        ("/posts/ugly", None, "page"),
        ("/posts/ugly/", None, "page"),
        ("/posts/ugly/index.html", None, "page"),
        ("/posts", "section", "section"),
        ("/posts.html", None, "section"),
        ("/old", "alias", "alias"),
        ("/old.html", None, "alias"),
        ("/ü/", "page", "page"),
        ("/img/Sun.png", "file", "file"),
        ("/img/sun.png", None, None),
        ("/img/", None, None),
        ("/plain", "file", "file"),
        ("/plain/", None, None),
        ("/index.xml", "generated", "generated"),
        ("/page/1/", "generated", "generated"),
        ("/posts/draft/", "unpublished", "unpublished"),
        ("/posts/shadow/", None, None),
        ("/nope", None, None),
        ("//", None, None),
    ],
)
def test_a_host_answers_by_its_files(path: str, strict: str | None, clean: str | None) -> None:
    for is_clean, expected in ((False, strict), (True, clean)):
        served = UrlMap(PUBLICATION, clean=is_clean).find(path)
        assert (served.status if served else None) == expected, is_clean


def test_the_exact_file_comes_before_its_look_alikes() -> None:
    both = Publication((page("/x/"), page("/x.html")))
    urls = UrlMap(both, clean=True)
    found = {path: urls.find(path) for path in ("/x", "/x/", "/x.html")}
    assert {path: s.file if s else None for path, s in found.items()} == {
        "/x": "x/index.html",
        "/x/": "x/index.html",
        "/x.html": "x.html",
    }


def test_a_page_comes_before_an_alias_on_its_url() -> None:
    urls = UrlMap(Publication((page("/b/"), page("/a/", aliases=["/b"]))), clean=False)
    served = urls.find("/b/")
    assert served is not None
    assert served.status == "page"


def test_a_file_of_another_case_is_found() -> None:
    assert UrlMap(PUBLICATION, clean=True).differs_in_case("IMG/sun.png") == "img/Sun.png"


REDIRECTS_FILE = """
# a comment
/old            /new
/pages/*        /posts/:splat   301!
/news/:year/:id /posts/:id-:year 302  # why not
/gone           /404.html       404
/app/*          /index.html     200
/shop id=:id    /items/:id      301
https://other.example/* /x
broken
"""


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/old", "/new"),
        ("/old/", "/new"),
        ("/pages/a/b", "/posts/a/b"),
        ("/pages", "/posts/"),
        ("/pagesx", None),
        ("/news/2013/7/", "/posts/7-2013"),
        ("/news/2013", None),
        ("/gone", None),
        ("/app/x/y", "/index.html"),
        ("/shop", "/items/:id"),
        ("/other", None),
    ],
)
def test_netlify_redirects_are_followed(path: str, to: str | None) -> None:
    assert Redirects(parse_redirects(REDIRECTS_FILE)).find(path) == to


TEMPLATE = """
{{- $current := "2.0" }}
# comment
{{ if .Site.Params.moved }}/old /new{{ end }}
/docs/*   /docs/{{ $current }}/:splat
{{ range slice "a" "b" }}
/guide/{{ . }}.html /guides/{{ . }}
/{{ . }}/x /y
{{ . }} /z
{{ end }}
{{ range .Site.Pages }}{{ range .Aliases }}{{ printf "%s %s" . $.RelPermalink }}{{ end }}{{ end }}
"""


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/old/", "/new"),
        ("/docs/a/b", ""),
        ("/guide/a.html", ""),
        ("/guide/a/b.html", None),
        ("/guide/a", None),
        ("/a/x", None),
        ("/other", None),
    ],
)
def test_a_template_of_redirects_says_what_it_spells_out(path: str, to: str | None) -> None:
    assert Redirects(parse_template(TEMPLATE)).find(path) == to


def test_netlify_toml_holds_redirects_too() -> None:
    text = '[[redirects]]\nfrom = "/a/*"\nto = "/b/:splat"\n[[redirects]]\nfrom = 1\n'
    assert parse_netlify(text) == (Redirect("/a/*", "/b/:splat", 301),)
    assert parse_netlify("[build]\nx = {\n  y = 1,\n}\n" + text) == parse_netlify(text)
    assert parse_netlify("[[redirects") == ()
    assert parse_netlify("redirects = 1") == ()


def test_the_first_rule_that_matches_decides() -> None:
    rules = (Redirect("/a/*", "/none", 404), Redirect("/a/b/*", "/there/:splat"))
    assert Redirects(rules).find("/a/b/c") is None

"""What a link target is."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitdlint.page.markdown.bad_schemes import scheme_of
from vitdlint.page.markdown.body import Link
from vitdlint.site.targets import (
    UrlParts,
    as_written,
    bare_fragment,
    decode,
    glob,
    is_download,
    is_elsewhere,
    join,
    leads_somewhere,
    origins,
    parse,
    without_dots,
)

OWN = {"example.org": "/", "old.example": "/wiki/"}


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("", UrlParts("fragment")),
        ("#x", UrlParts("fragment", "", None, "x")),
        ("?q=1", UrlParts("relative", "", "q=1")),
        ("?q=1#x", UrlParts("relative", "", "q=1", "x")),
        ("b", UrlParts("relative", "b")),
        ("../b/#x", UrlParts("relative", "../b/", None, "x")),
        ("/b?q#x?y#z", UrlParts("path", "/b", "q", "x?y#z")),
        ("/a/../b/./c", UrlParts("path", "/b/c")),
        ("/a/%2E%2e/b", UrlParts("path", "/b")),
        ("/a/..", UrlParts("path", "/")),
        ("/../../a", UrlParts("path", "/a")),
        ("/.../a..b", UrlParts("path", "/.../a..b")),
        ("mailto:a@b.c", UrlParts("other")),
        ("TEL:1", UrlParts("other")),
        ("data:text/html,x", UrlParts("other")),
        ("javascript:void(0)", UrlParts("other")),
        ("a:b", UrlParts("other")),
        ("1:30", UrlParts("relative", "1:30")),
        ("https://example.net/x", UrlParts("external")),
        ("//example.net/x", UrlParts("external")),
        ("https://example.org", UrlParts("path", "/", host="example.org")),
        ("HTTP://Example.ORG/a/../b?q#f", UrlParts("path", "/b", "q", "f", "example.org")),
        ("//example.org/x", UrlParts("path", "/x", host="example.org")),
        ("https://example.org.evil/x", UrlParts("external")),
        ("https://example.org@evil/x", UrlParts("external")),
        ("https://old.example/wiki/x", UrlParts("path", "/x", host="old.example")),
        ("https://old.example/blog/x", UrlParts("external")),
        ("\\b", UrlParts("relative", "%5Cb")),
        ("/a\\b", UrlParts("path", "/a%5Cb")),
        ("/ b ", UrlParts("path", "/ b ")),
    ],
)
def test_a_markdown_target_is_taken_apart(target: str, parts: UrlParts) -> None:
    assert parse(target, OWN) == parts


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        (" /b\n", UrlParts("path", "/b")),
        ("/a\\b", UrlParts("path", "/a/b")),
        ("\\b", UrlParts("path", "/b")),
        ("/a\tb", UrlParts("path", "/ab")),
        ("\\\\example.net\\x", UrlParts("external")),
        ("https:\\\\example.org\\x", UrlParts("path", "/x", host="example.org")),
    ],
)
def test_in_raw_html_a_browser_corrects_the_target(target: str, parts: UrlParts) -> None:
    assert parse(target, OWN, markdown=False) == parts


def test_a_url_on_an_own_host_becomes_a_path_below_the_base_path() -> None:
    assert parse("https://old.example/wiki/x", OWN, "/docs/").path == "/docs/x"


def test_origins_are_hosts_with_the_path_where_they_begin() -> None:
    urls = (
        "https://Example.org/",
        "plain.example",
        "plain.example/x",
        "other.example/wiki",
        "//cdn.example",
        "/",
        "",
    )
    assert origins((*urls, "https://old.example:8080/wiki", "https://example.org/x")) == {
        "example.org": "/",
        "plain.example": "/",
        "other.example": "/wiki/",
        "cdn.example": "/",
        "old.example:8080": "/wiki/",
    }


SEGMENT = st.sampled_from(["a", "b", "..", ".", "", "c.d", "%2e", "x%2Fy"])


@given(st.lists(SEGMENT, max_size=4), st.lists(SEGMENT, min_size=1, max_size=5))
def test_relative_targets_join_as_the_standard_says(base: list[str], relative: list[str]) -> None:
    page = "/" + "".join(f"{s}/" for s in base if s not in ("", ".", "..", "%2e")) + "page/"
    target = "/".join(relative)
    if target.startswith("/") or not target:
        return
    plain = target.replace("%2e", ".")
    expected = urlsplit(urljoin(f"http://x{page}", plain)).path
    joined = join(page, target).replace("%2e", ".")
    # urljoin merges nothing, but drops the empty segments that follow a dot segment.
    if "//" not in target:
        assert joined == expected


@given(st.text(alphabet="/.a%2e", max_size=20))
def test_paths_without_dots_have_none_and_stay_as_they_are(path: str) -> None:
    once = without_dots("/" + path)
    assert once.startswith("/")
    assert without_dots(once) == once
    assert not any(s.lower().replace("%2e", ".") in (".", "..") for s in once.split("/"))


@given(st.text(max_size=30), st.booleans())
def test_any_target_is_taken_apart(target: str, markdown: bool) -> None:
    parts = parse(target, OWN, markdown=markdown)
    assert parts.kind in ("external", "other", "path", "relative", "fragment")
    assert parts.kind != "path" or parts.path.startswith("/")
    if target.startswith(("https://", "http://")) and is_elsewhere(target, OWN):
        assert parts.kind == "external"


def test_bytes_that_are_not_utf_8_are_kept_apart() -> None:
    assert decode("/%C3%BC%20%zz") == "/ü %zz"
    assert decode("/%ff").encode("utf-8", "surrogateescape") == b"/\xff"


@pytest.mark.parametrize("fragment", [None, "", "top", "TOP", ":~:text=a,b", "Top:~:text=x"])
def test_some_fragments_need_no_id(fragment: str | None) -> None:
    assert leads_somewhere(fragment)


def test_a_directive_is_no_part_of_the_id() -> None:
    assert bare_fragment("dose:~:text=x") == "dose"
    assert not leads_somewhere("dose:~:text=x")


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/search", "/search", True),
        ("/search", "/search/x", False),
        ("/api/*", "/api/a", True),
        ("/api/*", "/api/a/b", False),
        ("/api/**", "/api/a/b", True),
        ("/**/feed", "/a/b/feed", True),
        ("/a.b?", "/a.bc", True),
        ("/a.b?", "/aXbc", False),
    ],
)
def test_globs_stay_within_a_segment_unless_doubled(pattern: str, path: str, matches: bool) -> None:
    assert bool(glob(pattern).match(path)) is matches


def test_downloads_are_known_by_their_looks() -> None:
    assert is_download("/a/paper.PDF")
    assert not is_download("/v1.2/notes")
    assert not is_download("/.pdf")


@pytest.mark.parametrize(
    ("target", "kind", "scheme"),
    [
        ("www.example.org/x", "link", ("", "https://")),
        ("example.com/x", "link", ("", "https://")),
        ("joe@example.org", "link", ("", "mailto:")),
        ("joe@example.org", "image", None),
        ("https//example.org", "link", ("https//", "https://")),
        ("asp.net", "link", None),
        ("readme.md", "link", None),
        ("25(OH)D", "link", None),
    ],
)
def test_a_scheme_that_is_missing_or_misspelt_is_known(
    target: str, kind: str, scheme: tuple[str, str] | None
) -> None:
    assert scheme_of(Link(kind, target, 0, 1, 0, 1, 0, 1)) == scheme


def test_a_url_is_written_so_that_the_link_stays_whole() -> None:
    def link(kind: str) -> Link:
        return Link(kind, "", 0, 0, 0, 0, 0, 0)

    assert as_written("/a(b) c", link("link")) == "/a%28b%29%20c"
    assert as_written('/a|b`<c>\\"', link("link")) == "/a%7Cb%60%3Cc%3E%5C%22"
    assert as_written("/a&copy;&b", link("link")) == "/a&amp;copy;&b"
    assert as_written("/a&copy;", link("shortcode")) == "/a&copy;"
    assert as_written("/a?b&c'", link("html")) == "/a?b&amp;c&#39;"

"""Which links Hugo's own render hook refuses, beside the real Hugo."""

from __future__ import annotations

import pytest
from support.hugo_build import build
from support.whole import whole

from vitdlint.site.go_urls import refused

EN = "[languages.en]\nweight = 1\n"
LAYOUT = {"layouts/all.html": "{{ .Content }}"}
GOOD = [
    "a:b%zz", "http://[::1]/", "/100%25", "/a?b=%zz", "http://h:/", "/a%20b", "./1:2", "http:/x", "https:lua.org", "///h:x/",
    "mailto:a%zz", "http://u:p@h/", "http://é.de/", "/a{b}", "http://<b>/", "http://", "?a:b", "/a:b", "tel:+1%",
    'http://a"b/', "http://h?%zz", "http://[::1%25en0]/", "b.md#a",
]  # fmt: skip
BAD = [
    '"https://www.example.org/a"', "%zz", "http://[::1/", "http://[::1]:x/", "/a%2", "/100%", "/a#b%", "http://h:80x/",
    "http://h:80:90/", "http://ho%20st/", "http://h/%zz", ":x", "1:2", "//h:x/", "http://u%zz@h/", "http://a{b}/", "a%zz:b", "#%zz",
    "http://[x]/", "é:x", "/é%",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD)
def test_a_link_that_hugo_refuses_is_dead_and_the_reason_is_given(url: str) -> None:
    files = {"hugo.toml": EN, "content/a.md": f"Text [x]({url})\n", **LAYOUT}
    built = build(files, pages=False)
    assert (built.code, "urls.Parse" in built.messages) == (1, True), built.messages
    answer = whole(files).resolve(url, "content/a.md")
    assert (answer.status, "build fails" in answer.reason) == ("dead", True)
    alone = whole({**files, "hugo.toml": ""}).resolve(url, "content/a.md")
    assert "build fails" not in alone.reason


def test_hugo_takes_all_others() -> None:
    content = "\n\n".join(f"[x]({url})" for url in GOOD)
    built = build({"hugo.toml": EN, "content/a.md": f"Text\n\n{content}\n", **LAYOUT}, pages=False)
    assert built.code == 0, built.messages
    assert [url for url in GOOD if refused(url)] == []

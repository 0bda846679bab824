"""Where a link leads on a site of which each language has a base URL of its own."""

from __future__ import annotations

import pytest
from support.whole import whole

HOSTS = "[languages.en]\nbaseURL = 'https://en.sun.example/{0}'\n[languages.de]\nbaseURL = 'https://de.sun.example/{0}'\n"
FOLDERS = "[languages.en]\nbaseURL = 'https://sun.example/en/'\n[languages.de]\nbaseURL = 'https://sun.example/de/'\n"
FILES = {
    "content/a.md": "English\n",
    "content/a.de.md": "Deutsch\n",
    "content/only.md": "---\naliases: [/old]\n---\nEnglish\n",
    "static/sun.png": "x",
}


@pytest.mark.parametrize(
    ("hugo", "target", "file"),
    [
        (HOSTS.format(""), "/a/", "de/a/index.html"),
        (HOSTS.format(""), "https://en.sun.example/a/", "en/a/index.html"),
        (HOSTS.format(""), "/de/a/", None),
        (HOSTS.format(""), "/only/", None),
        (HOSTS.format(""), "/sun.png", "de/sun.png"),
        (HOSTS.format(""), "https://en.sun.example/sun.png", "en/sun.png"),
        (HOSTS.format(""), "https://old.example/a/", "de/a/index.html"),
        (HOSTS.format(""), "https://old.example/only/", "en/only/index.html"),
        (HOSTS.format("sub/"), "/sub/a/", "de/a/index.html"),
        (HOSTS.format("sub/"), "https://en.sun.example/sub/a/", "en/a/index.html"),
        (HOSTS.format("sub/"), "https://old.example/only/", "en/only/index.html"),
        (FOLDERS, "/de/a/", "de/a/index.html"),
        (FOLDERS, "/en/a/", "en/a/index.html"),
        (FOLDERS, "https://sun.example/en/only/", "en/only/index.html"),
        (FOLDERS, "/en/sun.png", "en/sun.png"),
        (FOLDERS, "/de/only/", None),
        ("relativeURLs = true\n" + HOSTS.format(""), "/a/", "de/a/index.html"),
        ("relativeURLs = true\n" + HOSTS.format("sub/"), "/a/", None),
        ("relativeURLs = true\n" + HOSTS.format("sub/"), "/sub/a/", "de/a/index.html"),
    ],
)
def test_a_link_on_a_german_page_leads_to_the_file_of_that_host(
    hugo: str, target: str, file: str | None
) -> None:
    site = whole({**FILES, "hugo.toml": hugo}, base_urls=("https://old.example/",))
    found = site.resolve(target, "content/a.de.md")
    assert (found.file if found.status not in ("dead", "external") else None) == file


def test_a_file_has_the_url_of_its_host() -> None:
    addresses = whole({**FILES, "hugo.toml": HOSTS.format("sub/")}).addresses
    assert addresses.url("de/files/a b.pdf") == "/sub/files/a%20b.pdf"
    assert addresses.url("de/a/index.html") == "/sub/a/"
    assert addresses.root_of("de/a/index.html").origin == "https://de.sun.example"

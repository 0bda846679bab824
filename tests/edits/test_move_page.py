"""What a move writes into links and aliases, where each language has a host or a folder, and below a base path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.hugo_build import build
from support.mv import mv
from support.run import write

HOSTS = """defaultContentLanguage = "en"
[languages.en]
baseURL = "{en}"
contentDir = "content/en"
[languages.de]
baseURL = "{de}"
contentDir = "content/de"
"""
OWN = (
    "[a]({en}posts/old/) [b]({en}posts/old) [c]({en}posts/old/index.html) [d]({en}posts/old/#part:~:text=sun)"
    " [e]({en}posts/old/#:~:text=sun) [f]({en}posts/old/?q=1#part) ![g]({en}posts/old/pic.png)"
    " [h]({en}posts/old/pic.png?v=2#x)\n"
)


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("https://en.lamps.example/", "https://de.lamps.example/"),
        ("https://lamps.example/docs/en/", "https://lamps.example/docs/de/"),
    ],
)
def test_links_to_a_page_and_its_files_on_a_host_of_several(en: str, de: str, tmp_path: Path) -> None:
    path = "/" + en.split("/", 3)[3]
    here = OWN.format(en=path)
    there = OWN.format(en=en) + OWN.format(en=en.replace("https:", "http:")) + OWN.format(en=en[6:])
    write(
        tmp_path,
        {
            "hugo.toml": HOSTS.format(en=en, de=de),
            "content/en/posts/old/index.md": "---\ntitle: Old\n---\n## Part\n",
            "content/en/posts/old/pic.png": "x",
            "content/en/posts/a.md": here + there,
            "content/de/posts/b.md": there,
        },
    )
    done = mv(tmp_path, "content/en/posts/old", "content/en/posts/new")
    assert done.returncode == 0, done.stderr
    changed = {"a.md": here + there, "b.md": there}
    for name, folder in (("a.md", "en"), ("b.md", "de")):
        text = (tmp_path / f"content/{folder}/posts/{name}").read_text()
        assert text == changed[name].replace("/old", "/new")
    moved = (tmp_path / "content/en/posts/new/index.md").read_text()
    assert 'aliases: ["/posts/old/"]' in moved


@pytest.mark.parametrize("base", ["https://lamps.example/", "https://lamps.example/docs/"])
@pytest.mark.parametrize("languages", ["", "[languages.en]\n[languages.fr]\n"])
@pytest.mark.parametrize("ugly", ["", "uglyURLs = true\n"])
def test_the_alias_is_what_hugo_makes_the_old_url_of(
    base: str, languages: str, ugly: str, tmp_path: Path
) -> None:
    """Hugo puts the base path and the folder of the language before an alias."""
    names = ["a.md", *(["a.fr.md"] if languages else [])]
    files = {f"content/posts/{name}": "---\ntitle: A\n---\nText.\n" for name in names}
    tree = {"hugo.toml": f'baseURL = "{base}"\n{ugly}{languages}', **files}
    before = build(tree, pages=False).files
    write(tmp_path, tree)
    for name in names:
        assert (
            mv(tmp_path, f"content/posts/{name}", f"content/posts/{name.replace('a', 'b', 1)}").returncode
            == 0
        )
    after = build(
        {p.relative_to(tmp_path).as_posix(): p.read_text() for p in tmp_path.rglob("*.*") if p.is_file()},
        pages=False,
    ).files
    old = [file for file in before if re.search(r"posts/a\b.*html$", file)]
    assert len(old) == len(names)
    assert all(b"http-equiv" in after[file] for file in old)


@pytest.mark.parametrize(
    "state", ["draft: true", "date: 2999-01-01", "expiryDate: 2001-01-01", "build: {render: never}"]
)
def test_links_to_a_page_that_is_not_published_go_along(state: str, tmp_path: Path) -> None:
    written = "[a](/posts/old/) [b](/posts/old/#part) [c](../old/)\n"
    write(
        tmp_path,
        {
            "hugo.toml": '[[menus.main]]\nname = "O"\nurl = "/posts/old/"\n',
            "content/posts/old.md": f"---\ntitle: Old\n{state}\n---\n## Part\n",
            "content/posts/a.md": written,
        },
    )
    done = mv(tmp_path, "content/posts/old.md", "content/posts/new.md")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "content/posts/a.md").read_text() == (
        "[a](/posts/new/) [b](/posts/new/#part) [c](/posts/new/)\n"
    )
    assert "aliases" not in (tmp_path / "content/posts/new.md").read_text()
    assert 'url = "/posts/new/"' in (tmp_path / "hugo.toml").read_text()

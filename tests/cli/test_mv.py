from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.mv import mv
from support.paths import ROOT

from vitdlint.frontmatter.edit import NoEditError, with_item, with_text
from vitdlint.frontmatter.read import read


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Text.\n", '---\naliases: ["/x/"]\n---\nText.\n'),
        ("---\ntitle: a\n---\nText.\n", '---\naliases: ["/x/"]\ntitle: a\n---\nText.\n'),
        ("---\r\ntitle: a\r\n---\r\n", '---\r\naliases: ["/x/"]\r\ntitle: a\r\n---\r\n'),
        ("---\naliases: [/a]\n---\n", '---\naliases: [/a, "/x/"]\n---\n'),
        ("---\naliases: []\n---\n", '---\naliases: ["/x/"]\n---\n'),
        ("---\naliases: /a\n---\n", '---\naliases: ["/a", "/x/"]\n---\n'),
        (
            "---\naliases:\n  - /a # old\n  - /b\ntitle: t\n---\n",
            '---\naliases:\n  - /a # old\n  - /b\n  - "/x/"\ntitle: t\n---\n',
        ),
        ("---\naliases:\n- /b # last\n---\n", '---\naliases:\n- /b # last\n- "/x/"\n---\n'),
        ("---\nAliases: [/a]\n---\n", '---\nAliases: [/a, "/x/"]\n---\n'),
        (
            "+++\ntitle = 'a'\n[params]\nb = 1\n+++\n",
            "+++\naliases = [\"/x/\"]\ntitle = 'a'\n[params]\nb = 1\n+++\n",
        ),
        ("+++\naliases = [\n  '/a',\n]\n+++\n", "+++\naliases = [\n  '/a',\n  \"/x/\",\n]\n+++\n"),
        ('{"title": "a"}\n', '{"aliases": ["/x/"],"title": "a"}\n'),
        ('{\n    "title": "a"\n}\n', '{\n    "aliases": ["/x/"],\n    "title": "a"\n}\n'),
        (
            '{\n    "aliases": [\n        "/a"\n    ]\n}\n',
            '{\n    "aliases": [\n        "/a",\n        "/x/"\n    ]\n}\n',
        ),
        ('{"aliases": ["/a", "/x/"]}\n', '{"aliases": ["/a", "/x/"]}\n'),
    ],
)
def test_an_alias_is_added_in_the_layout_of_the_page(text: str, new: str) -> None:
    done = with_item(text, "aliases", "/x/")
    assert done == new
    assert "/x/" in read(done).get("aliases")


@pytest.mark.parametrize(
    "text", ["---\naliases: {a: 1}\n---\n", "---\naliases: 3\n---\n", "---\na: [\n---\n"]
)
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(NoEditError):
        with_item(text, "aliases", "/x/")


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("---\nslug: old # c\n---\n", "---\nslug: new-one # c\n---\n"),
        ("---\nslug: 'old'\n---\n", '---\nslug: "new-one"\n---\n'),
        ('{"slug": "old"}\n', '{"slug": "new-one"}\n'),
        ("+++\nslug = 'old'\n+++\n", '+++\nslug = "new-one"\n+++\n'),
    ],
)
def test_a_slug_is_replaced_and_nothing_else(text: str, new: str) -> None:
    assert with_text(text, "slug", "new-one") == new


# The command, in a real repository.


def git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=True).stdout


def put(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def errors(folder: Path) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "vitdlint",
            "check",
            "--no-cache",
            "--select",
            "VD5,VD6",
            "--output-format",
            "concise",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    put(
        folder,
        {
            "hugo.toml": 'baseURL = "https://sun.test/"\n[markup.goldmark.renderer]\nunsafe = true\n',
            "layouts/page.html": "{{ .Content }}",
            "content/posts/old.md": "---\ntitle: Old\nslug: old\n---\nSee [b](../b/), [top](#top), [self](/posts/old/#x).\n\n## X\n",
            "content/posts/b.md": "---\ntitle: B\n---\n[1](/posts/old/) [2](/posts/old) [3](/posts/old.html#x) [4](../old/)\n"
            '[5]({{< ref "old" >}}) [6]({{< relref "/posts/old.md#x" >}}) <a href="/posts/old/?a=1&amp;b=2">7</a>\n',
            "content/posts/bundle/index.md": "---\ntitle: Bundle\n---\n![pic](pic.png) and [old](../old/).\n",
            "content/posts/bundle/pic.png": "x",
            "content/about.md": "---\ntitle: About\n---\n[bundle](/posts/bundle/) ![pic](/posts/bundle/pic.png)\n",
        },
    )
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@vitd.test", "commit", "-q", "-m", "x")
    return folder


def test_a_page_moves_with_its_slug_an_alias_and_every_link(site: Path) -> None:
    assert errors(site) == ""
    done = mv(site, "content/posts/old.md", "content/posts/new-name.md")
    assert done.returncode == 0, done.stderr
    assert not (site / "content/posts/old.md").exists()
    assert (site / "content/posts/new-name.md").read_text() == (
        '---\naliases: ["/posts/old/"]\ntitle: Old\nslug: new-name\n---\n'
        "See [b](../b/), [top](#top), [self](/posts/new-name/#x).\n\n## X\n"
    )
    assert (site / "content/posts/b.md").read_text() == (
        "---\ntitle: B\n---\n[1](/posts/new-name/) [2](/posts/new-name) [3](/posts/new-name.html#x) [4](/posts/new-name/)\n"
        '[5]({{< ref "/posts/new-name" >}}) [6]({{< relref "/posts/new-name.md#x" >}}) '
        '<a href="/posts/new-name/?a=1&amp;b=2">7</a>\n'
    )
    assert errors(site) == ""
    staged = git(site, "diff", "--cached", "--name-status", "--no-renames").splitlines()
    assert staged == ["A\tcontent/posts/new-name.md", "D\tcontent/posts/old.md"]


def test_a_page_that_moves_to_another_section_keeps_its_relative_links_working(site: Path) -> None:
    assert mv(site, "content/posts/old.md", "content/notes/deep/old.md").returncode == 0
    assert "[b](/posts/b/)" in (site / "content/notes/deep/old.md").read_text()
    assert errors(site) == ""


def test_a_bundle_moves_with_its_files_and_the_links_to_them(site: Path) -> None:
    done = mv(site, "content/posts/bundle", "content/posts/packet")
    assert done.returncode == 0, done.stderr
    assert (site / "content/posts/packet/pic.png").exists()
    assert not (site / "content/posts/bundle").exists() or not list((site / "content/posts/bundle").iterdir())
    assert "[bundle](/posts/packet/) ![pic](/posts/packet/pic.png)" in (site / "content/about.md").read_text()
    assert "![pic](pic.png) and [old](../old/)" in (site / "content/posts/packet/index.md").read_text()
    assert errors(site) == ""


def test_a_dry_run_changes_nothing_and_prints_a_patch(site: Path) -> None:
    done = mv(site, "content/posts/old.md", "content/posts/new.md", "--dry-run")
    assert done.returncode == 0
    assert "+[1](/posts/new/)" in done.stdout
    assert "would be kept as an alias" in done.stderr
    assert git(site, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("content/posts/b.md", "exists already"),
        ("content/posts/old.md", "the same"),
        ("static/old.md", "would not be a page"),
        ("../old.md", "outside of the site"),
        ("content/about/index.md", "is for Hugo the same page as another"),
    ],
)
def test_what_would_collide_or_leave_the_site_is_refused(site: Path, new: str, said: str) -> None:
    done = mv(site, "content/posts/old.md", new)
    assert done.returncode == 2
    assert said in done.stderr
    assert git(site, "status", "--porcelain") == ""


def test_a_url_that_another_page_has_is_refused(site: Path) -> None:
    put(site, {"content/posts/c.md": "---\ntitle: C\nslug: wanted\n---\nText.\n"})
    done = mv(site, "content/posts/old.md", "content/posts/wanted.md")
    assert done.returncode == 2
    assert '"/posts/wanted/" is the URL of content/posts/c.md already' in done.stderr


def test_a_name_that_is_an_alias_elsewhere_is_refused(site: Path) -> None:
    put(site, {"content/posts/b.md": "---\ntitle: B\naliases: [/posts/taken/]\n---\nText.\n"})
    done = mv(site, "content/posts/old.md", "content/posts/taken.md")
    assert done.returncode == 2
    assert "is an alias of content/posts/b.md" in done.stderr


def test_a_draft_needs_no_alias(site: Path) -> None:
    put(site, {"content/posts/draft.md": "---\ntitle: D\ndraft: true\n---\nText.\n"})
    assert mv(site, "content/posts/draft.md", "content/posts/later.md").returncode == 0
    assert "alias" not in (site / "content/posts/later.md").read_text()


def test_a_page_whose_url_does_not_follow_its_file_keeps_it(site: Path) -> None:
    put(site, {"content/posts/fixed.md": "---\ntitle: F\nslug: steady\n---\nText.\n"})
    done = mv(site, "content/posts/fixed.md", "content/posts/other.md")
    assert "its URL stays /posts/steady/" in done.stdout
    assert (site / "content/posts/other.md").read_text() == "---\ntitle: F\nslug: steady\n---\nText.\n"


def test_a_page_that_is_not_there_is_said_so(site: Path) -> None:
    assert "no such file" in mv(site, "content/posts/none.md", "content/posts/x.md").stderr


def test_what_was_dead_before_is_no_reason_to_stay(site: Path) -> None:
    for name, text in {
        "content/posts/b.md": "---\ntitle: B\n---\n[1](/posts/old/#gone) [2](/gone/) [3](/posts/old/)\n",
        "content/posts/old.md": "---\ntitle: Old\nslug: old\n---\n[self](#gone) [b](../b/#nope)\n",
    }.items():
        (site / name).write_text(text)
    git(site, "commit", "-qam", "dead fragments")
    done = mv(site, "content/posts/old.md", "content/posts/new.md")
    assert done.returncode == 0, done.stderr
    assert "(/posts/new/#gone) [2](/gone/) [3](/posts/new/)" in (site / "content/posts/b.md").read_text()

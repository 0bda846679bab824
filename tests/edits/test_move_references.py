"""`vitdlint mv` and what names a page outside of bodies: menus in the configuration and in pages, references in front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.mv import mv

OLD = "content/posts/old.md"
NEW = "content/posts/new.md"


def site(folder: Path, files: Mapping[str, str]) -> Path:
    more = {
        OLD: "---\ntitle: Old\n---\nText.\n",
        "content/posts/b.md": "---\ntitle: B\n---\nText.\n",
        **files,
    }
    for name, text in more.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


CONFIGURATIONS = {
    "hugo.toml": (
        "# ours\r\n[[menus.main]]\r\nname = 'Old'\r\npageRef = '/posts/old'   # the old one\r\n"
        '[[menus.main]]\r\nname = "B"\r\npageRef = "/posts/b"\r\n[[menus.foot]]\r\nurl = "/posts/old/#x"\r\n'
    ),
    "hugo.yaml": (
        "title: Site\nmenus:\n  main:\n    - name: Old\n      pageRef: /posts/old # the old one\n"
        "    - {name: B, pageRef: /posts/b}\n  foot:\n  - url: 'posts/old/'\n"
    ),
    "hugo.json": '{"menu":\n{"main": [{"pageRef":"posts/old.md"},\t{"URL": "/posts/old"}]}}',
    "config/_default/menus.toml": '[[main]]\npageRef = "/posts/old"\n',
    "config/_default/menus.en.yaml": "main:\n- pageRef: /posts/old\n- url: https://vitd.test/posts/old/\n",
    "config/_default/hugo.toml": '[languages.en]\nweight = 1\n[[languages.en.menus.main]]\npageRef = "/posts/old"\n',
    "config/_default/languages.toml": '[en]\n[[en.menu.main]]\npageRef = "/posts/old"\n',
    "config/staging/menus.toml": '[[main]]\npageRef = "/posts/old"\n',
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_entries_of_a_menu_in_the_configuration_follow_and_nothing_else_of_the_file_changes(
    tmp_path: Path, name: str
) -> None:
    text = CONFIGURATIONS[name]
    base = {} if name.startswith("hugo.") else {"hugo.toml": 'baseURL = "https://vitd.test/"\n'}
    folder = site(tmp_path, {**base, name: text})
    done = mv(folder, OLD, NEW)
    assert done.returncode == 0, done.stderr
    assert (folder / name).read_bytes().decode() == text.replace("posts/old", "posts/new")
    count = text.count("posts/old")
    assert f"{count} menu entr" in done.stdout
    assert done.stderr == ""


def test_urls_of_a_menu_get_no_base_path_as_hugo_writes_it(tmp_path: Path) -> None:
    text = 'baseURL = "https://vitd.test/docs/"\n[[menus.main]]\nurl = "/posts/old/"\n[[menus.main]]\nurl = "posts/old/#x"\n'
    folder = site(tmp_path, {"hugo.toml": text})
    assert mv(folder, OLD, NEW).returncode == 0
    assert (folder / "hugo.toml").read_text() == text.replace("posts/old", "posts/new")


def test_entries_of_a_menu_in_other_pages_and_in_the_page_itself_follow(tmp_path: Path) -> None:
    other = "---\ntitle: B\nmenus:\n  main:\n    pageRef: /posts/old\n    weight: 3\n---\nText.\n"
    own = '{"title": "Old", "menu": {"main": {"url": "/posts/old/"}}}\nText.\n'
    folder = site(tmp_path, {"hugo.toml": "", "content/posts/b.md": other, OLD: own})
    assert mv(folder, OLD, NEW).returncode == 0
    assert (folder / "content/posts/b.md").read_text() == other.replace("/posts/old", "/posts/new")
    assert '"menu": {"main": {"url": "/posts/new/"}}' in (folder / NEW).read_text()


def test_a_value_that_others_repeat_is_left_and_reported_with_its_place(tmp_path: Path) -> None:
    text = "menus:\n  main:\n    - pageRef: &where /posts/old\n    - pageRef: *where\n"
    folder = site(tmp_path, {"hugo.yaml": text})
    done = mv(folder, OLD, NEW)
    assert done.returncode == 0
    assert (folder / "hugo.yaml").read_text() == text
    assert 'hugo.yaml:3:23: "/posts/old" names this page and was left; change it by hand' in done.stderr
    assert 'hugo.yaml:4:16: "/posts/old" names this page' in done.stderr


def test_an_entry_that_means_another_page_in_another_language_is_left_and_reported(tmp_path: Path) -> None:
    text = '[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[[menus.main]]\npageRef = "/posts/old"\n'
    folder = site(tmp_path, {"hugo.toml": text, "content/posts/old.fr.md": "---\ntitle: F\n---\nText.\n"})
    done = mv(folder, OLD, NEW)
    assert done.returncode == 0, done.stderr
    assert (folder / "hugo.toml").read_text() == text
    assert 'hugo.toml:6:11: "/posts/old"' in done.stderr


SCHEMA = {
    "properties": {
        "related": {"type": "array", "items": {"type": "string", "x-reference": "page"}},
        "was": {"type": "string", "x-reference": "alias"},
        "picture": {"type": "string", "x-reference": "file"},
    }
}


def referring(folder: Path, files: Mapping[str, str]) -> Path:
    configured = {
        "hugo.toml": "",
        "vitdlint.toml": '[[schema]]\npages = "**"\nuse = "schema.json"\n',
        "schema.json": json.dumps(SCHEMA),
    }
    return site(folder, {**configured, **files})


def test_references_in_front_matter_follow_in_the_manner_they_were_written(tmp_path: Path) -> None:
    text = "---\nrelated: [old, /posts/old, 'posts/old', \"/posts/old/\", old.md,\n  /posts/b] # ours\n---\nold\n"
    folder = referring(tmp_path, {"content/posts/c.md": text})
    done = mv(folder, OLD, NEW)
    assert done.returncode == 0, done.stderr
    body = text.replace("old", "new", 5).replace("new\n---", "old\n---")
    assert (folder / "content/posts/c.md").read_text() == body
    assert "5 menu entries or references" in done.stdout


def test_a_reference_of_the_moved_page_that_would_name_nothing_is_rewritten(tmp_path: Path) -> None:
    folder = referring(tmp_path, {OLD: "---\nrelated: [b]\n---\nText.\n", "content/b.md": "Another.\n"})
    assert mv(folder, OLD, "content/notes/old.md").returncode == 0
    assert "related: [posts/b]" in (folder / "content/notes/old.md").read_text()


def test_a_reference_to_an_alias_or_to_a_file_of_the_bundle_goes_on_to_name_it(tmp_path: Path) -> None:
    bundle = "---\naliases: [/early/]\n---\nText.\n"
    text = "---\nwas: /early/\npicture: /posts/bundle/pic.png\n---\nText.\n"
    folder = referring(
        tmp_path,
        {
            "content/posts/bundle/index.md": bundle,
            "content/posts/bundle/pic.png": "x",
            "content/posts/c.md": text,
        },
    )
    assert mv(folder, "content/posts/bundle", "content/posts/packet").returncode == 0
    assert (folder / "content/posts/c.md").read_text() == text.replace("bundle", "packet")


def test_a_dry_run_shows_the_change_of_the_configuration(tmp_path: Path) -> None:
    folder = site(tmp_path, {"hugo.toml": '[[menus.main]]\npageRef = "/posts/old"\n'})
    done = mv(folder, OLD, NEW, "--dry-run")
    assert '+pageRef = "/posts/new"' in done.stdout
    assert (folder / "hugo.toml").read_text() == '[[menus.main]]\npageRef = "/posts/old"\n'

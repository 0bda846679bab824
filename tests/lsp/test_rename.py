"""Renames: a slug, a file, a heading, each with all that leads to it; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lsp import Client
from support.lsp_view import looked_at
from support.run import CLOCK, run, write

pytest.importorskip("pygls")

from vitdlint.lsp import rename  # after the skip

SUN = "content/posts/sun.md"
PAGES = {
    "hugo.toml": "",
    SUN: "---\ntitle: Sun\nslug: sun\n---\n\n## Light\n\n[here](#light)\n\n## Light\n\n[second](#light-1)\n",
    "content/posts/moon.md": '---\ntitle: Moon\n---\n\n[a](/posts/sun/#light) [b](/posts/sun/) [c]({{< ref "sun#light-1" >}})\n',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", PAGES)


def test_a_heading_takes_its_links_with_it_and_so_do_others_of_the_same_text(site: Path) -> None:
    view, offset = looked_at(site, SUN, PAGES[SUN].replace("## Light", "## Li|ght", 1))
    texts = rename.heading(view, offset, "Bright Light").texts
    assert texts[SUN] == PAGES[SUN].replace("## Light", "## Bright Light", 1).replace(
        "(#light)", "(#bright-light)"
    ).replace("(#light-1)", "(#light)")
    moon = "content/posts/moon.md"
    assert texts[moon] == PAGES[moon].replace("#light)", "#bright-light)").replace("#light-1", "#light")


@pytest.mark.parametrize("name", ["", "two\nlines", "   "])
def test_what_is_no_heading_is_refused(site: Path, name: str) -> None:
    view, offset = looked_at(site, SUN, PAGES[SUN].replace("## Light", "## Li|ght", 1))
    with pytest.raises(rename.RenameError):
        rename.heading(view, offset, name)


def test_a_slug_gets_an_alias_and_every_link_the_new_url(site: Path) -> None:
    view, _ = looked_at(site, SUN, f"|{PAGES[SUN]}")
    texts = rename.slug(view.state, SUN, "star").texts
    assert "slug: star" in texts[SUN]
    assert '"/posts/sun/"' in texts[SUN]
    assert "[a](/posts/star/#light) [b](/posts/star/)" in texts["content/posts/moon.md"]
    for wrong in ("", "a/b", "Not A Slug", "index"):
        with pytest.raises(rename.RenameError):
            rename.slug(view.state, SUN, wrong)


def test_a_file_that_the_editor_renames_changes_as_mv_does(site: Path) -> None:
    capabilities = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
    new = "content/posts/star.md"
    with Client(site, **capabilities) as client:
        client.settled()
        files = [{"oldUri": client.uri(SUN), "newUri": client.uri(new)}]
        edit = client.ask("workspace/willRenameFiles", {"files": files})
        changed = {c["textDocument"]["uri"]: c["edits"] for c in edit["documentChanges"]}
        assert set(changed) == {client.uri(SUN), client.uri("content/posts/moon.md")}
        nothing = {"files": [{"oldUri": client.uri("hugo.toml"), "newUri": client.uri("hugo2.toml")}]}
        assert client.ask("workspace/willRenameFiles", nothing) is None
    view, _ = looked_at(site, SUN, f"|{PAGES[SUN]}")
    plan = rename.file(view.state, SUN, new)
    assert plan.files == {SUN: new}
    assert run("mv", CLOCK, SUN, new, cwd=site).returncode == 0
    assert (site / new).read_text() == plan.texts[SUN]
    assert (site / "content/posts/moon.md").read_text() == plan.texts["content/posts/moon.md"]


def test_rename_through_the_protocol_and_its_refusals(site: Path) -> None:
    with Client(site) as client:
        client.open(SUN)
        client.settled()
        ready = client.at("prepareRename", SUN, 2, 7)
        assert ready == {"start": {"line": 2, "character": 6}, "end": {"line": 2, "character": 9}}
        assert client.at("prepareRename", SUN, 1, 3) is None
        edit = client.at("rename", SUN, 2, 7, newName="star")
        assert client.uri("content/posts/moon.md") in edit["changes"]
        where = {"textDocument": {"uri": client.uri(SUN)}, "position": {"line": 2, "character": 7}}
        answer = client.request("textDocument/rename", {**where, "newName": "a/b"})
        assert "is no slug" in answer["error"]["message"]
        client.settled()
        assert [m for m in client.messages if m["method"] == "window/logMessage"] == []


def test_a_term_through_the_protocol(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {"hugo.toml": "", SUN: "---\ntags: [big]\n---\n", "content/a.md": "---\ntags: Big\n---\n"},
    )
    with Client(site) as client:
        client.open(SUN)
        client.settled()
        assert client.at("prepareRename", SUN, 1, 8)["start"] == {"line": 1, "character": 7}
        changes = client.at("rename", SUN, 1, 8, newName="small")["changes"]
    assert {uri: [each["newText"] for each in edits] for uri, edits in changes.items()} == {
        client.uri(SUN): ["small"],
        client.uri("content/a.md"): ["small"],
    }


def test_a_configuration_that_is_not_saved_is_not_overwritten(tmp_path: Path) -> None:
    menu = '[[menus.main]]\nname = "S"\npageRef = "/posts/sun"\n'
    site = write(tmp_path / "site", {**PAGES, "hugo.toml": menu, SUN: "---\ntitle: Sun\n---\n\nText.\n"})
    files = {"oldUri": (site / SUN).as_uri(), "newUri": (site / "content/posts/star.md").as_uri()}
    with Client(site) as client:
        client.settled()
        edit = client.ask("workspace/willRenameFiles", {"files": [files]})
        assert client.uri("hugo.toml") in edit["changes"]
        client.open("hugo.toml", f"# more\n{menu}")
        assert client.ask("workspace/willRenameFiles", {"files": [files]}) is None
        said = [m["params"]["message"] for m in client.messages if m["method"] == "window/showMessage"]
        assert "hugo.toml changes too, and is not saved" in said[0]

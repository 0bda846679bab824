"""Folders and files that come, go and have several names: each site is served once, and nothing of one that is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.lsp import Client
from support.run import write

pytest.importorskip("pygls")

PAGE = "content/a.md"
TEXT = "---\ntitle: A\n---\n\n[x](/none/)\n"
FINE = "---\ntitle: A\n---\n\nText.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        write(tmp_path / "w" / name, {"hugo.toml": "", PAGE: TEXT})
    return tmp_path / "w"


def change(client: Client, folder: Path, what: str) -> None:
    event: dict[str, Any] = {"added": [], "removed": []}
    event[what] = [{"uri": folder.as_uri(), "name": folder.name}]
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})


def news(client: Client, path: Path) -> None:
    changes = [{"uri": path.as_uri(), "type": 1}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})


def test_a_folder_that_is_removed_takes_its_findings_along(folder: Path) -> None:
    two = f"{(folder / 'two' / PAGE).as_uri()}"
    with Client(folder / "one") as client:
        for _ in range(2):
            change(client, folder / "two", "added")
            client.settled()
            assert [d["code"] for d in client.diagnostics[two]] == ["dead-link"]
            change(client, folder / "two", "removed")
            client.until(lambda _: True if not client.diagnostics[two] else None)
            assert client.names(PAGE) == ["dead-link"]
        change(client, folder / "two", "added")
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": two, "languageId": "markdown", "version": 1, "text": FINE}},
        )
        client.settled()
        change(client, folder / "two", "removed")
        changed = {"textDocument": {"uri": two, "version": 2}, "contentChanges": [{"text": TEXT}]}
        client.notify("textDocument/didChange", changed)
        client.settled()
        assert [d["code"] for d in client.diagnostics[two]] == ["dead-link"]  # it is open yet
        client.notify("textDocument/didClose", {"textDocument": {"uri": two}})
        client.until(lambda _: True if not client.diagnostics[two] else None)


def test_a_site_that_is_made_in_the_workspace_is_checked(tmp_path: Path) -> None:
    root = write(tmp_path / "w", {PAGE: TEXT})
    with Client(root) as client:
        client.settled()
        assert client.names(PAGE) == []
        write(root, {"hugo.toml": ""})
        news(client, root / "hugo.toml")
        client.settled()
        assert client.names(PAGE) == ["dead-link"]


def test_an_editor_that_never_answers_is_served(folder: Path) -> None:
    root = folder / "one"
    said = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    with Client(root) as client:
        client.end()
    with Client(root, start=False) as client:
        client.initialize(**said)
        send, client.send = client.send, lambda message: None if "result" in message else send(message)  # type: ignore[method-assign]
        client.settled()
        assert client.names(PAGE) == ["dead-link"]


@pytest.mark.parametrize("first", [True, False])
def test_a_file_that_is_open_under_two_names_is_open_until_both_are_closed(folder: Path, first: bool) -> None:
    (folder / "link").symlink_to(folder / "one")
    uris = [(folder / name / PAGE).as_uri() for name in ("one", "link")]
    with Client(folder / "one") as client:
        for uri in uris:
            document = {"uri": uri, "languageId": "markdown", "version": 1, "text": FINE}
            client.notify("textDocument/didOpen", {"textDocument": document})
        client.settled()
        client.notify("textDocument/didClose", {"textDocument": {"uri": uris.pop(first)}})
        client.settled()
        assert not any(client.diagnostics.values())
        client.notify("textDocument/didClose", {"textDocument": {"uri": uris.pop()}})
        client.settled()
        assert [[d["code"] for d in found] for found in client.diagnostics.values() if found] == [
            ["dead-link"]
        ]


def test_a_page_in_a_content_folder_that_is_a_link_is_that_page(tmp_path: Path) -> None:
    write(tmp_path / "pages", {"a.md": FINE, "b/c.md": FINE})
    root = write(tmp_path / "w", {"hugo.toml": ""})
    (root / "content").symlink_to(tmp_path / "pages")
    with Client(root) as client:
        client.open(PAGE, TEXT)
        client.open("content/b/c.md", TEXT)
        client.settled()
        assert client.names(PAGE) == client.names("content/b/c.md") == ["dead-link"]


def test_names_that_no_file_can_have_are_no_error(folder: Path) -> None:
    with Client(folder / "one") as client:
        long = "x" * 5000
        for uri in (
            f"file:///{long}/content/a.md",
            "file:///no/such/content/a.md",
            "file:///%ff/content/a.md",
            "untitled:1",
            "",
        ):
            document = {"uri": uri, "languageId": "markdown", "version": 1, "text": TEXT}
            client.notify("textDocument/didOpen", {"textDocument": document})
            where = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 6}}
            assert client.ask("textDocument/hover", where) is None
            assert (
                client.ask("workspace/willRenameFiles", {"files": [{"oldUri": uri, "newUri": uri}]}) is None
            )
        client.settled()
        said = [m for m in client.messages if m["method"] in ("window/showMessage", "window/logMessage")]
        assert said == []

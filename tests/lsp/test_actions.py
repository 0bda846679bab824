"""Code actions give the bytes that the command line writes; and how the protocol is kept when things go wrong."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import Any

import pytest
from support.lsp import Client
from support.run import CLOCK, NOW, names, run, write

pytest.importorskip("pygls")

from vitdlint.lsp.actions import edit_of  # after the skip
from vitdlint.lsp.documents import Document
from vitdlint.lsp.engine import Engine
from vitdlint.lsp.resident import Resident
from vitdlint.lsp.serve import server_of
from vitdlint.lsp.server import Server
from vitdlint.lsp.text import Text

PAGE = "content/posts/moon.md"
TEXT = (
    "---\ntitle: 'Moon  and  more'\n---\n\n[old](/old/) \U0001f319 [old](/old/) [none](/none/)\n\n"
    "<a href='www.example.org/a'>x</a> [y](www.example.org/b)\n"
)
EDITS = {
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}}},
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n",
        "content/posts/sun.md": "---\ntitle: Sun\naliases: [/old/]\n---\n\nText of the sun.\n",
        PAGE: TEXT,
    }
    return write(tmp_path / "site", pages)


def actions(client: Client, line: int, character: int) -> list[dict[str, Any]]:
    place = {"line": line, "character": character}
    found: list[dict[str, Any]] = client.ask(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": client.uri(PAGE)},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": client.diagnostics.get(PAGE, [])},
        },
    )
    return found


def after(text: str, edit: dict[str, Any]) -> str:
    """A text with an edit of the workspace, in UTF-16 units."""
    changes = (
        edit["documentChanges"][0]["edits"]
        if "documentChanges" in edit
        else next(iter(edit["changes"].values()))
    )
    for change in changes:
        lines = text.split("\n")

        def offset(at: dict[str, int], lines: list[str] = lines) -> int:
            line = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]].decode("utf-16-le")
            return sum(len(each) + 1 for each in lines[: at["line"]]) + len(line)

        start, end = offset(change["range"]["start"]), offset(change["range"]["end"])
        text = text[:start] + change["newText"] + text[end:]
    return text


def test_fixing_all_gives_the_bytes_of_the_command_line(site: Path) -> None:
    with Client(site, **EDITS) as client:
        client.open(PAGE)
        client.settled()
        offered = {a["title"]: a for a in actions(client, 4, 8)}
        resolved = client.ask("codeAction/resolve", offered["Fix all that is safe in this file"])
        got = after(TEXT, resolved["edit"])
        assert (site / PAGE).read_text() == TEXT  # nothing is written here
    run("check", CLOCK, "--fix", PAGE, cwd=site)
    assert (site / PAGE).read_text() == got != TEXT


def test_one_fix_one_rule_and_a_suppression(site: Path) -> None:
    with Client(site) as client:  # neither versions nor resolving
        client.open(PAGE)
        client.settled()
        offered = {a["title"]: a for a in actions(client, 4, 8)}
        fix = next(a for a in offered.values() if a.get("isPreferred"))
        assert after(TEXT, fix["edit"]) == TEXT.replace("(/old/)", "(/posts/sun/)", 1)
        everywhere = offered["Fix all link-to-alias in this file"]
        assert after(TEXT, everywhere["edit"]) == TEXT.replace("(/old/)", "(/posts/sun/)")
        suppress = offered["Suppress link-to-alias here"]
        text = after(TEXT, suppress["edit"])
        assert "vitdlint-disable-line link-to-alias: write the reason here -->" in text
        client.change(PAGE, text, 2)
        client.settled()
        assert "link-to-alias" not in client.names(PAGE)


def test_unsafe_fixes_are_marked_and_not_preferred(site: Path) -> None:
    text = "---\ntitle: Moon\n---\n\n[cut](http://dx.doi. org/10.1000/182) here.\n"
    with Client(site) as client:
        client.open(PAGE, text)
        client.settled()
        found = [d for d in client.diagnostics[PAGE] if d["code"] == "broken-url"]
        where = found[0]["range"]["start"]
        offered = [a for a in actions(client, where["line"], where["character"]) if "unsafe" in a["title"]]
        assert offered
        assert not any(a["isPreferred"] for a in offered)


NONSENSE = [
    b"Content-Length: 5\r\n\r\n{nope",
    b"Content-Length: 2\r\n\r\n[]",
    b"Content-Length: 4\r\n\r\nnull",
    b"no header at all\r\n",
    b'Content-Length: 38\r\n\r\n{"jsonrpc":"2.0","id":90,"method":"a"}',
    b'Content-Length: 17\r\n\r\n{"jsonrpc":"1.0"}',
]


def test_nonsense_gets_errors_and_the_server_lives(site: Path) -> None:
    with Client(site) as client:
        client.open(PAGE)
        for data in NONSENSE:
            client.raw(data)
        unknown = client.until(lambda message: message if message.get("id") == 90 else None)
        assert unknown["error"]["code"] == -32601
        assert client.request("textDocument/nothing", {})["error"]["code"] == -32601
        assert client.request("textDocument/hover", {"textDocument": 5})["error"]["code"] in (
            -32602,
            -32603,
            -32600,
        )
        assert client.at("hover", PAGE, 10**6, 10**6) is None
        assert client.at("hover", PAGE, 0, 2**31 - 1) is None
        client.send({"method": "textDocument/didChange", "params": {"textDocument": {}}})
        client.change("content/posts/never-opened.md", "text", 7)
        client.close("content/posts/never-opened.md")
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": "untitled:1", "languageId": "x", "version": 1, "text": "y"}},
        )
        client.notify("$/cancelRequest", {"id": 4711})
        client.change(PAGE, "---\ntitle: \ud800 half\n---\n\n[x](/none/)\n", 2)
        client.settled()
        assert "dead-link" in client.names(PAGE)
        assert client.end() == 0


def test_kill_loses_nothing(site: Path) -> None:
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}
    for moment in range(4):
        client = Client(site)
        with client:
            client.open(PAGE)
            if moment:
                client.change(PAGE, f"{TEXT}\n[x](/{moment}/)\n", 2)
            if moment > 1:
                client.settled()
            os.kill(client.pid, signal.SIGKILL)
    assert {p: p.read_bytes() for p in site.rglob("*") if p.is_file()} == before
    with Client(site) as client:
        client.open(PAGE)
        client.settled()
        assert "dead-link" in client.names(PAGE)


def test_on_a_socket_it_serves_the_same_and_ends_with_its_editor(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Client(site, port=port) as client:
        client.open(PAGE)
        client.settled()
        assert "dead-link" in client.names(PAGE)
        other = next(address for *_, address in socket.getaddrinfo(socket.gethostname(), port))
        if not str(other[0]).startswith(("127.", "::1")):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection(other[:2], timeout=5)
        assert client.end() == 0
    done = run("lsp", "--port", "0", cwd=site)
    assert done.returncode == 2


def test_it_ends_with_the_editor(site: Path) -> None:
    with Client(site) as client:
        client.settled()
        assert client.end() == 0
    with Client(site) as client:
        client.raw(b"")
        assert client._process.stdin is not None
        client._process.stdin.close()
        client._process.wait(20)


def test_a_finding_is_added_to_the_baseline_through_the_editor_alone(site: Path) -> None:
    write(site, {"vitdlint.toml": 'baseline = "known.json"\n'})
    (site / PAGE).write_text("---\ntitle: Moon\n---\n\nText of the moon, and more of it.\n")
    assert run("check", CLOCK, "--update-baseline", cwd=site).returncode == 0
    before = (site / "known.json").read_text()
    (site / PAGE).write_text(TEXT)
    with Client(site, **EDITS) as client:
        client.open(PAGE)
        client.settled()
        found = client.names(PAGE)
        assert found.count("dead-link") == 1
        title = "Add this dead-link to the baseline"
        where = next(d for d in client.diagnostics[PAGE] if d["code"] == "dead-link")["range"]["start"]
        offered = {a["title"]: a for a in actions(client, where["line"], where["character"])}
        edit = client.ask("codeAction/resolve", offered[title])["edit"]
        assert [c["textDocument"]["uri"] for c in edit["documentChanges"]] == [client.uri("known.json")]
        assert (site / "known.json").read_text() == before  # nothing is written here
        client.save("known.json", after(before, edit))
        client.settled()
        assert sorted(client.names(PAGE)) == sorted(name for name in found if name != "dead-link")
    assert "dead-link" not in names(run("check", CLOCK, "--output-format", "json", cwd=site))


def test_without_a_baseline_nothing_can_be_added_to_it(site: Path) -> None:
    with Client(site, **EDITS) as client:
        client.open(PAGE)
        client.settled()
        assert [a["title"] for a in actions(client, 4, 8) if "baseline" in a["title"]] == []


@pytest.mark.parametrize("capabilities", [EDITS, {}])
@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("unclosed-fence", "---\ntitle: Moon\n---\n\n```\n[x](/none/)\n"),  # the comment would be code
        ("front-matter-schema", '{\n"title": "Moon",\n"a": 1,\n"b": 2,\n"draft": "no"\n}\n'),  # JSON has none
    ],
)
def test_what_no_comment_can_suppress_is_not_offered(
    site: Path, rule: str, text: str, capabilities: dict[str, Any]
) -> None:
    with Client(site, **capabilities) as client:
        client.open(PAGE, text)
        client.settled()
        found = [d for d in client.diagnostics[PAGE] if d["code"] == rule]
        assert found, client.names(PAGE)
        start = found[0]["range"]["start"]
        titles = [a["title"] for a in actions(client, start["line"], start["character"])]

        assert f"Suppress {rule} here" not in titles


def test_an_edit_never_takes_back_what_is_typed_on_another_page(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Sun\n---\n\nText.\n"
    server = server_of()
    monkeypatch.setattr(Server, "can", lambda *_: True)
    engine = Engine(site, clock=NOW)
    state = engine.check({PAGE: text})
    for typed, changes in ((text, 1), (f"{text}More.\n", 0)):
        resident = Resident(engine, lambda _: None, polls=False)
        uri = (site / PAGE).as_uri()
        server.documents.put(Document(uri, site, PAGE, 1, Text(typed), resident))
        edit = edit_of(server, site, state, {PAGE: text.replace("Sun", "Star")})
        assert len(edit.document_changes or ()) == changes

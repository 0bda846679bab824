"""Findings in an editor: the same as the command line's, on texts that are not saved, on all pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from support.lsp import Client
from support.run import CLOCK, report, run, write

from vitdlint.core.model import Diagnostic
from vitdlint.lsp.engine import Engine

pytest.importorskip("pygls")

PAGES = {
    "hugo.toml": "",
    "content/posts/sun.md": "---\ntitle: Sun\n---\n\n## Light\n\nText.\n",
    "content/posts/moon.md": "---\ntitle: Moon\n---\n\n[light](/posts/sun/#light) [none](/posts/nowhere/)\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", PAGES)


def places(diagnostics: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(d["code"], d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in diagnostics]


def test_an_open_page_and_the_others_are_reported_as_the_command_line_does(site: Path) -> None:
    with Client(site) as client:
        client.open("content/posts/moon.md")
        client.settled()
        done = report(run("check", CLOCK, "--output-format", "json", cwd=site))
        assert [
            (d["code"], d["range"]["start"]["line"] + 1) for d in client.diagnostics["content/posts/moon.md"]
        ] == [(d["name"], d["line"]) for d in done["diagnostics"]]
        assert client.end() == 0


def test_an_edit_updates_the_pages_that_it_breaks(site: Path) -> None:
    with Client(site) as client:
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]
        client.open("content/posts/sun.md")
        client.change("content/posts/sun.md", PAGES["content/posts/sun.md"].replace("Light", "Dark"), 2)
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-fragment", "dead-link"]
        client.close("content/posts/sun.md")  # not saved: the file counts
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]


def test_front_matter_and_new_pages_count_before_they_are_saved(site: Path) -> None:
    with Client(site) as client:
        client.open("content/posts/sun.md")
        client.change("content/posts/sun.md", "---\ntitle: Sun\nslug: star\n---\n\n## Light\n", 2)
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link", "dead-link"]
        client.open("content/posts/nowhere.md", "---\ntitle: Nowhere\n---\n\nNow here.\n")
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]


def test_a_suppression_and_the_baseline_hold(site: Path) -> None:
    write(site, {"vitdlint.toml": 'baseline = "known.json"\n'})
    assert run("check", CLOCK, "--update-baseline", cwd=site).returncode == 0
    with Client(site) as client:
        client.settled()
        assert client.names("content/posts/moon.md") == []
        text = PAGES["content/posts/moon.md"]
        client.open("content/posts/moon.md")
        client.change("content/posts/moon.md", f"{text}\n[more](/more/)\n", 2)
        client.settled()
        assert places(client.diagnostics["content/posts/moon.md"]) == [("dead-link", 6, 7)]
        comment = "<!-- vitdlint-disable-next-line dead-link: it comes -->\n"
        client.change("content/posts/moon.md", f"{text}\n{comment}[more](/more/)\n", 3)
        client.settled()
        assert client.names("content/posts/moon.md") == []


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 13), ("utf-16", 11), ("utf-32", 10)])
def test_positions_are_counted_as_was_agreed(site: Path, encoding: str, column: int) -> None:
    with Client(site, general={"positionEncodings": [encoding]}) as client:
        assert client.capabilities["positionEncoding"] == encoding
        client.open("content/posts/moon.md", "---\ntitle: Moon\n---\n\nAn \U0001f319. [x](/no/)\n")
        client.settled()
        assert places(client.diagnostics["content/posts/moon.md"]) == [("dead-link", 4, column)]


def test_what_changes_on_disk_counts(site: Path) -> None:
    with Client(site, workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}}) as client:
        client.settled()
        assert any(m["method"] == "client/registerCapability" for m in client.messages)
        write(site, {"content/posts/nowhere.md": "---\ntitle: Nowhere\n---\n\nNow here.\n"})
        client.notify(
            "workspace/didChangeWatchedFiles",
            {"changes": [{"uri": client.uri("content/posts/nowhere.md"), "type": 1}]},
        )
        client.settled()
        assert client.names("content/posts/moon.md") == []
        write(site, {"vitdlint.toml": 'select = ["empty-page"]\n'})
        client.notify("workspace/didChangeWatchedFiles", {"changes": []})
        write(site, {"content/posts/moon.md": "---\ntitle: Moon\n---\n"})
        client.notify("workspace/didChangeWatchedFiles", {"changes": []})
        client.settled()
        assert client.names("content/posts/moon.md") == ["empty-page"]


def test_without_watching_the_server_looks_at_the_disk_by_itself(site: Path) -> None:
    with Client(site) as client:
        client.settled()
        write(site, {"content/posts/nowhere.md": "---\ntitle: Nowhere\n---\n\nNow here.\n"})
        assert client.published("content/posts/moon.md") == []


def test_a_wrong_configuration_is_said_and_waited_for(site: Path) -> None:
    write(site, {"vitdlint.toml": "selct = []\n"})
    with Client(site) as client:
        message = client.until(
            lambda m: m["params"]["message"] if m.get("method") == "window/showMessage" else None
        )
        assert "selct" in message
        write(site, {"vitdlint.toml": ""})
        client.open("content/posts/moon.md")
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]


def test_a_client_that_pulls_gets_the_same_and_nothing_twice(site: Path) -> None:
    with Client(site, textDocument={"diagnostic": {}}) as client:
        client.open("content/posts/moon.md")
        answer = client.ask(
            "textDocument/diagnostic", {"textDocument": {"uri": client.uri("content/posts/moon.md")}}
        )
        assert [d["code"] for d in answer["items"]] == ["dead-link"]
        client.settled()
        assert client.names("content/posts/moon.md") == []


def test_what_was_sent_about_a_file_is_taken_back_when_a_client_that_pulls_opens_it(site: Path) -> None:
    with Client(site, textDocument={"diagnostic": {}}) as client:
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]
        client.open("content/posts/moon.md")
        client.settled()
        assert client.names("content/posts/moon.md") == []
        client.close("content/posts/moon.md")
        client.settled()
        assert client.names("content/posts/moon.md") == ["dead-link"]


def test_a_client_that_pulls_all_pages_is_answered_what_is_new_and_sent_nothing(site: Path) -> None:
    moon, nowhere = "content/posts/moon.md", "content/posts/nowhere.md"

    def pulled(client: Client, known: dict[str, str]) -> dict[str, list[str] | None]:
        previous = [{"uri": uri, "value": value} for uri, value in known.items()]
        answer = client.ask("workspace/diagnostic", {"previousResultIds": previous})
        known |= {each["uri"]: each["resultId"] for each in answer["items"]}
        return {
            each["uri"].removeprefix(client.uri("") + "/"): [d["code"] for d in each["items"]]
            if each["kind"] == "full"
            else None
            for each in answer["items"]
        }

    with Client(site, textDocument={"diagnostic": {}}) as client:
        assert client.capabilities["diagnosticProvider"]["workspaceDiagnostics"]
        client.settled()
        known: dict[str, str] = {}
        assert pulled(client, known) == {moon: ["dead-link"]}
        client.settled()
        assert client.names(moon) == []
        assert pulled(client, known) == {moon: None}
        client.open(nowhere, "---\ntitle: Nowhere\n---\n\nNow here. [x](/x/)\n")
        assert pulled(client, known) == {moon: [], nowhere: ["dead-link"]}
        assert pulled(client, known) == {moon: None, nowhere: None}
        client.close(nowhere)
        assert pulled(client, known) == {moon: ["dead-link"], nowhere: []}
        assert pulled(client, known) == {moon: None}, "nothing is kept of a file that is gone"
        client.settled()
        assert client.diagnostics.get(moon, []) == client.diagnostics.get(nowhere, []) == []


def test_several_sites_in_one_workspace(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / "all" / name, PAGES)
    with Client(tmp_path / "all") as client:
        client.settled()
        assert (
            client.names("a/content/posts/moon.md")
            == client.names("b/content/posts/moon.md")
            == ["dead-link"]
        )


def test_no_plug_in_runs_unless_the_workspace_is_trusted(site: Path) -> None:
    write(
        site, {"vitdlint.toml": 'plugins = ["own.py"]\n', "own.py": "open('ran', 'w').close()\nRULES = ()\n"}
    )
    with Client(site) as client:
        client.settled()
        assert not (site / "ran").exists()
    with Client(site, options={"trusted": True}) as client:
        client.settled()
        assert (site / "ran").exists()


def test_a_file_that_was_renamed_while_both_names_are_open_is_there_once(site: Path) -> None:
    moon, earth = "content/posts/moon.md", "content/posts/earth.md"
    for watches in ({}, {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}):
        write(site, PAGES)
        with Client(site, **watches) as client:
            client.open(moon)
            client.settled()
            (site / moon).rename(site / earth)
            client.open(earth, PAGES[moon].replace("title", "aliases: [/posts/moon/]\ntitle"))
            client.close(moon)
            client.settled()
            assert client.names(earth) == ["dead-link"]
            assert client.names(moon) == []
        (site / earth).unlink()


def test_a_new_page_that_was_saved_and_closed_stays(site: Path) -> None:
    moon, nowhere = "content/posts/moon.md", "content/posts/nowhere.md"
    text = "---\ntitle: Nowhere\n---\n\nNow here.\n"
    with Client(site, workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}}) as client:
        client.open(nowhere, text)
        client.settled()
        client.save(nowhere, text)
        client.close(nowhere)
        client.settled()
        client.open(moon)
        client.change(moon, PAGES[moon].replace("title: Moon", "title: The Moon"), 2)
        client.settled()
        assert client.names(moon) == []


def test_an_open_page_of_a_large_site_is_answered_before_the_rest_is_checked(tmp_path: Path) -> None:
    pages = {f"content/p{n}.md": f"---\ntitle: P{n}\n---\n\n[x](/p{n + 1}/)\n" for n in range(1200)}
    site = write(tmp_path / "site", {"hugo.toml": "", **pages})
    refresh = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    page, text = "content/p7.md", "---\ntitle: P7\n---\n\n[x](/none/) [y]()\n"
    asked = {"textDocument": {"uri": (site / page).as_uri()}}
    with Client(site, **refresh) as client:
        client.open(page, text)
        client.send({"id": 901, "method": "vitdlint/settled", "params": {}})
        client.send({"id": 902, "method": "textDocument/diagnostic", "params": asked})
        first = client.until(lambda message: message if message.get("id") in (901, 902) else None)
        assert (first["id"], [d["code"] for d in first["result"]["items"]]) == (902, ["empty-href"])
        client.until(
            lambda message: message if message.get("method") == "workspace/diagnostic/refresh" else None
        )
        whole = client.ask("textDocument/diagnostic", asked)
        assert [d["code"] for d in whole["items"]] == ["dead-link", "empty-href"]
    with Client(site, textDocument={"diagnostic": {}}) as client:  # cannot be told to ask again
        client.open(page, text)
        whole = client.ask("textDocument/diagnostic", asked)
        assert [d["code"] for d in whole["items"]] == ["dead-link", "empty-href"]


def test_a_glance_after_an_edit_of_front_matter_keeps_what_rules_about_the_site_said(tmp_path: Path) -> None:
    text = "---\ntitle: A\naliases: [/old/]\n---\n\n[x](/none/) [y]()\n"
    site = write(tmp_path, {"hugo.toml": "", "content/a.md": text.replace("A", "B"), "content/b.md": text})
    engine = Engine(site)
    engine.check({})

    def names(found: Iterable[Diagnostic]) -> list[tuple[str, int, int]]:
        return [(d.name, d.place.line, d.place.column) for d in found]

    for old, new in (
        ("title: A", "draft: false\ntitle: Another"),
        ("[x]", "**bold**\n\n[x]"),
        ("title: Another", "title: A"),
    ):
        text = text.replace(old, new)
        at_once = names(engine.glance("content/b.md", text))
        after = engine.follow({"content/b.md": text})
        assert after is not None
        assert at_once == names(after.found["content/b.md"])
        assert ("alias-collision", text[: text.index("/old/")].count("\n") + 1, 11) in at_once
    assert "alias-collision" not in str(names(engine.glance("content/b.md", text.replace("/old/", "/new/"))))

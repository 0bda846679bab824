"""A server that runs for a day holds no more than one that has just begun."""

from __future__ import annotations

import asyncio
import functools
import gc
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from support.edits import edits_of
from support.run import NOW, write

from vitdlint.lsp import asked
from vitdlint.lsp.engine import Engine
from vitdlint.lsp.serve import server_of
from vitdlint.page.page import Facts

PAGE = "content/posts/p1.md"
SITE = {
    "hugo.toml": "",
    **{
        f"content/posts/p{n}.md": f"---\ntitle: {n}\ntags: [sun]\n---\n\n## H0\n\n[x](/posts/p{n + 1}/#h0)\n"
        for n in range(30)
    },
}
BOUND = 1 << 12
"""Entries that a cache may have: those are no growth."""


def facts_alive() -> int:
    gc.collect()
    return sum(type(each) is Facts for each in gc.get_objects())


def blocks() -> int:
    """Pieces of memory in use, but for what is in caches that are bounded."""
    for each in gc.get_objects():
        if (
            isinstance(each, functools._lru_cache_wrapper)
            and (each.cache_info().maxsize or BOUND + 1) <= BOUND
        ):
            each.cache_clear()
    gc.collect()
    return sys.getallocatedblocks()


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    engine = Engine(write(tmp_path / "site", SITE), clock=NOW)
    engine.check({})
    return engine


def test_edits_leave_nothing_behind(engine: Engine) -> None:
    counts = []
    for number in range(60):
        text = f"{SITE[PAGE]}\n## More {number}\n\n[x](/none/{number}/)\n"
        if number % 20 == 19:
            engine.check({PAGE: text.replace("title: 1", f"title: so {number}")})
        elif engine.follow({PAGE: text}) is None:
            engine.check({PAGE: text})
        counts.append(facts_alive())
    assert max(counts[30:]) <= max(counts[:10]) + 2, counts


@pytest.mark.parametrize("kind", edits_of(""))
def test_no_cache_grows_with_the_edits(engine: Engine, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "ASKED", 20)
    edit = edits_of(SITE[PAGE])[kind]

    def edited(numbers: range) -> int:
        for number in numbers:
            assert engine.follow({PAGE: edit(number)}) is not None or engine.check({PAGE: edit(number)})
        engine.follow({PAGE: SITE[PAGE]})
        return blocks()

    before = edited(range(1000, 1100))
    assert edited(range(2000, 2300)) - before < 200


def test_what_one_edit_asks_for_is_kept_for_the_next(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "ASKED", 20)
    page = SITE[PAGE] + "".join(f"[x](/none/number-{number}/) " for number in range(60))
    state = engine.follow({PAGE: page})
    assert state is not None
    kept = []
    for number in range(8):
        state = engine.follow({PAGE: f"{page}\n\nMore {number}.\n"})
        assert state is not None
        kept.append(len(state.site.addresses.candidates.asked))
    assert min(kept[2:]) >= 60, kept


def test_pages_that_come_and_go_leave_nothing_behind(engine: Engine) -> None:
    def edited(numbers: range) -> int:
        for number in numbers:
            engine.check(
                {f"content/posts/new-{number}.md": f"---\ntitle: New {number}\n---\n\n[x](/n{number}/)\n"}
            )
        engine.check({})
        return blocks()

    before = edited(range(100, 110))
    assert edited(range(200, 250)) - before < 200


def test_nothing_is_kept_of_a_message(tmp_path: Path) -> None:
    server, numbers = server_of(), itertools.count(2)

    class Nowhere:
        def write(self, data: bytes) -> None:
            pass

        def close(self) -> None:
            pass

    def say(method: str, params: Any, **more: Any) -> None:
        message = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more})
        server.protocol.handle_message(json.loads(message, object_hook=server.protocol.structure_message))

    async def said(count: int) -> int:
        for number in range(count):
            uri = (tmp_path / f"{next(numbers)}.md").as_uri()
            document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "text"}
            say("textDocument/didOpen", {"textDocument": document})
            change = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": f"{number}"}]}
            say("textDocument/didChange", change)
            position = {"line": 0, "character": 0}
            say("textDocument/hover", {"textDocument": {"uri": uri}, "position": position}, id=next(numbers))
            say("vitdlint/settled", {}, id=f"{next(numbers)}")
            say("textDocument/didClose", {"textDocument": {"uri": uri}})
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        return blocks()

    async def growth() -> int:
        say("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, id=1)
        before = await said(50)
        return await said(200) - before

    server.protocol.set_writer(Nowhere())
    assert asyncio.run(growth()) < 200

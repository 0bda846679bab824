"""A server that runs for a day holds no more than one that has just begun."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from support.run import NOW, write

from vitdlint.lsp.engine import Engine
from vitdlint.page.page import Facts


def facts_alive() -> int:
    gc.collect()
    return sum(type(each) is Facts for each in gc.get_objects())


def test_edits_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = "content/posts/p1.md"
    pages = {
        f"content/posts/p{n}.md": f"---\ntitle: {n}\n---\n\n## H\n\n[x](/posts/p{n + 1}/#h)\n"
        for n in range(30)
    }
    engine = Engine(write(tmp_path / "site", {"hugo.toml": "", **pages}), clock=NOW)
    engine.check({})
    counts = []
    for number in range(60):
        text = f"{pages[page]}\n## More {number}\n\n[x](/none/{number}/)\n"
        if number % 20 == 19:
            engine.check({page: text.replace("title: 1", f"title: so {number}")})
        elif engine.follow({page: text}) is None:
            engine.check({page: text})
        counts.append(facts_alive())
    assert max(counts[30:]) <= max(counts[:10]) + 2, counts

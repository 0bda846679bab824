"""Proxies: only where the configuration says so, and never for local names."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.local_hosts import QUICK, World

from vitdlint.external.answer import Kind
from vitdlint.external.fetch.address import public


def test_a_proxy_of_the_environment_is_used_only_when_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        async with World() as world:
            monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{world.port}")
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{world.port}")
            monkeypatch.setenv("no_proxy", f"direct.example:{world.port}")
            through = [
                "http://far.example/page",
                "http://10.0.0.5/",
                "http://printer/",
                "http://inside.local/",
            ]
            config = QUICK._replace(proxy="environment")
            urls = [*through, world.url("direct.example/page")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config)
            assert [outcome.answers[u].kind for u in urls] == [Kind.OK, *[Kind.INVALID] * 3, Kind.OK]
            assert sorted((r.host, r.path) for r in world.log) == [
                ("direct.example", "/page"),
                ("far.example", "http://far.example/page"),
            ]
            assert world.looked_up == ["direct.example"], "the proxy resolves the rest"
            world.log.clear()
            await world.refresh(tmp_path / "t.txt", ["http://far.example/page"], QUICK, allow=public)
            assert world.log == [], "the environment alone changes nothing"

    asyncio.run(run())

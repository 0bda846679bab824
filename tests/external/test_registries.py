"""Registries before pages: DOIs by the handle API, ids of PubMed and PubMed Central in batches, copies in the archive."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from support.local_hosts import NOW, QUICK, Request, World, endpoints, status

from vitdlint.external.answer import Answer, Kind
from vitdlint.external.doi import doi_of
from vitdlint.external.fetch.store import read
from vitdlint.external.fetch.wayback import look_up
from vitdlint.external.registry import doi_request, pmc_of, pubmed_of
from vitdlint.external.settings import LinksConfig


def handle(code: int) -> str:
    return json.dumps({"responseCode": code, "handle": "10.5555/x"})


def fast(world: World, **more: object) -> LinksConfig:
    from vitdlint.external.settings import HostSettings

    config = QUICK._replace(endpoints=endpoints(world), hosts={"registry.test": HostSettings(interval=0)})
    return config._replace(**more)


def test_only_a_404_that_says_100_is_a_doi_that_does_not_exist(tmp_path: Path) -> None:
    replies = {
        "10.5555/fine": (status(200, handle(1), Content_Type="application/json"), Kind.OK),
        "10.5555/no-url": (status(200, handle(200)), Kind.OK),
        "10.5555/gone": (status(404, handle(100)), Kind.GONE),
        "10.5555/page-404": (status(404, "<h1>Not found</h1>"), Kind.NOT_CHECKED),
        "10.5555/other-404": (status(404, handle(2)), Kind.NOT_CHECKED),
        "10.5555/trouble": (status(500, handle(2)), Kind.NOT_CHECKED),
        "10.5555/wall": (status(403, "no"), Kind.NOT_CHECKED),
        "10.5555/rubbish": (status(200, "[" * 5000), Kind.NOT_CHECKED),
        "10.1890/1051-0761(1997)007[1226:ITICBM]2.0.CO;2": (status(200, handle(1)), Kind.OK),
    }

    async def run() -> None:
        async with World() as world:
            for doi, (behaviour, _) in replies.items():
                asked = doi_request("/api/handles/", doi).replace(" ", "%20")
                world.pages["registry.test" + asked] = behaviour
            urls = {doi: f"https://doi.org/{doi}" for doi in replies}
            outcome = await world.refresh(tmp_path / "s.txt", list(urls.values()), fast(world))
            found = {doi: outcome.answers[url].kind for doi, url in urls.items()}
            assert found == {doi: kind for doi, (_, kind) in replies.items()}
            assert {r.host for r in world.log} == {"registry.test"}, (
                "no page of doi.org or a publisher is asked"
            )
            records = read(tmp_path / "s.txt", QUICK, NOW).records
            assert len(records) == 4, "no verdict leaves no trace"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.5555/abc", "10.5555/abc"),
        ("http://dx.doi.org/10.5555/ABC", "10.5555/ABC"),
        ("https://doi.org/10.1002/%28SICI%291097%3C1%3A%3A1%3E3.0", "10.1002/(SICI)1097<1::1>3.0"),
        ("https://doi.org/10.5555/a%252Fb", "10.5555/a%2Fb"),
        ("https://doi.org/10.5555/a?x=y", None),
        ("https://doi.org/the-identifier", None),
        ("https://example.org/10.5555/abc", None),
    ],
)
def test_a_doi_is_read_out_of_its_link(url: str, doi: str | None) -> None:
    assert doi_of(url) == doi
    if doi is not None:
        assert urlsplit(doi_request("https://doi.org/api/handles/", doi)).query == "type=URL"


@pytest.mark.parametrize(
    ("url", "pubmed", "pmc"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", "12345", None),
        ("http://www.ncbi.nlm.nih.gov/pubmed/12345", "12345", None),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC12/", None, "PMC12"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc12", None, "PMC12"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC12/figure/f1/", None, None),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=vitamin", None, None),
    ],
)
def test_ids_of_ncbi_are_read_out_of_their_links(url: str, pubmed: str | None, pmc: str | None) -> None:
    assert (pubmed_of(url), pmc_of(url)) == (pubmed, pmc)


class Ncbi:
    """A registry that knows even ids below a thousand, and nothing of ids that end in 7."""

    def __init__(self) -> None:
        self.batches: list[Mapping[str, list[str]]] = []

    async def pubmed(self, request: Request, writer: asyncio.StreamWriter) -> None:
        query = parse_qs(urlsplit(request.path).query)
        self.batches.append(query)
        result: dict[str, object] = {"uids": []}
        for name in query["id"][0].split(","):
            if name.endswith("7"):
                continue
            known = int(name) % 2 == 0
            result[name] = {"uid": name} if known else {"uid": name, "error": "cannot get document summary"}
        await status(200, json.dumps({"result": result}))(request, writer)

    async def pmc(self, request: Request, writer: asyncio.StreamWriter) -> None:
        query = parse_qs(urlsplit(request.path).query)
        self.batches.append(query)
        records: list[dict[str, str]] = []
        for name in query["ids"][0].split(","):
            if name.endswith("7"):
                continue
            if int(name[3:]) % 2 == 0:
                records.append({"pmcid": name, "requested-id": name})
            else:
                records.append(
                    {"requested-id": name, "status": "error", "errmsg": "Identifier not found in PMC"}
                )
        await status(200, json.dumps({"status": "ok", "records": records}))(request, writer)


class AnyPage(dict):
    """Pages of a registry whose paths carry queries."""

    def __init__(self, ncbi: Ncbi) -> None:
        super().__init__()
        self.ncbi = ncbi

    def get(self, page: str, default: object = None) -> object:
        if "/esummary?" in page:
            return self.ncbi.pubmed
        return self.ncbi.pmc if "/idconv/?" in page else super().get(page, default)


def test_five_hundred_papers_are_a_handful_of_questions(tmp_path: Path) -> None:
    ncbi = Ncbi()

    async def run() -> None:
        async with World(pages=AnyPage(ncbi)) as world:
            config = fast(world, ncbi_email="me@example.org", ncbi_key="$NCBI_KEY")
            papers = [f"https://pubmed.ncbi.nlm.nih.gov/{i}/" for i in range(100, 600, 2)]
            papers += [f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{i}/" for i in range(100, 600, 2)]
            odd = ["https://pubmed.ncbi.nlm.nih.gov/101/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC101/"]
            silent = ["https://pubmed.ncbi.nlm.nih.gov/107/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC107/"]
            environment = {"NCBI_KEY": "hunter2"}
            outcome = await world.refresh(
                tmp_path / "s.txt", [*papers, *odd, *silent], config, environment=environment
            )
            assert {outcome.answers[u].kind for u in papers} == {Kind.OK}
            assert {outcome.answers[u].kind for u in odd} == {Kind.GONE}
            assert {outcome.answers[u].kind for u in silent} == {Kind.NOT_CHECKED}
            firsts = [b for b in ncbi.batches if len(b.get("id", b.get("ids", [""]))[0].split(",")) > 1]
            assert len(firsts) == 4
            assert len(ncbi.batches) == 6, "and one more for each that is missing"
            assert {(b["tool"][0], b["email"][0], b["api_key"][0]) for b in ncbi.batches} == {
                ("vitdlint", "me@example.org", "hunter2")
            }
            assert "hunter2" not in (tmp_path / "s.txt").read_text()

    asyncio.run(run())


def test_without_a_mail_address_ncbi_is_not_asked_in_batches() -> None:
    async def run() -> None:
        async with World() as world:
            from vitdlint.external.fetch.plan import jobs

            (job,) = jobs(["https://pubmed.ncbi.nlm.nih.gov/101/"], fast(world), "")
            assert job.kind == "page"

    asyncio.run(run())


def test_a_copy_of_a_dead_link_is_looked_for_from_the_time_when_it_worked(tmp_path: Path) -> None:
    copy = "https://web.archive.org/web/20251230010203/http://{}/"

    async def run() -> None:
        async with World() as world:
            names = ("one.test", "two.test", "when.test")
            urls = [world.url(f"{n}/") for n in names]
            config = fast(world)
            await world.refresh(tmp_path / "s.txt", urls, config)
            for name in names:
                world.pages[f"{name}/"] = status(404)
            for day in range(40, 49):
                await world.refresh(tmp_path / "s.txt", urls, config, now=NOW + timedelta(day))
            records = read(tmp_path / "s.txt", config, NOW + timedelta(50)).records
            assert all(r.dead for r in records.values())
            paths = {n: f"registry.test/web/20260131000000/{u}" for n, u in zip(names, urls, strict=True)}
            world.pages[paths["one.test"]] = status(302, "", Location=copy.format("one.test"))
            world.pages[paths["two.test"]] = status(404)
            world.pages[paths["when.test"]] = status(429, Retry_After="60")

            async def look() -> int:
                return await look_up(
                    config,
                    tmp_path / "s.txt",
                    NOW + timedelta(50),
                    "1",
                    {},
                    resolve=world.resolve,
                    allow=lambda a: a.startswith("127."),
                )

            assert await look() == 1
            found = {
                r.url: r.snapshot
                for r in read(tmp_path / "s.txt", config, NOW + timedelta(50)).records.values()
            }
            assert [found[u] for u in urls] == [copy.format("one.test"), "-", ""]
            asked = len(world.log)
            await look()
            assert len(world.log) == asked + 1, "what was answered is not asked again"

    asyncio.run(run())


def test_registries_pass_the_same_address_check(tmp_path: Path) -> None:
    async def run() -> None:
        async with World(names={"registry.test": ["10.0.0.5"]}) as world:
            outcome = await world.refresh(
                tmp_path / "s.txt", ["https://doi.org/10.5555/x", world.url("fine.test/")], fast(world)
            )
            answer: Answer = outcome.answers["https://doi.org/10.5555/x"]
            assert answer.kind is Kind.NOT_CHECKED
            assert {r.host for r in world.log} == {"fine.test"}

    asyncio.run(run())

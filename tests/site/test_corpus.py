"""Every link and id of real pages, compared with what the real Hugo makes of them."""

from __future__ import annotations

import os
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from support.hugo_build import Build, build
from support.truth import LAYOUTS, Server, compare
from support.whole import whole

from vitdlint.site.addresses import SiteSettings
from vitdlint.site.links import Links
from vitdlint.site.site import Site


@pytest.fixture(scope="module")
def corpus(shared: Path) -> dict[str, bytes]:
    """The real pages and their configuration."""
    archive = shared / "corpus" / "vitd-posts.tar.gz"
    if not archive.is_file():
        pytest.skip("the real pages are not in ../shared/corpus")
    with tarfile.open(archive) as tar:
        return {
            os.path.normpath(member.name): content.read()
            for member in tar
            if member.isfile() and (content := tar.extractfile(member)) is not None
        }


@pytest.fixture(scope="module", params=[True, False], ids=["ugly", "pretty"])
def built(request: pytest.FixtureRequest, corpus: dict[str, bytes]) -> tuple[Site, Build]:
    """The site as we see it and as Hugo writes it; its table of contents is left out, as its links are no page's."""
    config = corpus["hugo.toml"]
    if not request.param:
        config = config.replace(b"uglyURLs = true", b"uglyURLs = false")
    # Minifying is the slowest part, and changes no link.
    config = config.replace(b"minifyOutput = true", b"minifyOutput = false")
    files: dict[str, str | bytes] = {
        **corpus,
        **LAYOUTS,
        "hugo.toml": config,
        "layouts/_shortcodes/toc.html": "",
    }
    made = build(files, pages=False)
    assert made.code == 0, made.messages
    return whole(files), made


@pytest.mark.slow
@pytest.mark.parametrize("host", ["strict", "clean"])
def test_every_real_link_leads_where_a_browser_gets(built: tuple[Site, Build], host: str) -> None:
    site, made = built
    asked = Site(replace(site.addresses, settings=SiteSettings(host=host)), site.pages)
    assert compare(asked, made) == []
    dead = [link for _page, link, target in Links(asked).all if target.status == "dead"]
    assert len(dead) > 2_000, "the corpus is a slice of a site; most of its links to terms lead nowhere"


@pytest.mark.slow
def test_every_real_page_has_the_ids_that_we_think(built: tuple[Site, Build]) -> None:
    site, made = built
    server = Server(made, site.addresses.config.default.base_url, clean=True)
    wrong = {
        page.path: server.ids(page.file) ^ site.anchors.of(page)
        for page in site.addresses.published
        if server.ids(page.file) != site.anchors.of(page)
    }
    assert wrong == {}

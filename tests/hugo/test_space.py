"""Sites of several languages, versions and roles: random ones and the corner cases; the real Hugo decides."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from support.hugo_build import Build, build
from support.hugo_compare import Ours, compare_files, compare_pages, differences
from support.space_random import space_site
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.files import content_files
from vitdlint.hugo.placement import Placement
from vitdlint.site.links import Links
from vitdlint.site.site import Site

_LINK = re.compile(r'<a href="([^"]*)">(\d)</a>')
_CHANCE = re.compile(r"Hugo does not write (?:.*/)?page/\d+(?:/index)?\.html|Hugo writes .*/\.html")
"""Whether a list has so many pages is the secret of its layout; and the page of 404.html has the aliases of cascades."""
_OWN_CRASH = re.compile(r"panic|hugolib\.|no taxonomy configuration|nil pointer")


@pytest.mark.parametrize("seed", range(6))
def test_random_sites_are_published_as_hugo_does(seed: int) -> None:
    assert space_differences(seed) in (None, [])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6, 6 + int(os.environ.get("SPACE_SITES", "40"))))
def test_many_random_sites_are_published_as_hugo_does(seed: int) -> None:
    """With SPACE_SITES=300 in the environment it is 300 sites, which takes a quarter of an hour."""
    found = space_differences(seed)
    if found is None:
        pytest.skip("Hugo does not build it, or not twice the same")
    assert found == []


def space_differences(seed: int) -> list[str] | None:
    """In what vitdlint and Hugo disagree about a random site; None if Hugo does not build it, or by chance."""
    tree = _without_ties(space_site(seed))
    theirs = build(tree)
    site = of_tree(MemoryTree(tree))
    if theirs.code != 0:
        refused = "outside the website root" in theirs.messages and site.addresses.publication.refused_aliases
        assert refused or _OWN_CRASH.search(theirs.messages), theirs.messages
        return None
    found = sorted(set(_differences(site, theirs)))
    if found and any(_unlike(build(tree), theirs) for _ in range(3)):
        return None
    return found


def _unlike(one: Build, other: Build) -> bool:
    return one.files.keys() != other.files.keys() or one.pages != other.pages


def _without_ties(tree: dict[str, str]) -> dict[str, str]:
    """Drop a page where two of the same weight are one page of a site: which of them Hugo takes is chance."""
    while True:
        site = of_tree(MemoryTree(tree))
        config = site.addresses.config
        placed = Placement(config, content_files(config, MemoryTree(tree)), site.pages).files
        seen: dict[object, str] = {}
        for file in placed:
            for key in file.sites if file.is_page else ():
                if seen.setdefault((file.base, key, file.weight), file.path) != file.path:
                    tree = {path: text for path, text in tree.items() if path != file.path}
                    break
            else:
                continue
            break
        else:
            return tree


def _differences(site: Site, theirs: Build) -> Iterator[str]:
    addresses = site.addresses
    ours = Ours(addresses.config, addresses.publication)
    yield from (line for line in compare_files(ours, theirs) if not _CHANCE.fullmatch(line))
    yield from compare_pages(ours, theirs)
    yield from _aliases(site, theirs)
    yield from _dead_links(site, theirs)


def _aliases(site: Site, theirs: Build) -> Iterator[str]:
    """Redirects that lead elsewhere; where several pages claim the file, that is chance."""
    addresses = site.addresses
    redirects = theirs.redirects
    mine = {
        alias.file: output.url
        for output in addresses.publication.outputs
        for alias in output.aliases
        if alias.file not in addresses.alias_owners
    }
    of_pages = {alias.file for _page, alias in addresses.urls.aliases()}
    mine |= {f: u for f, u in addresses.publication.redirect_files.items() if f not in of_pages}
    for file, url in mine.items():
        served = addresses.urls.served(file)
        if served is not None and served.output is not None and served.alias is None:
            continue  # a page, too
        if urlsplit(redirects.get(file, "")).path != url:
            yield f"{file} leads to {url}, in Hugo to {redirects.get(file)}"


def _dead_links(site: Site, theirs: Build) -> Iterator[str]:
    """Links of pages, in each of their sites, that only one of the two finds dead."""
    addresses = site.addresses
    written = addresses.publication
    contested = {
        *addresses.url_owners,
        *addresses.alias_owners,
        *written.files,
        *written.redirect_files,  # with ugly URLs Hugo 0.168 puts one in the place of the home page
    }
    places: dict[str | None, set[str]] = {}
    for output in written.outputs:
        places.setdefault(output.path, set()).add(output.logical)
    for path, facts in site.pages.items():
        pages = addresses.made_of(addresses.outputs[path])
        for number, link in enumerate(facts.links):
            for page in pages if len(places[path]) == 1 else ():
                text = theirs.files.get(page.file)
                if page.state != "published" or text is None or page.file in contested:
                    continue
                target = site.resolve(link.target, page, link.kind, link.attribute)
                hrefs = {int(i): html.unescape(href) for href, i in _LINK.findall(text.decode())}
                if number not in hrefs:
                    yield f"{path} has no link {number} to {link.target} in Hugo"
                elif hrefs[number] and target.status != "not-checked":  # Hugo finds pages that have no URL
                    root = addresses.root_of(page.file)
                    url = urlsplit(urljoin(f"https://h{page.url}", hrefs[number])).path
                    there = _leads_somewhere(url, root.folder, root.base, theirs)
                    if there == (target.status in ("dead", "external", "unpublished")):
                        yield f"{path} [{'/'.join(page.site)}]: {link.target} is {target.status}, in Hugo {url}: {there}"


def _leads_somewhere(path: str, folder: str, base: str, theirs: Build) -> bool:
    if not path.startswith(base) and path != base[:-1]:
        return False
    name = f"{folder}/{unquote(path[len(base) :])}".strip("/")
    bare = re.sub(r"(?:(?:^|/)index)?\.html$", "", name)
    return any(file in theirs.files for file in (name, f"{bare}/index.html".strip("/"), f"{bare}.html"))


DIMENSIONS = """
baseURL = "https://example.org/b/"
[languages.en]
weight = 1
[languages.fr]
weight = 2
[versions.v1]
[versions."v2.0"]
[roles.guest]
weight = 1
[roles.member]
weight = 2
"""


def page(**front: object) -> str:
    return f"{json.dumps(front)}\nText.\n"


def sites(**matrix: object) -> dict[str, object]:
    return {"matrix": matrix}


CASES: dict[str, dict[str, str]] = {
    "prefixes come in Hugo's order, and the default ones may have a folder": {
        "hugo.toml": "defaultContentLanguageInSubdir = true\ndefaultContentVersionInSubdir = true\n"
        "defaultContentRoleInSubdir = true\n" + DIMENSIONS,
        "content/p/a.md": page(sites=sites(languages="*", versions="**", roles="*"), aliases=["/old/", "near"]),
    },
    "a site of one version and one role may have folders for them": {
        "hugo.toml": "defaultContentVersionInSubdir = true\ndefaultContentRoleInSubdir = true\n",
        "content/p/a.md": page(tags=["x"], url="/u/"),
    },
    "names say versions and roles, known and unknown, several, with dots": {
        "hugo.toml": DIMENSIONS,
        "content/p/a._version_v2.0_._role_member_.md": page(),
        "content/p/b._role_guest_._role_member_.fr.md": page(),
        "content/p/c._version_1.0.0_._language_fr_._language_en_.md": page(),
        "content/p/d._version_v9_.md": page(),
        "content/p/e/index._role_member_.md": page(),
        "content/p/e/x._version_2_.txt": "x",
        "content/p/e/y._role_member_.txt": "y",
        "content/p/e/z.txt": "z",
    },
    "a mount with a pattern that matches nothing is none, a page takes its mount's": {
        "hugo.toml": DIMENSIONS
        + '[[module.mounts]]\nsource = "c1"\ntarget = "content"\nsites = {matrix = {roles = "mem*"}}\n'
        + '[[module.mounts]]\nsource = "c2"\ntarget = "content"\nsites = {matrix = {roles = "FR", versions = "v1"}}\n',
        "c1/p/a.md": page(sites=sites(roles="nobody", versions=["! v1", "v1"])),
        "c1/p/b.md": page(sites=sites(languages=["en", ">= fr"])),
        "c2/p/c.md": page(),
    },
    "cascades: a target that matches nothing is for all, the nearest decides for each dimension": {
        "hugo.toml": DIMENSIONS + '[[cascade]]\ntarget = {path = "/{p,p/**}"}\nsites = {matrix = {versions = "*"}}\n',
        "content/p/_index.md": page(
            cascade=[
                {"target": {"sites": sites(languages="nn")}, "slug": "s"},
                {"sites": sites(roles="member")},
            ]
        ),
        "content/p/a.md": page(tags=["x"]),
        "content/p/b.md": page(sites=sites(roles="*"), slug="b"),
        "content/q/c.md": page(),
    },
    "sections, taxonomies and terms follow the cascades, too": {
        "hugo.toml": DIMENSIONS + "[cascade]\nsites = {matrix = {languages = ['fr']}}\n",
        "content/p/a.md": page(tags=["x"]),
        "content/p/b.md": page(sites=sites(languages="en", roles="member"), tags=["x", "y"]),
        "content/tags/y/_index.md": page(sites=sites(languages="en")),
    },
    "with a host for each language its folder comes first": {
        "hugo.toml": DIMENSIONS.replace("weight = 1", 'weight = 1\nbaseURL = "https://en.example.org/"', 1).replace(
            "weight = 2", 'weight = 2\nbaseURL = "https://fr.example.org/f/"', 1
        ),
        "content/p/a/index.md": page(sites=sites(languages="*", roles="*"), aliases=["/old/"]),
        "content/p/a/x.txt": "x",
        "static/s.txt": "s",
    },
    "of a file of two mounts each hands down to the pages of its own sites": {
        "hugo.toml": DIMENSIONS
        + '[[module.mounts]]\nsource = "c"\ntarget = "content"\n'
        + '[[module.mounts]]\nsource = "c"\ntarget = "content"\nsites = {matrix = {versions = "v1"}}\n',
        "c/p/_index.md": page(cascade={"aliases": ["/al/"]}),
        "c/p/a.md": page(),
    },
    "a draft hides the page of the same logical path": {
        "content/p/a.md": page(title="A"),
        "content/p/a/index.md": page(draft=True),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_small_sites_are_published_as_hugo_does(name: str) -> None:
    tree = dict(CASES[name])
    tree.setdefault("hugo.toml", 'baseURL = "https://example.org/"\n')
    assert differences(tree) == []


def test_a_reference_to_another_language_means_its_first_site() -> None:
    tree = {
        "hugo.toml": DIMENSIONS,
        "content/p/a.md": f'{json.dumps({"sites": sites(roles="member")})}\n{{{{< relref path="b" lang="fr" >}}}}\n',
        "content/p/b.md": page(sites=sites(languages="*", roles="*")),
        "layouts/all.html": "{{ .Content }}",
    }
    site = of_tree(MemoryTree(tree))
    (linked,) = Links(site).all
    assert linked[2].url == "/b/fr/p/b/"
    assert b"/b/fr/p/b/" in build(tree, pages=False).files["member/p/a/index.html"]


def test_a_link_is_dead_where_it_is_dead_in_one_version() -> None:
    tree = {
        "hugo.toml": DIMENSIONS,
        "content/p/a.md": f"{json.dumps({'sites': sites(versions='**')})}\n[b](../b/) [c](../c/)\n",
        "content/p/b.md": page(),
        "content/p/c.md": page(sites=sites(versions="**")),
    }
    found = {
        link.target: (on.site.version, target.status)
        for on, link, target in Links(of_tree(MemoryTree(tree))).all
    }
    assert found == {"../b/": ("v1", "dead"), "../c/": ("v2.0", "page")}

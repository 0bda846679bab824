"""The JSON of `vitdlint site` is a contract."""

from __future__ import annotations

import json

import jsonschema
from support.paths import ROOT
from support.whole import whole

from vitdlint.cli.options import SiteOptions
from vitdlint.cli.site import as_version_1, describe, table
from vitdlint.site.links import Links
from vitdlint.site.redirects import Redirect

FILES = {
    "hugo.toml": 'baseURL = "https://example.org/sub/"\n[markup.goldmark.renderer]\nunsafe = true\n',
    "content/posts/a.md": "---\ntitle: A\ntags: [Vitamin D]\naliases: [/old, near]\n---\n## Dose\n\n[b](../b/#x) [n](/sub/nope)\n",
    "content/posts/b.md": '---\ntitle: B\ndraft: true\n---\n<a name=up></a>[a]({{< ref "a" >}}#dose) ![i](/sub/i.png) [e](https://example.net)\n',
    "static/i.png": "",
}
SCHEMA = json.loads((ROOT / "schemas" / "site.schema.json").read_text("utf-8"))
SITE = whole(FILES, redirects=(Redirect("/p/*", "/sub/posts/:splat"),))


def test_every_page_is_described_as_promised() -> None:
    described = json.loads(json.dumps(describe(Links(SITE))))
    jsonschema.Draft202012Validator(SCHEMA).validate(described)
    assert described["version"] == 2
    assert list(described) == ["version", "pages", "terms", "redirects"]
    pages = {page["path"]: page for page in described["pages"] if page["path"]}
    assert pages["content/posts/a.md"] == {
        "path": "content/posts/a.md",
        "url": "/sub/posts/a/",
        "kind": "page",
        "language": "en",
        "version": "v1.0.0",
        "role": "guest",
        "published": True,
        "state": "published",
        "aliases": ["/sub/old/", "/sub/posts/near/"],
        "anchors": ["dose"],
        "links": [
            {
                "target": "../b/#x",
                "line": 8,
                "column": 5,
                "status": "unpublished",
                "resolves_to": "/sub/posts/b/",
            },
            {"target": "/sub/nope", "line": 8, "column": 18, "status": "dead", "resolves_to": None},
        ],
    }
    assert pages["content/posts/b.md"] | {"links": None} == {
        "path": "content/posts/b.md",
        "url": "/sub/posts/b/",
        "kind": "page",
        "language": "en",
        "version": "v1.0.0",
        "role": "guest",
        "published": False,
        "state": "draft",
        "aliases": [],
        "anchors": ["up"],
        "links": None,
    }
    assert [
        (li["target"], li["status"], li["resolves_to"]) for li in pages["content/posts/b.md"]["links"]
    ] == [
        ("a#dose", "page", "/sub/posts/a/"),
        ("/sub/i.png", "file", "/sub/i.png"),
        ("https://example.net", "external", None),
    ]
    made = {(page["kind"], page["url"]) for page in described["pages"] if page["path"] is None}
    assert made == {
        ("home", "/sub/"),
        ("section", "/sub/posts/"),
        ("taxonomy", "/sub/categories/"),
        ("taxonomy", "/sub/tags/"),
        ("term", "/sub/tags/vitamin-d/"),
    }
    assert described["terms"] == [{"taxonomy": "tags", "term": "Vitamin D", "url": "/sub/tags/vitamin-d/"}]
    assert described["redirects"] == {
        "/p/*": "/sub/posts/:splat",
        "/sub/old/": "/sub/posts/a/",
        "/sub/posts/near/": "/sub/posts/a/",
    }


def test_version_1_is_as_it_was() -> None:
    described = as_version_1(describe(Links(SITE)))
    pages = {page["path"]: page for page in described["pages"] if page["path"]}
    assert described["version"] == 1
    assert list(pages["content/posts/a.md"]) == [
        "path",
        "url",
        "kind",
        "language",
        "published",
        "aliases",
        "anchors",
        "links",
    ]
    assert [page["published"] for page in pages.values()] == [True, "draft"]


def test_version_and_role_are_shown_where_there_are_several() -> None:
    site = whole(
        {
            "hugo.toml": "[versions.v1]\n[versions.v2]\n[roles.guest]\n[roles.member]\n",
            "content/p/a.md": "---\nsites: {matrix: {versions: v1, roles: member}}\n---\nText.\n",
        }
    )
    described = json.loads(json.dumps(describe(Links(site))))
    jsonschema.Draft202012Validator(SCHEMA).validate(described)
    own = next(page for page in described["pages"] if page["path"])
    assert (own["url"], own["version"], own["role"]) == ("/member/v1/p/a/", "v1", "member")
    assert any(
        "/member/v1/p/a/" in line and "version v1, role member" in line
        for line in table(Links(site), SiteOptions())
    )


def test_every_status_is_one_of_those_promised() -> None:
    promised = {"page", "alias", "term", "section", "file", "generated", "external", "unpublished", "dead"}
    promised |= {"dead-fragment", "fragment-lost", "not-checked"}
    assert {target.status for _page, _link, target in Links(SITE).all} <= promised


def test_the_table_has_a_line_for_each_page_and_no_escape_sequence() -> None:
    site = whole({"content/posts/\x1b[31m.md": "[n](/nope)\n"})
    lines = "".join(table(Links(site), SiteOptions())).splitlines()
    assert not any("\x1b" in line for line in lines)
    assert any("1 links (1 dead)" in line or "1 link (1 dead)" in line for line in lines)
    assert len(lines) == len(site.addresses.publication.outputs) + 2

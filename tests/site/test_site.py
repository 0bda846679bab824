"""The site as rules see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hand import page
from support.hand import site as by_hand
from support.whole import UNSAFE, statuses, whole

from vitdlint.page.markdown.prose_links import prose_links
from vitdlint.page.page import Settings
from vitdlint.page.read import read_page
from vitdlint.site.addresses import SiteSettings
from vitdlint.site.links import Links
from vitdlint.site.menus import menu_links

PAGE = "content/posts/page.md"


def test_each_dead_link_is_reported_by_one_rule() -> None:
    text = """[a](/nope) ![b](/b.png) [c](/c.pdf) [d]({{< ref "d" >}}) [25(OH)D <20](25(OH)D%20<20)
[e](www.example.net/e) [f](https://old.example/123) [g](e.md) <a href="7">7</a> [h](/posts/h.php)
"""
    files = {PAGE: text, "content/posts/b.md": "---\naliases: [/123]\n---\nText.\n"}
    site = whole(files, base_urls=("https://old.example/wiki",))
    dead = {rule: [link.target for _page, link, _target in links] for rule, links in Links(site).dead.items()}
    assert dead == {
        "dead-link": ["/nope", "e.md", "/posts/h.php"],
        "missing-file": ["/b.png", "/c.pdf"],
        "dead-ref": ["d"],
        "prose-link": ["25(OH)D%20<20", "7"],
        "missing-scheme": ["www.example.net/e"],
    }
    everything = [link for _page, link, target in Links(site).all if target.status == "dead"]
    assert sum(len(links) for links in dead.values()) == len(everything)


def test_a_link_definition_is_reported_once_however_often_it_is_used() -> None:
    site = whole({PAGE: "[a], [a] and [b][a]; [c](/nope)\n\n[a]: /nope\n"})
    assert len([link for _page, link, target in Links(site).all if target.status == "dead"]) == 4
    assert len(list(Links(site).led("dead"))) == 2


def test_what_is_not_checked_is_counted_by_its_reason() -> None:
    text = "![a](/a.png) ![b](/b.png) [c](/posts/nope) [d](/theirs/)\n{{< theirs >}}\n"
    site = whole({"hugo.toml": UNSAFE.replace("[markup", 'theme = "theirs"\n[markup', 1), PAGE: text})
    counted = {entry.what: entry.count for entry in Links(site).not_checked}
    assert counted == {"links": 3, "shortcodes": 1}
    assert statuses(site)["/posts/nope"] == "dead"


def test_menus_are_links() -> None:
    config = (
        UNSAFE
        + """
[[menus.main]]
name = "Page"
pageRef = "/posts/page"
[[menus.main]]
name = "None"
pageRef = "/posts/none"
[[menus.main]]
name = "Old"
url = "posts/page/"
[[menus.footer]]
name = "Elsewhere"
url = "https://example.net/"
[[menus.footer]]
name = "Draft"
pageRef = "/posts/draft"
[[menus.footer]]
name = "Nothing"
"""
    )
    files = {"hugo.toml": config, PAGE: "Text.\n", "content/posts/draft.md": "---\ndraft: true\n---\nText.\n"}
    assert {(m.name, m.target.status) for m in menu_links(whole(files))} == {
        ("Page", "page"),
        ("None", "dead"),
        ("Old", "page"),
        ("Elsewhere", "external"),
        ("Draft", "dead"),
    }


def test_links_that_a_browser_swallows_are_on_no_page() -> None:
    word = "<!--[if gte mso 9]><xml>\n</xml><![endif]--><!--[if gte mso 10]>\nstyle\n\n<![endif]-->\n\n[a](/nope)\n\n## H\n"
    assert Links(whole({PAGE: word})).all == ()
    assert len(Links(whole({PAGE: "<!-- a -->\n\n[a](/nope)\n"})).all) == 1
    assert Links(whole({PAGE: "[b](/x)\n\n<style>\n\n[a](/nope)\n"})).all[0][1].target == "/x"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("[25(OH)D <20 ng/mL](25(OH)D%20<20%20ng/mL)", [True]),
        ("[IU/day](IU/day)", [True]),
        ("[10/0.002](10/0.002)", [True]),
        ("[25](OH)D", [False]),
        ("[5](43)", [False]),
        ("[40](600%20IU%20a%20day)", [False]),
        ('<a href="12">12</a>', [True]),
        ('<a href="12"><b>x</b></a>', [False]),
        ("[guide](guide)", []),
        ("[docs/setup](docs/setup)", []),
        ("[guide](my%20guide.md)", []),
        ("[guide](<my guide.pdf>)", []),
        ("[a](/a%20b)", []),
        ("[a](#a%20b)", []),
        ("[a](mailto:a%20b)", []),
        ("[a](www.example.org/a%20b)", []),
        ("[a][b]\n\n[b]: c%20d", []),
    ],
)
def test_prose_that_became_a_link_is_known_by_its_looks(text: str, same: list[bool]) -> None:
    body = read_page(PAGE, text.encode(), Settings(markup=whole({}).addresses.config.markup), None).body
    assert [p.same for p in prose_links(text, body)] == same


@given(st.text(alphabet='[]()<>a1 %"/="', max_size=60))
def test_whatever_reads_like_prose_is_in_the_text(text: str) -> None:
    page_ = read_page(PAGE, text.encode(), Settings(), None)
    for prose in page_.facts.prose_links:
        assert text[prose.start : prose.end]
        assert prose.label in text[prose.start : prose.end]


def test_shortcodes_make_the_links_and_ids_that_are_declared() -> None:
    text = '{{< figure src="a.png" link="/b" >}} {{< pic src="c.png" id="d" >}} {{< /pic >}} [r]({{< ref "e" >}}#f)\n'
    settings = Settings(shortcode_links=(("pic", ("src",), ("id",)),))
    found = read_page(PAGE, text.encode(), settings, None).facts
    made = [(link.attribute, link.target) for link in found.links if link.kind == "shortcode"]
    assert made == [("figure.src", "a.png"), ("figure.link", "/b"), ("pic.src", "c.png"), ("ref.0", "e#f")]
    assert [a.id for a in found.anchors] == ["d"]
    for link in found.links:
        if link.kind == "shortcode":
            assert text[link.start : link.end] == link.target.partition("#")[0]


def legacy(*targets: str) -> list[str | None]:
    b = page("/posts/b/", aliases=["/Vitamin+B", "/123"])
    search = page("/posts/s/", aliases=["/Search+Results"])
    site = by_hand(b, search, settings=SiteSettings(base_urls=("https://old.example/",)))
    answers = [site.addresses.legacy.find(site.resolve(f"https://old.example{t}", b)) for t in targets]
    return [a.url if a else None for a in answers]


def test_old_addresses_are_known_by_alias_id_and_name() -> None:
    assert (
        legacy("/Vitamin+B", "/123", "/index.php?page_id=123", "/index.php?page=Vitamin+B", "/Vitamin-B")
        == ["/posts/b/"] * 5
    )


def test_a_search_is_no_old_address() -> None:
    assert (
        legacy("/Search+Results?q=b", "/index.php?page_id=9", "/x?page_id=123&y=1", "/nope", "/posts/b/")
        == [None] * 5
    )


def test_a_page_that_nobody_can_reach_is_known_and_no_other() -> None:
    files = {
        "content/posts/per%41cent.md": "Text.\n",
        "content/posts/a.md": "---\nurl: /q?x=1\n---\nText.\n",
        "content/posts/b.md": "---\nslug: 100% ünï C#\ntags: [t%42, '50%', 'C#', 'a b', 'ü', 'a/b']\n---\nText.\n",
        "content/posts/c d.md": "---\nurl: /Über uns/\n---\nText.\n",
        "content/posts/é+f.md": "Text.\n",
    }
    site = whole(files)
    assert sorted(page.logical for page in site.addresses.unreachable) == [
        "/posts/a",
        "/posts/per%41cent",
        "/tags/t%42",
    ]

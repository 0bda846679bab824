"""What is nearest to a target that leads nowhere."""

from __future__ import annotations

from random import Random

import pytest
from support.hand import page

from vitdlint.core.plain import plain
from vitdlint.hugo.publication import Publication
from vitdlint.site.suggest import Index, is_slip, likeness, name_of
from vitdlint.site.twins import alike, twins

PAGES = (
    page("/posts/overview-leukemia-and-vitamin-d/"),
    page("/posts/copd-fought-by-vitamin-d-many-studies/"),
    page(
        "/posts/sunlight-prevents-rickets-in-children/",
        aliases=["/Sunlight+prevents+rickets+–+June+2019", "/123"],
    ),
    page("/posts/test-sunlight-in-winter/"),
    page(
        "/posts/a-page-without-any-content/",
        empty=True,
    ),
    page("/posts/3-days-of-sun-in-the-winter-of-finland/"),
    page("/posts/zinc/"),
    page("/tags/zinc/", kind="term", path=None),
    page("/tags/iron/", kind="term", path=None),
)
INDEX = Index(Publication(PAGES, files={"img/Sun.png": "x", "a/same.pdf": "x", "b/same.pdf": "x"}))


@pytest.mark.parametrize(
    ("path", "url", "exact"),
    [
        (
            "/tags/sunlight-prevents-rickets-in-children.html",
            "/posts/sunlight-prevents-rickets-in-children/",
            True,
        ),
        (
            "/posts/Sunlight, prevents rickets in children",
            "/posts/sunlight-prevents-rickets-in-children/",
            True,
        ),
        ("/posts/sunlight-prevents-rickets-june-2019", "/posts/sunlight-prevents-rickets-in-children/", True),
        (
            "/tags/sunlight-prevents-rickets-in-children-jan-2014",
            "/posts/sunlight-prevents-rickets-in-children/",
            True,
        ),
        (
            "/posts/sunlight-prevents-ricketts-in-children",
            "/posts/sunlight-prevents-rickets-in-children/",
            False,
        ),
        (
            "/posts/sunlight-prevents-rickets-in-young-children",
            "/posts/sunlight-prevents-rickets-in-children/",
            False,
        ),
        ("/x/zinc", "/posts/zinc/", True),
        ("/x/iron", "/tags/iron/", True),
    ],
)
def test_the_page_that_was_meant_is_found(path: str, url: str, exact: bool) -> None:
    found = INDEX.page(path)
    assert found is not None
    assert (found.page.url, found.exact) == (url, exact)


@pytest.mark.parametrize(
    "path",
    [
        "/tags/overview-ms-and-vitamin-d.html",
        "/posts/als-fought-by-vitamin-d-many-studies",
        "/posts/a-page-without-any-content",
        "/posts/test-sunlight-in-winter",
        "/posts/13-days-of-sun-in-the-winter-of-finland",
        "/posts/123",
        "/",
        "/a",
        "/click-here",
    ],
)
def test_nothing_is_better_than_something_wrong(path: str) -> None:
    assert INDEX.page(path) is None


def test_one_file_of_that_name_is_meant_whatever_its_case_and_folder() -> None:
    assert INDEX.file("/pictures/sun.PNG") == "img/Sun.png"
    assert INDEX.file("/same.pdf") is None
    assert INDEX.file("/nope.pdf") is None


def test_of_two_pages_of_one_name_the_one_with_more_of_the_path_is_meant() -> None:
    index = Index(Publication((page("/a/zinc-and-copper/"), page("/b/zinc-and-copper/"))))
    found = index.page("/b/old/zinc-and-copper")
    assert found is not None
    assert (found.page.url, found.exact) == ("/b/zinc-and-copper/", False)
    assert index.page("/c/zinc-and-copper") is None


def says_the_same(one: str, other: str) -> bool:
    """Whether two names have words, and differ only in words of one of them, in slips, and in "of" and "the"."""
    mine, its = (set(name.split("-")) - {"of", "the", ""} for name in (one, other))
    return bool(mine and its) and (
        mine <= its or its <= mine or all(any(is_slip(a, b) for b in its - mine) for a in mine - its)
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_most_similar_name_of_all_that_say_the_same_is_found(seed: int) -> None:
    """However many there are: only few are compared."""
    chance = Random(seed)
    words = "sunlight sunlights winter winters rickets of the vitamin vitamins mice rice 2014 2015 d".split()  # noqa: SIM905  # reads better

    def some(least: int) -> str:
        return "-".join(chance.choices(words, k=chance.randint(least, 6)))

    def changed(name: str) -> str:
        name += "-d" * (len(name) < 3)
        at = chance.randrange(len(name))
        return (
            name[:at]
            + chance.choice(["", name[at] * 2, "x", name[at + 1 : at + 2] + name[at]])
            + name[at + 1 :]
        )

    names = list(dict.fromkeys(some(1) for _ in range(300)))
    index = Index(Publication(tuple(page(f"/posts/{name}/") for name in names)))
    found = 0
    for _ in range(200):
        sought = changed(changed(chance.choice(names))) if chance.random() < 0.8 else some(2)
        if any(plain(name) == plain(sought) for name in names):
            continue
        got = index.page(f"/posts/{sought}/")
        similar = [(-likeness(sought, name), name) for name in names if says_the_same(sought, name)]
        alike = sorted(pair for pair in similar if pair[0] <= -90)
        expected = f"/posts/{alike[0][1]}/" if alike and len(sought) >= 5 else None
        assert (got.page.url if got else None) == expected, sought
        found += expected is not None
    assert found > 20


@pytest.mark.parametrize(
    ("path", "name"), [("/a/B.html", "b"), ("/a/b/index.html", "b"), ("/a/b/", "b"), ("/", "")]
)
def test_a_name_is_the_last_segment(path: str, name: str) -> None:
    assert name_of(path) == name


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("deficiency", "deficency", True),
        ("disease", "diseases", True),
        ("hysterectomy", "hysterectormy", True),
        ("als", "copd", False),
        ("rice", "mice", False),
        ("2013", "2014", False),
        ("b", "c", False),
        ("increase", "decrease", False),
    ],
)
def test_a_slip_is_no_other_word(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


def twin_urls(*urls: str, empty: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    empty = urls[:1] if empty is None else empty
    pages = [page(url) for url in urls]
    return [(a.url, b.url) for a, b in twins(pages, lambda p: p.url in empty)]


def test_twins_differ_by_a_slip() -> None:
    assert twin_urls("/p/rare-disease-hits-people/", "/p/rare-diseases-hit-people/")
    assert twin_urls("/p/autism-and-deficiency/", "/p/autism-and-deficency/")
    assert twin_urls("/p/low-vita-min-d/", "/p/low-vitamin-d-x/") == []
    assert twin_urls("/p/sleep-apnea-many-studies/", "/p/sleep-apnoea-many-studies/")
    assert twin_urls("/p/hugo_completion_fish/", "/p/hugo_completion_bash/") == []
    assert twin_urls("/p/news-of-may-2013/", "/p/news-of-may-2014/") == []
    assert twin_urls("/p/autism-and-deficiency/", "/q/autism-and-deficency/") == []
    assert twin_urls("/p/very-low-vitamin/", "/p/very-low-vitamin-d/", empty=()) == []
    assert twin_urls("/p/autism-and-deficiency/", "/p/autism-and-deficency/", empty=()) == []
    assert twin_urls("/p/very-low-vitamin/", "/p/very-low-vitamin-d/", empty=("/p/very-low-vitamin/",))


def test_titles_are_alike_whatever_the_order_of_their_words() -> None:
    def pairs(*titles: str) -> int:
        return len(list(alike([(t, page(f"/p/{i}/")) for i, t in enumerate(titles)])))

    long = "Several more analyses of vitamin D fail to consider dose size and duration of the studies"
    assert pairs(long, long) == 1
    assert pairs(long, long.replace("analyses", "analysis")) == 1
    assert pairs(long, f"Vitamin D: {long.replace(' vitamin D', '')}") == 1
    assert pairs(f"{long} 2013", f"{long} 2014") == 0
    assert pairs(long, long.replace("dose", "cost")) == 0


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Sun, and more sun", "/posts/a/"),
        ("sun and MORE sun", "/posts/a/"),
        ("Wind", "/posts/wind/"),
        ("Rain", None),
        ("12", None),
        ("IU/day", None),
        ("Sun, and more rain", None),
    ],
)
def test_a_page_is_found_by_its_title_or_name(text: str, url: str | None) -> None:
    titles = {
        "/posts/a/": "Sun, and more sun",
        "/posts/b/": "Rain",
        "/posts/c/": "Rain",
        "/posts/wind/": "Air",
    }
    index = Index(Publication(tuple(page(url, title=title) for url, title in titles.items())))
    found = index.titled(text)
    assert (found.page.url if found is not None else None) == url

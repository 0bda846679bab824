"""Causes: what many findings have in common, and never what chance brings about."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from support.run import write

from vitdlint.core.model import Diagnostic, Place, Report, Severity
from vitdlint.linter.causes import Cause, causes
from vitdlint.linter.check_site import lint
from vitdlint.linter.patterns import patterns


def dead(target: str, path: str = "content/a.md", line: int = 1, name: str = "dead-link") -> Diagnostic:
    place = Place(path, 0, 1, line, 1, line, 2)
    message = f'the link to "{target}" leads nowhere: no page has this URL'
    return Diagnostic(place, "VD601", name, Severity.ERROR, message, cause=target)


def reported(found: list[Diagnostic], live: list[str] = []) -> Report:  # noqa: B006  # is only read
    """A report of these findings on a site that also has links to the `live` targets."""
    targets = [*(d.cause or "" for d in found), *live]
    links = Counter(pattern for target in targets for pattern in patterns(target))
    return Report(tuple(sorted(found, key=lambda d: d.order)), 100, links=links)


def seen(found: tuple[Cause, ...]) -> list[tuple[str, str, int]]:
    return [(cause.kind, cause.label, len(cause.diagnostics)) for cause in found]


def test_a_family_is_named_by_its_pattern_and_counted_against_all_links_that_match() -> None:
    found = [dead(f"/tags/t{n % 40}.html", f"content/{n % 30}.md", n) for n in range(90)]
    (cause,) = causes(reported(found, ["/tags/live.html"] * 5))
    assert (cause.kind, cause.label, cause.targets, cause.links) == ("family", "/tags/*.html", 40, 95)
    assert len(cause.diagnostics) == 90
    assert cause.pages == 30
    assert cause.message == 'the link to "/tags/*.html" leads nowhere: no page has this URL'


def test_dead_links_among_many_that_work_are_no_family() -> None:
    found = [dead(f"/posts/t{n}.html", f"content/{n}.md") for n in range(40)]
    assert seen(causes(reported(found, ["/posts/live.html"] * 60))) == [("wording", "", 40)]


def test_one_target_is_named_rather_than_its_folder() -> None:
    found = [dead("/img/one.png", f"content/{n}.md") for n in range(50)]
    found += [dead(f"/img/{n}.png", f"content/{n}.md", 2) for n in range(4)]
    assert seen(causes(reported(found))) == [("target", "/img/one.png", 50), ("wording", "", 4)]


def test_what_all_messages_say_is_said() -> None:
    found = [
        dead("", f"content/{n}.md")._replace(cause=None, message=f'"{n}" leads out of "/blog/", 3 times')
        for n in range(6)
    ]
    (cause,) = causes(reported(found))
    assert cause.message == '"…" leads out of "/blog/", 3 times'
    found = [d._replace(cause=f"table at {n // 6}") for n, d in enumerate(found)]
    (cause,) = causes(reported(found))
    assert (cause.kind, cause.message) == ("target", '"…" leads out of "/blog/", 3 times')


def test_a_page_that_is_linked_with_fragments_is_named_without_them() -> None:
    found = [
        dead("/old/", f"content/{n}.md")._replace(
            message=f'the link to "/old/#part-{n}" leads nowhere: no page has this URL'
        )
        for n in range(6)
    ]
    (cause,) = causes(reported(found))
    assert cause.message == 'the link to "/old/" leads nowhere: no page has this URL'


def test_a_family_below_one_folder_is_found_at_any_depth() -> None:
    found = [dead(f"/old/{n % 7}/x{n}/", f"content/{n}.md") for n in range(60)]
    assert seen(causes(reported(found))) == [("family", "/old/**", 60)]


def test_a_host_is_one_cause() -> None:
    found = [dead(f"https://gone.example/{n}", f"content/{n}.md", name="dead-external") for n in range(6)]
    assert seen(causes(reported(found))) == [("host", "https://gone.example/*", 6)]


def test_findings_without_a_target_are_grouped_by_wording() -> None:
    found = [
        dead("", f"content/{n}.md")._replace(cause=None, message=f'row {n} of "{n}" is lost')
        for n in range(9)
    ]
    (cause,) = causes(reported(found))
    assert (cause.kind, cause.message) == ("wording", 'row … of "…" is lost')


def test_a_folder_with_characters_of_a_glob_makes_no_pattern() -> None:
    assert patterns("/a*b/c.html") == ()
    assert patterns("/a/b?c") == ()


def test_the_heaviest_cause_is_first_whatever_the_order_of_rules() -> None:
    few = [dead("/x/", f"content/{n}.md", name="a-rule")._replace(code="VD101") for n in range(5)]
    many = [dead("/y/", f"content/{n}.md", name="b-rule")._replace(code="VD901") for n in range(50)]
    assert [cause.code for cause in causes(reported([*few, *many]))] == ["VD901", "VD101"]


def test_every_finding_belongs_to_one_cause() -> None:
    for seed in range(30):
        chance = random.Random(seed)
        folders = ["/a", "/a/b", "/tags", "/old/x", "", "https://a.example", "/p/#"]
        found = [
            dead(
                f"{chance.choice(folders)}/{chance.randrange(20)}{chance.choice(['', '.html', '/'])}", line=n
            )
            for n in range(200)
        ]
        report = reported(found, [f"/a/{n}" for n in range(chance.randrange(100))])
        grouped = [diagnostic for cause in causes(report) for diagnostic in cause.diagnostics]
        assert sorted(grouped, key=lambda d: d.order) == list(report.diagnostics)
        assert causes(report) == causes(Report(report.diagnostics, 100, links=dict(report.links)))


def test_chance_makes_no_family() -> None:
    """Dead links shuffled among all links of a site: where they are is chance, so no pattern explains them."""
    for seed in range(50):
        chance = random.Random(seed)
        targets = [
            f"/{chance.choice(['posts', 'tags', 'authors', 'docs/a', 'docs/b'])}/{n}/" for n in range(1000)
        ]
        links = [chance.choice(targets) for _ in range(4000)]
        chance.shuffle(targets)
        broken = set(targets[: chance.choice([20, 100, 300])])
        found = [dead(target, f"content/{n}.md") for n, target in enumerate(links) if target in broken]
        report = reported(found, [target for target in links if target not in broken])
        assert {cause.kind for cause in causes(report)} <= {"target", "wording", "others"}


def test_a_site_says_how_many_links_match_each_pattern(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "hugo.toml": "",
            "content/a.md": "[b](/b/), [x](/old/x.html), [y](/old/y.html#z), [w](https://example.org/)\n",
            "content/b.md": "[a](/a/) [x](/old/x.html)\n",
        },
    )
    report = lint(tmp_path, cached=False)
    assert report.links == {"/old/*": 3, "/old/*.html": 3}

"""A site of which a few pages have changed is judged as if all of it were."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.run import git, run, write

from vitdlint.core.model import Outcome
from vitdlint.core.rule import Scope
from vitdlint.files.find_site import locate
from vitdlint.files.git import find
from vitdlint.files.git_tree import index_tree
from vitdlint.linter import page_settings
from vitdlint.linter.check_site import lint
from vitdlint.linter.examples import NOW
from vitdlint.linter.incremental import body_edits
from vitdlint.linter.incremental.last_run import COARSE
from vitdlint.linter.incremental.store import Cache
from vitdlint.linter.rerun import SiteState, resume
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import Session, open_session
from vitdlint.rules import ALL
from vitdlint.site import suggest
from vitdlint.site.links import Links

FORMAT = ("--output-format", "json", "--exit-zero")
PAGES = 60
OLD_HOST = 'base-urls = ["https://old.example"]\n'
LATER = time.time_ns() + 10**15
"""A start so late that no file is too young."""


def text(number: int, draw: random.Random) -> str:
    """A page whose links, anchors and terms are entangled with those of others."""
    other, third = draw.choice([*range(PAGES // 2), PAGES]), draw.randrange(PAGES // 2)
    far = [(number + 7 * step) % PAGES for step in range(1, 5)]
    front = f"title: Page {number}\naliases: [/old-{number}]\ntags: [Tag {number % 5}, {'tag-1' if number % 7 else 'Tag 9'}]"
    front += "\nlayout: [not, text]" if number % 9 == 3 else ""
    return (
        f"---\n{front}\n---\n\n## Part {number % 3}\n\n"
        f"[a](/posts/p{other}/) [b](/posts/p{third}/#part-{number % 4}) [c](/old-{other}) [d](../p{third}/#nope)\n"
        f"\n[g](/old-{far[0]}#part-{number % 4}) [h](https://old.example/old-{far[1]}#part-{number % 4})"
        f" [i](/tags/p{far[2]}/#part-{number % 4}) (j)[#part-{number % 4}] (k)[/posts/p{far[3]}/#part-{number % 3}]\n"
    )


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "a line more": lambda page, _: page + "\nOne line more.\n",
    "a line above": lambda page, _: page.replace("\n\n## ", "\n\nA line above.\n\n## ", 1),
    "a dead link": lambda page, draw: page + f"\n[x](/nowhere/{draw.randrange(99)}/)\n",
    "links to any page": lambda page, draw: (
        page
        + f"\n[e](/posts/p{draw.randrange(PAGES)}/) [f](/posts/p{draw.randrange(PAGES)}/#part-{draw.randrange(3)})\n"
    ),
    "a link less": lambda page, _: page.replace("[a](", "(", 1),
    "an anchor more": lambda page, draw: page + f"\n## Part {draw.randrange(5)}\n",
    "an anchor less": lambda page, _: page.replace("## Part", "Part"),
    "no body": lambda page, _: page.partition("\n\n")[0] + "\n",
    "a shortcode": lambda page, draw: (
        page + draw.choice(["{{< figure src=/x.png >}}", "{{< nobody >}}"]) + "\n"
    ),
    "a suppression": lambda page, _: page + "\n[y](/gone) <!-- vitdlint-disable-line dead-link -- why -->\n",
    "an unused suppression": lambda page, _: (
        page + "\nText <!-- vitdlint-disable-line dead-link -- why -->\n"
    ),
    "old markup": lambda page, _: page + "\n__bold__ {FANCYTABLE()}x{FANCYTABLE} â€™ <b>\n",
    "another alias": lambda page, draw: page.replace(
        "aliases: [", f"aliases: [/old-{draw.randrange(PAGES)}, ", 1
    ),
    "another title": lambda page, draw: page.replace("title: Page", f"title: {draw.choice('ABC')}", 1),
    "another term": lambda page, _: page.replace("tags: [", "tags: [Tag-2, ", 1),
    "bad bytes": lambda page, _: page + "\0",
    "bad front matter": lambda page, _: page.replace("title: ", "title: [", 1),
    "a draft": lambda page, _: page.replace("title:", "draft: true\ntitle:", 1),
    "as it was": lambda page, _: page,
}

BODY_ALONE = [
    "a line more",
    "links to any page",
    "old markup",
    "a line above",
    "a dead link",
    "a link less",
    "an anchor more",
    "an anchor less",
]


class Bench:
    """A site on disk, and a session with a cache."""

    def __init__(self, root: Path) -> None:
        self.root = root
        draw = random.Random(1)
        pages = {f"content/posts/p{i}.md": text(i, draw) for i in range(PAGES)}
        write(
            root,
            {
                "hugo.toml": "",
                "vitdlint.toml": f'{OLD_HOST}extend-select = ["all"]\nignore = ["orphan-page"]\n',
                **pages,
            },
        )
        self.cache = Cache(root / "cache.sqlite")

    def session(self, *, cached: bool = True) -> Session:
        settings = RunSettings(NOW, jobs=1, cached=cached)
        return open_session(locate([self.root]), settings, self.cache if cached else None)

    def resumed(self) -> Outcome:
        session = self.session()
        located = session.project.located
        return resume(session, SiteState(b"key", located.tree, located.disk, LATER))

    def whole(self) -> Outcome:
        return self.session(cached=False).check()

    def edit(self, number: int, edit: Callable[[str, random.Random], str], draw: random.Random) -> None:
        page = self.root / f"content/posts/p{number}.md"
        page.write_text(edit(page.read_text(), draw))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_the_report_after_any_edits_is_that_of_the_whole_site(bench: Bench) -> None:
    draw = random.Random(7)
    bench.resumed()
    for step in range(80):
        if step == 40:
            write(bench.root, {"vitdlint.toml": f'{OLD_HOST}extend-select = ["orphan-page"]\n'})
        names = [draw.choice([*BODY_ALONE, *BODY_ALONE, *EDITS]) for _ in range(draw.randrange(1, 4))]
        for name in names:
            bench.edit(draw.randrange(PAGES), EDITS[name], draw)
        if step % 8 == 7:  # or most pages would be broken in the end
            changed = {f"content/posts/p{i}.md": text(i, draw) for i in range(PAGES) if draw.random() < 0.5}
            write(bench.root, changed)
        resumed, whole = bench.resumed(), bench.whole()
        assert resumed.report == whole.report, (step, names)
        assert (resumed.pages, sorted(resumed.suppressed)) == (whole.pages, sorted(whole.suppressed))


@pytest.mark.parametrize("name", EDITS)
def test_the_report_after_one_edit_and_its_undoing_is_that_of_the_whole_site(bench: Bench, name: str) -> None:
    before = bench.resumed().report
    page = bench.root / "content/posts/p3.md"
    original = page.read_text()
    bench.edit(3, EDITS[name], random.Random(2))
    assert bench.resumed().report == bench.whole().report
    page.write_text(original)
    assert bench.resumed().report == before


@pytest.mark.parametrize("name", [*BODY_ALONE, "a shortcode", "a suppression"])
def test_an_edit_of_a_body_leaves_the_other_pages_alone(
    bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(bench.root, {"vitdlint.toml": OLD_HOST})
    bench.resumed()
    bench.edit(3, EDITS[name], random.Random(2))
    whole = bench.whole().report
    asked: list[str] = []
    look = body_edits.StoredFacts.__getitem__

    def note(pages: body_edits.StoredFacts, path: str) -> object:
        asked.append(path)
        return look(pages, path)

    monkeypatch.setattr(body_edits.StoredFacts, "__getitem__", note)
    monkeypatch.setattr(Session, "outcome", None)  # the whole site is not judged
    assert bench.resumed().report == whole
    assert len(set(asked)) < PAGES / 2


def test_what_is_said_of_a_pages_links_does_not_depend_on_the_pages_beside_it(bench: Bench) -> None:
    site = bench.whole().site
    for rule in ALL:
        if rule.on is Links and rule.scope is not Scope.SITE:
            options = rule.options()
            alone = [
                finding
                for path, facts in site.pages.items()
                for finding in rule.check(Links(site, {path: facts}), options)
            ]
            together = list(rule.check(Links(site, site.pages), options))
            assert sorted(map(repr, alone)) == sorted(map(repr, together)), rule.name
            assert {finding.span.path for finding in alone} <= site.pages.keys()


def test_a_file_that_hugo_does_not_read_changes_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(bench.root, {".gitignore": "cache.sqlite*\n", "vitdlint.toml": "", "README.md": "One\n"})
    git(bench.root, "init", "-q")
    git(bench.root, "add", "-A")

    def staged() -> Outcome:
        session = bench.session()
        disk = session.project.located.disk
        tree = index_tree(find(bench.root), disk)
        return resume(session, SiteState(b"git", tree, tree, LATER))

    before = staged().report
    write(bench.root, {"README.md": "Two\n", ".github/settings.yml": "on: push\n"})
    bench.edit(3, EDITS["a dead link"], random.Random(2))
    git(bench.root, "add", "-A")
    whole = bench.whole().report
    monkeypatch.setattr(Session, "outcome", None)  # the whole site is not judged
    assert staged().report == whole != before


@pytest.mark.slow
def test_what_a_commit_causes_is_the_same_with_and_without_a_cache(bench: Bench) -> None:
    write(bench.root, {".gitignore": ".cache\ncache.sqlite*\n", "vitdlint.toml": ""})
    git(bench.root, "init", "-q")
    git(bench.root, "add", "-A")
    git(bench.root, "commit", "-qm", "All")
    draw = random.Random(5)
    reported = 0
    for step in range(15):
        for _ in range(draw.randrange(1, 3)):
            bench.edit(draw.randrange(PAGES), EDITS[draw.choice(list(EDITS))], draw)
        if step % 6 == 3:
            git(bench.root, "mv", f"content/posts/p{step}.md", f"content/posts/moved{step}.md")
            write(bench.root, {f"content/posts/p{step}.md": text(step, draw).replace("old-", "older-")})
        git(bench.root, "add", "-A")
        for options in (("--staged",), ("--since", "HEAD")):
            warm = run("check", *FORMAT, *options, cwd=bench.root)
            cold = run("check", *FORMAT, *options, "--no-cache", cwd=bench.root)
            assert (warm.stdout, warm.stderr) == (cold.stdout, cold.stderr), (step, options)
            reported += len(json.loads(warm.stdout)["diagnostics"])
        if step % 3:
            git(bench.root, "commit", "-qm", "Step")
    assert reported > 20


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("p1 links to a part of p2", "p2 loses it"),
        ("p1 links to a part that p2 lacks", "p2 gets it"),
        ("p1 has old markup", "it moves down"),
    ],
)
def test_one_change_after_another_is_followed(bench: Bench, first: str, then: str) -> None:
    lines = {
        "p1 links to a part of p2": (1, "[g](/posts/p2/#part-2)"),
        "p1 links to a part that p2 lacks": (1, "[g](/posts/p2/#more)"),
        "p1 has old markup": (1, "A ~~#f00:red~~ word, [lines](http://example.org/a%20)"),
        "p2 gets it": (2, "## More"),
    }
    edits: dict[str, tuple[int, Callable[[str, random.Random], str]]] = {
        name: (number, lambda page, _, line=line: f"{page}\n{line}\n")
        for name, (number, line) in lines.items()
    }
    edits["p2 loses it"] = (2, EDITS["an anchor less"])
    edits["it moves down"] = (1, EDITS["a line above"])
    seen = [bench.resumed().report]
    for step in (first, then):
        bench.edit(*edits[step], random.Random(1))
        seen.append(bench.resumed().report)
        assert seen[-1] == bench.whole().report
    assert seen[0].diagnostics != seen[1].diagnostics or seen[1].diagnostics != seen[2].diagnostics


@pytest.mark.parametrize(
    "line",
    [
        "[g](/posts/p2/#more)",
        "(g)[/posts/p2/#more]",
        "[g](/old-2#more)",
        "[g](https://old.example/old-2#more)",
        "[g](/tags/p2/#more)",
    ],
)
def test_a_page_is_checked_again_when_a_place_that_it_names_appears(bench: Bench, line: str) -> None:
    bench.edit(1, lambda page, _: f"{page}\n{line}\n", random.Random(1))
    before = bench.resumed().report
    bench.edit(2, lambda page, _: f"{page}\n## More\n", random.Random(1))
    assert bench.resumed().report == bench.whole().report
    assert [d for d in bench.resumed().report.diagnostics if d.place.path.endswith("/p1.md")] != [
        d for d in before.diagnostics if d.place.path.endswith("/p1.md")
    ]


@pytest.mark.parametrize("new", ["posts/new.md", "posts/a.md"])
def test_the_names_of_pages_are_worked_out_once_for_many_edits(
    new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first dead link comes with an edit, the next edit finds them stored."""
    write(tmp_path, {"hugo.toml": "", **{f"content/posts/{name}.md": f"# {name}\n" for name in "abc"}})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    counted: list[str] = []
    names_of = suggest.names_of
    monkeypatch.setattr(suggest, "names_of", lambda publication: counted.append("") or names_of(publication))  # type: ignore[func-returns-value]
    time.sleep(COARSE / 1e9 + 0.2)
    assert not lint(tmp_path).diagnostics
    for title in ("One", "Two"):
        write(tmp_path, {f"content/{new}": f"---\ntitle: {title}\n---\n\n[x](/posts/bb/)\n"})
        assert [d.name for d in lint(tmp_path).diagnostics if d.name == "dead-link"] == ["dead-link"]
    assert len(counted) == 1


def test_what_templates_do_is_worked_out_again_when_one_has_changed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    ways = page_settings.shortcode_ways
    monkeypatch.setattr(
        page_settings, "shortcode_ways", lambda templates: counted.append("") or ways(templates)
    )
    call = "\n{{< to a=/nowhere/ b=/never/ >}}\n"
    template = "layouts/shortcodes/to.html"
    write(bench.root, {"vitdlint.toml": "", template: '<a href="{{ .Get "a" }}">a</a>'})
    for edit in (EDITS["a line more"], lambda page, _: page + call, EDITS["another title"]):
        counted.clear()
        bench.resumed()
        bench.edit(3, edit, random.Random(2))
        counted.clear()
        report = bench.resumed().report
        assert not counted
        assert report == bench.whole().report
    write(bench.root, {template: '<a href="{{ .Get "b" }}">b</a>'})
    counted.clear()
    report = bench.resumed().report
    assert counted
    assert report == bench.whole().report
    assert "/never/" in " ".join(d.message for d in report.diagnostics)

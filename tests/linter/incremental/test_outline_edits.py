"""A site of which pages have come or gone, or have other front matter, is checked as if all of it were."""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from support.run import write

from vitdlint.core.model import NotChecked, Outcome
from vitdlint.files.find_site import locate
from vitdlint.linter.examples import NOW
from vitdlint.linter.incremental import outline_edits
from vitdlint.linter.incremental.body_edits import counted
from vitdlint.linter.incremental.store import Cache
from vitdlint.linter.rerun import SiteState, resume
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import Session, open_session

SEEDS = int(os.environ.get("EDIT_SEEDS", "0"))
"""More seeds than usual."""
MANY = 2016
"""Edits of the long run over all configurations."""
LATER = time.time_ns() + 10**15
WORDS = ("alpha", "beta", "gammas", "gamma", "deltaic", "one")
FOLDERS = ("posts", "posts", "posts/sub", "docs")
SCHEMA = """{"properties": {"id": {"x-unique": "site"}, "related": {"x-reference": "page"},
 "see": {"x-reference": "term"}, "was": {"x-reference": "alias"}}}"""
CONFIGURATIONS = {
    "plain": "",
    "ugly": "uglyURLs = true\n[pagination]\npagerSize = 2\n",
    "languages": "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n",
    "permalinks": '[permalinks]\nposts = "/:year/:slug/"\ndocs = "/:sections/:title/"\n',
    "case": 'baseURL = "https://x.example/base/"\ndisablePathToLower = true\n',
    "hooks": "[markup.goldmark.renderHooks.link]\nenableDefault = true\n",
}
MENU = '\n[[menus.main]]\nname = "Alpha"\npageRef = "/posts/alpha-beta"\n[[menus.main]]\nname = "B"\nurl = "/docs/one/"\n'
OWN = """base-urls = ["https://old.example"]
extend-select = ["all"]
ignore = ["orphan-page", "unused-file", "missing-translation", "stale-translation"]
redirects = [{ from = "/moved/*", to = "/posts/:splat" }]
[[schema]]
pages = "**"
use = "schema.json"
"""


def name(draw: random.Random) -> str:
    return "-".join(draw.choice(WORDS) for _ in range(draw.choice([1, 2, 2, 3, 4])))


def path(draw: random.Random) -> str:
    form = draw.choice(["{}.md", "{}.md", "{}.md", "{}/index.md", "{}.de.md"])
    return f"content/{draw.choice(FOLDERS)}/{form.format(name(draw))}"


def value(key: str, draw: random.Random) -> str:
    title = name(draw).replace("-", " ").title()
    return {
        "title": lambda: draw.choice([title, title, f"{title} {draw.randrange(3)}"]),
        "slug": lambda: draw.choice(["", "", name(draw)]),
        "aliases": lambda: draw.choice(["", f"[/{name(draw)}]", f"[/old/{name(draw)}, {name(draw)}]"]),
        "tags": lambda: draw.choice(["", "[One, two]", "[one]", "[ONE, Three]", f"[{name(draw)}]"]),
        "draft": lambda: draw.choice(["", "", "", "true"]),
        "date": lambda: draw.choice(["", "2020-01-01", "2030-01-01"]),
        "id": lambda: draw.choice(["", str(draw.randrange(9))]),
        "related": lambda: draw.choice(["", "", name(draw), f"/posts/{name(draw)}"]),
        "see": lambda: draw.choice(["", "", "one", "two", name(draw)]),
        "was": lambda: draw.choice(["", "", "", f"/{name(draw)}"]),
        "image": lambda: draw.choice(["", "", f"{name(draw)}.png"]),
        "url": lambda: draw.choice([""] * 9 + [f"/{name(draw)}/"]),
        "titel": lambda: draw.choice(["", "x"]),
        "tag": lambda: draw.choice(["", "x"]),
    }[key]()


KEYS = ("title", "slug", "aliases", "tags", "draft", "date", "id", "related", "see", "was", "image", "url")


def link(draw: random.Random) -> str:
    to, folder = name(draw), draw.choice(FOLDERS)
    return draw.choice(
        [
            f"[a](/{folder}/{to}/)",
            f"[a](/{folder}/{to}.html)",
            f"[a](/{to})",
            f"[a](../{to}/)",
            f"[a]({to}.md)",
            f"[a](/base/{folder}/{to}/#part-{draw.randrange(3)})",
            f"[a](/{folder}/{to}/#part-{draw.randrange(3)})",
            f'[a]({{{{< ref "{to}" >}}}})',
            f'[a]({{{{< relref "/{folder}/{to}.md#part-1" >}}}})',
            f"[a](https://old.example/{to})",
            f"[a](https://old.example/x?page={to.replace('-', '+')})",
            f"[[{to.replace('-', ' ').title()}]]",
            f"[a](/moved/{to}/)",
            f"[a](/tags/{draw.choice(['one', 'two', to])}/)",
            f"[a](/{draw.randrange(2019, 2022)}/{to}/)",
            f"[a](/de/{folder}/{to}/)",
            f"[a]({to.replace('-', ' ').title()})",
            f"[a](/{folder}/)",
            f"[a](/{folder}/page/2/)",
            f"(a)[/{folder}/{to}/]",
            f"![a]({to}.png)",
            "[a](/)",
        ]
    )


def page(draw: random.Random) -> str:
    front = "".join(f"{key}: {found}\n" for key in KEYS if (found := value(key, draw)))
    body = [link(draw) for _ in range(draw.randrange(5))]
    body += [f"## Part {draw.randrange(3)}"] * draw.randrange(2)
    return f"---\n{front}---\n\n" + "\n\n".join(body) + "\n"


def set_key(text: str, key: str, draw: random.Random) -> str:
    text = re.sub(rf"(?m)^{key}: .*\n", "", text, count=1)
    found = value(key, draw)
    return text.replace("---\n", f"---\n{key}: {found}\n", 1) if found else text


class Bench:
    """A site on disk, and a session with a cache."""

    def __init__(self, root: Path, configuration: str, draw: random.Random) -> None:
        self.root, self.draw = root, draw
        files = {path(draw): page(draw) for _ in range(24)}
        for folder in set(FOLDERS):
            if draw.random() < 0.5:
                files[f"content/{folder}/_index.md"] = f"---\ntitle: {folder}\n---\n\n{link(draw)}\n"
        files["layouts/all.html"] = "{{ .Content }}{{ .Params.image }}{{ (.Paginate .Pages).Pages }}"
        write(root, {"hugo.toml": configuration + MENU, "vitdlint.toml": OWN, "schema.json": SCHEMA, **files})
        self.cache = Cache(root / "cache.sqlite")

    @property
    def pages(self) -> list[Path]:
        return sorted(p for p in (self.root / "content").rglob("*.md") if not p.name.startswith("_"))

    def session(self, *, cached: bool) -> Session:
        settings = RunSettings(NOW, jobs=1, cached=cached)
        return open_session(locate([self.root]), settings, self.cache if cached else None)

    def resumed(self) -> Outcome:
        session = self.session(cached=True)
        located = session.project.located
        return resume(session, SiteState(b"key", located.tree, located.disk, LATER))

    def edit(self, kind: str) -> None:
        draw, pages = self.draw, self.pages
        one = draw.choice(pages) if pages else self.root / path(draw)
        new = self.root / path(draw)
        if kind == "added" or not pages:
            write(self.root, {str(new.relative_to(self.root)): page(draw)})
        elif kind == "removed":
            one.unlink()
        elif kind == "renamed":
            new.parent.mkdir(parents=True, exist_ok=True)
            one.rename(new)
        elif kind == "another page":
            one.write_text(page(draw))
        elif kind == "body":
            one.write_text(one.read_text() + f"\n{link(draw)}\n")
        elif kind == "heading":
            one.write_text(one.read_text() + f"\n## Part {draw.randrange(3)}\n")
        elif kind == "empty":
            one.write_text(one.read_text().partition("---\n\n")[0] + "---\n\n")
        elif kind == "suppressed":
            note = f"<!-- vitdlint-disable-next-line dead-link -- known -->\n{link(draw)}\n"
            one.write_text(one.read_text() + "\n" + note)
        else:
            one.write_text(set_key(one.read_text(), kind, draw))


KINDS = (
    "added",
    "removed",
    "renamed",
    "another page",
    "body",
    "heading",
    "empty",
    "suppressed",
    *KEYS,
    "titel",
    "tag",
)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_report_after_any_edit_is_that_of_the_whole_site(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_and_compare(tmp_path, name, 0, 12, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, MANY // 48 // len(CONFIGURATIONS) + 1 + SEEDS))
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_two_thousand_edits(tmp_path: Path, name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_and_compare(tmp_path, name, seed, 48, monkeypatch)


def edit_and_compare(
    tmp_path: Path, name: str, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(f"{name} {seed}")
    bench = Bench(tmp_path, CONFIGURATIONS[name], draw)
    followed: Counter[tuple[str, bool]] = Counter()
    follow = outline_edits.follow
    kinds: list[str] = []

    def counting(*arguments: object) -> outline_edits.Followed | None:
        found = follow(*arguments)  # type: ignore[arg-type]
        followed.update((kind, found is not None) for kind in kinds)
        return found

    monkeypatch.setattr(outline_edits, "follow", counting)
    bench.resumed()
    for step in range(steps):
        kinds[:] = [draw.choice(KINDS) for _ in range(draw.choice([1, 1, 1, 2, 3]))]
        for kind in kinds:
            bench.edit(kind)
        resumed, whole = bench.resumed(), bench.session(cached=False).check()
        where = (name, seed, step, kinds)
        if resumed.report != whole.report:
            was, is_ = set(resumed.report.diagnostics), set(whole.report.diagnostics)
            assert sorted(was - is_) == sorted(is_ - was), where
        assert resumed.report == whole.report, where
        assert (resumed.pages, sorted(resumed.suppressed)) == (whole.pages, sorted(whole.suppressed)), where
    most = sum(count for (_, is_followed), count in followed.items() if is_followed)
    assert most > followed.total() // 2, followed


def test_what_is_not_checked_is_in_the_order_of_a_whole_run() -> None:
    found = (NotChecked("fragments", "a reason", 1, "b"), NotChecked("fragments", "a reason", 2, "a"))
    assert counted(found, (), ()) == tuple(sorted(found)) == found

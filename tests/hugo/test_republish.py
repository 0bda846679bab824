"""What Hugo writes after an edit, worked out from what it wrote before, is what it would write of the whole site."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.files import content_files
from vitdlint.hugo.publication import Publication
from vitdlint.hugo.publish import publish
from vitdlint.hugo.republish import republish
from vitdlint.hugo.templates import Templates
from vitdlint.page.page import Facts, Settings
from vitdlint.page.read import read_page

SEEDS = int(os.environ.get("EDIT_SEEDS", "25"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LAYOUTS = {
    "layouts/all.html": "{{ .Content }}",
    "layouts/list.html": "{{ range (.Paginate .Pages).Pages }}{{ end }}",
}
CONFIGURATIONS = {
    "plain": "",
    "few": "[pagination]\npagerSize = 2\n",
    "ugly": "uglyURLs = true\n",
    "languages": "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n",
    "permalinks": '[permalinks]\nposts = "/:year/:slug/"\nblog = "/:sections/:title/"\n',
    "case": "disablePathToLower = true\n",
    "hosts": '[languages.en]\nbaseURL = "https://en.example/"\n[languages.de]\nbaseURL = "https://de.example/"\n',
}
FOLDERS = ("", "posts/", "posts/deep/", "blog/", "blog/Sub/", "new/", "blog-b/")
NAMES = ("a", "b", "B", "a-b", "deep", "sub-x", "sub", "c.de", "a.de", "index", "d/index", "d/x")


def front(draw: random.Random) -> str:
    keys = {
        "title": draw.choice(["A", "B", "A page", "Tag one", "T", "U"]),
        "slug": draw.choice(["", "", "", "", "a", "b", "slug", "s2", "index"]),
        "tags": draw.choice(["", "[one]", "[one, Two]", "[ONE]", "[two]", "[one two]", "[three]"]),
        "draft": draw.choice(["", "", "", "true"]),
        "date": draw.choice(["", "2020-01-01", "2030-01-01"]),
        "aliases": draw.choice(["", "", "[/old]", "[old, /x/y]", "[../../..]"]),
        "url": draw.choice([""] * 8 + ["/url/", "/posts/a/"]),
        "source": draw.choice(["", "", "", "posts/a.md", "/posts/b"]),
        "headless": draw.choice(["", "", "", "", "true"]),
        "outputs": draw.choice(["", "", "", "[html, json]"]),
        "expiryDate": draw.choice(["", "", "", "2021-01-01"]),
        "layout": draw.choice(["", "", "", "own"]),
        "categories": draw.choice(["", "", "[c]"]),
        "translationKey": draw.choice([""] * 30 + ["k"]),
    }
    return "".join(f"{key}: {value}\n" for key, value in keys.items() if value)


def page(draw: random.Random) -> str:
    return f"---\n{front(draw)}---\n" + draw.choice(["", "Text.\n", "Text.\n"])


def site(draw: random.Random) -> dict[str, str]:
    files = {f"content/{draw.choice(FOLDERS)}{draw.choice(NAMES)}.md": page(draw) for _ in range(12)}
    for folder in FOLDERS:
        if draw.random() < 0.3:
            slug = draw.choice(["", f"slug: s{len(folder)}\n", "cascade: {slug: same}\n"])
            files[f"content/{folder}_index.md"] = f"---\ntitle: Section\n{slug}---\n"
    for path in list(files):
        if draw.random() < draw.choice([0, 0, 0.2]):
            files[path.replace(".md", "/pic.png")] = "png"
    return files


class Whole:
    """A site that is published from scratch."""

    def __init__(self, files: dict[str, str], configuration: str) -> None:
        self.tree = MemoryTree({**files, **LAYOUTS, "hugo.toml": configuration})
        self.config = load(self.tree)
        listed = content_files(self.config, self.tree)
        self.pages: dict[str, Facts] = {
            f.path: read_page(f.path, self.tree.read(f.path), Settings(), None).facts
            for f in listed
            if f.is_page
        }
        self.publication = publish(self.config, self.tree, self.pages, NOW, listed)


def edit(files: dict[str, str], draw: random.Random) -> set[str]:
    """Change up to three pages; their paths."""
    changed: set[str] = set()
    for _ in range(draw.randrange(1, 4)):
        pages = [path for path in files if path.endswith(".md")]
        path = draw.choice(pages)
        kind = draw.choice(["add", "remove", "rename", "edit", "edit"])
        new = f"content/{draw.choice(FOLDERS)}{draw.choice(NAMES)}.md"
        if kind == "add":
            changed.add(new)
            files[new] = page(draw)
        elif kind == "edit":
            changed.add(path)
            files[path] = page(draw)
        else:
            changed.add(path)
            text = files.pop(path)
            if kind == "rename":
                changed.add(new)
                files[new] = text
    return changed


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_differences_lead_to_what_the_whole_site_is(name: str) -> None:
    known: Counter[bool] = Counter()
    for seed in range(SEEDS):
        draw = random.Random(f"{name} {seed}")
        files = site(draw)
        before = Whole(files, CONFIGURATIONS[name])
        for step in range(6):
            changed = edit(files, draw)
            after = Whole(files, CONFIGURATIONS[name])
            found = republish(
                Templates(after.config, after.tree),
                before.publication,
                before.publication.terms,
                before.pages,
                after.pages,
                changed,
                NOW,
            )
            known[found is not None] += 1
            if found is not None:
                where = (name, seed, step, sorted(changed))
                terms = {**before.publication.terms, **found.terms}
                assert {key: uses for key, uses in terms.items() if uses} == after.publication.terms, where
                check(found.after, after.publication, where)
            before = after
    assert known[True] > known.total() // 5, known


def check(one: Publication, other: Publication, where: object) -> None:
    for field in Publication._fields:
        mine, right = getattr(one, field), getattr(other, field)
        if field == "refused_aliases":
            mine, right = sorted(mine), sorted(right)
        elif field == "text_names":
            assert right <= mine, where
            continue
        elif field == "terms":
            continue
        assert mine == right, (where, field)

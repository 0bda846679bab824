"""Files that bundles share by `translationKey`, and those of drafts: as Hugo hands them out, on random sites."""

from __future__ import annotations

import json
from random import Random

import pytest
from support.hugo_build import build
from support.hugo_compare import compare_files, publish_tree, with_layouts
from support.whole import of_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.site.links import Links

LANGUAGES = ("en", "de", "nl")


def tied_site(seed: int) -> dict[str, str]:
    """Bundles in several languages, some tied, some drafts, with files of few names."""
    random = Random(seed)
    own = [
        f'[languages.{name}]\nweight = {n}\ncontentDir = "{name}"\n' for n, name in enumerate(LANGUAGES, 1)
    ]
    tree = {"hugo.toml": 'baseURL = "https://example.org/"\ndefaultContentLanguage = "en"\n' + "".join(own)}
    for name in LANGUAGES:
        for number in range(random.randint(1, 3)):
            folder = f"{name}/{random.choice(['one', 'two', 'one/in', 'three'])}"
            kind = random.choice(["index", "index", "_index"])
            if any(
                path.startswith(f"{folder}/") or f"{folder}/".startswith(path.rpartition("/")[0] + "/")
                for path in tree
            ):
                continue
            front = {"title": f"{name} {number}", "x": number}
            if random.random() < 0.8:
                front["translationKey"] = random.choice(["k", "k", "l"])
            if random.random() < 0.15:
                front["draft"] = True
            images = " ".join(f"![{x}]({x})" for x in ("a.png", "b.png", "sub/c.png"))
            tree[f"{folder}/{kind}.md"] = f"{json.dumps(front)}\n\n{images}\n"
            for file in ("a.png", "b.png", "sub/c.png"):
                if random.random() < 0.35:
                    tree[f"{folder}/{file}"] = "x"
    return tree


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_bundles_share_files_as_in_hugo(seed: int) -> None:
    tree = with_layouts(tied_site(seed))
    theirs = build(tree)
    assert theirs.code == 0, theirs.messages
    ours = publish_tree(MemoryTree(tree))
    assert list(compare_files(ours, theirs)) == []
    found = ours.publication.resources
    by_page = {(o.language, o.path): o for o in ours.publication.outputs if o.path}
    for page in theirs.pages:
        if not page.source:
            continue
        logical = by_page[page.lang, page.source].logical
        mine = {
            file
            for (site, path), file in found.items()
            if site.language == page.lang and path.startswith(f"{logical}/")
        }
        assert mine == {url[1:] for url in page.resources}, page


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_the_pictures_of_a_draft_are_those_that_it_has_when_published(seed: int) -> None:
    tree = tied_site(seed)
    drafts = [path for path, text in tree.items() if '"draft": true' in text]
    for draft in drafts:
        published = {**tree, draft: tree[draft].replace('"draft": true', '"draft": false')}
        own = _own_files(tree, draft)
        assert _dead(tree, draft) & own == set() == _dead(published, draft) & own


def _own_files(tree: dict[str, str], page: str) -> set[str]:
    folder = page.rpartition("/")[0]
    return {path.removeprefix(f"{folder}/") for path in tree if path.startswith(f"{folder}/")}


def _dead(tree: dict[str, str], page: str) -> set[str]:
    links = Links(of_tree(MemoryTree(tree))).all
    return {link.target for on, link, target in links if on.path == page and target.status == "dead"}

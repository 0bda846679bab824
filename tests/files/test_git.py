from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.paths import ROOT

from vitdlint.files.git import FileChange, GitError, Repository, find
from vitdlint.files.git_tree import commit_tree, index_tree
from vitdlint.files.tree import LINK, DiskTree


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Git without the user's configuration, and without a hook's environment around the tests."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "writer@vitd.test")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "protocol.file.allow")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "always")
    monkeypatch.setenv("GIT_CONFIG_KEY_1", "init.defaultBranch")
    monkeypatch.setenv("GIT_CONFIG_VALUE_1", "main")


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(["git", *args], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").strip()


def put(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(folder: Path, files: Mapping[str, str | bytes | None], message: str = "x") -> str:
    put(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    git(folder, "init", "-q")
    commit(
        folder,
        {
            "hugo.toml": "",
            "content/a.md": "first a\n" + "text\n" * 20,
            "content/b.md": "first b\n",
            "content/ü b\t.md": "umlaut\n",
            "static/x.png": b"\x89PNG\xff",
        },
    )
    return folder


def contents(tree, folder: str = "") -> dict[str, bytes]:
    return {path: tree.read(path) for path in sorted(tree.files(folder))}


def test_the_index_is_read_and_not_the_work_tree(site: Path) -> None:
    put(site, {"content/a.md": "staged a\n", "content/new.md": "staged new\n"})
    git(site, "add", "-A")
    put(site, {"content/a.md": "unstaged\n", "content/b.md": "unstaged\n", "content/untracked.md": "x"})
    (site / "content/new.md").unlink()
    tree = index_tree(find(site), DiskTree(site))
    assert contents(tree, "content") == {
        "content/a.md": b"staged a\n",
        "content/b.md": b"first b\n",
        "content/new.md": b"staged new\n",
        "content/ü b\t.md": b"umlaut\n",
    }
    assert tree.files("content")["content/a.md"] == len("staged a\n")
    assert not tree.exists("content/untracked.md")
    assert tree.exists("content")
    assert tree.exists("static/x.png")
    tree.close()


def test_a_commit_is_a_tree_too(site: Path) -> None:
    commit(site, {"content/a.md": "second\n", "content/b.md": None, "content/c.md": "c\n"})
    put(site, {"content/c.md": "dirty\n"})
    tree = commit_tree(find(site), "HEAD~1", DiskTree(site))
    assert sorted(tree.files("content")) == ["content/a.md", "content/b.md", "content/ü b\t.md"]
    assert tree.read("content/a.md").startswith(b"first a")
    assert tree.read("content/b.md") == b"first b\n"
    assert tree.read("static/x.png") == b"\x89PNG\xff"
    with pytest.raises(FileNotFoundError):
        tree.read("content/c.md")
    tree.close()
    now = commit_tree(find(site), "HEAD", DiskTree(site))
    assert now.read("content/c.md") == b"c\n"
    now.close()


def test_staged_changes_are_listed_with_renames_and_deletions(site: Path) -> None:
    git(site, "mv", "content/a.md", "content/moved.md")
    put(site, {"content/b.md": None, "content/new.md": "n\n", "content/ü b\t.md": "other\n"})
    git(site, "add", "-A")
    put(site, {"content/moved.md": "not staged\n"})
    assert set(find(site).staged()) == {
        FileChange("R", "content/moved.md", "content/a.md"),
        FileChange("D", "content/b.md"),
        FileChange("A", "content/new.md"),
        FileChange("M", "content/ü b\t.md"),
    }


@pytest.mark.parametrize("renames", ["true", "copies", "false"])
def test_the_last_commit_differs_from_the_index_and_what_is_staged(site: Path, renames: str) -> None:
    git(site, "config", "diff.renames", renames)
    committed = find(site).index
    git(site, "mv", "content/a.md", "content/moved.md")
    put(
        site, {"content/copy.md": "first b\n", "content/b.md": "first b\nand more\n", "content/new.md": "n\n"}
    )
    (site / "static/x.png").unlink()
    (site / "static/x.png").symlink_to("../content/new.md")
    git(site, "add", "-A")
    repository = find(site)
    assert repository.staged()
    assert repository.last_commit() == repository.commit("HEAD") == committed


def test_before_the_first_commit_everything_is_staged(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    put(tmp_path, {"content/a.md": "a\n"})
    git(tmp_path, "add", "-A")
    repository = find(tmp_path)
    assert repository.staged() == (FileChange("A", "content/a.md"),)
    assert not repository.has_commits()
    assert repository.last_commit() == {}
    tree = index_tree(repository, DiskTree(tmp_path))
    assert contents(tree) == {"content/a.md": b"a\n"}


def test_changes_since_a_commit_include_what_is_not_committed_and_not_tracked(site: Path) -> None:
    start = git(site, "rev-parse", "HEAD")
    commit(site, {"content/a.md": "second\n"})
    put(
        site,
        {".gitignore": "ignored.md\n", "content/ignored.md": "x", "content/new.md": "x", "content/b.md": "z"},
    )
    assert set(find(site).since(start)) == {
        FileChange("M", "content/a.md"),
        FileChange("M", "content/b.md"),
        FileChange("A", ".gitignore"),
        FileChange("A", "content/new.md"),
    }


def test_a_site_in_a_folder_of_a_repository_has_paths_of_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(
        tmp_path, {"docs/site/content/a.md": "a\n", "docs/site/content/b.md": "b\n" * 9, "other/c.md": "c\n"}
    )
    git(tmp_path, "mv", "docs/site/content/b.md", "docs/site/content/d.md")
    put(tmp_path, {"other/c.md": "changed\n"})
    git(tmp_path, "add", "-A")
    repository = find(tmp_path / "docs/site")
    assert repository.prefix == "docs/site/"
    assert repository.staged() == (FileChange("R", "content/d.md", "content/b.md"),)
    assert sorted(index_tree(repository, DiskTree(tmp_path / "docs/site")).files("")) == [
        "content/a.md",
        "content/d.md",
    ]
    tree = commit_tree(repository, "HEAD", DiskTree(tmp_path / "docs/site"))
    assert contents(tree)["content/b.md"] == b"b\n" * 9
    tree.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_not_utf_8_or_need_quotes_are_names(site: Path) -> None:
    names = [b'content/q"uote.md', b"content/new\nline.md", b"content/caf\xe9.md", b"content/back\\slash.md"]
    for name in names:
        (site / os.fsdecode(name)).write_bytes(name)
    git(site, "add", "-A")
    for name in names:
        (site / os.fsdecode(name)).unlink()
    tree = index_tree(find(site), DiskTree(site))
    for name in names:
        assert tree.read(os.fsdecode(name)) == name
    assert {os.fsencode(change.path) for change in find(site).staged()} == set(names)
    tree.close()


def test_the_index_of_a_partial_commit_is_followed_within_a_hook(site: Path) -> None:
    put(site, {"content/a.md": "in the commit\n", "content/b.md": "staged before\n"})
    git(site, "add", "content/b.md")
    script = (
        "from pathlib import Path; from vitdlint.files.git import *; from vitdlint.files.git_tree import *; from vitdlint.files.tree import LINK, DiskTree\n"
        "r = find(Path.cwd()); print([c.path for c in r.staged()])\n"
        "t = index_tree(r, DiskTree(Path.cwd())); print(t.read('content/a.md'), t.read('content/b.md')); t.close()"
    )
    hook = site / ".git/hooks/pre-commit"
    hook.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c "{script}" > seen.txt\n')
    hook.chmod(0o755)
    git(site, "commit", "-q", "-m", "partial", "content/a.md")
    assert (site / "seen.txt").read_text().splitlines() == [
        "['content/a.md']",
        r"b'in the commit\n' b'first b\n'",
    ]


def test_the_environment_of_another_repositorys_hook_is_ignored(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    commit(other, {"x.md": "x\n"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    repository = find(site)
    assert repository.top == site
    assert "content/a.md" in repository.index


def test_a_work_tree_whose_git_folder_lies_elsewhere_is_found_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = tmp_path / "tree"
    put(tree, {"content/a.md": "a\n"})
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "store")], check=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "store"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tree))
    git(tree, "add", "content/a.md")
    assert list(find(tree).index) == ["content/a.md"]


def test_a_linked_work_tree_has_its_own_index(site: Path, tmp_path: Path) -> None:
    git(site, "worktree", "add", "-q", str(tmp_path / "second"), "-b", "second")
    put(tmp_path / "second", {"content/only.md": "x\n"})
    git(tmp_path / "second", "add", "-A")
    assert find(tmp_path / "second").staged() == (FileChange("A", "content/only.md"),)
    assert find(site).staged() == ()


def test_files_of_a_submodule_are_those_on_disk(site: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    git(theme, "init", "-q")
    commit(theme, {"layouts/shortcodes/box.html": "box\n"})
    git(site, "submodule", "add", "-q", str(theme), "themes/t")
    tree = index_tree(find(site), DiskTree(site))
    assert tree.read("themes/t/layouts/shortcodes/box.html") == b"box\n"
    assert tree.exists("themes/t/layouts")
    assert "themes/t" not in tree.files("")
    tree.close()


def test_symbolic_links_are_followed_within_the_tree_and_not_out_of_it(site: Path) -> None:
    (site / "content/link.md").symlink_to("a.md")
    (site / "content/out.md").symlink_to("/etc/hostname")
    (site / "content/loop.md").symlink_to("loop.md")
    git(site, "add", "-A")
    for name in ("link", "out", "loop"):
        (site / f"content/{name}.md").unlink()
    tree = index_tree(find(site), DiskTree(site))
    assert tree.read("content/link.md").startswith(b"first a")
    with pytest.raises(FileNotFoundError):
        tree.read("content/out.md")
    with pytest.raises(OSError, match="is a link to itself"):
        tree.read("content/loop.md")
    tree.close()


def test_a_folder_that_is_a_link_is_read_from_the_disk_and_links_in_it_are_marked(site: Path) -> None:
    (site / "content/link.md").symlink_to("a.md")
    (site / "posts").symlink_to("content")
    git(site, "add", "-A")
    tree, disk = index_tree(find(site), DiskTree(site)), DiskTree(site)
    assert dict(tree.files("posts")) == dict(disk.files("posts"))
    assert tree.files("content")["content/link.md"] == tree.files("posts")["posts/link.md"] == LINK
    assert tree.files("")["posts"] == LINK
    assert tree.read("posts/a.md") == tree.read("content/a.md")
    assert tree.exists("posts/a.md")
    assert not tree.exists("posts/none.md")
    assert tree.state(["posts"], []).keys() >= {"posts/a.md", "posts/link.md"}
    tree.close()


def test_the_merge_base_is_where_the_branch_left(site: Path) -> None:
    base = git(site, "rev-parse", "HEAD")
    git(site, "checkout", "-q", "-b", "topic")
    commit(site, {"content/t.md": "t\n"})
    git(site, "checkout", "-q", "main")
    commit(site, {"content/m.md": "m\n"})
    git(site, "checkout", "-q", "topic")
    assert find(site).merge_base("main") == base


def test_a_shallow_clone_without_the_merge_base_names_fetch_depth(site: Path, tmp_path: Path) -> None:
    git(site, "checkout", "-q", "-b", "topic")
    commit(site, {"content/t.md": "t\n"})
    git(site, "checkout", "-q", "main")
    commit(site, {"content/m.md": "m\n"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{site}", str(clone))
    git(clone, "checkout", "-q", "topic")
    with pytest.raises(GitError, match="fetch-depth: 0"):
        find(clone).merge_base("origin/main")
    lonely = tmp_path / "lonely"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site}", str(lonely))
    with pytest.raises(GitError, match="fetch-depth: 0"):
        find(lonely).merge_base("origin/topic")


def test_unrelated_histories_and_unknown_names_are_distinguished(site: Path) -> None:
    git(site, "checkout", "-q", "--orphan", "island")
    commit(site, {"content/i.md": "i\n"})
    with pytest.raises(GitError, match="no commit in common"):
        find(site).merge_base("main")
    with pytest.raises(GitError, match="not a commit, branch or tag"):
        find(site).merge_base("nowhere")
    with pytest.raises(GitError, match="not a commit, branch or tag"):
        find(site).merge_base("--help")


def test_outside_of_a_repository_git_says_so(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"):
        find(tmp_path)


def test_without_git_there_is_a_sentence(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="no git on this system"):
        find(site)


def test_a_conflict_is_read_as_our_side(site: Path) -> None:
    git(site, "checkout", "-q", "-b", "topic")
    commit(site, {"content/b.md": "theirs\n"})
    git(site, "checkout", "-q", "main")
    commit(site, {"content/b.md": "ours\n"})
    subprocess.run(["git", "merge", "-q", "topic"], cwd=site, capture_output=True, check=False)
    tree = index_tree(find(site), DiskTree(site))
    assert tree.read("content/b.md") == b"ours\n"
    tree.close()


def test_the_tree_reads_on_in_another_process(site: Path) -> None:
    put(site, {"content/a.md": "unstaged\n", "content/b.md": "unstaged\n"})
    tree = index_tree(find(site), DiskTree(site))
    assert tree.read("content/b.md") == b"first b\n"
    child = os.fork()
    if not child:
        os._exit(0 if tree.read("content/a.md").startswith(b"first a") else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert tree.read("content/b.md") == b"first b\n"
    tree.close()


def test_asking_leaves_the_repository_as_it_is(site: Path) -> None:
    os.utime(site / "content/a.md", (1, 1))
    before = (site / ".git/index").read_bytes()
    repository: Repository = find(site)
    repository.staged()
    index_tree(repository, DiskTree(site)).close()
    assert (site / ".git/index").read_bytes() == before

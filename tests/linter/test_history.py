"""The history of runs: replayed, merged, and honest about what was not checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.run import git, names, run, write

from vitdlint.linter.history import History, HistoryError, history_of, line, next_run, read

FILES = {
    "hugo.toml": 'baseURL = "https://example.org/"\n',
    "content/a.md": "---\ntitle: A\n---\n[x](/x/) and [y](/y/)\n",
    "content/b.md": "---\ntitle: B\n---\n[x](/x/)\n",
}
KEYS = st.frozensets(
    st.tuples(st.sampled_from("ab"), st.sampled_from("rs"), st.sampled_from(["1" * 8, "2" * 8]))
)


def check(root: Path, day: int, *more: str) -> list[dict[str, object]]:
    done = run(
        "check", "--history=h.jsonl", f"--clock=2026-11-{day:02}T00:00:00Z", "--exit-zero", *more, cwd=root
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(text) for text in (root / "h.jsonl").read_text().splitlines()]


@given(st.lists(KEYS, min_size=1, max_size=6))
def test_reading_the_lines_gives_what_the_last_run_found(
    rounds: list[frozenset[tuple[str, str, str]]],
) -> None:
    text, history = "", History()
    for number, found in enumerate(rounds):
        made = next_run(
            history, found, lambda _: True, at=f"2026-11-{number + 1:02}", commit="", pages=1, verdicts={}
        )
        text += line(made)
        history = read(text, "h")
        assert history.since.keys() == found
        assert sum(made.counts.values()) == len(found)
        for key in found:
            first = number
            while first and key in rounds[first - 1]:
                first -= 1
            assert history.since[key] == f"2026-11-{first + 1:02}"
    assert history == history_of(reversed(history.runs)), "the order of lines does not matter"


def test_a_run_appends_one_line_with_what_is_new_and_gone(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (first,) = check(tmp_path, 1)
    assert first["counts"] == {"dead-link": 3}
    assert list(first) == sorted(first)
    assert check(tmp_path, 2)[-1]["new"] == {}
    write(tmp_path, {"content/b.md": None, "content/c.md": "---\ntitle: C\n---\n\nLine\n\n[z](/z/)\n"})
    text = (tmp_path / "content/a.md").read_text().replace("[x]", "\n\n\n[x]")
    write(tmp_path, {"content/a.md": text})
    last = check(tmp_path, 3)[-1]
    assert {page: list(rules) for page, rules in last["new"].items()} == {"content/c.md": ["dead-link"]}
    assert {page: list(rules) for page, rules in last["gone"].items()} == {"content/b.md": ["dead-link"]}


def test_the_branches_of_a_merge_are_read_together(tmp_path: Path) -> None:
    """git joins the lines by itself; what both say is once."""
    write(tmp_path, {**FILES, ".gitattributes": "h.jsonl merge=union\n", ".gitignore": ".cache\n"})
    check(tmp_path, 1)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "checkout", "-qb", "other")
    write(tmp_path, {"content/b.md": "---\ntitle: B\n---\nNothing.\n"})
    check(tmp_path, 3)
    git(tmp_path, "commit", "-qam", "two")
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path, {"content/c.md": "---\ntitle: C\n---\n[z](/z/)\n"})
    check(tmp_path, 2)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "three")
    git(tmp_path, "merge", "-q", "other", "-m", "both")
    last = check(tmp_path, 4)[-1]
    assert (last["new"], last["gone"]) == ({}, {})
    assert last["counts"] == {"dead-link": 3}
    assert last["commit"] == git(tmp_path, "rev-parse", "HEAD").strip()[:12]


def test_findings_of_rules_that_did_not_run_stay(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "content/a.md": "---\ntitle: A\n---\n[a](https://dead.example/)\n"})
    state = "# vitdlint links 1\nhttps://dead.example/ gone 2026-10-30T00:00:00Z 2026-10-01 404 strikes=5,2026-10-01,2026-10-30 row=5 dead=2026-10-20\n"
    write(tmp_path, {".vitdlint-links.txt": state})
    first = check(tmp_path, 1, "--external")[-1]
    assert first["counts"] == {"dead-external": 1, "dead-link": 1}
    assert first["verdicts"] == {"https://dead.example/": "gone"}
    second = check(tmp_path, 2)[-1]
    assert second["counts"] == first["counts"]
    write(
        tmp_path,
        {
            ".vitdlint-links.txt": state.split("https", maxsplit=1)[0]
            + "https://dead.example/ ok 2026-11-02T00:00:00Z 2026-11-02 200 ok=2026-11-02\n"
        },
    )
    third = check(tmp_path, 3, "--external")[-1]
    assert third["counts"] == {"dead-link": 1}
    assert third["verdicts"] == {"https://dead.example/": "ok"}


def test_a_rule_that_is_switched_off_is_gone(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    check(tmp_path, 1)
    write(tmp_path, {"vitdlint.toml": 'ignore = ["dead-link"]\n'})
    assert check(tmp_path, 2)[-1]["counts"] == {}


def test_what_a_baseline_ignores_is_recorded_too(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    run("check", "--baseline=b.json", "--update-baseline", cwd=tmp_path)
    done = run("check", "--baseline=b.json", "--history=h.jsonl", "--output-format=json", cwd=tmp_path)
    assert names(done) == []
    assert json.loads((tmp_path / "h.jsonl").read_text())["counts"] == {"dead-link": 3}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<<<<<<< HEAD\n", "line 1 of h.jsonl is a mark of a merge conflict"),
        ('{"at": 1}\n', "line 1 of h.jsonl is no run"),
        ("\n[]\n", "line 2 of h.jsonl is no run"),
    ],
)
def test_a_damaged_file_is_left_alone(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(HistoryError, match=part):
        read(text, "h.jsonl")
    write(tmp_path, {**FILES, "h.jsonl": text})
    done = run("check", "--history=h.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert part in done.stderr
    assert (tmp_path / "h.jsonl").read_text() == text


@pytest.mark.parametrize("more", [["content/a.md"], ["--select=dead-link"], ["--fix"], ["--since=HEAD"]])
def test_only_a_run_over_everything_is_recorded(tmp_path: Path, more: list[str]) -> None:
    write(tmp_path, FILES)
    done = run("check", "--history=h.jsonl", *more, cwd=tmp_path)
    assert done.returncode == 2
    assert "--history" in done.stderr
    assert not (tmp_path / "h.jsonl").exists()


def test_a_page_cannot_be_the_history(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert run("check", "--history=content/a.md", cwd=tmp_path).returncode == 2

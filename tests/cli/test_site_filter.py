"""`vitdlint site` for a part of the pages, and as a summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.run import run, write

from vitdlint.cli.site_filter import STATES
from vitdlint.external.fetch.plan import in_words, least_seconds, queues
from vitdlint.external.settings import HostSettings, LinksConfig


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "hugo.toml": 'disableKinds = ["taxonomy", "term"]\n',
            "content/posts/a.md": "---\ntitle: A\n---\n[x](/nowhere/) [b](/notes/b/)\n",
            "content/notes/b.md": "---\ntitle: B\n---\n[a](/posts/a/)\n",
            "content/notes/c.md": "---\ntitle: C\ndraft: true\n---\n[x](/gone/)\n",
        },
    )


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ([], ["a", "b", "c"]),
        (["--match", "content/notes/**"], ["b", "c"]),
        (["--match", "posts/a"], ["a"]),  # a URL
        (["--state", "draft"], ["c"]),
        (["--state", "draft", "--state", "published"], ["a", "b", "c"]),
        (["--dead"], ["a", "c"]),
        (["--dead", "--match", "*c.md"], ["c"]),
    ],
    ids=" ".join,
)
def test_only_what_is_asked_for(site: Path, options: list[str], files: list[str]) -> None:
    done = run("site", *options, cwd=site)
    assert done.returncode == 0, done.stderr
    assert [name for name in "abc" if f"/{name}.md" in done.stdout] == files


def test_a_summary_counts(site: Path) -> None:
    said = run("site", "--summary", cwd=site).stdout
    assert "      3  kind page\n" in said
    assert "      3  section notes\n" in said  # its list too
    assert "content/" not in said
    assert "6 pages; 4 links: 2 page, 2 dead" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--state", "drft"],
            f'there is no state "drft"; there are {", ".join(STATES)}. Did you mean "draft"?',
        ),
        (["--match", "[z-a]"], '--match: "[z-a]" is no glob: '),
        (
            ["--dead", "--output-format", "json"],
            "--output-format json does not take --dead; leave one of them out",
        ),
    ],
)
def test_what_cannot_be_is_refused(site: Path, options: list[str], said: str) -> None:
    done = run("site", *options, cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_pass_takes_as_long_as_its_longest_queue() -> None:
    config = LinksConfig(hosts={"slow.example": HostSettings(interval=60)})
    urls = [f"https://a.example/{i}" for i in range(10)] + [
        "https://slow.example/1",
        "https://slow.example/2",
    ]
    found = queues(urls, config)
    assert [(q.name, q.links, q.seconds) for q in found] == [("slow.example", 2, 60), ("a.example", 10, 9)]
    assert least_seconds(found, config) == 60
    assert [in_words(s) for s in (0, 60, 600, 7200)] == ["0 s", "60 s", "10 min", "2.0 h"]
    assert least_seconds([], config) == 0

"""The pipeline: what it promises whatever the site is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.paths import ROOT

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load as load_hugo
from vitdlint.linter.examples import NOW, job_of
from vitdlint.linter.page_work import PageResult, PageWork, Source
from vitdlint.linter.pipeline import Job, lint
from vitdlint.linter.workers import checked, here
from vitdlint.site.unused_files import UnusedFiles


class Vanishing(MemoryTree):
    """A tree whose files are listed, and gone when they are read."""

    def read(self, path: str) -> bytes:
        if path.endswith("gone.md"):
            raise FileNotFoundError(2, "No such file or directory")
        if path.endswith("closed.md"):
            raise PermissionError(13, "Permission denied")
        return super().read(path)


def test_a_file_that_vanishes_or_cannot_be_read_costs_one_finding() -> None:
    files = {
        "hugo.toml": "",
        "content/a.md": "---\ntitle: A\n---\n\nText, and [gone](/gone/).\n",
        "content/gone.md": "---\ntitle: Gone\n---\n\nText\n",
        "content/closed.md": "---\ntitle: Closed\n---\n\nText\n",
    }
    job = job_of(files, {"select": ["unreadable-file", "rule-crashed"]})
    report = lint(Job(Vanishing(files), job.hugo, job.config, job.schemas, NOW), here).report
    assert [(d.place.path, d.name) for d in report.diagnostics] == [
        ("content/closed.md", "unreadable-file"),
        ("content/gone.md", "unreadable-file"),
    ]
    assert "Permission denied" in report.diagnostics[0].message


def test_the_body_of_an_html_page_is_html_and_that_of_another_format_is_not_checked() -> None:
    body = """<div>

    <a href="/nope/">not code</a>
    *text* <b>

</div>
<script>

  if (1 < 2) f("<p>");
</script>
"""
    files = {
        "hugo.toml": '[security]\nallowContent = [".*"]\n',
        "content/a.html": body,
        "content/b.adoc": "<b>\n\n[text](/neither/)\n",
        "content/c.md": "---\nmarkup: html\n---\n<b>\n",
    }
    report = lint(job_of(files, {}), here).report
    assert [(d.place.path, d.place.line, d.name) for d in report.diagnostics] == [
        ("content/a.html", 3, "dead-link"),
        ("content/a.html", 4, "unclosed-tag"),
        ("content/c.md", 4, "unclosed-tag"),
    ]
    assert [(n.what, n.reason, n.count) for n in report.not_checked] == [
        ("page bodies", "neither Markdown nor HTML", 1)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3))
def test_no_bytes_crash_any_rule(pages: list[bytes]) -> None:
    files: dict[str, str | bytes] = {f"content/posts/p{i}.md": data for i, data in enumerate(pages)}
    tree = MemoryTree({"hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n", **files})
    job = job_of({"hugo.toml": ""}, {"select": ["all"]})
    report = lint(Job(tree, job.hugo, job.config, job.schemas, NOW), here).report
    assert [d for d in report.diagnostics if d.name == "rule-crashed"] == []


PIECES = st.sampled_from(
    (
        *(
            "---\n",
            "title: x\n",
            "{",
            "}",
            '"a": [',
            "]",
            "# h\n",
            "**",
            "[a](",
            "/posts/p0/",
            ")",
            "<div",
            ">",
            "</",
        ),
        *(
            "<!--",
            "-->",
            "\n\n",
            "```\n",
            "|a|b|\n",
            "|-|-|\n",
            "{{<",
            " x >}}",
            "{{%",
            "&amp;",
            "\\",
            "`",
            "é",
        ),
        *(
            "😀",
            "\t",
            "- ",
            "> ",
            "https://doi.org/10.1/x.",
            "http://x.y z",
            "\r\n",
            "\u2028",
            "\u200b",
            "((a|b))",
        ),
        *("{SUB()}", "~~#f00:x~~", "%20" * 20),
    )
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_pieces_of_markup_crash_any_rule_and_every_place_lies_in_the_page(text: str) -> None:
    tree = MemoryTree(
        {"content/posts/p0.md": text, "content/posts/p1.md": "---\ntitle: y\n---\n[a](/posts/p0/)\n"}
    )
    job = job_of({"hugo.toml": ""}, {"select": ["all"], "rules": {"leftover-markup": {"dialects": ["tiki"]}}})
    report = lint(Job(tree, job.hugo, job.config, job.schemas, NOW), here).report
    assert [d for d in report.diagnostics if d.name == "rule-crashed"] == []
    for diagnostic in report.diagnostics:
        place = diagnostic.place
        assert 0 <= place.start <= place.end
        assert place.line >= 1
        assert place.column >= 1
        if place.path == "content/posts/p0.md":
            assert place.end <= len(text)


def test_the_outcome_is_the_same_from_one_process_and_from_two() -> None:
    files = {
        f"content/posts/p{i}.md": f"---\ntitle: P{i}\n---\n\n[x](/posts/p{i + 1}/)\n" for i in range(230)
    }
    job = job_of(files, {})

    def in_two(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        return (result for result, _ in checked(2, job.tree.read, work, list(sources)))

    assert lint(job, here).report == lint(job, in_two).report


@pytest.mark.slow
def test_the_wheel_holds_the_schemas_and_works_on_its_own(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "vitdlint/schemas/page.schema.json",
        "vitdlint/schemas/report.schema.json",
        "vitdlint/py.typed",
    } <= names
    assert not any(n.startswith(("tests/", "examples/")) for n in names)
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    code = "import sys; sys.path.insert(0, sys.argv[1]); import vitdlint.schema as s; print(s.__file__, s.shipped().digest)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(installed)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert str(installed) in done.stdout, done.stderr


def test_what_a_rule_could_not_check_is_within_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(UnusedFiles, "not_checked", property(fails))
    report = lint(job_of({"content/a.md": "Text\n"}, {"select": ["unused-file"]}), here).report
    assert [d.name for d in report.diagnostics] == ["rule-crashed"]
    assert report.crashed


def test_a_run_reads_each_template_once() -> None:
    class Counting(MemoryTree):
        def read(self, path: str) -> bytes:
            if path.startswith("layouts/"):
                reads.append(path)
            return super().read(path)

    reads: list[str] = []
    layouts = {
        "layouts/_shortcodes/box.html": '<a href="{{ .Get 0 }}">{{ .Inner }}</a>{{ partial "x.html" . }}',
        "layouts/_partials/x.html": '<p id="x">{{ .Page.Resources }}</p>',
        "layouts/_markup/render-link.html": "{{ .Destination }}",
        "layouts/all.html": "{{ .Content }}{{ .Paginator }}",
        "layouts/home.redirects": "{{ range .Site.Pages }}{{ .Aliases }}{{ end }}",
    }
    host = "[outputFormats.redirects]\nbaseName = '_redirects'\nmediaType = 'text/netlify'\n"
    tree = Counting({"hugo.toml": host, "content/p.md": "{{< box a >}}b{{< /box >}}\n", **layouts})
    job = job_of({"hugo.toml": host}, {})._replace(tree=tree, hugo=load_hugo(tree))
    lint(job, here)
    assert sorted(reads) == sorted(layouts)

"""The command line as a person meets it: messages, exit codes, and input of every bad kind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.hugo_build import run_hugo
from support.run import CLOCK, VITDLINT, names, report, run, write


def test_a_clean_site_ends_with_0_and_says_how_much_was_checked(site: Path) -> None:
    done = run("check", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 page" in done.stdout


def test_findings_end_with_1_and_exit_zero_turns_that_into_0(site: Path) -> None:
    write(site, {"content/posts/dead.md": "---\ntitle: Dead\n---\n\n[x](/posts/nowhere/)\n"})
    assert run("check", cwd=site).returncode == 1
    assert run("check", "--exit-zero", cwd=site).returncode == 0
    assert run("check", "--fail-on", "never", cwd=site).returncode == 0


def test_warnings_fail_only_where_that_is_asked_for(site: Path) -> None:
    write(site, {"content/posts/self.md": "---\ntitle: Self\n---\n\nA [link](/posts/self/) to itself.\n"})
    assert run("check", cwd=site).returncode == 0
    assert run("check", "--fail-on", "warning", cwd=site).returncode == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["check", "content/nowhere.md"], ["content/nowhere.md", "no such file"]),
        (["check", "--selct", "x"], ["--selct"]),
        (["check", "--select", "ded-link"], ["ded-link", 'Did you mean "dead-link"?']),
        (["check", "--output-format", "xml"], ["xml", "concise"]),
        (["check", "--fail-on", "maybe"], ["maybe"]),
        (["check", "--clock", "yesterday"], ["yesterday"]),
        (["check", "--config", "none.toml"], ["none.toml"]),
        (["explain", "ded-link"], ["ded-link", 'Did you mean "dead-link"?']),
        (["check", "hugo.toml"], ["hugo.toml", "nothing was checked"]),
        (["chek"], ["chek"]),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_names_what_is_wrong(
    site: Path, args: list[str], words: list[str]
) -> None:
    done = run(*args, cwd=site)
    assert done.returncode == 2
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_content_folder_is_never_a_clean_run(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": ""})
    (tmp_path / "content").mkdir()
    for args in ([], ["content"]):
        done = run("check", *args, cwd=tmp_path)
        assert done.returncode == 2
        assert "nothing was checked" in done.stderr or "no content folder" in done.stderr


def test_every_error_of_the_configuration_is_reported_at_once_with_its_place(site: Path) -> None:
    write(
        site,
        {
            "vitdlint.toml": 'selct = ["all"]\nfail-on = 3\nignore = ["dead-lnk"]\n[rules.dead-link]\nnope = 1\n[severity]\nempty-page = "bad"\n'
        },
    )
    done = run("check", cwd=site)
    assert done.returncode == 2
    assert 'vitdlint.toml:1:1: unknown key "selct". Did you mean "select"?' in done.stderr
    assert "vitdlint.toml:2:11: " in done.stderr
    assert 'vitdlint.toml:3:11: there is no rule "dead-lnk". Did you mean "dead-link"?' in done.stderr
    assert 'vitdlint.toml:5:1: unknown key "nope"; "dead-link" has no keys' in done.stderr
    assert "vitdlint.toml:7:14: " in done.stderr
    assert "^^^^^" in done.stderr


def test_configuration_in_pyproject_is_read_and_its_errors_are_placed(site: Path) -> None:
    write(site, {"pyproject.toml": '[project]\nname = "x"\n[tool.vitdlint]\nselct = []\n'})
    done = run("check", cwd=site)
    assert done.returncode == 2
    assert "pyproject.toml:4:1: unknown key" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("vitdlint.toml", "select = [\n", "vitdlint.toml"),
        ("vitdlint.toml", b"\xff\xfe", "UTF-8"),
        ("hugo.toml", "baseURL = \n", "hugo.toml:1:"),
    ],
)
def test_a_broken_configuration_file_ends_with_2_and_its_place(
    site: Path, name: str, text: str | bytes, where: str
) -> None:
    write(site, {name: text})
    done = run("check", cwd=site)
    assert done.returncode == 2
    assert where in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("schema", "where"),
    [
        ('{"type": "objct"}', "s.json:1:"),
        ('{"type": ', "s.json:1:"),
        ('{"$ref": "other.json"}', "other.json"),
        ('{"$ref": "https://example.org/s.json"}', "https://example.org/s.json"),
        ('{"$ref": "../../../../../../etc/hostname"}', "s.json"),
        ('{"properties": {"slug": {"pattern": "("}}}', "s.json:1:"),
        ('{"not": {"properties": {"slug": {"x-unique": "site"}}}}', "x-unique"),
    ],
)
def test_a_broken_schema_ends_with_2_and_its_place(site: Path, schema: str, where: str) -> None:
    write(site, {"vitdlint.toml": '[[schema]]\npages = "**"\nuse = "s.json"\n', "s.json": schema})
    done = run("check", cwd=site)
    assert done.returncode == 2, done.stdout
    assert where in done.stderr
    assert "Traceback" not in done.stderr


def test_paths_of_two_sites_are_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, {"hugo.toml": "", "content/a.md": "---\ntitle: A\n---\nx\n"})
    done = run("check", "one/content", "two/content", cwd=tmp_path)
    assert done.returncode == 2
    assert "different sites" in done.stderr


def test_without_hugo_configuration_its_defaults_are_assumed_and_that_is_said(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"content/posts/a.md": "---\ntitle: A\n---\n\n[b](/posts/b/)\n", "content/posts/b.md": "text\n"},
    )
    done = run("check", "content", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "no Hugo configuration" in done.stderr


def test_file_arguments_filter_the_report_and_never_the_site(site: Path) -> None:
    write(
        site,
        {
            "content/posts/a.md": "---\ntitle: A\n---\n\n[sun](/posts/sun/) [x](/nowhere/)\n",
            "content/posts/b.md": "---\ntitle: B\n---\n\n[y](/nowhere/)\n",
        },
    )
    done = run("check", "content/posts/a.md", "--output-format", "json", cwd=site)
    assert [(d["path"], d["name"]) for d in report(done)["diagnostics"]] == [
        ("content/posts/a.md", "dead-link")
    ]
    assert report(done)["summary"]["pages"] == 1


def test_bytes_that_are_not_text_cost_one_finding_and_the_page_still_exists(site: Path) -> None:
    write(
        site,
        {
            "content/posts/latin.md": b"---\ntitle: Caf\xe9\n---\n\nx\n",
            "content/posts/nul.md": b"---\ntitle: Nul\n---\n\nx\0y\n",
            "content/posts/a.md": "---\ntitle: A\n---\n\n[b](/posts/latin/) [c](/posts/nul/)\n",
        },
    )
    done = run("check", "--output-format", "json", cwd=site)
    assert done.returncode == 1
    assert names(done) == ["unreadable-file", "unreadable-file"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets with names are a Unix thing")
def test_what_has_a_pages_name_and_is_none_costs_one_finding(site: Path) -> None:
    posts = site / "content/posts"
    (posts / "folder.md").mkdir()
    os.mkfifo(posts / "pipe.md")
    (posts / "dangling.md").symlink_to("nowhere.md")
    (posts / "outside.md").symlink_to("/etc/hostname")
    with socket.socket(socket.AF_UNIX) as sock:
        here = Path.cwd()
        os.chdir(posts)
        try:
            sock.bind("socket.md")
        finally:
            os.chdir(here)
        done = run("check", "--output-format", "json", cwd=site, timeout=30)
    assert done.returncode == 1
    found = {(Path(d["path"]).name, d["name"]) for d in report(done)["diagnostics"]}
    assert found == {(n, "unreadable-file") for n in ("pipe.md", "dangling.md", "outside.md", "socket.md")}


def test_links_are_no_pages_as_hugo_leaves_them_out(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": "",
            "content/real/a.md": "---\ntitle: A\n---\nText\n",
            "content/b.md": "---\ntitle: B\n---\n[a](/real/a/) [link](/real/link/) [folder](/folder/a/) [p](/p.png)\n",
            "static/q.png": "",
            "layouts/all.html": "{{ .Title }}",
        },
    )
    write(tmp_path, {"elsewhere/secret.md": "---\ntitle: Secret\n---\n[x](/nowhere/)\n"})
    (site / "content/folder").symlink_to("real")
    (site / "content/loop").symlink_to(site / "content")
    (site / "content/away").symlink_to(tmp_path / "elsewhere")
    (site / "content/real/link.md").symlink_to("a.md")
    (site / "static/p.png").symlink_to("q.png")
    done = run("check", "--output-format", "json", cwd=site, timeout=30)
    found = sorted((d["path"], d["name"], d["message"].split('"')[1:2]) for d in report(done)["diagnostics"])
    assert found == [
        ("content/b.md", "dead-link", ["/folder/a/"]),
        ("content/b.md", "dead-link", ["/real/link/"]),
        ("content/b.md", "missing-file", ["/p.png"]),
        ("content/real/link.md", "unreadable-file", []),
    ]
    assert run_hugo(site).returncode == 0
    published = {path.parent.name for path in (site / "public").rglob("index.html")}
    assert not published & {"link", "folder", "loop", "away", "secret"}
    assert not (site / "public/p.png").exists()


def test_a_page_is_named_from_wherever_the_site_is_linked(site: Path, tmp_path: Path) -> None:
    write(site, {"content/posts/real.md": "---\ntitle: Real\n---\n[x](/nowhere/)\n"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.symlink_to(site)
    done = run("check", "--output-format", "json", elsewhere / "content/posts/real.md", cwd=tmp_path)
    assert [d["name"] for d in report(done)["diagnostics"]] == ["dead-link"]


def test_a_table_with_more_cells_than_can_be_parsed_is_reported(site: Path) -> None:
    table = "|a" * 513 + "|\n" + "|-" * 513 + "|\n" + "|x|\n" * 513
    write(site, {"content/posts/table.md": f"---\ntitle: Table\n---\n{table}"})
    done = run("check", "--output-format", "json", cwd=site, timeout=60)
    assert names(done) == ["not-judged"]


@pytest.mark.parametrize("path", ["x.adoc", "x.org", "x.rst", "x.html", "x.md", "large.md"])
def test_rules_take_a_body_that_was_not_read_for_an_empty_one(site: Path, path: str) -> None:
    write(site, {"vitdlint.toml": 'max-page-size = "1KB"\n', f"content/posts/{path}": "- - - - r"})
    if path == "large.md":
        write(site, {"content/posts/large.md": "- - - - r {{< x >}} |a|\n|-|\n" * 100})
    assert "rule-crashed" not in names(run("check", "--output-format", "json", cwd=site))


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_costs_one_finding(site: Path) -> None:
    page = site / "content/posts/closed.md"
    page.write_text("x")
    page.chmod(0)
    done = run("check", "--output-format", "json", cwd=site)
    assert names(done) == ["unreadable-file"]


def test_a_page_of_50_megabytes_is_not_checked_and_that_is_reported(site: Path) -> None:
    write(site, {"content/posts/big.md": b"---\ntitle: Big\n---\n\n" + b"word [a](/b/) " * 3_700_000})
    started = time.monotonic()
    done = run("check", "--output-format", "json", cwd=site, timeout=60)
    assert names(done) == ["not-judged"]
    assert report(done)["summary"]["not_checked"][0]["count"] == 1
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "deep",
    ["[" * 10_000, "> " * 10_000 + "x", "<div>" * 10_000, "**a " * 10_000, "`" * 10_000, "![" * 10_000],
)
def test_ten_thousand_levels_take_seconds_and_bounded_memory(site: Path, deep: str) -> None:
    lists = "".join("  " * i + "- x\n" for i in range(300))
    write(
        site, {"content/posts/deep.md": f"---\ntitle: Deep\n---\n\n{deep}\n", "content/posts/list.md": lists}
    )
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); "
    code = f"{limit}import sys; sys.argv = ['vitdlint', 'check', '--output-format', 'json', '--jobs', '1']; from vitdlint.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    assert "rule-crashed" not in names(done)


def test_control_c_ends_at_once_with_130(site: Path) -> None:
    write(
        site,
        {
            f"content/posts/p{i}.md": f"---\ntitle: P{i}\n---\n\n" + "text *a* [b](/c/) " * 2000
            for i in range(600)
        },
    )
    process = subprocess.Popen(
        [*VITDLINT, "check", "--no-cache"],
        cwd=site,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    waited = time.monotonic()
    while not children.read_text().strip() and time.monotonic() - waited < 60:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    started = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert time.monotonic() - started < 5
    assert "Traceback" not in err


@pytest.mark.parametrize(("options", "code"), [("", 1), ("--exit-zero", 0), ("--output-format json", 1)])
def test_a_closed_pipe_is_silent_and_keeps_the_code(site: Path, options: str, code: int) -> None:
    write(
        site,
        {
            f"content/posts/p{i}.md": f"---\ntitle: P{i}\n---\n\n" + "[b](/nowhere/)\n\n" * 50
            for i in range(60)
        },
    )
    command = f"{sys.executable} -m vitdlint check {options} | head -c 9; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=site, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert done.stderr == ""
    assert len(done.stdout) == 9


def test_a_plug_in_adds_its_rules_and_is_named(site: Path) -> None:
    write(
        site,
        {
            "vitdlint.toml": 'plugins = ["lint/mine.py"]\nselect = ["no-light"]\n',
            "lint/mine.py": '''"""Light is spelt out."""
from vitdlint.core.model import Finding
from vitdlint.page.page import Page
from vitdlint.core.rule import Good, NoOptions, Rule

def check(page, _):
    at = page.body.prose.find("Light")
    if at >= 0:
        yield Finding(page.span(at, at + 5), "say lux")

RULES = (Rule("MY001", "no-light", on=Page, check=check, examples=(Good("x"),)),)
''',
        },
    )
    done = run("check", cwd=site)
    assert done.returncode == 1
    assert "content/posts/sun.md:5:1: MY001 no-light say lux" in done.stdout
    assert "lint/mine.py" in done.stderr
    assert run("check", "--no-plugins", "--select", "dead-link", cwd=site).returncode == 0


def test_a_rule_that_raises_costs_one_finding_and_exit_code_3(site: Path) -> None:
    write(
        site,
        {
            "vitdlint.toml": 'plugins = ["boom.py"]\nextend-select = ["boom"]\n',
            "boom.py": '''"""Boom."""
from vitdlint.page.page import Page
from vitdlint.core.rule import Good, Rule

def check(page, _):
    yield 1 / 0

RULES = (Rule("MY002", "boom", on=Page, check=check, examples=(Good("x"),)),)
''',
        },
    )
    done = run("check", "--output-format", "json", cwd=site)
    assert done.returncode == 3
    assert names(done) == ["rule-crashed"]
    assert "ZeroDivisionError" in report(done)["diagnostics"][0]["message"]


def test_a_suppression_acts_on_its_rule_and_its_line_alone(site: Path) -> None:
    write(
        site,
        {
            "content/posts/a.md": "---\ntitle: A\n---\n\n<!-- vitdlint-disable-next-line dead-link: known -->\n"
            "[x](/nowhere/)\n\n[y](/nowhere/) <!-- vitdlint-disable-line VD601: known -->\n\n[z](/nowhere/)\n"
        },
    )
    done = run("check", "--output-format", "json", cwd=site)
    assert [(d["name"], d["line"]) for d in report(done)["diagnostics"]] == [("dead-link", 10)]
    assert report(done)["summary"]["suppressed"] == 2


def test_severity_and_per_file_ignores_of_the_configuration_hold(site: Path) -> None:
    write(
        site,
        {
            "content/posts/a.md": "---\ntitle: A\n---\n\n[x](/nowhere/)\n",
            "content/old/a.md": "---\ntitle: A\n---\n\n[x](/nowhere/)\n",
            "vitdlint.toml": '[severity]\ndead-link = "warning"\n[per-file-ignores]\n"old/**" = ["dead-link"]\n',
        },
    )
    done = run("check", "--output-format", "json", cwd=site)
    assert [(d["path"], d["severity"]) for d in report(done)["diagnostics"]] == [
        ("content/posts/a.md", "warning")
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_is_the_same_bytes_with_any_number_of_workers(site: Path, jobs: str) -> None:
    write(
        site,
        {f"content/posts/p{i}.md": f"---\ntitle: P{i}\n---\n\n[b](/nowhere/{i % 7}/)\n" for i in range(450)},
    )
    one = run("check", "--no-cache", "--jobs", "1", "--output-format", "json", CLOCK, cwd=site)
    other = run("check", "--no-cache", "--jobs", jobs, "--output-format", "json", CLOCK, cwd=site)
    assert one.stdout == other.stdout
    assert len(report(one)["diagnostics"]) == 450


def test_a_wrong_rule_on_the_command_line_is_an_error_of_the_option_and_not_of_the_configuration(
    site: Path,
) -> None:
    write(site, {"vitdlint.toml": 'select = ["default"]\nignore = ["nothing-such"]\n'})
    done = run("check", "--select", "dead-lnk", cwd=site)
    assert done.returncode == 2
    assert '--select: there is no rule "dead-lnk". Did you mean "dead-link"?' in done.stderr
    assert 'vitdlint.toml:2:11: there is no rule "nothing-such"' in done.stderr


def test_quiet_leaves_the_findings_and_verbose_adds_the_time(site: Path) -> None:
    write(site, {"content/posts/b.md": "[x](/nowhere/)\n"})
    quiet = run("check", "--quiet", cwd=site)
    assert (quiet.stderr, quiet.stdout.count("\n")) == ("", 1)
    assert re.search(r"checked \d+ pages in \d+\.\d s", run("check", "--verbose", cwd=site).stdout)

"""What a person sees of a long report: on a terminal, in a pipe, and after pasting what it proposes."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from rich.cells import cell_len
from support.run import VITDLINT, report, run, write
from support.terminal import on_terminal

from vitdlint.core.terminal import wants_color

PAGES = 520


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose tags are gone, one picture of which is missing on 500 pages, with other errors here and there."""
    files: dict[str, str] = {"hugo.toml": "", "layouts/all.html": "{{ .Content }}"}
    for n in range(PAGES):
        text = f"See [tag {n}](/tags/old-{n % 300}.html) and [tag](/tags/old-{n % 7}.html).\n"
        text += "\n![meter](/img/meter.jpg)\n" if n < 500 else ""
        text += f"\n[scattered](/nowhere-{n}/)\n" if n % 20 == 0 else ""
        text += "\n<blink>old</blinq>\n" if n % 40 == 0 else ""
        text += "\n[zero\u200bwidth](https://example.org/?utm_source=x)\n" if n % 30 == 0 else ""
        files[f"content/{'news' if n % 3 else 'posts'}/p{n}.md"] = f"---\ntitle: Page {n}\n---\n{text}"
    for n in range(30):
        files[f"content/empty/e{n}.md"] = f"---\ntitle: Empty {n}\n---\n"
    return write(tmp_path_factory.mktemp("legacy"), files)


@pytest.mark.parametrize("columns", [72, 80, 120])
def test_a_long_report_fits_on_a_few_screens_and_names_its_causes(legacy: Path, columns: int) -> None:
    seen = on_terminal("check", cwd=legacy, columns=columns, NO_COLOR="1")
    lines = seen.splitlines()
    assert len(lines) < 150
    assert 'the link to "/tags/*.html" leads nowhere' in seen
    assert 'there is no file "/img/meter.jpg" on this site' in seen
    assert seen.index("/img/meter.jpg") < seen.index("empty-page")
    for line in lines:
        # Paths and commands are whole, so that they can be clicked and pasted.
        if not re.match(r" *-->|  vitdlint ", line):
            assert cell_len(line) <= columns, line


def test_what_is_counted_adds_up(legacy: Path) -> None:
    found = report(run("check", "--output-format=json", cwd=legacy))["diagnostics"]
    seen = on_terminal("check", cwd=legacy, columns=100, NO_COLOR="1")
    tables = seen[seen.index("By rule") : seen.index("Next")].splitlines()[1:]
    left = [int(m[1].replace(",", "")) for line in tables if (m := re.match(r" *([\d,]+)  ", line[:50]))]
    right = [int(m[1].replace(",", "")) for line in tables if (m := re.match(r" *([\d,]+)  ", line[51:]))]
    assert sum(left) == sum(right) == len(found)


def test_the_cures_settle_what_they_say(legacy: Path, tmp_path: Path) -> None:
    write(tmp_path, {str(p.relative_to(legacy)): p.read_bytes() for p in legacy.rglob("*.*") if p.is_file()})
    seen = on_terminal("check", cwd=tmp_path, columns=120, NO_COLOR="1")
    cures = re.findall(r"= cure: .* \(settles ([\d,]+) findings\):\n +(.*)\n", seen)
    before = len(report(run("check", "--output-format=json", cwd=tmp_path))["diagnostics"])
    settled = 0
    for count, text in cures:
        if text.startswith("extra-urls"):
            write(tmp_path, {"vitdlint.toml": f"{text}\n"})
        elif text.startswith("static/"):
            write(tmp_path, {text: ""})
        else:
            continue
        settled += int(count.replace(",", ""))
    assert settled > 1000
    assert len(report(run("check", "--output-format=json", cwd=tmp_path))["diagnostics"]) == before - settled


def test_one_redirect_cures_a_folder_that_has_moved(tmp_path: Path) -> None:
    files = {f"content/author/a{n}.md": f"---\ntitle: A{n}\n---\nText.\n" for n in range(6)}
    files |= {f"content/p{n}.md": f"---\ntitle: P{n}\n---\n[a](/authors/a{n % 6}/)\n" for n in range(12)}
    write(tmp_path, {"hugo.toml": "", "layouts/all.html": "", **files})
    seen = run("check", "--output-format=full", cwd=tmp_path).stdout
    cure = re.search(r"= cure: one redirect.* \(settles 12 findings\):\n +(.*)\n", seen, re.DOTALL)
    if cure is None:  # every finding has an unsafe fix, which is offered instead
        assert "12 fixable with `--unsafe-fixes`" in seen
        return
    write(tmp_path, {"static/_redirects": f"{cure[1]}\n"})
    assert "dead-link" not in run("check", cwd=tmp_path).stdout


def test_what_fails_the_build_comes_first_and_a_family_names_its_command(
    legacy: Path, tmp_path: Path
) -> None:
    files = {str(p.relative_to(legacy)): p.read_bytes() for p in legacy.rglob("*.*") if p.is_file()}
    write(tmp_path, {**files, "content/posts/z.md": "{{< nothing >}}\n", "content/z.md": "---\na: [\n---\n"})
    seen = on_terminal("check", cwd=tmp_path, columns=100, NO_COLOR="1")
    first, second = seen.index(" 1  error"), seen.index(" 2  error")
    assert {"VD101", "VD215"} == {seen[at:].split()[2] for at in (first, second)}
    assert seen.index(" 3  ") < seen.index("vitdlint cure '/tags/*.html'")
    done = run("cure", "/tags/*.html", cwd=tmp_path)
    assert "Ways to end them" in done.stdout


def test_what_stops_the_build_is_said_at_the_top_and_at_the_end(legacy: Path, tmp_path: Path) -> None:
    files = {str(p.relative_to(legacy)): p.read_bytes() for p in legacy.rglob("*.*") if p.is_file()}
    write(tmp_path, {**files, "content/posts/z.md": "Text {{< nothing >}}\n"})
    seen = on_terminal("check", cwd=tmp_path, columns=100, NO_COLOR="1")
    assert seen.startswith(" 1  error VD215 unknown-shortcode, stops the build ")
    assert re.search(r"vitdlint explain unknown-shortcode +what stops the build; fix that first\n", seen)
    assert "\nHugo cannot build the site: 1 error to fix first.\n" in seen
    write(tmp_path, {"content/posts/z.md": "---\ndraft: true\n---\n{{< nothing >}}\n"})
    assert "Hugo cannot build" not in run("check", cwd=tmp_path).stdout


def test_the_end_says_how_to_end_the_worst_cause(legacy: Path) -> None:
    seen = on_terminal("check", cwd=legacy, columns=120, NO_COLOR="1")
    next_ = seen[seen.index("\nNext\n") :]
    assert re.search(
        r"vitdlint cure '/tags/\*\.html' +shows how to end the worst cause, [\d,]+ of [\d,]+ f", next_
    )
    # What only keeps quiet about the links comes after what ends them.
    assert seen.index("vitdlint cure '/tags/*.html'") < seen.index('extra-urls = ["/tags/*.html"]')


def test_what_only_resembles_each_other_is_shown_by_an_example(legacy: Path) -> None:
    seen = on_terminal("check", cwd=legacy, columns=120, NO_COLOR="1")
    example = seen[seen.index("for example: the link to") :]
    quoted = re.match(r'for example: the link to "(/nowhere-\d+/)" leads nowhere', example)
    assert quoted
    assert f"[scattered]({quoted[1]})" in example.splitlines()[2]
    assert "= 26 different targets\n" in example


def test_a_folder_that_has_a_cause_for_itself_is_named(legacy: Path) -> None:
    seen = on_terminal("check", cwd=legacy, columns=120, NO_COLOR="1")
    empty = seen[seen.index(" VD408 empty-page") :]
    assert "    = all in content/empty/\n" in empty[: empty.index("\n\n")]
    tags = seen[seen.index('the link to "/tags/*.html"') :]
    assert " in content/" not in tags[: tags.index("\n\n")]


def test_concise_is_neither_folded_nor_cut(legacy: Path) -> None:
    found = report(run("check", "--output-format=json", cwd=legacy))["diagnostics"]
    seen = on_terminal("check", "--output-format=concise", cwd=legacy, NO_COLOR="1")
    assert len(re.findall(r"^\S+:\d+:\d+: VD", seen, re.MULTILINE)) == len(found)


@pytest.mark.parametrize("name", ["full", "grouped", "markdown", "github-summary"])
def test_formats_for_people_fold_causes_in_a_pipe_too(legacy: Path, name: str) -> None:
    seen = run("check", f"--output-format={name}", cwd=legacy).stdout
    assert seen.count("meter.jpg") <= 12  # once for each place that is shown
    assert seen.count("/tags/old-") <= 12


def test_how_much_is_shown_can_be_chosen(legacy: Path) -> None:
    def blocks(*args: str) -> int:
        return len(re.findall(r"-->", on_terminal("check", *args, cwd=legacy, NO_COLOR="1")))

    assert blocks("--max-findings=3") == 3
    assert 3 < blocks() <= 8
    assert blocks("--max-findings=0") > 60
    assert "Next" not in on_terminal("check", "-q", cwd=legacy, NO_COLOR="1")
    assert run("check", "--max-findings=2", cwd=legacy).stdout.count("-->") == 2


def test_findings_can_be_sorted(legacy: Path) -> None:
    def first(sort: str) -> str:
        return run("check", "--output-format=concise", f"--sort={sort}", cwd=legacy).stdout.split()[1]

    assert first("worst") in ("VD601", "VD609")
    assert (first("path"), first("rule")) == ("VD408", "VD301")


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ([], "VD609  error    missing-file"),
        (["rule"], "VD609  error    missing-file"),
        (["cause"], "500 in 500 pages"),
        (["section"], "content/news/"),
        (["page"], "content/empty/e0.md"),
    ],
)
def test_counts_instead_of_findings(legacy: Path, what: list[str], line: str) -> None:
    done = run("check", "--statistics", *what, cwd=legacy)
    assert line in done.stdout
    assert "-->" not in done.stdout


def test_a_short_report_is_shown_whole(tmp_path: Path) -> None:
    write(
        tmp_path, {"hugo.toml": "", "content/a.md": "[x](/x/) and [y](/y/)\n", "content/b.md": "[x](/x/)\n"}
    )
    seen = on_terminal("check", cwd=tmp_path, NO_COLOR="1")
    assert seen.count("VD601") == 2
    assert "the same at 1 more place" in seen
    assert seen.endswith("Next: `vitdlint init` writes a configuration that fits this site.\n")


@pytest.mark.parametrize(
    ("env", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colors_follow_the_environment(
    env: dict[str, str], colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert wants_color("auto", io.StringIO()) is colored


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["check", "--fail-one", "x"],
            'there is no option --fail-one. Did you mean "--fail-on"? See vitdlint check',
        ),
        (["check", "--sort", "wurst"], 'Did you mean "worst"? See vitdlint check --help'),
        (["check", "--fail-on", "warn"], 'Did you mean "warning"? See vitdlint check --help'),
        (["check", "--statistics", "causes"], 'Did you mean "cause"? See vitdlint check --help'),
        (["check", "--output-format", "jsn"], 'Did you mean "json"?'),
        (["check", "--host", "strict"], "there is no option --host. See vitdlint check --help"),
        (["check", "--since", "main"], "--since: not a git repository"),
        (["report", "gone.json"], "gone.json: No such file or directory"),
        (["chek"], "'check'"),
        (["check", "--jobs", "x"], "--jobs: 'x' is not"),
        (["check", "--jobs", "0"], "--jobs: 0 is less than 1. See vitdlint check --help"),
        (
            ["check", "--output-format", "json", "--max-findings", "3"],
            "--max-findings needs one of the formats",
        ),
        (["explain"], "See vitdlint explain --help"),
        (["check", "--config"], "See vitdlint check --help"),
    ],
)
def test_a_wrong_option_is_answered_by_the_right_one(tmp_path: Path, args: list[str], said: str) -> None:
    done = run(*args, cwd=write(tmp_path, {"hugo.toml": ""}))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_fixes_are_counted_by_rule(tmp_path: Path) -> None:
    page = "[a\u200bb](https://example.org/?utm_source=x) and [c](https://example.org/?utm_source=y)\n"
    write(tmp_path, {"hugo.toml": "", "content/a.md": page})
    would = "fix 3 findings in 1 file: 2 tracking-parameter, 1 zero-width-character\n"
    assert run("check", "--diff", cwd=tmp_path).stderr == f"vitdlint: --fix would {would}"
    fixed = run("check", "--fix", cwd=tmp_path)
    assert fixed.stderr == f"vitdlint: {would.replace('fix ', 'fixed ', 1)}"


def test_the_report_for_programs_is_the_same_on_a_terminal(legacy: Path) -> None:
    piped = report(run("check", "--output-format=json", cwd=legacy))
    assert json.loads(on_terminal("check", "--output-format=json", cwd=legacy)) == piped


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--diff"),
        ("cure", "/old/", "--by=unlink", "--dry-run"),
        ("mv", "content/a.md", "content/b.md", "--dry-run"),
    ],
)
def test_a_patch_steers_no_terminal_and_is_whole_in_a_pipe(tmp_path: Path, command: tuple[str, ...]) -> None:
    hostile = "\tA \x1b]0;title\x07 and \u202edrawkcab.\r\n"
    write(
        tmp_path,
        {
            "hugo.toml": "",
            "layouts/all.html": "{{ .Content }}",
            "content/a.md": f"---\ntitle: 'A '\n---\n{hostile}[old](/old/)\n",
        },
    )
    seen = on_terminal(*command, cwd=tmp_path)
    assert "\tA \\x1b]0;title\\x07 and \\u202edrawkcab." in seen
    assert not set(seen) & {"\x1b", "\x07", "\u202e"}
    piped = subprocess.run([*VITDLINT, *command], cwd=tmp_path, capture_output=True, check=False).stdout
    assert hostile.encode() in piped

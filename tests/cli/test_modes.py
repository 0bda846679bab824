"""Every mode of `check` and `links` with every option: taken, or refused with a word and before anything is written."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.hugo_build import hugo_binary
from support.run import git, write

from vitdlint.cli.app import run
from vitdlint.cli.modes import CHECK, LINKS, mode_of
from vitdlint.cli.options import CheckOptions, LinksOptions

MODES = {
    "plain": [],
    "-": ["-", "--stdin-filename=content/posts/a.md"],
    "--since": ["--since=HEAD"],
    "--staged": ["--staged"],
    "--fix": ["--fix"],
    "--diff": ["--diff"],
    "--add-suppressions": ["--add-suppressions=known"],
    "--watch": ["--watch"],
    "--show-settings": ["--show-settings"],
    "--show-files": ["--show-files"],
}

EVERYWHERE = {
    "--select": "default",
    "--extend-select": "dead-link",
    "--ignore": "dead-link",
    "--exclude": "posts/b.md",
    "--config": "vitdlint.toml",
    "--environment": "staging",
    "--no-plugins": None,
    "--clock": "2026-01-31T12:00:00Z",
    "--quiet": None,
}
"""What each mode takes, with a value."""

SOMEWHERE = {
    #                        plain -  since staged fix diff suppressions watch settings files
    "--baseline": ("known.json", "yes yes yes yes yes yes yes yes yes no"),
    "--reference": (None, "yes yes yes yes yes yes yes yes no no"),
    "--jobs": ("1", "yes yes yes yes yes yes yes yes no no"),
    "--no-cache": (None, "yes yes yes yes yes yes yes yes no no"),
    "--external": (None, "yes yes yes yes yes yes yes no no no"),
    "--output-format": ("concise", "yes yes yes yes yes no no yes no no"),
    "--output-file": ("report.txt", "yes yes yes yes yes no no no no no"),
    "--fail-on": ("warning", "yes yes yes yes yes no no no no no"),
    "--exit-zero": (None, "yes yes yes yes yes yes no no no no"),
    "--statistics": (None, "yes yes yes yes yes no no no no no"),
    "--sort": ("worst", "yes yes yes yes yes no no no no no"),
    "--max-findings": ("3", "yes yes yes yes yes no no no no no"),
    "--color": ("always", "yes yes yes yes yes no no yes no no"),
    "--verbose": (None, "yes yes yes yes yes no no no no no"),
    "--unsafe-fixes": (None, "no no no no yes yes no no no no"),
    "--update-baseline": (None, "yes no no no no no no no no no"),
    "--history": ("history.jsonl", "yes no no no no no no no no no"),
    "--ask-hugo": (None, "yes no yes yes yes yes yes no no no"),
}
"""What only some take."""

GIVEN = {
    name: [name if value is None else f"{name}={value}"]
    for name, value in [*EVERYWHERE.items(), *((n, v) for n, (v, _) in SOMEWHERE.items())]
}
GIVEN["--update-baseline"].append("--config=baseline='known.json'")

PAIRS = [(mode, name, True) for mode in MODES for name in EVERYWHERE]
PAIRS += [
    (mode, name, answer == "yes")
    for name, (_, answers) in SOMEWHERE.items()
    for mode, answer in zip(MODES, answers.split(), strict=True)
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site with findings and fixes in a repository, and this process in its folder."""
    write(
        tmp_path,
        {
            "hugo.toml": "",
            "vitdlint.toml": "",
            "known.json": '{"version": 1, "findings": {}}\n',
            "content/posts/a.md": '---\ntitle: " Lamps"\n---\n\n[x](/nowhere/)\n',
            "content/posts/b.md": "---\ntitle: B\ntags: ['sun ']\n---\n\nText.\n",
        },
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    write(tmp_path, {"content/posts/b.md": "---\ntitle: B\ntags: ['sun ']\n---\n\n[y](/gone/)\n"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"---\ntitle: A\n---\n\nText\n")))
    yield tmp_path
    gc.enable()  # which `check` turns off, for the one run of its process


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the site with its content."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found if ".git/" not in f"{p}"}


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """What a refused command line says; it writes nothing."""
    before = files(folder)
    assert run(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert files(folder) == before
    assert err.startswith("vitdlint: ")
    assert err.count("\n") == 1
    return err


def test_the_tables_name_every_option_and_nothing_else() -> None:
    for options, table in ((CheckOptions(), CHECK), (LinksOptions(), LINKS)):
        flags = {f"--{name.replace('_', '-')}" for name in options._fields if not name.startswith("path")}
        assert set().union(*table.values(), table) - {"", "-"} == flags
    tried = {*GIVEN, *MODES} - {"plain", "-"} | {"--stdin-filename", "--hugo"}
    assert set().union(*CHECK.values(), CHECK) - {"", "-"} == tried


@pytest.mark.parametrize(("mode", "name", "taken"), PAIRS)
def test_an_option_is_taken_or_refused_and_never_ignored(
    mode: str, name: str, taken: bool, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["check", *MODES[mode], *GIVEN[name]]
    if name == "--ask-hugo":
        argv.append(f"--hugo={hugo_binary()}")
    if not taken:
        said = refused(here, capsys, *argv)
        assert name in said
        if mode != "plain":
            assert ("standard input" if mode == "-" else mode) in said
            assert "leave one of them out" in said
    elif mode == "--watch":  # which does not end
        given = {name.removeprefix("--").replace("-", "_"): "x"}
        assert mode_of(CheckOptions(watch=True)._replace(**given)) == "--watch"
    else:
        assert run(argv) in (0, 1), capsys.readouterr().err


@pytest.mark.parametrize("one", [name for name in MODES if name != "plain"])
@pytest.mark.parametrize("other", [name for name in MODES if name != "plain"])
def test_a_run_has_one_purpose(one: str, other: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if one == other:
        return
    said = refused(here, capsys, "check", *MODES[one], *MODES[other])
    for mode in (one, other):
        assert ("standard input" if mode == "-" else mode) in said
    assert "do not go together; leave one of them out" in said


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["check", "--unsafe-fixes"], "--unsafe-fixes does nothing without --fix or --diff"),
        (["check", "--update-baseline"], "--update-baseline needs a file: --baseline FILE, or the key"),
        (["check", "--stdin-filename=x.md"], "--stdin-filename does nothing without standard input (`-`)"),
        (["check", "-"], "say which page it is: --stdin-filename"),
        (["check", "-", "content", "--stdin-filename=x.md"], "leave out the other paths"),
        (["check", "--hugo=x"], "--hugo does nothing without --ask-hugo"),
        (["check", "--quiet", "--verbose"], "--quiet and --verbose do not go together"),
        (["check", "--statistics", "--output-format=json"], "--statistics needs one of the formats"),
        (["check", "--watch", "--output-format=json=x.json"], "--watch writes no files"),
        (["check", "--output-format=json,sarif"], "only one output format can go to standard output"),
        (["check", "--output-format=json=x,sarif=./x"], "cannot go to the same file"),
        (["check", "--output-format=json=x", "--output-file=y"], "names a file of its own"),
        (["links", "--only-new"], "--only-new does nothing without --since REF"),
        (["links", "--dry-run", "--wayback"], "--dry-run does not take --wayback"),
        (["links", "--dry-run", "--budget=5m"], "--dry-run does not take --budget"),
        (["links", "--output-format=json=no/such/x"], "there is no folder no/such"),
        (["cache", "--all", "."], "leave out --all or ."),
    ],
)
def test_what_would_do_nothing_is_refused(
    argv: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(here, capsys, *argv)


@pytest.mark.usefixtures("here")
def test_an_output_format_of_the_environment_is_no_option_of_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITDLINT_OUTPUT_FORMAT", "json")
    assert run(["check", "--diff"]) == 1
    assert capsys.readouterr().out.startswith("diff ")
    assert run(["check"]) == 1
    assert capsys.readouterr().out.startswith('{"version"')
    assert run(["check", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("content/")


@pytest.mark.parametrize("mode", ["plain", "--fix", "--since"])
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("no/such/x", "there is no folder no/such"),
        ("content", "it is a folder"),
        ("content/posts/a.md", "is in a content folder"),
        ("content/posts/report.json", "is in a content folder"),
        ("link.json", "is in a content folder"),
        ("pages/en/a.md", "is in a content folder"),
        ("hugo.toml", "is read by this run"),
        ("vitdlint.toml", "is read by this run"),
        ("known.json", "is read by this run"),
        ("sub/.vitdlint.toml", "is read by this run"),
        ("layouts/page.html", "is in a folder of layouts"),
        ("i18n/de.toml", "is in a folder of translations"),
    ],
)
def test_a_report_overwrites_nothing_of_the_site(
    mode: str, file: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        here,
        {
            "hugo.toml": '[languages.en]\ncontentDir = "pages/en"\n[languages.de]\ncontentDir = "content"\n',
            "pages/en/a.md": "---\ntitle: A\n---\n\n[x](/nowhere/)\n",
            "layouts/page.html": "{{ .Content }}",
            "i18n/de.toml": "a = 'b'",
            "sub/x.md": "",
        },
    )
    (here / "link.json").symlink_to("content/posts/a.md")
    for options in ([f"--output-file={file}"], [f"--output-format=concise,json={file}"]):
        argv = ["check", *MODES[mode], "--baseline=known.json", *options]
        assert said in refused(here, capsys, *argv)
    if mode == "plain" and not said.startswith("is read"):
        assert said in refused(here, capsys, "check", f"--baseline={file}", "--update-baseline")


@pytest.mark.parametrize("file", ["report.json", "static/report.json", "content.json", "../report.json"])
def test_a_report_beside_the_content_is_written_again_and_again(here: Path, file: str) -> None:
    (here / "static").mkdir()
    for _ in range(2):
        assert run(["check", f"--output-format=json={file}"]) == 1
        assert (here / file).read_text().startswith('{"version"')


def test_a_report_in_a_file_has_colors_only_if_that_is_asked_for(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["check", "--output-format=full=r.txt"])
    assert "\x1b" not in (here / "r.txt").read_text()
    run(["check", "--output-format=full=r.txt", "--color=always"])
    assert "\x1b[" in (here / "r.txt").read_text()


@pytest.mark.parametrize("baseline", ["nope.json", "hugo.toml", "content"])
@pytest.mark.parametrize("mode", ["plain", "--fix", "--diff", "--add-suppressions", "--since", "--staged"])
def test_a_baseline_that_is_none_stops_the_run_before_it_writes(
    mode: str, baseline: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline in refused(here, capsys, "check", *MODES[mode], f"--baseline={baseline}")


@pytest.mark.usefixtures("here")
def test_the_time_that_a_run_took_is_said_whatever_the_format(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--verbose", "--output-format=json"])
    out, err = capsys.readouterr()
    assert out.startswith('{"version"')
    assert "checked 2 pages in 0." in err
    run(["check", "--verbose"])
    out, err = capsys.readouterr()
    assert "checked 2 pages in 0." in out
    assert err == ""


def test_a_change_that_touches_nothing_of_the_site_still_has_its_reports(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--staged", "--output-format=json,junit=x.xml"]) == 0
    out, err = capsys.readouterr()
    assert '"diagnostics": []' in out
    assert "nothing of the site was touched" in err
    assert (here / "x.xml").read_text().startswith("<?xml")

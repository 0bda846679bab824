from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from support.paths import ROOT

from vitdlint.cli import options
from vitdlint.core.model import (
    Diagnostic,
    NotChecked,
    Place,
    PlacedEdit,
    PlacedFix,
    PlacedRelated,
    Report,
    Severity,
)
from vitdlint.core.visible import visible
from vitdlint.page.page import place
from vitdlint.page.read import line_starts
from vitdlint.reporters import REPORTERS, Context, render_of
from vitdlint.reporters.excerpt import cut

GOLDEN = Path(__file__).parent / "golden"

A, B = "content/posts/a.md", "content/posts/b.md"
TEXTS = {
    A: "---\ntitle: Vitamin D\nslug: beta\n---\nSee [old](/posts/old/) and [beta](/posts/bta/) in 日本語 👍.\n"
    "\tA tab <div> never closed\n" + "word " * 400 + "[again](/posts/old/)\n",
    B: "---\nslug: beta\n---\nevil \x1b[31m \u202e 語 [z](/posts/old/)\n~~~\none\ntwo\nthree\nfour\nfive\nend\n",
}
HOSTILE = "\x1b]0;owned\x07\x9b31m\u202e\u2066\u200b\ufeff\x00\r\n::error::x\n##vso[x]<b>&|`]]>\ud800"


def at(path: str, wanted: str | int, end: int | None = None) -> Place:
    text = TEXTS[path]
    start = wanted if isinstance(wanted, int) else text.index(wanted)
    if end is None:
        end = start if isinstance(wanted, int) else start + len(wanted)
    return place(path, line_starts(text), start, end)


def sample() -> Report:
    again = TEXTS[A].rindex("/posts/old/")
    end = len(TEXTS[A])
    dead = Diagnostic(
        at(A, "/posts/old/"),
        "VD601",
        "dead-link",
        Severity.ERROR,
        '"/posts/old/" leads nowhere: no page of this site has that URL',
        "link to /posts/older/",
        PlacedFix(
            "Link to /posts/older/", safe=False, edits=(PlacedEdit(at(A, "/posts/old/"), "/posts/older/"),)
        ),
        (),
        "/posts/old/",
    )
    return Report(
        diagnostics=tuple(
            sorted(
                (
                    dead,
                    dead._replace(place=at(A, again, again + 11), fix=None),
                    dead._replace(place=at(B, "/posts/old/"), fix=None),
                    Diagnostic(
                        at(A, "slug: beta"),
                        "VD501",
                        "url-collision",
                        Severity.ERROR,
                        'two pages want the URL "/posts/beta/"',
                        related=(PlacedRelated(at(B, "slug: beta"), "the other page"),),
                    ),
                    Diagnostic(
                        at(A, "<div>"),
                        "VD301",
                        "unclosed-tag",
                        Severity.WARNING,
                        "<div> is never closed",
                        "close it with </div>",
                        PlacedFix("Close <div>", safe=True, edits=(PlacedEdit(at(A, end, end), "</div>\n"),)),
                    ),
                    Diagnostic(
                        at(B, "evil \x1b[31m \u202e"),
                        "VD403",
                        "control-character",
                        Severity.INFO,
                        "evil \x1b[31m \u202e",
                    ),
                    Diagnostic(
                        at(B, TEXTS[B].index("~~~"), len(TEXTS[B])),
                        "VD210",
                        "unclosed-fence",
                        Severity.ERROR,
                        "this code is never closed",
                    ),
                ),
                key=lambda d: d.order,
            )
        ),
        pages=1270,
        suppressed=3,
        not_checked=(NotChecked("external links", "run `vitdlint links`", 4120),),
    )


def context(**more: Any) -> Context:
    return Context(**{"rules": {}, "version": "0.1.0", "text_of": TEXTS.get, **more})


def text(name: str, report: Report | None = None, **more: Any) -> str:
    return "".join(render_of(name)(report if report is not None else sample(), context(**more)))


def hostile() -> Report:
    """A report whose every string is hostile."""
    where = at(B, "evil")._replace(path=B + HOSTILE)
    found = Diagnostic(
        where,
        "VD101",
        "front-matter-syntax",
        Severity.ERROR,
        HOSTILE,
        HOSTILE,
        PlacedFix(HOSTILE, safe=True, edits=(PlacedEdit(where, HOSTILE),)),
        (PlacedRelated(where, HOSTILE),),
        None,
    )
    return Report((found,), 1, not_checked=(NotChecked(HOSTILE, HOSTILE, 1),))


EMPTY = Report((), 12)


@pytest.mark.parametrize("name", [name for name in REPORTERS if name != "html"])  # see test_html.py
def test_the_output_is_as_it_was_seen_and_approved(name: str) -> None:
    said = text(name, elapsed=0.81)
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_no_excerpt_of_the_full_format_is_wider_than_the_terminal(width: int) -> None:
    lines = [line for line in text("full", width=width).splitlines() if re.match(r" *\d* [|] ", line)]
    assert len(lines) > 10
    assert all(cell_len(line) <= width for line in lines)


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = text("full"), text("full", color=True)
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_hyperlink_leads_to_the_rules_manual() -> None:
    said = text("full", docs_url=lambda: "https://vitd.test/{name}/", hyperlinks=True)
    assert "\x1b]8;;https://vitd.test/dead-link/\x1b\\VD601\x1b]8;;\x1b\\" in said
    assert "\x1b]8;;" not in text("full", docs_url=lambda: "https://vitd.test/{name}/")


@pytest.mark.parametrize(
    "name", ["sarif", "github", "github-summary", "gitlab", "azure", "junit", "rdjson", "markdown"]
)
def test_formats_for_forges_lead_to_the_rules_manual_where_there_is_one(name: str) -> None:
    url = "https://vitd.test/docs/rules/dead-link/"
    assert url in text(name, docs_url=lambda: "https://vitd.test/docs/")
    assert "vitd.test" not in text(name)


def test_findings_of_one_cause_are_reported_once_to_people_and_each_time_to_machines() -> None:
    assert text("full").count("leads nowhere") == 1
    assert "the same at 2 more places in 2 files" in text("full")
    assert len([d for d in json.loads(text("json"))["diagnostics"] if d["name"] == "dead-link"]) == 3


def test_carets_are_under_the_very_text_also_after_wide_characters_and_tabs() -> None:
    lines = text("full").splitlines()
    line = next(i for i, shown in enumerate(lines) if "A tab <div>" in shown)
    assert lines[line].index("<div>") == lines[line + 1].index("^")
    wide = next(i for i, shown in enumerate(lines) if shown.startswith(" 4 | evil"))
    assert lines[wide] == r" 4 | evil \x1b[31m \u202e 語 [z](/posts/old/)"
    assert lines[wide + 1].strip(" |") == "^" * len(r"evil \x1b[31m \u202e")


@given(
    st.text(alphabet=st.sampled_from("ab \t日👍\x1b\u202e\u0301\u200d"), max_size=300),
    st.data(),
    st.integers(20, 120),
)
@settings(max_examples=150)
def test_a_cut_line_fits_and_shows_the_beginning_of_its_stretch(
    line: str, data: st.DataObject, width: int
) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown, indent, marked = cut(line, start, end, width)
    assert cell_len(shown) <= width
    assert indent + marked <= width + 1
    assert "\x1b" not in shown
    if start < end and (first := visible(line[start].replace("\t", "    "))).strip("\u0301\u200d "):
        assert first in shown


def test_a_line_of_ten_megabytes_costs_no_more_than_what_is_shown() -> None:
    shown, indent, marked = cut("x" * 10_000_000, 5_000_000, 5_000_010, 80)
    assert (cell_len(shown), marked) == (80, 10)
    assert shown[indent - 1 : indent + 11] == "x" * 12


def test_an_excerpt_of_a_file_that_changed_meanwhile_is_no_crash() -> None:
    for now in ("", "short\n", None):
        assert "VD501" in text("full", text_of=lambda _, now=now: now)
        assert json.loads(text("rdjson", text_of=lambda _, now=now: now))
        assert json.loads(text("gitlab", text_of=lambda _, now=now: now))


@pytest.mark.parametrize("name", REPORTERS)
def test_no_control_character_of_content_reaches_the_output(name: str) -> None:
    said = text(name, hostile())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800]", said)
    said.encode("utf-8")


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_text_made_visible_is_one_line_without_anything_that_steers_a_terminal(content: str) -> None:
    shown = visible(content)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if content.isascii() and content.isprintable():
        assert shown == content


def test_json_keeps_its_contract() -> None:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for report in (sample(), hostile(), EMPTY):
        validator.validate(json.loads(text("json", report)))
    document = json.loads(text("json"))
    assert list(document) == ["version", "tool", "diagnostics", "summary"]
    assert list(document["summary"]) == [
        "pages",
        "errors",
        "warnings",
        "infos",
        "suppressed",
        "not_checked",
    ]
    position = ["path", "line", "column", "end_line", "end_column"]
    for found in document["diagnostics"]:
        always = [*position, "code", "name", "severity", "message", "help", "fix", "related"]
        assert list(found) == always + [key for key in ("cause", "state") if key in found]
        for edit in found["fix"]["edits"] if found["fix"] else ():
            assert list(edit) == [*position, "text"]
        for related in found["related"]:
            assert list(related) == [*position, "message"]
    assert document["summary"] == {
        "pages": 1270,
        "errors": 5,
        "warnings": 1,
        "infos": 1,
        "suppressed": 3,
        "not_checked": [{"what": "external links", "reason": "run `vitdlint links`", "count": 4120}],
    }


def test_json_refuses_a_broken_document() -> None:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text())
    document = json.loads(text("json"))
    document["diagnostics"][0]["line"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_jsonl_has_the_diagnostics_of_json_and_ends_with_the_summary() -> None:
    *lines, last = [json.loads(line) for line in text("jsonl").splitlines()]
    document = json.loads(text("json"))
    assert lines == document["diagnostics"]
    assert last == {key: document[key] for key in ("version", "tool", "summary")}


def test_paths_are_shown_as_the_context_says() -> None:
    more = {"shown": lambda path: f"site/{path}", "in_repository": lambda path: f"repo/site/{path}"}
    for name in ("concise", "full", "json", "jsonl", "junit"):
        assert f"site/{A}" in text(name, **more)
        assert "repo/" not in text(name, **more)
    for name in ("sarif", "gitlab", "rdjson"):
        assert f"repo/site/{A}" in text(name, **more)


def test_sarif_is_valid_and_its_paths_are_encoded() -> None:
    schema = json.loads((Path(__file__).parent.parent / "data" / "sarif-2.1.0.schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    for report in (sample(), hostile(), EMPTY):
        validator.validate(json.loads(text("sarif", report)))
    run = json.loads(text("sarif", in_repository=lambda path: f"my site/50%/{path}"))["runs"][0]
    result = run["results"][0]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == f"my%20site/50%25/{A}"
    assert set(location["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_fingerprints_differ_within_a_run_and_survive_moved_lines() -> None:
    def prints(shift: int) -> list[str]:
        texts = {path: "\n" * shift + content for path, content in TEXTS.items()}
        moved = Report(
            tuple(
                d._replace(
                    place=d.place._replace(
                        start=d.place.start + shift, end=d.place.end + shift, line=d.place.line + shift
                    )
                )
                for d in sample().diagnostics
            ),
            2,
        )
        results = json.loads(text("sarif", moved, text_of=texts.get))["runs"][0]["results"]
        return [result["partialFingerprints"]["vitdlint/v1"] for result in results]

    assert len(set(prints(0))) == len(sample().diagnostics)
    assert prints(0) == prints(7)


def test_sarif_leaves_out_the_least_severe_beyond_the_limit_and_says_so(monkeypatch: Any) -> None:
    monkeypatch.setattr("vitdlint.reporters.sarif.MOST", 5)
    run = json.loads(text("sarif"))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error"] * 5
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert notes[0].startswith("2 findings")


def test_github_commands_are_ours_alone() -> None:
    commands = [line for line in text("github", hostile()).splitlines() if "::" in line]
    assert len([line for line in commands if line.startswith("::")]) == 1
    properties = commands[0].split("::")[1]
    assert properties.startswith("error file=")
    assert {pair.partition("=")[0] for pair in properties.removeprefix("error ").split(",")} == {
        "file",
        "line",
        "col",
        "endColumn",
        "title",
    }


def test_github_omits_columns_over_several_lines() -> None:
    fence = next(line for line in text("github").splitlines() if "unclosed-fence" in line)
    assert "col=" not in fence
    assert "endLine=" in fence


def test_github_shows_ten_of_a_level_the_changed_files_first_and_counts_the_rest() -> None:
    base = sample().diagnostics[0]
    many = tuple(base._replace(place=base.place._replace(path=f"content/{n:02}.md")) for n in range(25))
    lines = text("github", Report(many, 25), changed=frozenset({"content/24.md"})).splitlines()
    assert [line.split("file=")[1].split(",")[0] for line in lines[:10]] == [
        "content/24.md",
        *(f"content/{n:02}.md" for n in range(9)),
    ]
    assert lines[10].startswith("15 more findings")


def test_the_job_summary_keeps_githubs_limit_with_the_worst_first() -> None:
    base = sample().diagnostics[0]
    many = tuple(
        base._replace(
            place=base.place._replace(line=n), severity=Severity.ERROR if n == 20_000 else Severity.INFO
        )
        for n in range(1, 20_001)
    )
    summary = text("github-summary", Report(many, 1))
    assert len(summary.encode()) <= 1_000_000
    assert ":20000" in summary.replace("&#58;", ":").split("| --- | --- | --- | --- |\n")[1].splitlines()[0]
    assert re.search(r"[\d,]+ more findings are left out", summary)


def test_the_job_summary_is_a_screen_with_links_to_lines_and_folds_the_rest() -> None:
    base = sample().diagnostics[0]
    many = tuple(
        base._replace(place=base.place._replace(path=f"content/{n:02}.md", line=n)) for n in range(1, 26)
    )
    blob = "https://forge.test/o/r/blob/abc"
    summary = text(
        "github-summary", Report(many, 25), blob=blob, in_repository=lambda path: f"my site/{path}"
    )
    seen, folded = summary.split("<details>")
    assert "(<https://forge.test/o/r/blob/abc/my%20site/content/01.md?plain=1#L1>)" in seen
    assert len(seen.splitlines()) < 40
    assert seen.count("/blob/") + folded.count("/blob/") == 25
    assert "<summary>15 more findings</summary>" in folded
    assert folded.rstrip().endswith("</details>")
    assert "/blob/" not in text("github-summary", Report(many, 25))


def test_markdown_shows_hostile_text_as_text() -> None:
    nasty = "<img src=x> [a](https://b.test) **x** `c` | @someone #12 https://evil.test www.evil.test ~~s~~"
    found = sample().diagnostics[0]._replace(message=nasty, help=None)
    html = (
        MarkdownIt("gfm-like")
        .disable("linkify")
        .enable("table")
        .render(text("markdown", Report((found,), 1)))
    )
    cell = html.split("<td>")[-1].split("</td>")[0]
    assert "<img" not in cell
    assert "<a" not in cell
    assert not re.search(r"<(strong|code|s|em)>", cell)
    assert not re.search(
        r"@someone|#12|www\.|https://", cell.replace("&#58;", ":").replace("https:", "https_")
    )


def test_azure_commands_are_ours_alone_and_keep_their_place() -> None:
    commands = [line for line in text("azure", hostile()).splitlines() if "##vso" in line]
    properties = commands[0].removeprefix("##vso[task.logissue ").partition("]")[0]
    assert len(commands) == 1
    assert [pair.partition("=")[0] for pair in properties.strip(";").split(";")] == [
        "type",
        "sourcepath",
        "linenumber",
        "columnnumber",
        "code",
    ]
    assert "warning VD301" not in text("azure")
    assert "##vso[task.logissue type=warning;" in text("azure")


def test_checkstyle_is_well_formed_and_has_every_finding() -> None:
    for report in (sample(), hostile(), EMPTY):
        root = ET.fromstring(text("checkstyle", report).encode())
        assert [int(error.get("line", "")) for error in root.iter("error")] == [
            diagnostic.place.line for diagnostic in report.diagnostics
        ]
        assert {error.get("severity") for error in root.iter("error")} <= {"error", "warning", "info"}


def test_gitlab_entries_have_what_the_widget_reads_and_an_empty_report_is_an_empty_array() -> None:
    entries = json.loads(text("gitlab"))
    for entry in entries:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(entry)
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["positions"]["begin"]["line"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert json.loads(text("gitlab", EMPTY)) == []
    assert not text("gitlab").startswith("\ufeff")


def test_junit_is_well_formed_and_counts_its_cases() -> None:
    for report in (sample(), hostile(), EMPTY):
        root = ET.fromstring(text("junit", report))
        cases = root.findall(".//testcase")
        assert len(cases) == int(root.attrib["tests"]) == max(1, len(report.diagnostics))
        assert len(root.findall(".//failure")) == len(report.diagnostics)


def test_rdjson_columns_are_bytes() -> None:
    diagnostics = json.loads(text("rdjson"))["diagnostics"]
    found = next(d for d in diagnostics if d["location"]["path"] == B and d["code"]["value"] == "VD601")
    line = TEXTS[B].splitlines()[3].encode()
    span = found["location"]["range"]
    assert line[span["start"]["column"] - 1 : span["end"]["column"] - 1] == b"/posts/old/"


def test_the_closing_lines_say_what_was_not_checked_also_when_nothing_was_found() -> None:
    report = Report((), 3, not_checked=(NotChecked("links of shortcodes", "the theme is not on disk", 7),))
    for name in ("full", "concise", "grouped", "github"):
        assert "Nothing found; checked 3 pages." in text(name, report)
        assert "Not checked: links of shortcodes (7): the theme is not on disk" in text(name, report)


def test_one_reason_for_several_shortcodes_is_one_closing_line() -> None:
    left = tuple(NotChecked("fragments", "shortcodes may make them", n, f"s{n}") for n in range(1, 10))
    named = ", ".join(f"s{n} ({n})" for n in range(9, 3, -1))
    line = f"Not checked: fragments (45): shortcodes may make them: {named} and 3 more\n"
    assert line in text("concise", Report((), 3, not_checked=left))


def test_statistics_count_by_rule() -> None:
    for name in ("full", "concise", "grouped"):
        lines = text(name, statistics="rule").splitlines()
        assert lines[0] == "3  VD601  error    dead-link  1 fixable"
        assert [line.split()[0] for line in lines[:5]] == ["3", "1", "1", "1", "1"]


def test_severities_below_error_are_named_in_the_concise_format() -> None:
    lines = text("concise").splitlines()
    assert f"{A}:6:8: VD301 unclosed-tag [*] warning: <div> is never closed" in lines
    assert f'{A}:3:1: VD501 url-collision two pages want the URL "/posts/beta/"' in lines


def test_importing_one_reporter_imports_no_other() -> None:
    code = "import sys; from vitdlint.reporters import render_of; render_of('json'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name for name in done.stdout.split() if name.startswith("vitdlint.reporters.")}
    assert loaded == {"vitdlint.reporters.json"}
    assert "rich" not in done.stdout.split()


@pytest.mark.parametrize("name", REPORTERS)
def test_every_reporter_takes_an_empty_report(name: str) -> None:
    assert text(name, EMPTY)


def test_a_terminal_that_cannot_show_a_character_gets_its_escape(tmp_path: Path) -> None:
    page = tmp_path / "content/posts/ä…\udcff.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: x\n---\n" + "ü" * 300 + " [ü](/nö/)\n", encoding="utf-8")
    (tmp_path / "hugo.toml").write_text("")
    for name, encoding in (("full", "ascii"), ("full", "utf-8"), ("markdown", "ascii"), ("junit", "ascii")):
        done = subprocess.run(
            [sys.executable, "-m", "vitdlint", "check", str(tmp_path), "--output-format", name, "--no-cache"],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        done.stdout.decode(encoding)


def test_the_help_of_the_command_line_names_every_format() -> None:
    help_text = str(
        get_type_hints(options.CheckOptions, include_extras=True)["output_format"].__metadata__[0].help
    )
    assert help_text.partition(";")[0].split(", ") == list(REPORTERS)


def test_a_fix_that_takes_whole_lines_away_shows_those_alone() -> None:
    texts = {A: "one\n\nthree\n"}
    gap = place(A, [0, 4, 5], 4, 5)
    fix = PlacedFix("Close the gap", safe=True, edits=(PlacedEdit(gap, ""),))
    found = Diagnostic(gap, "VD203", "orphan-table-row", Severity.ERROR, "a gap", fix=fix)
    said = text("full", Report((found,), 1), text_of=texts.get)
    assert " 2 | -\n" in said
    assert "three" not in said.partition("= fix")[2]

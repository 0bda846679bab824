from __future__ import annotations

from collections.abc import Mapping, Sequence

from vitdlint.files.git import FileChange
from vitdlint.linter.compare import Caused, Side, caused
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here


def side(files: Mapping[str, str]) -> Side:
    outcome = lint(
        job_of(
            files, {"select": ["dead-link", "dead-fragment", "link-to-alias", "unclosed-tag", "missing-file"]}
        ),
        here,
    )
    return Side(outcome.report, outcome.site, files.get)


def change(old: Mapping[str, str], new: Mapping[str, str], changes: Sequence[FileChange]) -> Caused:
    return caused(side(old), side(new), changes)


def reported(result: Caused) -> list[tuple[str, str, int]]:
    return [(d.place.path, d.name, d.place.line) for d in result.report.diagnostics]


A, B, C = "content/posts/a.md", "content/posts/b.md", "content/posts/c.md"
SITE = {
    A: "Text.\n\n## Dose\n",
    B: "An old [mistake](/nowhere/).\n\nSee [a](/posts/a/) and [dose](/posts/a/#dose).\n",
    C: "See [a](/posts/a/).\n",
}


def test_a_change_that_causes_nothing_reports_nothing_and_counts_what_it_leaves_out() -> None:
    new = {**SITE, C: "Other text, see [a](/posts/a/).\n"}
    result = change(SITE, new, [FileChange("M", C)])
    assert reported(result) == []
    assert result.others == 1


def test_a_new_error_in_a_changed_page_is_reported_there_and_an_old_one_that_moved_is_not() -> None:
    new = {**SITE, B: "A new line.\n\n" + SITE[B] + "And [one more](/elsewhere/).\n"}
    assert reported(change(SITE, new, [FileChange("M", B)])) == [(B, "dead-link", 6)]


def test_deleting_a_page_is_reported_at_that_page_with_the_links_it_breaks() -> None:
    new = {path: text for path, text in SITE.items() if path != A}
    result = change(SITE, new, [FileChange("D", A)])
    assert reported(result) == [(A, "dead-link", 1)]
    found = result.report.diagnostics[0]
    assert found.message.startswith("removing this file breaks 3 links: ")
    assert [(r.place.path, r.place.line) for r in found.related] == [(B, 3), (B, 3), (C, 1)]


def test_moving_a_page_is_reported_at_its_new_place() -> None:
    moved = "content/posts/alpha.md"
    new = {moved: SITE[A], B: SITE[B], C: SITE[C]}
    result = change(SITE, new, [FileChange("R", moved, A)])
    assert reported(result) == [(moved, "dead-link", 1)]
    assert result.report.diagnostics[0].message.startswith("moving this file breaks 3 links")


def test_moving_a_page_with_an_alias_breaks_nothing_and_its_own_old_findings_stay_old() -> None:
    moved = "content/posts/bravo.md"
    new = {A: SITE[A], moved: "---\naliases: [/posts/b/]\n---\n" + SITE[B], C: SITE[C]}
    assert reported(change(SITE, new, [FileChange("R", moved, B)])) == []


def test_removing_a_heading_is_reported_at_the_page_that_had_it() -> None:
    new = {**SITE, A: "Text.\n"}
    assert reported(change(SITE, new, [FileChange("M", A)])) == [(A, "dead-fragment", 1)]


def test_a_new_link_to_a_page_that_was_just_deleted_is_reported_at_the_link() -> None:
    old = {A: SITE[A], C: "Text.\n"}
    new = {C: "Text, see [a](/posts/a/).\n"}
    assert reported(change(old, new, [FileChange("D", A), FileChange("M", C)])) == [(C, "dead-link", 1)]


def test_deleting_a_file_that_a_page_shows_is_reported_at_the_file() -> None:
    old = {A: "![sun](/sun.png)\n", "static/sun.png": "x", "layouts/single.html": "{{ .Content }}"}
    new = {path: text for path, text in old.items() if path != "static/sun.png"}
    result = change(old, new, [FileChange("D", "static/sun.png")])
    assert reported(result) == [("static/sun.png", "missing-file", 1)]


def test_one_more_of_the_same_in_one_file_is_new() -> None:
    new = {**SITE, B: SITE[B] + "Again a [mistake](/nowhere/).\n"}
    assert reported(change(SITE, new, [FileChange("M", B)])) == [(B, "dead-link", 4)]


def test_a_page_broken_and_moved_at_once_is_reported_for_what_is_new() -> None:
    moved = "content/posts/bravo.md"
    new = {A: SITE[A], moved: SITE[B] + "<div>\n", C: SITE[C]}
    assert reported(change(SITE, new, [FileChange("R", moved, B)])) == [(moved, "unclosed-tag", 4)]


def test_the_urls_of_a_site_are_those_of_pages_and_aliases() -> None:
    files = {A: "---\naliases: [/old/]\n---\nText.\n", B: "---\ndraft: true\n---\nText.\n"}
    assert side(files).site.addresses.sources == {"/posts/a/": A, "/old/": A}

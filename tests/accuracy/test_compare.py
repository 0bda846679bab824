"""The comparison of whole sites agrees with itself on a good site, and finds what is planted."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.hugo_build import walk
from support.paths import ROOT
from support.run import write

from accuracy.__main__ import main
from accuracy.build import build
from accuracy.compare import checked, compare
from accuracy.report import Result, document
from accuracy.scores import Comparison

CLOCK = datetime(2026, 6, 15, 12, tzinfo=UTC)
FRONT = "---\ntitle: {}\n---\n"
SITE = {
    "hugo.toml": 'baseURL = "https://site.example/"\ntheme = ["gone", "github.com/nobody/gone"]\n[languages.en]\n',
    "go.mod": "module site.example\n\nrequire github.com/nobody/gone v1.0.0\n",
    "content/posts/a.md": "---\ntitle: A\naliases: [/old/]\n---\n## Dose\n\n[b](/posts/b/), [old](/old/), [gone](/gone/), "
    "[dose](#dose), [none](#none).\n",
    "content/posts/b.md": FRONT.format("B")
    + "{{< unknown >}}inside{{< /unknown >}} {{% breaks %}} {{< twice 2 >}} [a](/posts/a/#dose)\n",
    "content/posts/refused.md": FRONT.format("C") + "~~~ {a;}\ncode\n~~~\n",
    "content/posts/_index.md": FRONT.format("Posts") + "{{< unknown >}}in a list{{< /unknown >}}\n",
    "layouts/single.html": '{{ partial "missing.html" . }}{{ .Content }}',
    "layouts/shortcodes/breaks.md": '{{ partial "missing.html" . }}',
    "layouts/shortcodes/twice.html": '<b id="twice">{{ mul (.Get 0 | int) 2 }}</b>',
}


def compared(folder: Path, mine: dict[str, str], theirs: dict[str, str] | None = None) -> Comparison:
    """What differs between the site that vitdlint sees and the one that Hugo builds: the same, unless given."""
    here = write(folder / "mine", mine)
    there = write(folder / "theirs", mine if theirs is None else theirs)
    return compare(checked(here, CLOCK), build(there, there, folder / "work", CLOCK))


def wrong(found: Comparison) -> dict[str, tuple[list[str], list[str]]]:
    """What is false and missed, by subject."""
    return {
        name: (score.false, score.missed)
        for name, score in found.scores.items()
        if score.false or score.missed
    }


def test_a_good_site_agrees(tmp_path: Path) -> None:
    site = shutil.copytree(ROOT / "examples" / "tidy", tmp_path / "tidy")
    before = {path: path.read_bytes() for path in walk(site)}
    found = compare(checked(site, CLOCK), build(site, site, tmp_path / "work", CLOCK))
    assert wrong(found) == {}
    assert found.scores["URLs"].both > 10
    assert found.scores["other links"].both > 5
    assert {path: path.read_bytes() for path in walk(site)} == before, "the site itself is not written to"


def test_what_is_missing_or_broken_does_not_stop_the_build(tmp_path: Path) -> None:
    write(tmp_path / "site", SITE)
    hugo = build(tmp_path / "site", tmp_path / "site", tmp_path / "work", CLOCK)
    doubts = {page.path: page.doubt for page in hugo.pages}
    assert doubts["/posts/a"] == ""
    assert doubts["/posts/b"] == "breaks, unknown", "a shortcode that works is kept"
    assert "attributes" in hugo.refused["content/posts/refused.md"]
    page = next(p for p in hugo.pages if p.path == "/posts/b")
    assert hugo.ids(page, "posts/b/index.html") == {"twice"}


def test_answers_about_a_stubbed_site_agree(tmp_path: Path) -> None:
    found = compared(tmp_path, {k: v for k, v in SITE.items() if "refused" not in k})
    assert wrong(found) == {}
    assert (found.scores["dead fragments"].both, found.scores["aliases"].both) == (1, 1)


@pytest.mark.parametrize(
    ("path", "text", "subject", "said"),
    [
        ("content/posts/b.md", None, "URLs", "false"),
        ("content/posts/more.md", FRONT.format("More"), "URLs", "missed"),
        ("content/posts/a.md", FRONT.format("A"), "aliases", "false"),
        ("content/posts/b.md", "---\ntitle: B\naliases: [x]\n---\n", "aliases", "missed"),
        ("content/posts/b.md", FRONT.format("B") + "## More\n", "anchors", "missed"),
        ("content/posts/a.md", FRONT.format("A") + "[gone](/gone/)", "anchors", "false"),
        ("static/gone/index.html", "here", "dead links", "false"),
        ("content/posts/b.md", FRONT.format("B") + "[dead](/dead/)", "dead links", "missed"),
        ("content/posts/b.md", FRONT.format("B") + "[dead](#dead)", "dead fragments", "missed"),
        ("content/posts/a.md", FRONT.format("A") + "## None\n[none](#none)", "dead fragments", "false"),
        ("content/posts/refused.md", FRONT.format("C") + "~~~ {a;}\n~~~\n", "refused pages", "missed"),
    ],
)
def test_a_planted_difference_is_found(
    tmp_path: Path, path: str, text: str | None, subject: str, said: str
) -> None:
    mine = {
        **{k: v for k, v in SITE.items() if k.endswith(("a.md", "_index.md"))},
        "hugo.toml": 'baseURL = "https://site.example/"\n',
        "content/posts/_index.md": FRONT.format("Posts"),
        "content/posts/b.md": FRONT.format("B") + "Text.\n",
        "layouts/all.html": "{{ .Content }}",
    }
    theirs = {**mine, path: text} if text is not None else {k: v for k, v in mine.items() if k != path}
    assert getattr(compared(tmp_path, mine, theirs).scores[subject], said)


def test_a_page_that_hugo_builds_against_what_is_reported_is_found(tmp_path: Path) -> None:
    theirs = {
        "hugo.toml": "",
        "content/a.md": FRONT.format("A") + "Text.\n",
        "layouts/all.html": "{{ .Content }}",
    }
    mine = {**theirs, "content/a.md": FRONT.format("A") + "{{<3\n"}
    assert compared(tmp_path, mine, theirs).scores["refused pages"].false


def test_a_theme_may_be_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"hugo.toml": 'theme = "far"\n', "content/a.md": FRONT.format("A")})
    (site / "themes").mkdir()
    (site / "themes/far").symlink_to("../node_modules/far")
    assert [p.path for p in build(site, site, tmp_path / "work", CLOCK).pages if p.source] == ["/a"]


def test_each_language_may_have_a_host(tmp_path: Path) -> None:
    site = {
        "hugo.toml": '[languages.en]\nbaseURL = "https://en.example/"\n[languages.de]\nbaseURL = "https://de.example/x/"\n',
        "content/a.en.md": FRONT.format("A") + "[de](https://de.example/x/a/) [gone](/x/a/) [here](/a/)\n",
        "content/a.de.md": FRONT.format("A") + "[en](https://en.example/a/) [gone](https://en.example/b/)\n",
        "layouts/all.html": "{{ .Content }}",
    }
    found = compared(tmp_path, site)
    assert wrong(found) == {}
    assert (found.scores["dead links"].both, found.scores["other links"].both) == (2, 3)


def test_the_command_prints_and_the_page_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "site", {**SITE, "content/posts/refused.md": FRONT.format("C")})
    monkeypatch.setattr(sys, "argv", ["compare", str(site)])
    main()
    printed = capsys.readouterr().out
    assert "dead links: 0 agree" in printed
    assert "dead links: gone: it is not in themes/gone, and that could supply the target" in printed
    found = compare(checked(site, CLOCK), build(site, site, tmp_path / "work", CLOCK))
    page = document([Result("owner/site", "made up", "0" * 40, 3, (), found, 1.0, 2.0)])
    assert "| owner/site | 3 |" in page
    assert "a theme, module or mount that is not there" in page

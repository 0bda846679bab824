"""A file is unused only where its name is nowhere: each way to name one or to take one by other means is a use of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from support.run import report, run, write

from vitdlint.core.model import Report
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

SINGLE = {"layouts/single.html": "{{ .Content }}"}
BUNDLE = "content/posts/sun/index.md"
FILE = "content/posts/sun/rays.png"


def checked(files: Mapping[str, str]) -> Report:
    outcome = lint(job_of({**SINGLE, BUNDLE: "Text.\n", **files}, {"select": ["unused-file"]}), here).report
    assert not outcome.crashed, outcome.diagnostics
    return outcome


def unused(files: Mapping[str, str]) -> list[str]:
    return [diagnostic.place.path for diagnostic in checked(files).diagnostics]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/posts/a.md", "![a](/img/Sun%20rays.png)\n"),
        ("content/posts/a.md", "![a](</img/sun rays.png>)\n"),
        ("content/posts/a.md", '<img src="/img/Sun&#32;rays.png">\n'),
        ("content/posts/a.md", '{{< figure src="sun rays.png" >}}\n'),
        ("content/posts/a.md", "---\nimage: sun rays.png\ndraft: true\n---\n"),
        ("content/posts/a.fr.adoc", "image::img/sun rays.png[]\n"),
        ("layouts/single.html", '<img src="{{ "/img/Sun rays.png" | relURL }}">{{ .Content }}'),
        ("layouts/_shortcodes/sun.html", '<img src="/img/Sun rays.png">'),
        ("static/css/a.css", 'a { background: url("../img/Sun rays.png") }'),
        ("assets/css/a.scss", 'a { background: url("../img/Sun rays.png") }'),
        ("static/js/a.js", 'load("img\\/Sun rays.png")'),
        ("static/demo.html", '<img src="img/Sun rays.png">'),
        ("data/a.yaml", "picture: img/Sun rays.png\n"),
        ("i18n/en.toml", 'a = "![](/img/Sun rays.png)"\n'),
        ("hugo.toml", '[params]\nlogo = "img/Sun rays.png"\n'),
        ("modules/a.adoc", "image::img/Sun rays.png[]\n"),
        ("static/_redirects", "/old.png /img/Sun%20rays.png 301\n"),
    ],
)
def test_a_name_in_any_text_is_a_use(path: str, text: str) -> None:
    picture = {"static/img/Sun rays.png": ""}
    assert unused(picture) == ["static/img/Sun rays.png"]
    assert "static/img/Sun rays.png" not in unused({**picture, path: text})


def test_accents_are_compared_however_a_system_writes_them() -> None:
    assert unused({"static/U\u0308bung.pdf": "", "content/a.md": "[a](/\u00dcbung.pdf)\n"}) == []


def test_a_file_does_not_use_itself() -> None:
    assert unused({"static/a.svg": '<svg docname="a.svg"/>'}) == ["static/a.svg"]


def test_what_hugo_has_written_is_no_use() -> None:
    files = {"static/a.png": "", "public/index.html": "a.png", "resources/_gen/a.json": "a.png"}
    assert unused(files) == ["static/a.png"]


@pytest.mark.parametrize(
    "template",
    [
        '{{ range .Resources.ByType "image" }}{{ . }}{{ end }}',
        '{{ with .Resources.GetMatch "*rays*" }}{{ . }}{{ end }}',
        '{{ range .Page.Resources.Match "**.{jpg,png}" }}{{ . }}{{ end }}',
        "{{ range .Resources }}{{ . }}{{ end }}",
        "{{ $all := .Resources }}",
        "{{ range .Resources.Match .Params.pictures }}{{ . }}{{ end }}",
    ],
)
def test_what_a_template_takes_by_other_means_is_counted(template: str) -> None:
    found = checked({FILE: "", "layouts/single.html": template})
    assert not found.diagnostics
    assert [(n.what, n.count) for n in found.not_checked] == [("unused files", 1)]
    # A comment takes nothing, and a file in a static folder is not beside a page.
    assert unused({FILE: "", "layouts/single.html": f"{{{{/* {template[3:-3]} */}}}}"}) == [FILE]
    assert unused({"static/rays.png": "", "layouts/single.html": template}) == ["static/rays.png"]


def test_a_shortcode_takes_files_only_beside_the_pages_that_call_it() -> None:
    shortcode = {
        "layouts/_shortcodes/gallery.html": '{{ range .Page.Resources.ByType "image" }}{{ . }}{{ end }}'
    }
    files = {FILE: "", "content/posts/moon/moon.png": "", "content/posts/moon/index.md": "{{< gallery >}}\n"}
    assert unused({**files, **shortcode}) == [FILE]


@pytest.mark.parametrize(
    "template",
    [
        '<img src="/icons/{{ .Params.icon }}.svg">',
        '<img src="{{ printf "/icons/%s.svg" .Params.icon }}">',
        '<img src="{{ .Params.icon }}{{ ".svg" }}">',
        '<script>show("/icons/" + icon + ".svg")</script>',
        "<script>show(`/icons/${icon}.svg`)</script>",
    ],
)
def test_a_name_that_a_template_builds_is_a_use(template: str) -> None:
    files = {"static/icons/star.svg": "", "static/icons/moon.svg": "", BUNDLE: "---\nicon: star\n---\n"}
    assert unused({**files, "layouts/single.html": template}) == ["static/icons/moon.svg"]


def test_a_part_that_is_written_out_is_enough() -> None:
    files = {"static/flag-fr.svg": "", "static/moon.svg": ""}
    assert unused({**files, "layouts/single.html": '<img src="flag-{{ .Lang }}.svg">'}) == ["static/moon.svg"]


@pytest.mark.parametrize("call", ["readDir", "os.ReadDir"])
def test_a_folder_that_a_template_reads_is_used(call: str) -> None:
    files = {"static/slides/a.png": "", "static/b.png": ""}
    layout = f'{{{{ range {call} "static/slides" }}}}{{{{ .Name }}}}{{{{ end }}}}'
    assert unused({**files, "layouts/single.html": layout}) == ["static/b.png"]
    assert unused({**files, "layouts/single.html": f"{{{{ range {call} $folder }}}}{{{{ end }}}}"}) == []


def test_patterns_of_front_matter_are_for_files_beside_their_page() -> None:
    page = '---\nresources:\n- src: "*.png"\n---\n'
    assert unused(
        {BUNDLE: page, FILE: "", "content/posts/moon/index.md": "", "content/posts/moon/a.png": ""}
    ) == ["content/posts/moon/a.png"]


@pytest.mark.parametrize(
    "path",
    ["favicon-32x32.png", "img/favicon.ico", "apple-touch-icon.png", ".well-known/a.pdf", "sw.js", "google1a.html",
     "robots.txt", "CNAME", "_headers", "ads.txt", "browserconfig.xml", "manifest.json", "site.webmanifest"],
)  # fmt: skip
def test_what_is_asked_for_without_a_link_is_not_reported(path: str) -> None:
    assert unused({f"static/{path}": ""}) == []


def test_a_script_uses_what_is_beside_it_and_below() -> None:
    files = {"static/lib/a.js": "", "static/lib/fonts/a.woff": "", "static/b.js": "", "static/lib/c.png": ""}
    page = {"layouts/single.html": '<script src="lib/a.js"></script>'}
    assert unused({**files, **page}) == ["static/b.js", "static/lib/c.png"]


def test_without_a_themes_templates_nothing_is_certain() -> None:
    found = checked({"hugo.toml": 'theme = "gone"\n', FILE: "", "static/a.png": ""})
    assert not found.diagnostics
    assert ("unused files", 2) in [(n.what, n.count) for n in found.not_checked]


def test_a_use_that_comes_or_goes_shows_in_the_next_run(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": "",
            **SINGLE,
            "data/a.yaml": "a: 1\n",
            "content/a.md": "Text.\n",
            "static/a.png": b"\x89PNG\0" * 300,
        },
    )

    def found() -> list[str]:
        done = run("check", "site", "--select", "unused-file", "--output-format", "json", cwd=tmp_path)
        return [d["message"] for d in report(done)["diagnostics"]]

    assert found() == found() == ["nothing on this site uses this file: its name appears nowhere (2 kB)"]
    for path, without in (("content/a.md", "Text.\n"), ("data/a.yaml", "a: 1\n"), ("README.md", "")):
        write(site, {path: "![a](a.png)\n"})
        assert found() == []
        write(site, {path: without})
        assert len(found()) == 1


@pytest.mark.parametrize("form", ["full", "grouped", "github", "sarif", "junit", "html"])
def test_a_file_that_is_no_text_is_reported_in_every_format(tmp_path: Path, form: str) -> None:
    write(
        tmp_path, {"hugo.toml": "", **SINGLE, "content/a.md": "Text.\n", "static/a.png": b"\x89PNG\0\n\xff"}
    )
    done = run("check", "--select", "unused-file", "--output-format", form, "--fail-on", "info", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "nothing on this site uses this file" in done.stdout
    assert "PNG" not in done.stdout

"""`--ask-hugo`: what only Hugo knows becomes an answer, here and, by the file that is committed, elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.hugo_build import hugo_binary
from support.hugo_versions import VERSIONS, hugo_of
from support.run import CLOCK, report, run, write

ADAPTER = """\
{{ .AddPage (dict "path" "made/one" "title" "One" "aliases" (slice "/old-one/")
  "content" (dict "mediaType" "text/markdown" "value" "## Its heading")) }}
{{ .AddPage (dict "path" "made/two words" "title" "Two" "url" "/elsewhere/two/") }}
"""
SITE = {
    "hugo.toml": """\
baseURL = "https://example.org/sub/"
title = "T"
[languages.en]
weight = 1
[languages.de]
weight = 2
""",
    "content/_content.gotmpl": ADAPTER,
    "content/posts/a.md": """\
---
title: A
---
{{< maker >}}

[one](/sub/made/one/) [heading](/sub/made/one/#its-heading) [layout](/sub/made/one/#main) [old](/sub/old-one/)
[two](/sub/elsewhere/two/) [ref]({{< ref "/made/one" >}}) [own](#by-shortcode) [nav](#main)
""",
    "layouts/home.html": "home",
    "layouts/section.html": "section",
    "layouts/page.html": '<main id=main>{{ .Content }}</main><script>"<p id=\'no\'>"</script><!-- <p id="no"> -->',
    "layouts/_shortcodes/maker.html": '<b id="{{ printf "by-%s" "shortcode" }}">x</b>',
}
WRONG = '[x](/sub/made/three/) [y](/sub/made/one/#no) [z](#no) [r]({{< ref "/made/three" >}})\n'
OWN_HUGO = "--hugo"


def ask(site: Path, *more: str, **env: str) -> dict[str, Any]:
    done = run(
        "check",
        "--ask-hugo",
        OWN_HUGO,
        hugo_binary(),
        CLOCK,
        "--output-format",
        "json",
        *more,
        cwd=site,
        **env,
    )
    assert done.returncode in (0, 1), done.stderr
    return report(done)


def checked(site: Path, *more: str, **env: str) -> dict[str, Any]:
    return report(run("check", CLOCK, "--output-format", "json", *more, cwd=site, **env))


def links_left(found: dict[str, Any]) -> list[Any]:
    others = {"external links", "links in layouts"}
    return [each for each in found["summary"]["not_checked"] if each["what"] not in others]


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_pages_of_a_content_adapter_and_ids_of_shortcodes_are_answered(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    before = listing(tmp_path)
    assert links_left(checked(tmp_path))
    found = ask(tmp_path)
    assert links_left(found) == []
    assert found["diagnostics"] == []
    assert listing(tmp_path) == before


def test_what_hugo_does_not_know_is_dead(tmp_path: Path) -> None:
    write(tmp_path, {**SITE, "content/posts/b.md": WRONG})
    found = ask(tmp_path, "--select", "dead-link,dead-fragment")
    assert links_left(found) == []
    assert [d["name"] for d in found["diagnostics"]] == ["dead-link", "dead-fragment", "dead-fragment"]


@pytest.mark.parametrize("wrong", [False, True])
def test_the_committed_file_alone_gives_the_same_report(tmp_path: Path, wrong: bool) -> None:
    more = {"content/posts/c.md": "[x](/sub/made/three/) [y](/sub/made/one/#no)\n"} if wrong else {}
    site = write(tmp_path / "a", {**SITE, **more, "vitdlint.toml": 'hugo-answers = "hugo.answers"\n'})
    found = ask(site)
    text = (site / "hugo.answers").read_text()
    lines = text.splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert str(tmp_path) not in text
    other = tmp_path / "b"
    shutil.copytree(site, other, ignore=shutil.ignore_patterns(".cache"))
    there = checked(other, PATH="/nonexistent")
    assert there["diagnostics"] == found["diagnostics"]
    assert links_left(there) == links_left(found) == []


THEME = {
    "layouts/home.html": "home",
    "layouts/section.html": "section",
    "layouts/page.html": "<main id=main>{{ .Content }}</main>",
    "layouts/_shortcodes/note.html": '<p id="note-1">{{ .Inner }}</p>',
    "layouts/_markup/render-link.html": (
        '{{ $to := .Destination }}{{ with .Page.GetPage (strings.TrimSuffix ".md" $to) }}{{ $to = .RelPermalink }}{{ end }}'
        '<a href="{{ $to | safeURL }}">{{ .Text }}</a>'
    ),
    "static/theme/logo.png": "png",
    "content/imprint.md": "---\ntitle: Imprint\n---\n## Who\n",
}
BY_MODULE = {
    "hugo.toml": 'baseURL = "https://example.org/"\n[module]\n[[module.imports]]\npath = "github.com/x/theme"\n',
    "vitdlint.toml": 'hugo-answers = "hugo.answers"\n',
    "content/posts/a.md": """\
Text. {{< note >}}x{{< /note >}}

[imprint](/imprint/) [who](/imprint/#who) ![logo](/theme/logo.png) [own](#note-1) [b](b.md) [b](./b)
""",
    "content/posts/b.md": "b\n",
}


def test_a_theme_that_is_a_module_elsewhere(tmp_path: Path) -> None:
    theme = write(tmp_path / "theme", THEME)
    site = write(tmp_path / "a", BY_MODULE)
    assert links_left(checked(site))
    found = ask(site, HUGO_MODULE_REPLACEMENTS=f"github.com/x/theme -> {theme}")
    assert links_left(found) == []
    assert found["diagnostics"] == []
    shutil.rmtree(theme)
    there = checked(site)
    assert there["diagnostics"] == []
    assert links_left(there) == []
    write(site, {"content/posts/c.md": "[x](/theme/other.png)\n"})
    assert [d["name"] for d in checked(site)["diagnostics"]] == ["missing-file"]


def test_a_change_of_the_templates_is_said(tmp_path: Path) -> None:
    site = write(tmp_path, {**SITE, "vitdlint.toml": 'hugo-answers = "hugo.answers"\n'})
    assert "there is no hugo.answers yet" in run("check", CLOCK, cwd=site).stderr
    ask(site)
    said = run("check", CLOCK, cwd=site).stderr
    assert "was asked about this site on 2026-01-31" in said
    assert "changed since" not in said
    write(site, {"content/posts/z.md": "new text\n"})
    assert "changed since" not in run("check", CLOCK, cwd=site).stderr
    write(site, {"layouts/_shortcodes/maker.html": "<b id=new>x</b>"})
    assert "changed since" in run("check", CLOCK, cwd=site).stderr


def test_a_page_that_has_changed_since_is_not_accused(tmp_path: Path) -> None:
    site = write(tmp_path, {**SITE, "vitdlint.toml": 'hugo-answers = "hugo.answers"\n'})
    ask(site)
    write(site, {"content/posts/a.md": SITE["content/posts/a.md"] + "\n[new](#no-such)\n"})
    found = checked(site)
    assert found["diagnostics"] == []
    assert [each["what"] for each in links_left(found)] == ["fragments"]


def test_two_states_of_the_file_are_merged_by_keeping_all_lines(tmp_path: Path) -> None:
    site = write(tmp_path, {**SITE, "vitdlint.toml": 'hugo-answers = "hugo.answers"\n'})
    ask(site)
    first = (site / "hugo.answers").read_text()
    adapter = ADAPTER.replace("made/one", "made/other").replace("old-one", "older")
    write(site, {"content/_content.gotmpl": adapter, "content/posts/a.md": "[o](/sub/made/other/)\n"})
    ask(site)
    both = {*first.splitlines(), *(site / "hugo.answers").read_text().splitlines()}
    write(site, {"hugo.answers": "\n".join(sorted(both)), "content/posts/b.md": "[one](/sub/made/one/)\n"})
    assert checked(site)["diagnostics"] == []


def test_the_file_must_be_one(tmp_path: Path) -> None:
    site = write(tmp_path, {**SITE, "vitdlint.toml": 'hugo-answers = "a.txt"\n', "a.txt": "page en\n"})
    done = run("check", cwd=site)
    assert done.returncode == 2
    assert done.stderr == "vitdlint: a.txt: line 1 says nothing that is known: page en\n"


PROGRAMS = {
    "fails": "[ $1 = version ] && echo hugo v0.131.0 && exit\nprintf 'hi\\nERROR no\\033[31m\\n'; exit 255",
    "silent": "echo hugo v0.131.0+extended",
    "old": "echo hugo v0.111.3+extended",
    "other": "echo I am no Hugo",
}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--ask-hugo", "--no-plugins"], 2, "leave one of them out"),
        (["--hugo", "x"], 2, "--hugo does nothing without --ask-hugo"),
        (["--ask-hugo", "--hugo", "./none"], 2, "there is no hugo at none"),
        (
            ["--ask-hugo", "--hugo", "./fails"],
            3,
            "hugo cannot build the site (it ended with 255):\n  ERROR no\\x1b[31m\n",
        ),
        (["--ask-hugo", "--hugo", "./silent"], 3, "without the list of pages"),
        (["--ask-hugo", "--hugo", "./old"], 3, "hugo is 0.111; --ask-hugo needs 0.123 or later"),
        (["--ask-hugo", "--hugo", "./other"], 3, "does not say which version of Hugo it is"),
        (["--ask-hugo", "--watch"], 2, "--watch does not take --ask-hugo"),
    ],
)
def test_a_hugo_that_does_not_answer(tmp_path: Path, args: list[str], code: int, words: str) -> None:
    write(tmp_path, SITE)
    for name, text in PROGRAMS.items():
        write(tmp_path, {name: f"#!/bin/sh\n{text}\n"})
        (tmp_path / name).chmod(0o755)
    done = run("check", *args, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stdout == ""


def test_a_build_that_fails_names_the_template(tmp_path: Path) -> None:
    write(tmp_path, {**SITE, "layouts/page.html": "{{ errorf `no %s` .Path }}"})
    done = run("check", "--ask-hugo", OWN_HUGO, hugo_binary(), cwd=tmp_path)
    assert done.returncode == 3
    assert "no /posts/a" in done.stderr


def test_site_lists_the_pages_too(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    done = run("site", "--ask-hugo", OWN_HUGO, hugo_binary(), CLOCK, cwd=tmp_path)
    assert "/sub/elsewhere/two/" in done.stdout, done.stderr


def test_a_site_with_configuration_files_in_folders_and_mounts(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "config/_default/hugo.toml": 'baseURL = "https://example.org/"\n',
            "config/_default/module.toml": (
                '[[mounts]]\nsource = "docs"\ntarget = "content"\n[[imports]]\npath = "mine"\n'
            ),
            "themes/mine/layouts/page.html": "{{ .Content }}",
            "themes/mine/layouts/home.html": "x",
            "themes/mine/layouts/section.html": "x",
            "docs/_content.gotmpl": ADAPTER,
            "docs/a.md": "[one](/made/one/#its-heading)\n",
        },
    )
    found = ask(tmp_path)
    assert links_left(found) == []
    assert found["diagnostics"] == []


def test_hugo_is_asked_only_when_that_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    write(folder, {"hugo": "#!/bin/sh\ntouch ../ran\n"})
    (folder / "hugo").chmod(0o755)
    site = write(tmp_path / "site", SITE)
    run("check", cwd=site, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")
    assert not (tmp_path / "ran").exists()


HOOK = """\
{{ if not .Text }}{{ errorf "no text" }}{{ end -}}
{{ if eq .Destination "g" }}<a href="/words/#{{ anchorize .PlainText }}">{{ .Text }}</a>
{{- else }}<a href="{{ .Destination }}">{{ .Text }}</a>{{ end }}"""


def test_a_render_hook_that_goes_by_the_text_of_the_link(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            **{path: text for path, text in SITE.items() if path.startswith(("hugo", "layouts/"))},
            "layouts/_markup/render-link.html": HOOK.replace("/words/", "/sub/words/"),
            "content/words.md": "## Sun\n\n## Moon\n",
            "content/a.md": "[sun](g) [Moon](g)\n",
            "content/b.md": "[star](g)\n",
            "content/c.md": "[sun](g) [star](g)\n",
        },
    )
    assert [each["count"] for each in links_left(checked(tmp_path))] == [5]
    found = ask(tmp_path)
    assert [(d["path"], d["name"]) for d in found["diagnostics"]] == [("content/b.md", "dead-fragment")]
    assert [each["count"] for each in links_left(found)] == [2]  # of one target one is right and one wrong


def test_pages_in_every_dimension(tmp_path: Path) -> None:
    adapter = '{{ .EnableAllDimensions }}{{ .AddPage (dict "path" "made" "title" "M" "content" (dict "value" "## H")) }}'
    write(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://example.org/"\ndefaultContentVersionInSubdir = true\n'
            '[versions."v1.0.0"]\n[versions."v2.0.0"]\n[languages.en]\n[languages.de]\n',
            "layouts/all.html": "{{ .Content }}",
            "content/_content.gotmpl": adapter,
            "content/a.md": "[a](/v1.0.0/made/#h) [b](/v2.0.0/de/made/#h) [c](/v2.0.0/en/made/) [d](/v3/made/)\n",
        },
    )
    found = ask(tmp_path, "--select", "dead-link")
    assert [d["cause"] for d in found["diagnostics"]] == ["/v2.0.0/en/made/", "/v3/made/"]
    assert links_left(found) == []


@pytest.mark.parametrize(
    "version", [each for each in VERSIONS if each != "0.123.7"]
)  # adapters came with 0.126
def test_an_older_hugo_answers_too(tmp_path: Path, version: str) -> None:
    hugo = hugo_of(version)
    names = {
        "home": "index",
        "section": "_default/list",
        "page": "_default/single",
        "_shortcodes/maker": "shortcodes/maker",
    }
    moved = {f"layouts/{name}.html": f"layouts/{old}.html" for name, old in names.items()}
    site = write(tmp_path, {moved.get(path, path): text for path, text in SITE.items()})
    done = run("check", "--ask-hugo", OWN_HUGO, hugo, CLOCK, "--output-format", "json", cwd=site)
    found = report(done)
    assert (found["diagnostics"], links_left(found)) == ([], []), done.stderr

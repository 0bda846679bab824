"""Modules where Hugo keeps them: each place alone makes the site whole, and Hugo agrees where it can be asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.hugo_build import hugo_binary
from support.run import CLOCK, report, run, write

from vitdlint.hugo.module_places import escaped

NAME = "github.com/Acme/theme-X"
THEME = {
    "go.mod": f"module {NAME}\n",
    "layouts/page.html": "{{ .Content }}",
    "layouts/home.html": "home",
    "layouts/section.html": "section",
    "layouts/_shortcodes/note.html": "<p>{{ .Inner }}</p>",
    "static/logo.png": "png",
    "content/imprint.md": "---\ntitle: Imprint\n---\n## Who\n",
}
SITE = {
    "hugo.toml": f'baseURL = "https://example.org/"\n[module]\n[[module.imports]]\npath = "{NAME}"\n',
    "go.mod": f"module example.org/site\n\nrequire {NAME} v1.2.3 // indirect\n",
    "content/a.md": "Text {{< note >}}x{{< /note >}} [i](/imprint/#who) ![l](/logo.png)\n",
}
WRONG = {"content/b.md": "[i](/imprint/#no) ![l](/other.png)\n"}
CACHED = "github.com/!acme/theme-!x@v1.2.3"


def check(site: Path, **env: str) -> tuple[list[str], list[str]]:
    """What is found, and what is not checked."""
    home = str(site.parent / "home")
    done = run("check", CLOCK, "--output-format", "json", cwd=site, **{"HOME": home, "GOPATH": "", **env})
    assert done.returncode in (0, 1), done.stderr
    found = report(done)
    return [d["name"] for d in found["diagnostics"]], [n["what"] for n in found["summary"]["not_checked"]]


PLACES = {
    "theme folder": ("site/themes/github.com/Acme/theme-X", {}, {}),
    "replace": ("own", {"go.mod": SITE["go.mod"] + f"\nreplace {NAME} => ../own\n"}, {}),
    "replace block": ("own", {"go.mod": SITE["go.mod"] + f"\nreplace (\n\t{NAME} v1.2.3 => ../own\n)\n"}, {}),
    "module.replacements": (
        "own",
        {
            "hugo.toml": SITE["hugo.toml"].replace(
                "[module]\n", f'[module]\nreplacements = "{NAME} -> ../../own"\n'
            )
        },
        {},
    ),
    "variable": ("own", {}, {"HUGO_MODULE_REPLACEMENTS": NAME + " -> {}/own"}),
    "workspace": (
        "own",
        {
            "hugo.toml": SITE["hugo.toml"].replace("[module]\n", '[module]\nworkspace = "x.work"\n'),
            "x.work": "go 1.21\n\nuse (\n\t.\n\t../own\n)\n",
        },
        {},
    ),
    "Hugo's cache": (f"cache/modules/filecache/modules/pkg/mod/{CACHED}", {}, {"HUGO_CACHEDIR": "{}/cache"}),
    "Hugo's own place": (
        f"home/.cache/hugo_cache/modules/filecache/modules/pkg/mod/{CACHED}",
        {},
        {"XDG_CACHE_HOME": ""},
    ),
    "Go's cache": (f"go/{CACHED}", {}, {"GOMODCACHE": "{}/go"}),
    "GOPATH": (f"gopath/pkg/mod/{CACHED}", {}, {"GOPATH": "{}/gopath"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_each_place(tmp_path: Path, place: str) -> None:
    folder, files, variables = PLACES[place]
    env = {name: value.replace("{}", str(tmp_path)) for name, value in variables.items()}
    site = write(tmp_path / "site", {**SITE, **files})
    assert check(site, **env)[1]
    write(tmp_path / folder, THEME)
    assert check(site, **env) == ([], [])
    write(site, WRONG)
    assert check(site, **env) == (["dead-fragment", "missing-file"], [])
    if place in ("module.replacements", "variable"):  # the others need the program `go`
        done = subprocess.run(
            [str(hugo_binary()), "--noBuildLock", "--destination", str(tmp_path / "public")],
            cwd=site,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", **env},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "public/logo.png").is_file()


def test_another_version_in_the_cache_is_not_it(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    write(tmp_path / "go" / CACHED.replace("1.2.3", "1.2.4"), THEME)
    assert check(site, GOMODCACHE=str(tmp_path / "go"))[1]


def test_a_change_of_a_replaced_module_is_seen(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {**SITE, **PLACES["replace"][1]})
    write(tmp_path / "own", THEME)
    assert check(site) == ([], [])
    (tmp_path / "own/static/logo.png").unlink()
    assert check(site) == (["missing-file"], [])


def test_what_is_outside_of_a_module_stays_closed(tmp_path: Path) -> None:
    mount = '[[module.mounts]]\nsource = "@/etc"\ntarget = "static"\n[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
    site = write(tmp_path / "site", {"hugo.toml": mount, "content/a.md": "[p](/passwd)\n"})
    assert "dead-link" in check(site)[0] or check(site)[1]


def test_upper_case_is_escaped() -> None:
    assert escaped(f"{NAME}@v1.2.3") == CACHED

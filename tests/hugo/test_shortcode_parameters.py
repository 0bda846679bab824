"""The parameters that templates of shortcodes read, and what the real Hugo makes of others."""

from __future__ import annotations

import pytest
from support.hugo_build import build

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.publication import Parameters
from vitdlint.hugo.shortcode_parameters import BUILT_IN, shortcode_parameters
from vitdlint.hugo.templates import Templates

OPEN = None
READ = {
    "plain text": ("", 0),
    '{{ .Get "src" }}{{ $.Get `alt` }}{{ with .Get 1 }}{{ . }}{{ end }}': ("src alt", 2),
    '{{ index .Params "src" }}{{ isset .Params 0 }}{{ if .Params.alt }}{{ .Params.alt }}{{ end }}': (
        "src alt",
        1,
    ),
    '{{ if .IsNamedParams }}{{ .Get "a" }}{{ else if eq (len .Params) 2 }}{{ .Get 1 }}{{ end }}': ("a", 2),
    '{{/* .Get "note" */}}{{ printf "{{< b %q >}}" (or (.Get 0) "") | .Page.RenderString }}': ("", 1),
    '{{ .Page.Params.x }}{{ site.Params.y }}{{ (.Page.Resources.Get "z").Name }}{{ .Get "a" }}': ("a", 0),
    '{{ with .Get "a" }}{{ partial "b" . }}{{ else }}{{ .Get "c" }}{{ end }}': ("a c", 0),
    '{{ range split (.Get 0) "," }}{{ partial "b" (dict "c" .) }}{{ end }}': ("", 1),
    '{{ with .Page }}{{ partial "b" . }}{{ end }}{{ .Page.Title }}. {{ printf "a . $ %s" (.Get "a") }}': (
        "a",
        0,
    ),
    '{{ with .Get "a" }}{{ else }}{{ partial "b" . }}{{ end }}': OPEN,
    '{{ partial "b" . }}': OPEN,
    '{{ partial "b" (dict "c" $) }}': OPEN,
    "{{ $c := . }}{{ $c.Get 0 }}": OPEN,
    "{{ range $key, $value := .Params }}{{ end }}": OPEN,
    '{{ .Get (printf "%s" "a") }}': OPEN,
    "{{ range seq 3 }}{{ index $.Params . }}{{ end }}": OPEN,
    "{{ with .Params }}{{ .a }}{{ end }}": OPEN,
}


def known(templates: dict[str, str]) -> dict[str, Parameters]:
    files = {f"layouts/_shortcodes/{name}.html": text for name, text in templates.items()}
    tree = MemoryTree({"hugo.toml": "", **files})
    return dict(shortcode_parameters(Templates(load(tree), tree)))


@pytest.mark.parametrize(("template", "read"), READ.items())
def test_a_template_shows_what_it_reads(template: str, read: tuple[str, int] | None) -> None:
    found = known({"one": template})["one"]
    if read is None:
        assert not found.complete
    else:
        assert found == Parameters(frozenset(read[0].split()), read[1])


def test_what_a_shortcode_reads_of_its_parent_is_a_parameter_of_that() -> None:
    found = known({"tabs": "{{ .Inner }}", "tab": '{{ .Parent.Get "group" }}', "no": "{{ .Get 0 }}"})
    assert found["tabs"].names == {"group"}
    found = known({"details": "{{ .Inner }}", "tab": '{{ .Parent.Get "group" }}'})
    assert found["details"].names == {"group"}
    assert found["figure"] == BUILT_IN["figure"]
    found = known({"tabs": "{{ .Inner }}", "tab": "{{ with .Parent }}{{ .Get 0 }}{{ end }}"})
    assert not found["tabs"].complete


REQUIRED = {
    '{{ with .Get "a" }}{{ . }}{{ else }}{{ errorf "no a" }}{{ end }}': {"a"},
    '{{ if not (.Get "a") }}{{ errorf "no a" }}{{ end }}': {"a"},
    '{{ $a := .Get 0 }}{{ if not $a }}{{ errorf "no a" }}{{ end }}': {"0"},
    '{{ $a := .Get "a" }}{{ if $a }}{{ $a }}{{ else }} {{ errorf "no a" }}{{ end }}': {"a"},
    '{{ with .Get "a" }}{{ . }}{{ else }}{{ warnf "no a" }}{{ end }}': set[str](),
    '{{ with .Get "a" }}{{ . }}{{ else }}{{ with .Get 0 }}{{ . }}{{ else }}{{ errorf "no a" }}{{ end }}{{ end }}': set[
        str
    ](),
    '{{ if .Get "b" }}{{ if not (.Get "a") }}{{ errorf "no a" }}{{ end }}{{ end }}': set[str](),
    '{{ with .Get "a" }}{{ errorf "a is gone" }}{{ end }}': set[str](),
    '{{ $a := .Get "a" }}{{ $a = "x" }}{{ if not $a }}{{ errorf "no a" }}{{ end }}': set[str](),
    '{{ $a := .Get "a" }}{{ with .Get "b" }}{{ $a = . }}{{ end }}{{ if not $a }}{{ errorf "no a" }}{{ end }}': set[
        str
    ](),
    '{{ if or (.Get "a") (.Get "b") }}x{{ else }}{{ errorf "none" }}{{ end }}': set[str](),
}


@pytest.mark.parametrize(("template", "required"), REQUIRED.items())
def test_hugo_fails_without_what_a_template_needs(template: str, required: set[str]) -> None:
    assert known({"one": template})["one"].required == required
    tree = {
        "hugo.toml": "",
        "content/a.md": "---\ntitle: A\n---\n{{< one >}}\n",
        "layouts/_shortcodes/one.html": template,
        "layouts/all.html": "{{ .Content }}",
    }
    failed = build(tree, pages=False).code != 0
    assert failed or not required


def built_page(call: str) -> tuple[int, str]:
    tree = {
        "hugo.toml": "[params]\nlamp = 'on'\n[privacy.x]\ndisable = false\n",
        "content/a.md": f"---\ntitle: A\n---\n{call}\n",
        "layouts/_shortcodes/one.html": '[{{ .Get "name" }}|{{ .Get 0 }}|{{ .Get 1 }}]',
        "layouts/all.html": "{{ .Content }}",
    }
    built = build(tree, pages=False)
    return built.code, built.files.get("a/index.html", b"").decode().strip()


@pytest.mark.parametrize("name", [name for name, each in BUILT_IN.items() if each.required])
def test_hugo_fails_without_what_its_own_shortcodes_need(name: str) -> None:
    assert built_page(f"{{{{< {name} >}}}}")[0] != 0


@pytest.mark.parametrize(
    "call", ["youtube a", "vimeo id=1", "instagram a", "param lamp", "ref path=a", "relref a"]
)
def test_hugo_builds_what_has_all(call: str) -> None:
    assert built_page(f"{{{{< {call} >}}}}")[0] == 0


def test_hugo_ignores_what_no_template_reads_and_names_in_another_case() -> None:
    assert built_page('{{< one Name="a" nme="b" >}}') == (0, "[||]")
    assert built_page("{{< one a b c >}}") == (0, "[|a|b]")
    assert built_page("{{< one a name=b >}}")[0] != 0
    assert "/a/" in built_page('{{< relref Path="a" more="b" >}}')[1]


@pytest.mark.parametrize("name", ["details", "figure", "vimeo", "youtube"])
def test_hugos_own_shortcodes_read_the_names_that_are_listed(name: str) -> None:
    """Each but those of a call that has none changes what Hugo writes."""
    start = {"figure": 'src="/a.png" link="/b" attr="c" caption="d"'}.get(
        name, "id=1" if name != "details" else ""
    )
    end = "{{< /details >}}" if name == "details" else ""
    plain = built_page(f"{{{{< {name} {start} >}}}}{end}")
    assert plain[0] == 0
    for each in BUILT_IN[name].names - {"src", "link", "attr", "caption", "id"}:
        value = {"allowFullScreen": "false", "controls": "false", "start": "7", "end": "7"}.get(each, "true")
        changed = built_page(f'{{{{< {name} {start} {each}="{value}" >}}}}{end}')
        assert changed[0] == 0, each
        assert changed[1] != plain[1], each
        assert built_page(f'{{{{< {name} {start} {each.upper()}="{value}" >}}}}{end}') == plain


def test_a_template_for_another_format_may_be_used_beside_hugos_own() -> None:
    files = {"hugo.toml": "", "layouts/_shortcodes/qr.text.txt": '{{ .Get "more" }}'}
    tree = MemoryTree(files)
    assert {"class", "more"} < shortcode_parameters(Templates(load(tree), tree))["qr"].names
    tree = MemoryTree({**files, "layouts/_shortcodes/qr.html": '{{ .Get "text" }}'})
    assert shortcode_parameters(Templates(load(tree), tree))["qr"].names == {"text", "more"}

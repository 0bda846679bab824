"""The site that is built in place of the user's: the same one, with a page of ours that lists what Hugo knows.

It needs Hugo 0.123 or later. The overlay is a second configuration file; its page and its template lie in a temporary
folder, and so does all that Hugo writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..cast import to_map, to_string
from ..config import HugoConfig
from ..modules import Mount

NAME = "vitdlint-asks"
"""Of the page, its template and its output."""
_COMPONENTS = ("content", "layouts")
_PAGE = {
    "layout": NAME,
    "outputs": ["json"],
    "url": f"/{NAME}.json",
}
_OPTIONS = {"list": "never", "render": "always"}
_TEMPLATE = """\
{{- $sites := slice -}}
{{- if ge hugo.Version "0.156.0" }}{{ $sites = hugo.Sites }}{{ else }}{{ $sites = .Sites }}{{ end -}}
{{- $pages := slice -}}
{{- range $sites -}}
  {{- $own := dict "language" .Language.Lang -}}
  {{- if ge hugo.Version "0.153.0" -}}
    {{- $own = merge $own (dict "version" .Version.Name "role" .Role.Name) -}}
  {{- end -}}
  {{- range .Pages -}}
    {{- $pages = $pages | append (merge $own (dict "kind" .Kind "path" .Path "url" .RelPermalink)) -}}
  {{- end -}}
{{- end -}}
{{- $answers := slice -}}
{{- range .Params.questions -}}
  {{- $asked := . -}}
  {{- range $sites -}}
    {{- if and (eq .Language.Lang $asked.language) -}}
      {{- with .GetPage $asked.path -}}
        {{- $html := .RenderString $asked.markdown -}}
        {{- $answers = $answers | append (dict "number" $asked.number "html" (string $html)) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $hooks := slice -}}
{{- range (slice "link" "image" "heading" "codeblock" "blockquote" "table" "passthrough") -}}
  {{- $name := printf "_markup/render-%s.html" . -}}
  {{- if or (templates.Exists $name) (templates.Exists (printf "_default/%s" $name)) -}}
    {{- $hooks = $hooks | append . -}}
  {{- end -}}
{{- end -}}
{{- dict "version" hugo.Version "pages" $pages "answers" $answers "hooks" $hooks | jsonify -}}
"""


class Question(NamedTuple):
    """What Hugo is to make of a link on a page."""

    language: str
    path: str
    """The logical path of the page."""
    markdown: str


class Overlay(NamedTuple):
    """How Hugo gets it. The variables are for what a configuration folder says, which would win over the file."""

    file: Path
    variables: Mapping[str, str]


def write_overlay(
    config: HugoConfig, folder: Path, questions: Iterable[Question], version: tuple[int, int]
) -> Overlay:
    """Write the overlay for that version of Hugo into a folder."""
    asked = [{"number": i, **question._asdict()} for i, question in enumerate(questions)]
    page, template, overlay = folder / "page.md", folder / "template.json", folder / "overlay.json"
    build = "build" if version >= (0, 145) else "_build"
    page.write_text(json.dumps({**_PAGE, build: _OPTIONS, "params": {"questions": asked}}) + "\n", "utf-8")
    template.write_text(_TEMPLATE, "utf-8")
    module = to_map(config.raw.get("module"))
    listed = module.get("mounts")
    mounts = [to_map(mount) for mount in listed] if isinstance(listed, list) else []
    fed = {to_string(mount.get("target")).strip("/").partition("/")[0] for mount in mounts}
    mounts += [_as_written(m) for m in config.mounts if not m.module and m.component in {*_COMPONENTS} - fed]
    mounts.append({"source": str(page), "target": f"content/{NAME}.md"})
    mounts.append({"source": str(template), "target": f"layouts/_default/{NAME}.json"})
    resources = str(folder / "resources")
    build_table = {**to_map(config.raw.get("build")), "writestats": False, "buildstats": {"enable": False}}
    settings = {"module": {**module, "mounts": mounts}, "resourceDir": resources, "build": build_table}
    overlay.write_text(json.dumps(settings, default=str), "utf-8")
    variables = {
        "HUGO_MODULE_MOUNTS": json.dumps(mounts, default=str),
        "HUGO_RESOURCEDIR": resources,
        "HUGO_BUILD_BUILDSTATS_ENABLE": "false",
        # A reference that leads nowhere is for our report, and not to end the build.
        "HUGO_REFLINKSERRORLEVEL": "warning",
    }
    return Overlay(overlay, variables)


def _as_written(mount: Mount) -> Mapping[str, Any]:
    """A default mount, which the overlay's list would replace."""
    table: dict[str, Any] = {"source": mount.source, "target": mount.target}
    return {**table, "lang": mount.matrix.languages[0]} if mount.matrix.languages else table

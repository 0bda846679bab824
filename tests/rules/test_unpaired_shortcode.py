"""`unpaired-shortcode`, `shortcode-syntax` and the real Hugo: a page has a finding if and only if Hugo's build fails."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.hugo_build import hugo_binary
from support.run import names, run, write

LAYOUTS = {
    "hugo.toml": "",
    "layouts/all.html": "{{ .Content }}",
    "layouts/_shortcodes/wrap.html": "<div>{{ .Inner }}</div>",
    "layouts/_shortcodes/plain.html": "{{/* .Inner */}}x",
    "layouts/_shortcodes/highlight.html": "this site's own, without text",
    "layouts/_shortcodes/in/folder.html": "{{ with .InnerDeindent }}{{ . }}{{ end }}",
}
RULES = "unpaired-shortcode,shortcode-syntax"
BODIES = (
    "{{< wrap >}}",
    "{{% wrap %}}",
    "{{< Wrap >}}a{{< /Wrap >}}",
    "{{< wrap />}}",
    "{{< plain />}}",
    "{{< plain >}}a{{< /plain >}}",
    "{{< highlight go >}}",
    "{{< details >}}a",
    "{{< in/folder >}}",
    "{{< in/folder >}}{{< /in/folder >}}",
    "{{< wrap >}}{{< plain >}}{{< /wrap >}}",
    "{{< wrap >}}{{< plain >}}{{< /plain >}}{{< /wrap >}}",
    "{{< wrap >}}{{< wrap >}}{{< /wrap >}}",
    "{{< wrap >}}{{< wrap >}}{{< /wrap >}}{{< /wrap >}}",
    "`{{< wrap >}}` <!-- {{</* wrap */>}} -->",
    "{{< wrap >}}a{{< / >}}",
    "{{% wrap %}}a{{%/%}}",
    "{{< wrap >}}a{{% / %}}",
    "{{< wrap >}}a{{< // >}}",
    "{{< wrap >}}{{< plain >}}{{< / >}}",
    '{{< wrap >}}{{< figure src="a.png" >}}{{< / >}}',
    "{{< wrap >}}{{< Wrap >}}a{{< / >}}{{< / >}}",
    "{{< wrap >}}{{< wrap >}}a{{< /wrap >}}{{< / >}}",
    "{{< wrap >}}{{< wrap >}}a{{< / >}}",
    "{{< wrap >}}a{{< / >}}{{< / >}}",
    "{{< wrap />}}{{< / >}}",
    "{{< plain >}}{{< / >}}",
    '{{< figure src="a.png" >}}{{< / >}}',
    "{{< / >}}",
    "{{< >}}",
)


@pytest.mark.parametrize("front", ["title: A", "draft: true"])
@pytest.mark.parametrize("body", BODIES)
def test_a_finding_is_a_build_that_fails(tmp_path: Path, body: str, front: str) -> None:
    site = write(tmp_path, {**LAYOUTS, "content/a.md": f"---\n{front}\n---\n{body}\n"})
    found = run("check", "--no-cache", f"--select={RULES}", "--output-format", "json", cwd=site)
    done = subprocess.run([hugo_binary(), "--noBuildLock"], cwd=site, capture_output=True, check=False)
    assert bool(names(found)) == bool(done.returncode), done.stdout

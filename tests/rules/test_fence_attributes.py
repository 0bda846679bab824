"""Which attributes of code fences stop a build, beside the real Hugo."""

from __future__ import annotations

import pytest
from support.hugo_build import build

from vitdlint.core.rule import NoOptions
from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.page.page import Settings
from vitdlint.page.read import read_page
from vitdlint.rules.fence_attributes import check

FENCES = [
    "~~~~ {.brush: .php;}",
    '```go {#id .class linenos=true hl_lines=[1,"3-4"]}',
    "``` {}",
    "```js {  }",
    "```sh {title=a.sh}",
    "```{r, echo=FALSE}",
    "```{.r}",
    "``` {brace",
    "```a{b}",
    "```js {1,3-4}",
    '```js {title="x"} {y}',
    "```js {{x}}",
    '```js {title="a}b"}',
    "```js {linenos=table,hl_lines=[8,2]}",
    "```js {a='x'}",
    "```js }x{",
    "```js {.é}",
]


@pytest.mark.parametrize("fence", FENCES)
@pytest.mark.parametrize("config", ["", "[markup.highlight]\ncodeFences = false\n"])
def test_a_fence_is_reported_if_and_only_if_hugo_does_not_build_it(fence: str, config: str) -> None:
    text = f"---\ntitle: A\n---\n\n{fence}\nx\n{fence[:3] if fence[0] == '`' else fence[:4]}\n"
    files = {"hugo.toml": config, "content/a.md": text, "layouts/all.html": "{{ .Content }}"}
    settings = Settings(markup=load(MemoryTree(files)).markup)
    page = read_page("content/a.md", text.encode(), settings, None)
    assert bool(list(check(page, NoOptions()))) == (build(files, pages=False).code != 0)

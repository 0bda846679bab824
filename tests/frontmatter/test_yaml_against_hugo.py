"""YAML in which Hugo's parser and the one that we use differ: what Hugo reads is what we read, or we refuse it too."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import Any

import pytest
from support.hugo_build import build

from vitdlint.frontmatter.places import places
from vitdlint.frontmatter.read import read

EMPTY_ITEMS = [
    "tags:\n- a\n-\ntitle: T\n",
    "tags:\n-\ntitle: T\nslug: s\n",
    "tags:\n- a\n- # none\n\n# none\ntitle: T\n",
    "tags:\n- a\n- &x\ntitle: T\n",
    "tags:\r\n- a\r\n-  \r\ntitle: T\r\n",
    'tags:\n-\n"title": T\n',
    "tags:\n-\n<<: {x: 1}\n",
    "a: 0\ntags:\n-\na: 2\n",
    "a:\n  tags:\n  -\n  title: T\nb: 1\n",
    "a:\n- b:\n  - x\n  -\n  c: 2\nd: 3\n",
    "a:\n- b\n-\nc:\n- d\n-\ne: 1\n",
    " a:\n -\n b: 1\n",
    "tags:\n  -\ntitle: T\n",
    "tags:\n- a\n-\n- b\ntitle: T\n",
    "tags:\n- a\n- ~\ntitle: T\n",
    'tags:\n- a\n- ""\ntitle: T\n',
    "tags:\n- - a\n  -\ntitle: T\n",
    "tags:\n-\n  title: T\nb: 1\n",
    "a: [b, ]\nc: 1\n",
]
TABS = [
    "a: x\ty\n",
    "a: x \t y\n",
    "a: [x\ty, z]\n",
    "a: {b: x\ty}\n",
    "a:\n- x\ty\n",
    "a: x\n  y\tz\n",
    "a\tb: z\n",
    "a: 1\t2\n",
    "a: tr\tue\n",
    "a:\tb\tc\n",
    "a: x\t# y\n",
    "a: 'x\ty'\nb: ['x\ty']\n",
    "a: |\n  x\ty\n",
    'a: "x\ty"\nb: 1\n',
    'a: "x\ty" \nb: 1\n',
    'a: "x\ty\tz" \nb: 1\n',
    'a: "x\t"\nb: 1\n',
    'a: "x\t\t"\nb: 1\n',
    'a: "x\ty"\n\nb: 1\n',
    'a: "x\ty"\r\nb: 1\r\n',
    'b: 1\na: "x\ty"\n',
    'a: ["x\ty"]\n',
    'a:\n- "x\ty"\n- b\n',
    'a: "x\n\ty"\n',
    "a: 'x\n\ty'\n",
    "a: x\n\ty\n",
    "x:\n  -\tb\n  - \tc\n",
    "x:\n-\ta: b\n",
    "x:\n \tb: 1\n",
    "x:\n\tb: 1\n",
]
MARKS = [
    "title: ,Sun\n",
    "title: }Sun\n",
    "title: ]Sun\n",
    'title: ?\n"a b": ,\n',
    "tags:\n- ,a\n- b\n",
    "title:\n  ,Sun\nslug: s\n",
    "a: {b:c}\n",
    "a: {b:c, d:1, e:true, f:'g'}\n",
    "a: {b:c:d}\n",
    "a: {http://x.example: b, c://d: e}\n",
    "a: [b:c, {d:e}]\n",
    "a: {b: {c:d}}\n",
]
ALL = [*EMPTY_ITEMS, *TABS, *MARKS]
HOME = """{{ range resources.Match "y/*" }}{{ $name := .Name }}{{ with try (. | transform.Unmarshal) }}
{{ with .Err }}{{ else }}{{ dict "name" $name "read" .Value | jsonify }}{{ end }}{{ end }}{{ end }}"""


@cache
def hugo_reads() -> dict[int, Any]:
    """What Hugo makes of each that it takes, by its number."""
    tree = {"hugo.toml": '[outputs]\nhome = ["json"]\n', "layouts/home.json": HOME}
    tree |= {f"assets/y/{number}.yaml": content for number, content in enumerate(ALL)}
    lines = build(tree, pages=False).files["index.json"].decode().splitlines()
    found = [json.loads(line) for line in lines if line]
    return {int(one["name"].removeprefix("/y/").removesuffix(".yaml")): one["read"] for one in found}


@pytest.mark.parametrize("content", ALL)
def test_we_read_what_hugo_reads(content: str) -> None:
    front = read(f"---\n{content}---\n")
    refused = any(problem.kind == "syntax" for problem in front.problems)
    assert (None if refused else front.data) == hugo_reads().get(ALL.index(content))


@pytest.mark.parametrize("content", ALL)
def test_what_we_report_is_what_reads_otherwise(content: str) -> None:
    """A key among the items of a list, or words without the tab between them; a tab beside a space loses nothing."""
    front = read(f"---\n{content}---\n")
    misread = [problem for problem in front.problems if problem.kind == "misread"]
    item = any(isinstance(value, list) and isinstance(value[-1], dict) for value in front.data.values())
    swallowed = content in EMPTY_ITEMS[:12] and (item or "a" in front.data)
    glued = content in TABS[:10] and " \t " not in content
    assert bool(misread) == (swallowed or glued), misread


SHAPES = {
    "items": "a:\n" + "- " * 30_000 + "x\n",
    "pairs": "a: {" + ",".join(f"k{i}:v" for i in range(8_000)) + "}\n",
    "marks": "".join(f"a{i}: ,x\n" for i in range(8_000)),
    "tabs": 'a: "x' + "\t" * 60_000 + 'y"\nb: 1\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_long_blocks_take_no_longer_than_they_are(shape: str) -> None:
    """Some seconds on a slow machine; what grows with the square takes minutes."""
    start = time.process_time()
    places(read(f"---\n{SHAPES[shape]}---\n"))
    assert time.process_time() - start < 10

"""`vitdlint site` for other programs: the same pages and links in each format."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from support.run import run, write

EVIL = '</data>\\"];\n=HYPERLINK("https://evil.test")'
FILES = {
    "hugo.toml": 'baseURL = "https://example.org/"\n',
    "content/a/one.md": "---\ntitle: One\n---\n[two](/a/two/) [gone](/gone/) [out](https://example.com/)\n",
    "content/a/two.md": "---\ntitle: 'Two \"<&\\'\n---\n[one](/a/one/) [=1+1](=1+1)\n[draft](/b/)\n",
    "content/b.md": "---\ntitle: B\ndraft: true\n---\n[gone](/gone/)\n",
}
FILES["content/a/two.md"] = FILES["content/a/two.md"].replace("'Two \"<&\\'", r'"Two \"<&\\ \u202e"')
KEY = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def printed(site: Path, kind: str) -> str:
    done = run("site", "--output-format", kind, cwd=site)
    assert done.returncode == 0, done.stderr
    assert "\u202e" not in done.stdout
    return done.stdout


def test_csv_has_every_link_and_no_formula(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(site, "csv"))))
    assert [(r["page"], r["line"], r["written"], r["status"], r["file"]) for r in rows] == [
        ("content/a/one.md", "4", "/a/two/", "page", "content/a/two.md"),
        ("content/a/one.md", "4", "/gone/", "dead", ""),
        ("content/a/one.md", "4", "https://example.com/", "external", ""),
        ("content/a/two.md", "4", "/a/one/", "page", "content/a/one.md"),
        ("content/a/two.md", "4", "'=1+1", "dead", ""),
        ("content/a/two.md", "5", "/b/", "unpublished", "content/b.md"),
        ("content/b.md", "5", "/gone/", "dead", ""),
    ]


def test_graphml_is_xml_with_pages_and_links(site: Path) -> None:
    graph = ET.fromstring(printed(site, "graphml")).find(f"{KEY}graph")
    assert graph is not None
    nodes = {
        node.get("id"): {d.get("key"): d.text for d in node.findall(f"{KEY}data")}
        for node in graph.findall(f"{KEY}node")
    }
    paths = {data.get("path"): name for name, data in nodes.items() if "path" in data}
    assert nodes[paths["content/a/two.md"]]["title"] == 'Two "<&\\ \\u202e'
    assert nodes[paths["content/b.md"]]["state"] == "draft"
    edges = {(e.get("source"), e.get("target")) for e in graph.findall(f"{KEY}edge")}
    assert (paths["content/a/one.md"], paths["content/a/two.md"]) in edges
    gone = [name for name, data in nodes.items() if data.get("url") == "/gone/"]
    assert len(gone) == 1, "one node for one dead target"
    assert (paths["content/b.md"], gone[0]) in edges
    assert all(source in nodes and target in nodes for source, target in edges)


def test_dot_is_read_by_graphviz(site: Path) -> None:
    text = printed(site, "dot")
    assert text.count("->") == 6
    assert re.search(r'label="Two \\"<&', text)
    if shutil.which("dot") is None:
        pytest.skip("needs graphviz")
    done = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

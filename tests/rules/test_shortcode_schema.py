"""Schemas for shortcodes: values are what Hugo makes of them, and a run follows every change of a schema."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from support.hugo_build import build
from support.run import report, run, write

from vitdlint.linter.incremental.last_run import COARSE

VALUES = (
    *("true", "false", "False", "TRUE", "t", "null", '"true"', "`true`", '""', "``"),
    *(
        "1",
        "01",
        "-3",
        "-0",
        "0x10",
        "1_000",
        "1e3",
        '"1"',
        "`1`",
        "9223372036854775807",
        "9223372036854775808",
    ),
    *("1.5", "-1.5", "01.50", "1.", "1.2.3", '"1.5"', "2020-01-01", "١"),
    *("abc", '"a \\"b\\" c"', '`a"b`', '"a b"'),
)
FRONT = "---\ntitle: A\n---\n"


def call(*, named: bool) -> str:
    return "{{< x " + " ".join(f"p{i}={v}" if named else v for i, v in enumerate(VALUES)) + " >}}"


def checked(site: Path, *args: str) -> list[tuple[str, int, int, str]]:
    found = report(run("check", "--output-format", "json", "--exit-zero", *args, cwd=site))["diagnostics"]
    return [(d["name"], d["line"], d["column"], d["message"]) for d in found]


@pytest.mark.parametrize("named", [True, False])
def test_values_are_what_hugo_makes_of_them(tmp_path: Path, named: bool) -> None:
    text = f"{FRONT}{call(named=named)}\n"
    site = {
        "hugo.toml": "",
        "content/a.md": text,
        "layouts/all.html": "{{ .Content }}",
        "layouts/_shortcodes/x.html": "{{ .Params | jsonify | safeHTML }}",
    }
    made = json.loads(build(site, pages=False).files["a/index.html"])
    values = made if named else {str(i): value for i, value in enumerate(made)}
    assert len(values) == len(VALUES)
    config = {"vitdlint.toml": 'select = ["shortcode-schema"]\n[shortcodes.x]\nschema = "x.json"\n'}
    same = {key: {"const": value, "type": _type(value)} for key, value in values.items()}
    write(tmp_path, {**site, **config, "x.json": json.dumps({"properties": same})})
    assert checked(tmp_path) == []
    other = {key: {"not": schema} for key, schema in same.items()}
    write(tmp_path, {"x.json": json.dumps({"properties": other})})
    assert len(checked(tmp_path)) == len(VALUES)


def _type(value: object) -> str:
    return {bool: "boolean", int: "integer", float: "number", str: "string"}[type(value)]


SITE = {
    "hugo.toml": "",
    "vitdlint.toml": '[shortcodes.Card]\nschema = "schemas/card.json"\n'
    '[[schema]]\npages = "**"\nuse = "schemas/page.json"\n',
    "schemas/card.json": '{"properties": {"size": {"$ref": "parts.json#/$defs/size"}}}',
    "schemas/page.json": '{"properties": {"size": {"$ref": "parts.json#/$defs/size"}}}',
    "schemas/parts.json": '{"$defs": {"size": {"type": "integer"}}}',
    "layouts/all.html": "{{ .Content }}",
    "layouts/_shortcodes/card.html": '{{ .Get "size" }}{{ .Get "alt" }}',
    "content/a.md": '---\nsize: 7\n---\nA {{< card size=7 >}} and {{< card size="7" >}}.\n',
}


def test_a_run_follows_every_change_of_a_schema(tmp_path: Path) -> None:
    site = write(tmp_path, SITE)
    quoted = ("shortcode-schema", 4, 42, 'shortcode "card": size must be a whole number, not the text "7"')
    assert checked(site, "--no-cache") == checked(site) == checked(site) == [quoted]
    time.sleep(COARSE / 1e9 + 0.2)
    assert checked(site) == checked(site) == [quoted]
    write(site, {"schemas/parts.json": '{"$defs": {"size": {"maximum": 5}}}'})
    assert [(name, line) for name, line, *_ in checked(site)] == [
        ("front-matter-schema", 2),
        ("shortcode-schema", 4),
    ]
    write(site, {"schemas/card.json": '{"required": ["alt"]}', "schemas/page.json": "{}"})
    assert [m for *_, m in checked(site)] == ['shortcode "card": the parameter "alt" is missing'] * 2
    write(site, {"content/a.md": "---\nsize: 7\n---\nA {{< card alt=b >}} and {{< card >}}.\n"})
    assert checked(site) == checked(site, "--no-cache")
    assert len(checked(site)) == 1


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (None, "there is no such file"),
        (
            '{"requierd": ["a"]}',
            'schemas/card.json:1:2: there is no keyword "requierd"; did you mean "required"?',
        ),
        ('{"properties": {"a": {"x-unique": "site"}}}', '"x-unique" is for front matter'),
        ('{"properties": ', "schemas/card.json:1:15"),
    ],
)
def test_a_bad_schema_is_an_error_at_its_place(tmp_path: Path, schema: str | None, words: str) -> None:
    site = write(tmp_path, {**SITE, "schemas/card.json": "{}"})
    write(site, {"schemas/card.json": schema})
    done = run("check", cwd=site)
    assert done.returncode == 2
    assert words in done.stderr


def test_names_have_their_case_and_a_schema_takes_nothing_else_from_a_shortcode(tmp_path: Path) -> None:
    files = {
        "vitdlint.toml": '[shortcodes.figure]\nschema = "figure.json"\n',
        "figure.json": '{"required": ["src"], "properties": {"src": {"x-reference": "file"}}, "additionalProperties": false}',
        "hugo.toml": "",
        "content/a.md": FRONT + '{{< figure src="/none.png" >}}\n{{< figure Src="" >}}\n',
        "layouts/all.html": "{{ .Content }}",
    }
    found = [name for name, *_ in checked(write(tmp_path, files))]
    assert found == ["missing-file", "shortcode-schema", "unknown-parameter"]


def test_positional_parameters_are_numbered_for_people(tmp_path: Path) -> None:
    schema = '{"required": ["1"], "properties": {"0": {"enum": ["a", "b"]}, "1": {}}, "additionalProperties": false}'
    files = {
        **SITE,
        "schemas/card.json": schema,
        "content/a.md": "---\n---\n{{< card c >}} {{< card a b c >}}\n",
    }
    site = write(tmp_path, files)
    assert [message for name, _, _, message in checked(site) if name == "shortcode-schema"] == [
        'shortcode "card": parameter 2 is missing',
        'shortcode "card": parameter 1 must be "a" or "b", not "c"',
    ]
    assert [message for name, _, _, message in checked(site) if "parameter 3" in message] == [
        'shortcode "card": the schema knows no parameter 3'
    ]

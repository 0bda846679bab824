"""A configuration from several files and the command line: what wins, what adds up, and where each value is from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.run import run, write

from vitdlint.core.errors import ConfigError
from vitdlint.files.find_site import Given, locate
from vitdlint.linter.config_layers import Layers, layers_of


def site(root: Path, files: dict[str, str]) -> Path:
    return write(root, {"hugo.toml": "", "content/posts/a.md": "---\ntitle: A\n---\n\n[x](/no/)\n", **files})


def layers(root: Path, *given: Given) -> Layers:
    return layers_of(locate([root], given=given))


def test_tables_are_joined_lists_add_up_and_the_rest_is_replaced(tmp_path: Path) -> None:
    shared = """
host = "strict"
select = ["VD6"]
ignore = ["a"]
exclude = ["old/**"]
redirects = [{ from = "/b", to = "/c" }]
[severity]
x = "info"
y = "info"
[rules.z]
words = ["shared"]
"""
    own = """
extends = "../org/shared.toml"
host = "clean"
select = ["VD7"]
ignore = ["b"]
exclude = ["!old/kept.md"]
redirects = [{ from = "/a", to = "/c" }]
[severity]
y = "error"
[rules.z]
words = ["own"]
"""
    write(tmp_path, {"org/shared.toml": shared})
    found = layers(site(tmp_path / "site", {"vitdlint.toml": own}))
    assert found.table == {
        "extends": "../org/shared.toml",
        "host": "clean",
        "select": ["VD7"],
        "ignore": ["a", "b"],
        "exclude": ["old/**", "!old/kept.md"],
        "redirects": [{"from": "/a", "to": "/c"}, {"from": "/b", "to": "/c"}],
        "severity": {"x": "info", "y": "error"},
        "rules": {"z": {"words": ["own"]}},
    }
    places = {
        ("host",): "site/vitdlint.toml:3",
        ("ignore", 0): "org/shared.toml:4",
        ("ignore", 1): "site/vitdlint.toml:5",
        ("redirects", 0, "to"): "site/vitdlint.toml:7",
        ("redirects", 1, "to"): "org/shared.toml:6",
        ("severity", "x"): "org/shared.toml:8",
        ("severity", "y"): "site/vitdlint.toml:9",
    }
    assert {way: str(found.origin(way)).removeprefix(f"{tmp_path}/") for way in places} == places
    assert found.origin(("baseline",)) is None


def test_the_command_line_replaces_and_exclude_adds(tmp_path: Path) -> None:
    own = 'select = ["VD6"]\nexclude = ["a"]\n[severity]\nx = "info"\ny = "info"\n'
    given = (
        Given("--config", {"select": ["VD1"], "severity": {"y": "error"}}, "…"),
        Given("--select", {"select": ("VD2",)}),
        Given("--exclude", {"exclude": ("b",)}, adds=True),
    )
    found = layers(site(tmp_path, {"vitdlint.toml": own}), *given)
    assert found.table["select"] == ("VD2",)
    assert found.table["exclude"] == ["a", "b"]
    assert found.table["severity"] == {"x": "info", "y": "error"}
    assert str(found.origin(("select", 0))) == "--select"
    assert str(found.origin(("exclude", 1))) == "--exclude"


def test_several_and_chains_and_pyproject(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "base.toml": 'ignore = ["base"]\nhost = "strict"\n',
            "left.toml": 'extends = "base.toml"\nignore = ["left"]\n',
            "pyproject.toml": '[tool.vitdlint]\nextends = "base.toml"\nignore = ["right"]\nhost = "clean"\n',
        },
    )
    own = 'extends = ["../left.toml", "../pyproject.toml"]\nignore = ["own"]\n'
    found = layers(site(tmp_path / "site", {"vitdlint.toml": own}))
    assert found.table["ignore"] == ["base", "left", "right", "own"]  # the base once
    assert found.table["host"] == "clean"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"vitdlint.toml": 'host = "clean"\nextends = "no.toml"\n'},
            'vitdlint.toml:2:11: there is no file "no.toml"; the path is relative to this file',
        ),
        (
            {
                "vitdlint.toml": 'extends = "a.toml"\n',
                "a.toml": 'extends = ["b.toml"]\n',
                "b.toml": 'extends = "a.toml"\n',
            },
            'b.toml:1:11: "a.toml" extends this file in turn (a.toml → b.toml → a.toml); remove one "extends"',
        ),
        ({"vitdlint.toml": 'extends = "vitdlint.toml"\n'}, "(vitdlint.toml → vitdlint.toml)"),
        (
            {"vitdlint.toml": "extends = 3\n"},
            'vitdlint.toml:1:11: "extends" is the number 3; it must be a string',
        ),
        ({"vitdlint.toml": 'extends = "a.toml"\n', "a.toml": "x = \n"}, "a.toml:1:"),
        (
            {
                "vitdlint.toml": 'extends = "a.toml"\nignore = ["dead-link"]\n',
                "a.toml": 'ignore = ["dead-lnk"]\n',
            },
            'a.toml:1:11: there is no rule "dead-lnk". Did you mean "dead-link"?',
        ),
        (
            {
                "vitdlint.toml": 'extends = "a.toml"\nignore = ["dead-lnk"]\n',
                "a.toml": 'ignore = ["dead-link"]\n',
            },
            'vitdlint.toml:2:11: there is no rule "dead-lnk". Did you mean "dead-link"?',
        ),
    ],
    ids=["missing", "cycle", "itself", "type", "syntax", "theirs", "ours"],
)
def test_what_is_wrong_has_the_place_where_it_was_written(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    done = run("check", cwd=site(tmp_path, files))
    assert done.returncode == 2
    assert said in done.stderr


def test_what_an_extended_file_names_lies_beside_it(tmp_path: Path) -> None:
    schema = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["weight"]}'
    shared = '[[schema]]\npages = "*"\nuse = "post.schema.json"\n'
    write(tmp_path, {"org/shared.toml": shared, "org/post.schema.json": schema})
    root = site(tmp_path / "site", {"vitdlint.toml": 'extends = "../org/shared.toml"\n'})
    for _ in range(2):  # the second may be recalled
        assert "weight" in run("check", cwd=root).stdout
    write(tmp_path, {"org/shared.toml": 'ignore = ["front-matter-schema", "dead-link"]\n'})
    for _ in range(2):
        assert "weight" not in run("check", cwd=root).stdout


def test_a_setting_of_the_command_line_holds_for_one_run(tmp_path: Path) -> None:
    root = site(tmp_path, {})
    for _ in range(2):
        assert run("check", cwd=root).returncode == 1
        assert run("check", "--config", "severity.dead-link = 'info'", cwd=root).returncode == 0


def test_the_command_line_can_say_what_is_extended(tmp_path: Path) -> None:
    """Instead of what the file extends; what the file itself says holds as before."""
    write(
        tmp_path, {"soft.toml": '[severity]\ndead-link = "info"\n', "hard.toml": 'ignore = ["self-link"]\n'}
    )
    own = 'extends = "../hard.toml"\nextra-urls = ["/x/"]\n'
    for files in ({}, {"vitdlint.toml": own}):
        root = site(tmp_path / f"site-{len(files)}", files)
        assert run("check", cwd=root).returncode == 1
        extends = ("--config", 'extends = "../soft.toml"')
        assert run("check", *extends, cwd=root).returncode == 0
        seen = run("check", *extends, "--show-settings", cwd=root).stdout
        assert re.search(r'^severity.dead-link = "info" +# .*soft.toml:2$', seen, re.MULTILINE)
        assert "\nignore = [] " in seen
        assert ('extra-urls = ["/x/"]' in seen) == bool(files)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("host=strict", "a string needs quotes: --config 'host = \"strict\"'"),
        ('extends="no.toml"', 'there is no file "no.toml"; the path is relative to the current folder'),
        ('hots="strict"', '--config:1:1: unknown key "hots". Did you mean "host"?'),
        (
            'host="strit"',
            '--config:1:6: "host" is "strit"; it must be one of "clean", "strict". Did you mean',
        ),
        ("rules.own-host.hosts=1", '--config:1:16: unknown key "hosts"; "own-host" has no keys'),
        ("links.interval='1'", '--config:1:16: "interval" is the string "1"; it must be a number'),
        ("=1", "--config:1:1: "),
        ("no.toml", "--config no.toml: there is no such file; a setting is written KEY=VALUE"),
    ],
)
def test_a_wrong_setting_is_shown(tmp_path: Path, given: str, said: str) -> None:
    done = run("check", "--config", given, cwd=site(tmp_path, {}))
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        (
            "content/posts/a.md",
            '--exclude: no file of the site matches "content/posts/a.md"; leave out the content',
        ),
        ("{a,b}.md", "braces mean themselves"),
        ("none/**", "compared with the paths below the content folder"),
        ("a\\", "nothing follows the backslash"),
        ("[z-a]", "the range in its brackets runs backwards"),
        ("!", 'it matches nothing; write "*" for every file'),
    ],
)
def test_an_exclude_that_leaves_out_nothing_is_refused(tmp_path: Path, glob: str, said: str) -> None:
    done = run("check", "--exclude", glob, cwd=site(tmp_path, {}))
    assert done.returncode == 2
    assert said in done.stderr


def test_a_bad_glob_has_its_place(tmp_path: Path) -> None:
    wrong = (
        'exclude = ["a\\\\"]\n[per-file-ignores]\n"[z-a]" = ["all"]\n[[schema]]\npages = ""\nuse = "page"\n'
    )
    done = run("check", cwd=site(tmp_path, {"vitdlint.toml": wrong}))
    for place in (":1:12: ", ":3:1: ", ":5:9: "):
        assert f"vitdlint.toml{place}" in done.stderr


def test_settings_are_shown_with_their_origin_and_can_be_read_again(tmp_path: Path) -> None:
    own = 'extends = "a.toml"\nignore = ["VD3"]\n[per-file-ignores]\n"x y/**" = ["all"]\n[links]\ninterval = 2\n'
    theirs = 'ignore = ["VD2"]\n[[links.ignore]]\nurl = "https://a.example/*"\nreason = "r"\nexpires = "2030-01-01"\n'
    root = site(tmp_path, {"vitdlint.toml": own, "a.toml": theirs})
    done = run("check", "--show-settings", "--select", "default", '--config=host="strict"', cwd=root)
    assert done.returncode == 0, done.stderr
    lines = {line.partition(" = ")[0]: line for line in done.stdout.splitlines()}
    assert lines["select"].endswith("# --select")
    assert lines["host"].endswith('# --config host="strict"')
    assert lines["ignore"].split("# ")[1] == "a.toml:1, vitdlint.toml:2"
    assert lines['per-file-ignores."x y/**"'].endswith("# vitdlint.toml:4")
    assert lines["links.interval"].split() == ["links.interval", "=", "2.0", "#", "vitdlint.toml:6"]
    assert lines["links.gate.slow-days"].endswith("# default")
    assert "# a.toml:" in lines["links.ignore"]
    assert "dead-link" in done.stdout.splitlines()[-1]
    # All of it is a configuration that means the same.
    write(root, {"all.toml": done.stdout.replace('extends = "a.toml"', "")})
    again = run("check", "--show-settings", "--config", "all.toml", cwd=root)
    assert again.returncode == 0, again.stderr

    def values(text: str) -> list[str]:
        return [
            line.partition("  #")[0] for line in text.splitlines() if not line.startswith(("#", "extends"))
        ]

    assert values(again.stdout) == values(done.stdout)


def test_files_are_shown(tmp_path: Path) -> None:
    root = site(
        tmp_path, {"content/posts/b.md": "", "content/posts/c.png": "", "vitdlint.toml": 'exclude=["b.md"]\n'}
    )
    done = run("check", "--show-files", cwd=root)
    assert (done.stdout, done.stderr) == ("content/posts/a.md\n", "vitdlint: 1 file; 1 excluded\n")
    assert run("check", "--show-files", "../content", cwd=root / "content").stdout == "posts/a.md\n"
    assert run("check", "--show-files", "hugo.toml", cwd=root).returncode == 2


def test_a_cycle_is_an_error_for_every_reader(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        layers(site(tmp_path, {"vitdlint.toml": 'extends = "vitdlint.toml"\n'}))


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ('hots = "strict"', [], 'vitdlint.toml:1:1: unknown key "hots". Did you mean "host"?'),
        ("zzz = 1", [], 'vitdlint.toml:1:1: unknown key "zzz". There are base-urls, baseline, '),
        ('ignore = "VD3"', [], 'vitdlint.toml:1:10: "ignore" is the string "VD3"; it must be a list of strings: write ["VD3"]'),
        ('links.ttl = "30"', [], 'vitdlint.toml:1:13: "ttl" is the string "30"; it must be a whole number: leave out the quotes'),
        ('fail-on = "warn"', [], '"fail-on" is "warn"; it must be one of "error", "warning", "info", "never". Did you mean "warning"?'),
        ('select = ["qqqqqqqq"]', [], 'vitdlint.toml:1:11: there is no rule "qqqqqqqq". `vitdlint rules` lists all.'),
        ("", ["--fix", "--diff"], "--fix and --diff do not go together; leave one of them out"),
        ("", ["content/no.md"], "content/no.md: there is no such file or folder"),
        ("", ["--config=a.toml", "--config=b.toml"], "--config a.toml and --config b.toml do not go together; "),
        ("", ["--baseline=no.json"], "--baseline: there is no file no.json; `vitdlint check --update-baseline` writes it"),
    ],
    ids=["key", "no key", "list", "number", "value", "rule", "two modes", "path", "two files", "baseline"],
)  # fmt: skip
def test_an_error_names_place_fault_and_cure(
    tmp_path: Path, text: str, options: list[str], said: str
) -> None:
    done = run("check", *options, cwd=site(tmp_path, {"vitdlint.toml": f"{text}\n"}))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import tomli
import yaml
from jsonschema import Draft7Validator, Draft202012Validator
from support.paths import ROOT

from vitdlint.cli.init_baseline import wants_baseline
from vitdlint.schema.infer import common_schemas, schema_of


def vitdlint(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vitdlint", *args],
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "XDG_CACHE_HOME": str(folder.parent / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    posts = folder / "content/posts"
    posts.mkdir(parents=True)
    (folder / "hugo.toml").write_text('title = "Sun Wiki"\nbaseURL = "https://sun.test/"\n')
    for n in range(60):
        front = {
            "title": f"Page {n}",
            "slug": f"page-{n}",
            "aliases": [f"/{n}"],
            "wiki_id": n,
            "date": "2019-07-13",
            "tags": ["sun"],
        }
        link = f"[old](https://www.sunwiki.com/{n})" if n < 12 else f"[next](/posts/page-{(n + 1) % 60}/)"
        (posts / f"page-{n}.md").write_text(json.dumps(front) + f"\n\nText, {link}.\n")
    (posts / "_index.md").write_text("---\ntitle: Posts\n---\nAll posts.\n")
    return folder


def test_a_configuration_is_written_that_todays_pages_satisfy(site: Path) -> None:
    done = vitdlint(site, "init")
    assert done.returncode == 0, done.stderr
    assert "Sun Wiki: 61 pages" in done.stdout
    config = tomli.loads((site / "vitdlint.toml").read_text())
    assert config["base-urls"] == ["https://www.sunwiki.com/"]
    assert config["extend-select"] == ["slug-not-filename"]
    assert [entry["pages"] for entry in config["schema"]] == ["_index.*", "posts/**"]
    schema = json.loads((site / "schemas/posts.schema.json").read_text())
    assert schema["required"] == ["title", "slug", "date", "tags"]
    assert schema["properties"]["wiki_id"]["x-alias"] == "/{value}"
    assert (site / ".gitattributes").read_text() == ".vitdlint-links.txt merge=union\n"
    report = json.loads(vitdlint(site, "check", "--output-format", "json").stdout)
    assert not [d for d in report["diagnostics"] if d["name"].startswith("front-matter")]


def test_the_schema_catches_what_breaks_the_habit(site: Path) -> None:
    vitdlint(site, "init")
    (site / "content/posts/new.md").write_text(
        '{"title": "New", "slug": "New One", "date": "soon", "tags": "x"}\n\nText.\n'
    )
    report = json.loads(vitdlint(site, "check", "--output-format", "json").stdout)
    found = [d["name"] for d in report["diagnostics"] if d["path"] == "content/posts/new.md"]
    assert found.count("front-matter-schema") >= 2


def test_nothing_is_overwritten(site: Path) -> None:
    (site / "schemas").mkdir()
    (site / "schemas/posts.schema.json").write_text("{}")
    (site / ".gitattributes").write_text("*.png binary")
    assert "exists already and is left" in vitdlint(site, "init").stdout
    assert (site / "schemas/posts.schema.json").read_text() == "{}"
    assert (site / ".gitattributes").read_text() == "*.png binary\n.vitdlint-links.txt merge=union\n"
    config = (site / "vitdlint.toml").read_text()
    again = vitdlint(site, "init")
    assert again.returncode == 2
    assert "exists already; nothing is overwritten" in again.stderr
    assert (site / "vitdlint.toml").read_text() == config


def test_a_dry_run_writes_nothing(site: Path) -> None:
    done = vitdlint(site, "init", "--dry-run")
    assert 'base-urls = ["https://www.sunwiki.com/"]' in done.stdout
    assert not (site / "vitdlint.toml").exists()
    assert not (site / "schemas").exists()
    assert not (site / ".gitattributes").exists()
    assert ".gitattributes: would get .vitdlint-links.txt merge=union" in done.stdout


def test_a_site_without_pages_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text("")
    done = vitdlint(tmp_path, "init")
    assert done.returncode == 2
    assert "no page" in done.stderr


@pytest.fixture
def guessable(site: Path) -> Path:
    """The site with links that only its host, its layouts or its shortcodes answer."""
    for n in range(30):
        with (site / f"content/posts/page-{n}.md").open("a") as stream:
            stream.write(f"[a](/pages/page-{n}/) [b](/search/?q={n}) [c](/posts/page-{n + 30}/#comments)\n")
            stream.write(
                f'{{{{< card page="/posts/page-{n}/" title="{n}" >}}}}\n{{{{< figure src="/a.png" >}}}}\n'
            )
    return site


def test_what_only_the_maintainer_can_know_is_proposed_in_comments_with_counts(guessable: Path) -> None:
    done = vitdlint(guessable, "init")
    assert "Dead links below /pages/: 30 of 30 URLs exist below /posts/" in done.stdout
    text = (guessable / "vitdlint.toml").read_text()
    assert "# /pages/: 30 of 30 URLs exist below /posts/." in text
    assert "# /search/: 30 links." in text
    assert "# #comments: asked for on 30 pages." in text
    assert "# card, page: 30 of 30 values." in text
    assert "figure" not in text


def test_every_proposal_can_be_taken_by_removing_its_comment_sign(guessable: Path) -> None:
    vitdlint(guessable, "init")
    before = json.loads(vitdlint(guessable, "check", "--output-format", "json").stdout)["summary"]
    path = guessable / "vitdlint.toml"
    taken = re.sub(r"(?m)^# (?=\[|(?:[\w-]+ = ))", "", path.read_text())
    config = tomli.loads(taken)
    assert config["redirects"] == [{"from": "/pages/*", "to": "/posts/:splat"}]
    assert config["extra-urls"] == ["/search/**"]
    assert config["known-anchors"] == ["comments"]
    assert config["shortcodes"] == {"card": {"links": ["page"]}}
    path.write_text(taken)
    done = vitdlint(guessable, "check", "--select", "VD6", "--output-format", "json")
    found = {d["name"] for d in json.loads(done.stdout)["diagnostics"]}
    assert before["errors"] > 0
    assert "dead-link" not in found
    assert "dead-fragment" not in found


def test_nothing_is_said_of_what_is_not_found(site: Path) -> None:
    vitdlint(site, "init")
    text = (site / "vitdlint.toml").read_text()
    for key in ("redirects", "extra-urls", "known-anchors", "shortcodes", "per-file-ignores", "rules."):
        assert key not in text


def page(**more: object) -> dict[str, object]:
    return {"title": "x", **more}


def test_exceptions_are_counted_and_rare_keys_left_out() -> None:
    fronts = [page(date="2020-01-01") for _ in range(99)] + [page(date="soon", odd=1)]
    inferred = schema_of("posts", fronts)
    assert inferred.schema["properties"]["date"]["format"] == "hugo-date"
    assert inferred.exceptions == {'"date" is a date that Hugo reads': 1}
    assert "odd" not in inferred.schema["properties"]


def test_a_key_of_several_types_gets_no_type_and_no_demand() -> None:
    inferred = schema_of("posts", [page(tags="a" if n % 2 else ["a"]) for n in range(50)])
    assert inferred.schema["properties"]["tags"] == {"description": "On 50 of 50 pages."}


def test_the_most_frequent_spelling_of_a_key_is_taken() -> None:
    fronts = [page(Weight=n) for n in range(30)] + [page(weight=n) for n in range(20)]
    assert "Weight" in schema_of("posts", fronts).schema["properties"]


def test_numbers_that_repeat_are_no_ids() -> None:
    inferred = schema_of("posts", [page(weight=n % 5, price=n / 2 if n % 2 else n) for n in range(50)])
    assert "x-unique" not in inferred.schema["properties"]["weight"]
    assert inferred.schema["properties"]["price"]["type"] == "number"


def test_sections_that_ask_the_same_of_their_pages_share_a_schema() -> None:
    pages = [{"title": f"Page {n}", "weight": n % 3} for n in range(12)]
    fronts = {"1.0": pages, "1.1": [*pages, *pages], "blog": [{"title": "Post", "date": "2024-03-01"}] * 12}
    found = dict(common_schemas(fronts))
    assert list(found) == [("1.0", "1.1"), ("blog",)]
    schema = found["1.0", "1.1"].schema
    assert schema["title"] == "Pages of 1.0, 1.1"
    assert schema["properties"]["weight"] == {"description": "On 36 of 36 pages.", "type": "integer"}


def hosts(folder: Path, links: Mapping[int, str], **front: object) -> tuple[list[str], str]:
    """What `init` writes as base-urls for sixty posts with these links, and the whole text."""
    posts = folder / "content/posts"
    posts.mkdir(parents=True)
    (folder / "hugo.toml").write_text('title = "Bread"\nbaseURL = "https://bread.test/"\n')
    for name in ("about", "contact"):
        (folder / f"content/{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n")
    for n in range(60):
        more = {key: value for key, value in front.items() if n == 0}
        text = json.dumps({"title": f"Loaf {n}", "tags": ["rye"], **more})
        (posts / f"loaf-{n}.md").write_text(f"{text}\n\nText. {links.get(n, '')}\n")
    assert vitdlint(folder, "init").returncode == 0
    text = (folder / "vitdlint.toml").read_text()
    return tomli.loads(text).get("base-urls", []), text


def test_a_stranger_with_a_common_path_is_no_host_of_ours(tmp_path: Path) -> None:
    links = dict.fromkeys(range(40), "[a](https://baker.test/about/) [b](https://baker.test/contact/)")
    found, text = hosts(tmp_path, links)
    assert found == []
    assert "baker.test" not in text


@pytest.mark.parametrize("living", [60, 57])
def test_an_old_host_of_which_nearly_all_paths_exist_is_ours(tmp_path: Path, living: int) -> None:
    links = {n: f"[a](https://old.test/posts/loaf-{n if n < living else -n}/)" for n in range(60)}
    found, text = hosts(tmp_path, links)
    assert found == ["https://old.test/"]
    assert f"# https://old.test/: 60 links; {living} of 60 different paths exist here." in text


def test_weak_evidence_is_written_as_a_comment(tmp_path: Path) -> None:
    links = {n: f"[a](https://baker.test/posts/loaf-{n * 2}/)" for n in range(60)}
    found, text = hosts(tmp_path, links)
    assert found == []
    assert '# base-urls = ["https://baker.test/"]' in text
    assert "30 of 60 different paths exist here" in text


def test_a_host_that_an_alias_names_and_one_with_www_are_ours(tmp_path: Path) -> None:
    links = {0: "[a](https://www.bread.test/x) [b](https://bakery.test/y)"}
    found, _ = hosts(tmp_path, links, aliases=["https://bakery.test/loaf"])
    assert sorted(found) == ["https://bakery.test/", "https://www.bread.test/"]


def test_today_is_recorded_with_the_configuration_that_is_written(site: Path) -> None:
    page = site / "content/posts/page-3.md"
    page.write_text(f"{page.read_text()}\n[x](/nowhere/)\n")
    done = vitdlint(site, "init", "--baseline", "--hook")
    assert done.returncode == 0, done.stderr
    assert tomli.loads((site / "vitdlint.toml").read_text())["baseline"] == "vitdlint-baseline.json"
    for _ in range(2):
        done = vitdlint(site, "check", "--fail-on", "info")
        assert done.returncode == 0, done.stdout
        assert "of the baseline" not in done.stderr
    page.write_text(f"{page.read_text()}\n[x](/gone/)\n")
    assert vitdlint(site, "check").returncode == 1
    hooks = yaml.safe_load((site / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for ours, theirs in zip(hooks, published, strict=True):
        for key in ("id", "name", "entry", "pass_filenames", "always_run", "stages"):
            assert ours[key] == theirs[key]


def test_without_a_terminal_nobody_is_asked(site: Path) -> None:
    done = vitdlint(site, "init")
    assert "[y/N]" not in done.stdout
    assert not (site / "vitdlint-baseline.json").exists()
    assert 'write baseline = "vitdlint-baseline.json" into vitdlint.toml' in done.stdout


@pytest.mark.parametrize(("answer", "recorded"), [("y\n", True), ("\n", False), ("", False)])
def test_on_a_terminal_init_asks(monkeypatch: pytest.MonkeyPatch, answer: str, recorded: bool) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert wants_baseline(None, 3) is recorded
    assert not wants_baseline(None, 0)
    assert not wants_baseline(False, 3)


def test_its_schemas_need_nothing_but_themselves(site: Path) -> None:
    """What check-jsonschema and yaml-language-server do with them: resolve inside, by the `$id`."""
    vitdlint(site, "init")
    schema = json.loads((site / "schemas/posts.schema.json").read_text())
    assert schema["$id"] == "https://sun.test/schemas/posts.schema.json"
    assert set(re.findall(r'"\$ref": "([^#"]*)', json.dumps(schema))) == {""}
    Draft202012Validator.check_schema(schema)
    right = {"title": "A", "slug": "a", "date": "2019-07-13", "tags": ["sun"]}
    assert not list(Draft202012Validator(schema).iter_errors(right))
    wrong = Draft202012Validator(schema).iter_errors({**right, "weight": [], "url": "https://a.example/"})
    assert sorted(error.json_path for error in wrong) == ["$.url", "$.weight"]


def test_check_jsonschema_takes_its_schemas_as_they_are(site: Path) -> None:
    vitdlint(site, "init")

    def checked(schema: str, file: str, text: str) -> str:
        (site / file).write_text(text)
        tool = Path(sys.executable).parent / "check-jsonschema"
        args = [str(tool), "--schemafile", f"schemas/{schema}.schema.json", file]
        done = subprocess.run(args, cwd=site, capture_output=True, text=True, check=False)
        assert done.returncode == (1 if done.stdout.startswith("Schema validation errors") else 0), (
            done.stderr
        )
        return done.stdout

    page = "title: A\nslug: a\ndate: '2019-07-13'\ntags: "
    assert checked("posts", "a.yaml", f"{page}[sun]\n").startswith("ok")
    assert "$.tags" in checked("posts", "a.yaml", f"{page}3\n")
    assert checked("vitdlint", "a.toml", (site / "vitdlint.toml").read_text()).startswith("ok")
    assert "'ignor'" in checked("vitdlint", "a.toml", 'ignor = ["dead-link"]\n')


def test_the_schema_of_the_configuration_is_draft_07_too(site: Path) -> None:
    vitdlint(site, "init", "--baseline")
    config = (site / "vitdlint.toml").read_text()
    assert config.startswith("#:schema ./schemas/vitdlint.schema.json\n")
    newest = json.loads(vitdlint(site, "schema").stdout)
    assert newest == json.loads((ROOT / "schemas/vitdlint.schema.json").read_text())
    printed = vitdlint(site, "schema", "--draft-07").stdout
    assert printed == (site / "schemas/vitdlint.schema.json").read_text()
    schema = json.loads(printed)
    assert schema["$id"].startswith("https://")
    newer = {
        "$defs",
        "$dynamicRef",
        "prefixItems",
        "unevaluatedProperties",
        "dependentSchemas",
        "minContains",
    }
    assert not newer.intersection(re.findall(r'"([^"]+)":', printed))
    Draft7Validator.check_schema(schema)
    assert not list(Draft7Validator(schema).iter_errors(tomli.loads(config)))
    assert list(Draft7Validator(schema).iter_errors({"hots": "strict"}))

"""Pages and their translations: by path or by `translationKey`, in two languages or more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

HUGO = "\n".join(f"[languages.{name}]\nweight = {n}" for n, name in enumerate(("en", "fr", "de"), 1))


def found(rule: str, files: Mapping[str, str], hugo: str = HUGO) -> list[tuple[str, str]]:
    job = job_of({"hugo.toml": hugo, "layouts/single.html": "{{ .Content }}", **files}, {"select": [rule]})
    outcome = lint(job, here).report
    assert not outcome.crashed, outcome.diagnostics
    return [(d.place.path, d.message) for d in outcome.diagnostics]


def section(languages: str, count: int) -> dict[str, str]:
    return {f"content/p/{n}.{name}.md": "Text.\n" for n in range(count) for name in languages.split()}


def test_only_a_language_in_which_the_section_is_complete_is_missed() -> None:
    files = {**section("en fr", 12), "content/p/0.de.md": "Text.\n"}
    assert found("missing-translation", files) == []
    del files["content/p/7.fr.md"]
    assert found("missing-translation", files) == [
        ("content/p/7.en.md", 'this page is not translated into "fr" (92% of section "p" is)')
    ]
    # With three of twelve missing the section is not complete any more.
    del files["content/p/8.fr.md"], files["content/p/9.fr.md"]
    assert found("missing-translation", files) == []


def test_a_page_that_only_the_other_language_has_is_reported_there() -> None:
    files = section("en fr", 12)
    del files["content/p/3.en.md"]
    assert [path for path, _ in found("missing-translation", files)] == ["content/p/3.fr.md"]


def test_sections_are_counted_apart_and_a_key_ties_pages_across_folders() -> None:
    files = {**section("en fr", 12), "content/q/a.en.md": "Text.\n"}
    assert found("missing-translation", files) == []
    del files["content/p/5.fr.md"]
    files["content/p/5.en.md"] = files["content/pages/cinq.fr.md"] = "---\ntranslationKey: five\n---\nText.\n"
    assert found("missing-translation", files) == []


def test_a_draft_is_a_translation_by_key_too() -> None:
    files = section("en fr", 12)
    del files["content/p/5.fr.md"]
    files["content/p/5.en.md"] = "---\ntranslationKey: five\n---\nText.\n"
    files["content/p/cinq.fr.md"] = "---\ntranslationKey: five\ndraft: true\n---\nText.\n"
    assert found("missing-translation", files) == []


def test_one_language_misses_nothing() -> None:
    assert found("missing-translation", section("en", 12), "") == []


@pytest.mark.parametrize(
    ("source", "other", "stale"),
    [
        ("2021-05-01", "2020-05-01", True),
        ("2021-05-01T10:00:00Z", "2021-05-01T12:00:00+02:00", False),
        ("2021-05-01T10:00:01Z", "2021-05-01T12:00:00+02:00", True),
        ("2020-05-01", "2021-05-01", False),
        ("2021-05-01", "''", False),
        ("soon", "2020-05-01", False),
    ],
)
def test_a_translation_is_stale_if_its_mark_is_earlier(source: str, other: str, stale: bool) -> None:
    files = {
        "content/p/a.en.md": f"---\nlastmod: {source}\n---\nText.\n",
        "content/p/a.de.md": f"---\nlastmod: {other}\n---\nText.\n",
    }
    assert bool(found("stale-translation", files)) is stale


def test_a_key_makes_a_translation_that_links_must_lead_to() -> None:
    key = "---\ntranslationKey: b\n---\n"
    files = {
        "content/p/a.fr.md": "[b](/p/b/)\n",
        "content/p/b.en.md": f"{key}Text.\n",
        "content/p/bee.fr.md": f"{key}[in English](/p/b/)\n",
    }
    assert [path for path, _ in found("wrong-language-link", files)] == ["content/p/a.fr.md"]
    files["content/p/bee.fr.md"] = "---\ntranslationKey: b\ndraft: true\n---\n"
    assert found("wrong-language-link", files) == []


def test_a_page_of_a_disabled_language_is_no_rival_of_the_others_and_is_not_checked() -> None:
    hugo = f'disableLanguages = ["fr"]\n{HUGO}'
    files = dict.fromkeys(("content/p/a.fr.md", "content/q.fr.md"), '---\ntitle: "A "\n---\n[gone](/gone/)\n')
    for rule in ("vanishing-page", "title-whitespace", "dead-link"):
        assert found(rule, {**files, "content/p/a.md": "Text.\n"}, hugo) == []
    assert len(found("title-whitespace", files)) == 2


def test_a_hidden_page_has_no_url_to_see_its_links_from() -> None:
    links = "[a](tinyurl.com/a) [b](./b) [c](#c) [d](/d/) [e](?x) ![f](f.png)\n"
    files = {"content/p/a.md": links, "content/p/a.en.md": "Text.\n"}
    assert [path for path, _ in found("missing-scheme", files)] == ["content/p/a.md"]
    assert found("dead-link", files) == found("missing-file", files) == []
    assert [path for path, _ in found("vanishing-page", files)] == ["content/p/a.md"]

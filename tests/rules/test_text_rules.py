"""The rules about text: silent in every language, exact about what was lost or left over, linear on hostile pages."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.run import write

from vitdlint.core.model import Diagnostic
from vitdlint.core.rule import PAGE
from vitdlint.linter.config import ConfigError
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.rules import ALL, control_character, mojibake, zero_width_character
from vitdlint.rules.support import re2

TEXT_RULES = tuple(rule.name for rule in ALL if rule.code.startswith("VD4"))
ADDRESS_RULES = tuple(rule.name for rule in ALL if rule.code.startswith("VD7"))

SENTENCES = {
    "Arabic": "فيتامين «د» مهم؛ ٣٠ نانوغرام، لا\u200cيكفي\u200f.",
    "Bengali": "ভিটামিন ডি, র\u200d্যাব ও সূর্যের আলো।",
    "Chinese": "维生素D很重要：每天一千单位？不够！",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy; ČÍŽ, ŠÍŘE…",
    "Emoji": "👩\u200d🔬 🏳️\u200d🌈 ❤️ 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ⚕️",
    "Estonian": "Õhtul ööbib päike; ÄÄR, JÄÄÄÄR, „Ä”.",
    "French": "« Où est-ce ? » — À la plage, l’été ; 12 °C… ÇA ÂGE, THÉÂTRE, NOËL, ÎLE²; combien ? 30 !",
    "German": "„Größe“, Ärzte, ÖL, Straße, Donau\u00addampfschifffahrt, Auf\u200clage, 5 µg, SÜSS–SAUER, „Ä“.",
    "Greek": "Η βιταμίνη Δ, β-καροτένιο· Ψυχή; Ω, 25 μg.",
    "Hebrew": "ויטמין D3\u200f (25 מק״ג) ו\u200eUV.",
    "Hindi": "विटामिन डी, क्\u200dष और राम\u200cराम।",
    "Icelandic": "Það er gott, Ðað, ÞÚ; maðurinn, ÆÐUR, ÐÐ.",
    "Indonesian": "Berapa? 30 mikrogram; cukup?",
    "Japanese": "ビタミンDは**「大切」**\u200bです。１０µg？　ＯＫ！",
    "Khmer": "វីតាមីន\u200bដេ\u200bសំខាន់។",
    "Korean": "비타민 D는 중요합니다. 30 ng?",
    "Mathematics": "x ≥ 30 ± 2, a ≠ b, 3·10⁻⁴, ½ – ¼, 20 × 30, ∞ → 0; P((A|B)) = ½; f((x)); {x | x > 3}",
    "Persian": "می\u200cخواهم HTML\u200cها را ۵\u200cدرصد.",
    "Polish": "Zażółć gęślą jaźń; ŁÓDŹ, ŹDŹBŁO.",
    "Portuguese": "O coração não está à venda. “AMANHÃ”, «IRMÃ», MAÇÃ… VILÃ – ÂNGULO, ROMÃ, CAFÉ; Ã, Â.",
    "Romanian": "Vitamina D, ÎNTÂI, câine, „Â”, Însă.",
    "Russian": "Витамин Д: сколько? 30 мкг; «да» — нет.",
    "Sinhala": "ශ්\u200dරී ලංකාව, ක්\u200dෂ.",
    "Spanish": "¿Cuánto? ¡30 µg! Señor, pingüino, 1.ª y 2.º",
    "Swedish": "Å, Ångström, SMÅ– ÅR, blåbär, ”Å”.",
    "Tamil": "வைட்டமின் டி முக்கியம்.",
    "Thai": "วิตามิน\u200bดี\u200bสำคัญ",
    "Turkish": "İstanbul, ığdır, KÂĞIT, kâğıt, Şişli, GÜNEŞ.",
    "Ukrainian": "Вітамін D, ґанок, їжак, об’єкт.",
    "Urdu": "وٹامن ڈی، ۳۰ نینوگرام۔",
    "Vietnamese": "Việt Nam: ĐỒNG BẰNG, ÂU CƠ, “Â”, Ăn, thâm niên, NGÃ.",
    "Welsh": "Ŵyl, tŷ, dŵr, Â, GŴYL.",
}

ENGLISH = (
    "Is 30 enough? 40 is. Use `{SUB()}x{SUB}`, {name}, {{ .Title }}, ~approx~, ''quoted'', a || b, ==> and !important.\n\n"
    "The C++ and C# docs; 6'2\" tall; 3>2; a<b; Q? A. What?! 100%%. x^2^ ~~gone~~ __bold__ ''twice''.\n\n"
    "!Kung, ^caret, [[1]], ((a+b)*c), (a | b), [see http://example.org/a|b], f(?), ?, 1? 2? v1.0?\n"
)


def found(text: str, *, names: tuple[str, ...] = TEXT_RULES, **settings_: Any) -> tuple[Diagnostic, ...]:
    job = job_of({PAGE: text}, {"select": list(names), **settings_})
    report = lint(job, here).report
    assert not report.crashed, report.diagnostics
    return report.diagnostics


def spans(text: str, name: str, **options: Any) -> list[str]:
    rules = {"rules": {name: options}} if options else {}
    return [text[d.place.start : d.place.end] for d in found(text, names=(name,), **rules)]


@pytest.mark.parametrize("language", SENTENCES)
def test_correct_text_in_any_language_gets_no_finding(language: str) -> None:
    sentence = SENTENCES[language]
    page = f'---\ntitle: "{sentence}"\n---\n\n## {sentence}\n\n{sentence}\n\n| {sentence} | a |\n|--|--|\n'
    assert [(d.name, d.message) for d in found(page) if d.name != "stub-page"] == []


def test_plain_english_with_marks_of_every_kind_gets_no_finding() -> None:
    assert [(d.name, d.message) for d in found(ENGLISH)] == []


WORDS = """não ação você café größe für Müller année garçon señor niño più perché blåbær søster kůň świętość
日本語 Привет"""


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_misread_words_are_found_and_read_again(encoding: str) -> None:
    for word in WORDS.split():
        misread = "".join(_as(bytes([b]), encoding) for b in word.encode())
        page = f"Wort {misread} .\n"
        diagnostics = found(page, names=("mojibake",))
        text = page
        for d in reversed(diagnostics):
            assert d.fix is not None
            assert not d.fix.safe
            (edit,) = d.fix.edits
            text = text[: edit.place.start] + edit.text + text[edit.place.end :]
        assert text == f"Wort {word} .\n", (word, misread)


def _as(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


LEFTOVERS = {
    "tiki": {
        "H{SUB()}2{SUB}O": "{SUB()}2{SUB}",
        "See {ANAME()}top{ANAME}.": "{ANAME()}top{ANAME}",
        "{SPLIT(colsize=40%|60%)}": "{SPLIT(colsize=40%|60%)}",
        "{GROUP(groups=Staff)}\n": "{GROUP(groups=Staff)}",
        "{ELSE}": "{ELSE}",
        '{redirect page="Home"}': '{redirect page="Home"}',
        "{mediaplayer mp3=a.mp3}": "{mediaplayer mp3=a.mp3}",
        "a ~~#F00:red text~~ b": "~~#F00:red text~~",
        "<span>[tiki-a.php?id=1]</span>": "[tiki-a.php?id=1]",
        "[tiki-a.php?id=1|A page]": "[tiki-a.php?id=1|A page]",
        "((Other page|a word))": "((Other page|a word))",
        "| ((Other page | a word)) | b |\n|--|--|--|\n| c | d |": "((Other page | a word))",
        "((Other page))": "((Other page))",
        "[https://who.int/a|the text] b": "[https://who.int/a|the text]",
        "a[https://who.int/a|the text": "[https://who.int/a|the text",
        "a%%%b": "%%%",
        "a ~hs~ b": "~hs~",
        "a ~np~b~/np~": "~np~b~/np~",
        "~/tc~": "~/tc~",
        "!!!A heading": "!!!A heading",
        "* !!A heading": "!!",
        "a ''word'' b": "''word''",
        "**'' See [a](/b)''**": "'' See [a](/b)''",
        "===under===": "===under===",
        "^Comment": "^",
        "#### ||a|b": "||",
        "a|b||": "||",
        "-=A title=-": "-=A title=-",
    },
    "mediawiki": {
        "a [[Page]]": "[[Page]]",
        "[[File:a.png|thumb|A]]": "[[File:a.png|thumb|A]]",
        "'''bold'''": "'''bold'''",
        "''it''": "''it''",
        "== Head ==": "== Head ==",
        "{{stub}}": "{{stub}}",
        "[https://who.int/ text]": "[https://who.int/ text]",
        '{| class="wikitable"': "{|",
        "__NOTOC__": "__NOTOC__",
    },
    "dokuwiki": {
        "a [[page|text]]": "[[page|text]]",
        "{{:a.png?200}}": "{{:a.png?200}}",
        "====== Head ======": "====== Head ======",
        "a //word// b": "//word//",
        "''code''": "''code''",
        "a ((a note))": "((a note))",
        "~~NOTOC~~": "~~NOTOC~~",
        "^ A ^ B ^": "^ A ^ B ^",
    },
    "jekyll": {
        "{% include a.html %}": "{% include a.html %}",
        '{% figure "a.png" %}': '{% figure "a.png" %}',
        "a {{ site.title }} b": "{{ site.title }}",
        "{:toc}": "{:toc}",
    },
    "obsidian": {
        "a ![[b.png|200]]": "![[b.png|200]]",
        "a %%hidden%%": "%%hidden%%",
        "a ==light== b": "==light==",
    },
    "docusaurus": {
        ":::note[Title]": ":::note[Title]",
        "::: custom": "::: custom",
        "import Tabs from '@theme/Tabs';": "import Tabs from '@theme/Tabs';",
        "import a from './a'": "import a from './a'",
    },
    "word": {
        "<o:p>a</o:p>": "<o:p>a</o:p>",
        "<w:WordDocument> a": "<w:WordDocument>",
        "mso-style-name: Normal;": "mso-style-name: Normal;",
        "Error! Bookmark not defined.": "Error! Bookmark not defined.",
        'a { HYPERLINK "x" } b': '{ HYPERLINK "x" }',
    },
}


@pytest.mark.parametrize(
    ("dialect", "text", "mark"),
    [(dialect, text, mark) for dialect, marks in LEFTOVERS.items() for text, mark in marks.items()],
)
def test_each_mark_of_a_dialect_is_found_at_its_place_and_nowhere_hidden(
    dialect: str, text: str, mark: str
) -> None:
    assert spans(f"Before.\n\n{text}\n\nAfter.\n", "leftover-markup", dialects=[dialect]) == [mark]
    fence = f"```\n{text}\n```\n\n    {text.partition(chr(10))[0]}\n\n<!-- {text} -->\n"
    assert spans(fence, "leftover-markup", dialects=[dialect]) == []


def test_a_dialect_has_no_opinion_on_correct_markdown() -> None:
    page = (
        "# Head\n\n**b** *i* `c` [t](https://who.int/a|b) ![x](/y.png) <https://who.int/>\n\nTwo\n===\n\nThree\n---\n\n"
        "| a | b |\n|:--|--:|\n| | c |\n\n- [ ] x\n1. y\n\n> q\n\n[r]: https://who.int/ 'it''s'\n\n[^1]: note\n\nx[^1] H~2~O\n"
    )
    for dialect in LEFTOVERS:
        assert spans(page, "leftover-markup", dialects=[dialect]) == [], dialect


@pytest.mark.parametrize(
    ("alias", "reported"), [("/Old+name", False), ("/old-name!", False), ("/Other", True)]
)
def test_a_name_noted_in_a_comment_is_reported_unless_an_alias_has_it(alias: str, reported: bool) -> None:
    page = f'{{"title": "x", "aliases": ["{alias}"]}}\n\n<!-- ~tc~ (alias(Old name!)) ~/tc~ -->\n'
    assert spans(page, "leftover-markup", dialects=["tiki"]) == (["Old name!"] if reported else [])


def test_html_is_written_only_where_the_site_publishes_html() -> None:
    page = "H{SUB()}2{SUB}O\n"
    job = job_of({PAGE: page, "hugo.toml": "title = 'x'\n"}, {"select": ["leftover-markup"]})
    (diagnostic,) = lint(job, here).report.diagnostics
    assert diagnostic.fix is None


@pytest.mark.parametrize(("before", "after", "written"), [("", "", True), ("<div>\n", "</div>\n", False)])
def test_markdown_is_written_only_where_it_is_read(before: str, after: str, written: bool) -> None:
    (one,) = found(f"{before}`more <https://example.org/b>`_\n{after}", names=("leftover-markup",))
    assert (one.fix is not None) == written


def test_forbidden_text_runs_as_soon_as_it_has_patterns() -> None:
    table = {"forbidden-text": {"patterns": [{"pattern": "(?i)lorem", "message": "write the text"}]}}
    job = job_of({PAGE: "Some Lorem ipsum.\n"}, {"rules": table})
    assert [(d.name, d.message) for d in lint(job, here).report.diagnostics] == [
        ("forbidden-text", "write the text")
    ]


@pytest.mark.parametrize("pattern", ["(", "a(?=b)", r"(a)\1", "[z-a]"])
def test_a_pattern_that_is_none_is_an_error_in_the_configuration(pattern: str) -> None:
    table = {"forbidden-text": {"patterns": [{"pattern": pattern, "message": "no"}]}}
    with pytest.raises(ConfigError, match="RE2"):
        job_of({PAGE: ""}, {"rules": table})


WITHOUT_RE2 = """
import sys
sys.modules["re2"] = None  # the import fails
sys.argv = ["vitdlint", "check", "--no-cache"]
from vitdlint.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("configuration", "place"),
    [
        (
            '[rules.forbidden-text]\npatterns = [{pattern = "(", message = "no"}, {pattern = "b", message = "no"}]\n',
            "1:1",
        ),
        ('[[rules.forbidden-text.patterns]]\npattern = "a"\nmessage = "no"\n', "1:1"),
        ('host = "clean"\n[rules.leftover-markup]\npatterns = ["@@"]\n', "2:1"),
        ('[rules.leftover-markup]\ndialects = ["tiki"]\n[rules.forbidden-text]\npatterns = []\n', ""),
        ("", ""),
    ],
)
def test_only_patterns_need_re2_and_the_message_says_how_to_get_it(
    tmp_path: Path, configuration: str, place: str
) -> None:
    write(tmp_path, {"hugo.toml": "", PAGE: "Text.\n", "vitdlint.toml": configuration})
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_RE2], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    reported = (
        f'vitdlint.toml:{place}: patterns need RE2, which is not installed: pip install "vitdlint[patterns]"'
    )
    assert done.returncode == (2 if place else 0), done.stderr
    assert done.stderr.count(reported) == (1 if place else 0)
    assert done.stderr.count("RE2") == (1 if place else 0)


def test_patterns_count_characters_not_bytes_and_expand_groups() -> None:
    (hit,) = re2.hits(r"(\w+)@(\w+)", "é😀 joe@home ü")
    assert (hit.start, hit.end) == (3, 11)
    assert re2.expanded(hit, r"\2 ä \1\9") == "home ä joe"


def test_a_pattern_takes_linear_time_on_text_made_against_it() -> None:
    begin = time.process_time()
    assert list(re2.hits("(a+)+b", "a" * 200_000)) == []
    assert time.process_time() - begin < 2


_UNITS = (
    "{ {SUB( {SUB()} {SUB()}a{SUB ~~#F00: ~~#F00:a ~np~ ~np~a (( ((ab| [http://a| [tiki-a.php| %%% !! \n!! '' ''a' ===a "
    "===a= ^ \n^a || \n|| <a>|| -=a [[a '''a {{a \n==a //a __TOC <o:p> mso- {REF Ã Ã© â€ â€™ \u200b \x0c<b> \ue000 1? p?<? "
    "http://_ http://_a. _.org_ ( ) %20 %C2%A0 &utm_a=b ?utm_ @a 10.1000/ https://http [ ] | \\ (alias(a <!-- #_ ~~ sid="
)
HOSTILE = _UNITS.split(" ")


def test_no_rule_about_text_or_addresses_is_slow_on_a_page_made_against_it() -> None:
    names = TEXT_RULES + ADDRESS_RULES
    for unit in (each.replace("_", " ") for each in HOSTILE):
        text = f"[x](<https://doi.org/10.1000/{unit * 30}>) {unit * (15_000 // len(unit))}\n"
        begin = time.process_time()
        found(text, names=names, rules={"leftover-markup": {"dialects": list(LEFTOVERS)}})
        assert time.process_time() - begin < 5, unit


def pieces() -> Iterator[str]:
    for marks in LEFTOVERS.values():
        yield from marks
    yield from SENTENCES.values()
    yield from HOSTILE


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([*pieces(), "\n", "\n\n", "- ", "> ", "`", "*", "x ", "\r\n", "\0", "\ud7ff"]))
)
def test_no_rule_about_text_or_addresses_crashes(parts: list[str]) -> None:
    found(
        "".join(parts),
        names=TEXT_RULES + ADDRESS_RULES,
        rules={"leftover-markup": {"dialects": list(LEFTOVERS)}},
    )


def test_the_sets_of_characters_that_are_asked_first_hold_all_that_the_expressions_find() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert set(filter(control_character._CONTROL.match, every)) == control_character._ALL_CONTROL
    assert set(filter(zero_width_character._INVISIBLE.match, every)) == zero_width_character._ALL_INVISIBLE
    first = re.compile(mojibake._FIRST.pattern.partition("(?:")[0])
    assert set(filter(first.match, every)) == mojibake._FIRSTS

"""The rules that judge external addresses offline: exact about DOIs, hosts and schemes, and one rule a fault."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList
from support.hugo_build import build

from vitdlint.core.model import Diagnostic
from vitdlint.core.rule import PAGE, Bad
from vitdlint.external.address import address_of
from vitdlint.external.doi import doi_in, flaw
from vitdlint.external.urls import is_top_level_domain
from vitdlint.linter.examples import HUGO, job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.page.markdown.body import Body, Link
from vitdlint.rules import ALL

SUFFIXES = PublicSuffixList(only_icann=False)
RULES = tuple(rule for rule in ALL if rule.code.startswith("VD7"))
DEFAULT = tuple(rule.name for rule in RULES if rule.default)


def found(
    text: str, names: tuple[str, ...] = DEFAULT, **options: Mapping[str, Any]
) -> tuple[Diagnostic, ...]:
    job = job_of({PAGE: text}, {"select": list(names), "rules": options})
    report = lint(job, here).report
    assert not report.crashed, report.diagnostics
    return report.diagnostics


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.1000/1",
        "10.1002/(SICI)1096-8628(19960122)61:3<216::AID-AJMG3>3.0.CO;2-Q",
        "10.1016/S0140-6736(12)60124-6",
        "10.1890/1051-0761(1997)007[1226:ITICBM]2.0.CO;2",
        "10.1093/ije/dyn017",
        "10.1371/journal.pone.0074068",
        "10.5281/zenodo.1234567",
        "10.1000.10/123456",
        "10.1038/nature",
        "10.7554/eLife.1",
        "10.1007/978-3-16-148410-0_7",
        "10.3367/UFNr.2018.08.03ю8",
        "10/gh2x",
        "gh2x",
        "",
        "the-identifier/what-is-a-doi/",
        "20.500.12345/678",
        "api/handles/10.1000/182",
    ],
)
def test_what_the_resolver_may_know_is_let_through(doi: str) -> None:
    assert flaw(doi) is None
    if doi.startswith("10"):
        assert doi_in(f"https://dx.doi.org/{doi}") == doi
        assert doi_in(f"HTTP://DOI.ORG/{doi.replace('(', '%28')}%20?nosfx=y#a") == doi


@pytest.mark.parametrize(
    "doi",
    [
        *(
            "http",
            "http://dx.doi.org",
            "www.who.int",
            "10.1016",
            "10.1016/",
            "10.1016/.",
            "10.1016/j",
            "10.1016/j.",
        ),
        *(
            "10.231/abc",
            "0.1016/j.jaad.2013",
            ".1016/j.jaad.2013",
            "10,1016/j.jaad",
            "10 1016/j.jaad",
            "PMID:22247500",
        ),
        *(
            "S0140-6736(12)60124-6",
            "10.1002/(SICI)1097-0215(19980",
            "10.1007/s00198-",
            "10.1093/ije/",
            "10.1000/a_",
        ),
        *(
            "10.1073/ pnas.0502311102",
            "10.1000/xhttps://doi.org/10.1000/x",
            "10.1890/1051(1997)007[1:I]2.0.CO;",
        ),
    ],
)
def test_what_cannot_be_a_whole_doi_is_reported(doi: str) -> None:
    assert flaw(doi) is not None


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("https://WHO.int/a?b#c", ("https", "who.int", "", "/a?b#c")),
        ("//who.int", ("", "who.int", "", "")),
        ("http://user:pw@who.int:80/", ("http", "who.int", "80", "/")),
        ("ftp://[2001:db8::1]:21/x", ("ftp", "[2001:db8::1]", "21", "/x")),
        ("http:///x", ("http", "", "", "/x")),
        (" http://who.int\\x", ("http", "who.int", "", "\\x")),
        ("mailto:a@who.int", None),
        ("/x//y", None),
        ("https://who.int/{{< x >}}", None),
    ],
)
def test_an_address_is_taken_apart(target: str, parts: tuple[str, ...] | None) -> None:
    assert address_of(target) == parts


FAULTS = {
    "doi-syntax": [
        "[x](https://doi.org/10.1016/j)",
        "[x](https://doi.org/http)",
        "[x](http://dx.doi.org/10.1016/)",
    ],
    "doi-trailing-punctuation": ["[x](https://doi.org/10.1016/j.jns.1.)", "https://doi.org/10.1016/j.jns.1;"],
    "malformed-url": [
        "[x](http://https://who.int/)",
        '"https://who.int/a"',
        "[x](https://who.int/a])",
        "[x](https:///a)",
    ],
    "bad-host": [
        "[x](http://www/)",
        "[x](https://doi.org10.1371/x)",
        "[x](http://who.imt/)",
        "[x](http://a..who.int/)",
    ],
    "broken-url": ["http:// www.who.int/", "http://dx.doi. org/10.1016/j.jns.1", "http://www.who .org/x"],
    "missing-scheme": [
        "[x](www.who.int)",
        "[x](ttp://who.int/)",
        "[x](doi:10.1016/j.jns.1)",
        "[x](doi.org/10.1016/j.jns.1)",
    ],
    "trailing-escape": ["[x](https://who.int/a%20)", "[x](https://doi.org/10.1016/j.jns.1%20)"],
    "private-address": [
        "![x](http://localhost:1313/x.png)",
        "[x](http://10.0.0.1/)",
        "[x](https://a.local:8443/)",
    ],
    "session-url": [
        "[x](https://who.int/a;jsessionid=1A2B3C4D5E)",
        "[x](https://who.int/?PHPSESSID=1a2b3c4d)",
    ],
    "tracking-parameter": ["[x](https://who.int/?utm_medium=email)", "[x](https://who.int/?a=1&fbclid=x)"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FAULTS.items() for text in texts])
def test_each_fault_is_reported_by_one_rule(name: str, text: str) -> None:
    assert [d.name for d in found(f"Before.\n\nA {text} z.\n")] == [name]
    reference = text.replace("[x](", "[x][r] and [y][r]\n\n[r]: <").removesuffix(")") + ">"
    if text.startswith("[x]("):
        assert [d.name for d in found(f"{reference}\n")] == [name], "told once for a definition used twice"


def test_hidden_addresses_are_not_checked() -> None:
    texts = " ".join(text for texts in FAULTS.values() for text in texts)
    page = f"```\n{texts}\n```\n\n<!-- {texts} -->\n\n`` {texts} ``\n"
    assert [(d.name, d.message) for d in found(page)] == []


def test_a_target_that_a_shortcode_completes_is_not_checked() -> None:
    page = (
        "[a](https://who.int/v{{< version >}}/x) [b](<https://doi.org/{{% param doi %}}>) [c](https://{{< host >}}/a%20)\n"
        '<a href="https://who.int/{{< v >}}.">d</a> [e](http://{{< param "dev" >}}:80/)\n'
    )
    site = {PAGE: page, "layouts/shortcodes/version.html": "1"}
    report = lint(job_of(site, {"select": list(DEFAULT)}), here).report
    assert [(d.name, d.message) for d in report.diagnostics] == []


@pytest.mark.parametrize(
    "host",
    [
        *(
            "who.int",
            "who.int.",
            "www.gov.uk",
            "museum.museum",
            "xn--bcher-kva.example",
            "bücher.de",
            "a_b.who.int",
        ),
        *(
            "1.1.1.1",
            "[2001:db8::1]",
            "localhost",
            "a.test",
            "x.onion",
            "printer.local",
            "1and1.com",
            "a--b.org",
        ),
    ],
)
def test_a_host_that_can_exist_is_let_through(host: str) -> None:
    assert found(f"[x](https://{host}/y)\n", ("bad-host",)) == ()


def test_safe_fixes_leave_text_and_anchors_of_the_built_page_alone() -> None:
    """Whatever a safe fix does to an address, the page that Hugo builds reads the same, but for bare addresses."""
    pairs = [
        (case.tree[PAGE], str(case.fixed))
        for rule in RULES
        for case in rule.examples
        if isinstance(case, Bad) and case.fixed is not None and not case.unsafe and rule.name not in REWORDED
    ]
    assert len(pairs) >= 8
    files: dict[str, str] = {"hugo.toml": HUGO, "layouts/page.html": "{{ .Content }}"}
    for i, (before, after) in enumerate(pairs):
        files[f"content/b{i}.md"], files[f"content/a{i}.md"] = before, after
    built = build(files, pages=False)
    assert built.code == 0, built.messages
    for i, (before, _) in enumerate(pairs):
        old, new = (built.files[f"{which}{i}/index.html"].decode() for which in "ba")
        assert visible(old).replace("; ttp://", "; http://").replace("&amp;", "&") == visible(new), before
        assert re.findall(r'\bid="?([^" >]+)', old) == re.findall(r'\bid="?([^" >]+)', new)
        assert old != new


REWORDED = ("tracking-parameter", "doi-syntax", "zero-width-character")
"""Their examples have bare addresses, whose text is the address."""


def visible(page: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    return re.sub("[“”]", '"', text)  # what closes a quotation depends on what stands before it


def test_hugo_takes_a_quotation_mark_into_a_bare_address() -> None:
    """The ground of malformed-url's commonest finding."""
    built = build(
        {
            "hugo.toml": HUGO,
            "content/p.md": 'Say "https://who.int/a/b" now.\n',
            "layouts/page.html": "{{ .Content }}",
        },
        pages=False,
    )
    assert b'href="https://who.int/a/b%22"' in built.files["p/index.html"]


def test_a_top_level_domain_is_what_the_library_of_public_suffixes_takes_for_one() -> None:
    rules = Path(PSLFILE).read_text(encoding="utf-8").lower().split()
    labels = {label for rule in rules for label in rule.lstrip("!*.").split(".") if label.isalpha()}
    assert len(labels) > 5000
    for label in sorted(labels | {"com", "ck", "рф", "xn--p1ai", "xn--nope", "html", "", "*"}):
        known = SUFFIXES.publicsuffix(f"x.{label}", accept_unknown=False) is not None
        assert is_top_level_domain(label) is known, label


@pytest.mark.parametrize(
    "target",
    [
        "https://a.example/x",
        "HTTP://A.EXAMPLE",
        "//a.b/c/d",
        " https://a.example:80/x/y",
        "\t//a.b/c",
        "ftp://ab/c",
        "https://a.example?b=/c",
        "http:///a/b",
        "https://user:p@a.example/x",
        "https://[::1]:3/x",
    ],
)
def test_what_is_kept_of_a_target_has_its_scheme_host_and_port(target: str) -> None:
    link = Link("link", target, 0, 0, 0, 0, 0, 0)
    (beginning,) = Body(0, 0, links=(link,)).authorities
    whole, kept = address_of(target), address_of(beginning)
    assert whole is not None
    assert kept is not None
    assert (kept.scheme, kept.host, kept.port) == (whole.scheme, whole.host, whole.port)

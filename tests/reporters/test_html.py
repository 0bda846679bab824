"""The HTML report, looked at with a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support.chromium import chromium, opened
from support.paths import ROOT
from support.run import CLOCK, run, write

from vitdlint.external.urls import masked

HTML = ROOT / "vitdlint" / "reporters" / "html"
AXE = Path(__file__).parent / "axe-core" / "axe.min.js"
PAGE = "---\ntitle: {title}\ntags: [{tag}]\n---\n\n# {title}\n\n{body}\n"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj"


def site(root: Path) -> Path:
    """Three sections, 60 pages, and content that would like to be markup."""
    pages = {
        f"content/{section}/page-{n:02}.md": PAGE.format(
            title=f"{section.title()} {n}",
            tag="sea" if n % 2 else "land",
            body=f"[next](/{section}/page-{(n + 1) % 20:02}/) and [dead](/{section}/gone-{n}/)"
            + (", [spaced]( /news/page-01/ ), https://example.com/a?token=secret" if n == 3 else ""),
        )
        for section in ("news", "harbours", "lamps")
        for n in range(20)
    }
    evil = json.dumps(EVIL)
    pages["content/news/evil </script> &lt;b&gt; '\".md"] = (
        f"---\ntitle: {evil}\nslug: evil\ntags: [{evil}]\naliases: ['/x\"onerror=alert(1)//']\n---\n"
        f'[a](</news/{EVIL}/>) [b](javascript:alert(1)) [c](https://example.com/"onmouseover=alert(1)) {EVIL}\n'
    )
    pages["content/news/fix.md"] = (
        "---\ntitle: 'Fix me '\n---\n\n#\n\nText [DOI](https://doi.org/10.1000/182.)\n"
    )
    config = f'baseURL = "https://example.org/"\ntitle = {evil}\n[markup.goldmark.renderer]\nunsafe = true\n'
    return write(root, {"hugo.toml": config, **pages})


class Made:
    """A site, its report as HTML and as JSON."""

    def __init__(self, root: Path) -> None:
        self.root = site(root / "site")
        self.file = root / "report.html"
        done = run("check", CLOCK, f"--output-format=json,html={self.file}", cwd=self.root)
        assert done.returncode == 1, done.stderr
        self.json: dict[str, Any] = json.loads(done.stdout)
        self.found: list[dict[str, Any]] = self.json["diagnostics"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


def shown(page: Any) -> int:
    """How many findings the table says it shows."""
    return int(page.text_content("#shown").split()[0].replace(",", ""))


def rows(page: Any) -> list[str]:
    return [row.text_content() for row in page.query_selector_all("#table .body .line")]


def test_the_numbers_are_those_of_the_json_report(made: Made, browser: Any) -> None:
    summary = made.json["summary"]
    with opened(browser, made.file) as page:
        for word in ("error", "warning", "info"):
            assert page.text_content(f"[data-count={word}]") == f"{summary[f'{word}s']:,}"
        assert shown(page) == len(made.found)
        for rule, count in Counter(d["code"] for d in made.found).items():
            page.evaluate(f"location.hash = 'rule={rule}'")
            page.wait_for_function(f"document.querySelector('[name=rule]').value === '{rule}'")
            assert shown(page) == count, rule
        listed = page.query_selector_all("[aria-labelledby=by-rule] li")
        assert listed[0].query_selector(".name").text_content() == "dead-link"


def test_filters_are_in_the_address_and_a_link_shows_the_same(made: Made, browser: Any) -> None:
    with opened(browser, made.file) as page:
        page.select_option("[name=section]", "lamps")
        page.select_option("[name=severity]", "error")
        page.fill("[name=q]", "gone-1 dead")
        expected = [
            d
            for d in made.found
            if d["path"].startswith("content/lamps/")
            and d["severity"] == "error"
            and "gone-1" in d["message"]
        ]
        assert shown(page) == len(expected) > 1
        address = page.evaluate("location.hash")
    with opened(browser, made.file, address) as page:
        assert shown(page) == len(expected)
        assert page.input_value("[name=section]") == "lamps"
        page.click("text=Clear")
        assert shown(page) == len(made.found)
        page.select_option("[name=term]", "tags: sea")
        odd = [d for d in made.found if re.search(r"page-\d?[13579]\.md", d["path"])]
        assert shown(page) == len(odd)
        page.select_option("[name=term]", "")
        page.select_option("[name=fix]", "safe")
        assert shown(page) == sum(bool(d["fix"] and d["fix"]["safe"]) for d in made.found) > 0


def test_a_cause_opens_its_findings(made: Made, browser: Any) -> None:
    with opened(browser, made.file) as page:
        for number in range(len(page.query_selector_all("[aria-labelledby=by-cause] a"))):
            link = page.query_selector_all("[aria-labelledby=by-cause] a")[number]
            count = link.query_selector(".count").text_content()
            link.click()  # the address changes, and then the table
            page.wait_for_function(f"document.querySelector('#shown').textContent.startsWith('{count} ')")


def test_the_map_shows_a_page_and_what_is_around_it(made: Made, browser: Any) -> None:
    with opened(browser, made.file, "#view=map") as page:
        pages = json.loads(run("site", CLOCK, "--output-format=json", cwd=made.root).stdout)["pages"]
        dead = [page for page in pages if any(link["status"] == "dead" for link in page["links"])]
        assert page.text_content("#broken") == str(len(dead))
        assert inked(page) > 1000
        page.fill("[name=find]", "harbours 7")
        page.click("#near a >> text='Harbours 7'")
        page.wait_for_selector("#near h3 >> text='Linked from (1)'")
        assert "Harbours 6" in page.text_content("#near")
        assert "node=" in page.evaluate("location.hash")
        page.check("[name=all]")
        assert inked(page) > 1000
        page.click("#near a >> text=Open the page")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog:not([open])", state="attached")
        box = page.query_selector("#canvas").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
        chosen = page.text_content("#near h3 >> nth=0")
        assert f"{chosen.split()[0].lower()} › {chosen}: " in page.text_content("#under")
        assert page.text_content("#near h3 >> nth=0")


def inked(page: Any) -> int:
    """Pixels of the map in the color of an error."""
    return int(
        page.evaluate(
            """() => { const map = document.getElementById("canvas"), c = document.createElement("canvas");
            c.width = map.width; c.height = map.height;
            const pen = c.getContext("2d", { willReadFrequently: true }); pen.drawImage(map, 0, 0);
            const d = pen.getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] === 0xe0 && d[i + 1] === 0x73) n++; return n }"""
        )
    )


def test_columns_sort_both_ways(made: Made, browser: Any) -> None:
    with opened(browser, made.file) as page:
        for column, key in (("rule", "name"), ("page", "path"), ("message", "message")):
            for down in (False, True):
                page.click(f"[data-column={column}] button")
                order = page.get_attribute(f"[data-column={column}]", "aria-sort")
                assert order == ("descending" if down else "ascending")
                first = sorted((d[key] for d in made.found), reverse=down)[0]
                page.keyboard.press("Escape")
                if key == "path":
                    continue  # the table shows titles
                assert first[:40] in rows(page)[0].replace("\u202e", "\\u202e")


def test_only_visible_rows_are_in_the_document(made: Made, browser: Any) -> None:
    with opened(browser, made.file) as page:
        assert len(rows(page)) < 40 < len(made.found)
        page.focus("#table")
        page.keyboard.press("End")
        last = page.get_attribute("#table", "aria-activedescendant")
        assert last == f"row-{len(made.found) - 1}"
        assert page.is_visible(f"#{last}")


def test_the_keyboard_is_enough(made: Made, browser: Any) -> None:
    with opened(browser, made.file) as page:
        page.keyboard.press("/")
        page.keyboard.type("gone-7")
        assert shown(page) == 3
        page.focus("#table")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open]")
        assert "page=" in page.evaluate("location.hash")
        assert page.query_selector(".finding.chosen")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog:not([open])", state="attached")
        assert shown(page) == 3
        page.go_back()
        page.wait_for_selector("dialog[open]")


def test_a_page_shows_excerpt_fix_manual_and_links(made: Made, browser: Any) -> None:
    with opened(browser, made.file, "#page=content/news/page-03.md") as page:
        text = page.text_content("dialog")
        assert "/news/gone-3/" in [mark.text_content() for mark in page.query_selector_all("dialog mark")]
        assert "Linked from (2)" not in text
        assert "Linked from (1)" in text
        assert "News 2" in text
        assert "External links (1)" in text
        assert "token=secret" not in text
        page.click("summary >> nth=0")
        assert "A link leads to a page" in page.text_content("dialog details pre")
        page.click("dialog .links a >> nth=0")
        page.wait_for_function("document.querySelector('#page-title').textContent === 'News 2'")
    fixable = next(d for d in made.found if d["fix"] and d["fix"]["safe"])
    with opened(browser, made.file, f"#page={quote(fixable['path'])}") as page:
        assert page.query_selector("pre .old")
        assert page.query_selector("pre .new")


def test_hostile_content_stays_text(made: Made, browser: Any) -> None:
    """Also: `opened` fails for every dialog, request and console message."""
    with opened(browser, made.file) as page:
        evil = next(d["path"] for d in made.found if "evil" in d["path"])
        page.evaluate("path => { location.hash = new URLSearchParams({page: path}) }", evil)
        page.wait_for_selector("dialog[open]")
        assert "</script><script>alert(1)" in page.text_content("#page-title")
        assert "\u202e" not in page.text_content("body")
        assert not page.query_selector("img")
        assert len(page.query_selector_all("script")) == 1
        for link in page.query_selector_all("a"):
            assert re.match("#|https?://", link.get_attribute("href"))
        page.wait_for_timeout(100)


def test_the_policy_allows_nothing_else(made: Made, browser: Any) -> None:
    text = made.file.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "\u202e" not in text
    page = browser.new_page()
    page.goto(made.file.as_uri())
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.run = 1'; document.body.append(s) }"
    )
    assert page.evaluate("window.run === undefined")
    page.close()


@pytest.mark.parametrize(
    "after", ["", "#rule=VD601", "#view=map&node=content/news/page-03.md", "#page=content/news/page-03.md"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_complaint(made: Made, browser: Any, after: str, scheme: str) -> None:
    with opened(browser, made.file, after, color_scheme=scheme, bypass_csp=True) as page:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        assert found == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_wider_than_the_window(made: Made, browser: Any, width: int) -> None:
    for after in ("", "#page=content/news/page-03.md"):
        with opened(browser, made.file, after, viewport={"width": width, "height": 800}) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_browser_without_decompression_shows_the_same(made: Made, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(made.file.as_uri())
    page.wait_for_selector("#views:not([hidden])")
    assert shown(page) == len(made.found)
    context.close()


def test_without_a_script_the_answers_are_there(made: Made, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(made.file.as_uri())
    assert page.is_visible("text=Most common rules")
    assert page.is_visible("noscript p")
    context.close()


def test_it_prints_what_the_table_shows(made: Made, browser: Any) -> None:
    with opened(browser, made.file, "#q=gone-7") as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.is_visible("#printed")
        assert len(page.query_selector_all("#printed tr")) == 4
        assert not page.is_visible("#table")


def test_it_prints_the_page_that_is_open_whole_and_alone(made: Made, browser: Any) -> None:
    small = {"width": 700, "height": 300}
    with opened(browser, made.file, "#page=content/news/page-03.md", viewport=small) as page:
        page.emulate_media(media="print")
        shown, whole = page.evaluate("[page.offsetHeight, page.scrollHeight]")
        assert shown >= whole > small["height"]
        assert not page.is_visible("main")


def test_a_site_that_hugo_cannot_build_says_so_first(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    pages = {"content/a.md": "Text {{< nothing >}}\n", "content/b.md": "Text\n"}
    write(tmp_path, {"hugo.toml": "", "layouts/all.html": "{{ .Content }}", **pages})
    run("check", CLOCK, f"--output-format=html={file}", cwd=tmp_path)
    with opened(browser, file) as page:
        assert page.text_content("#state") == "Hugo cannot build the site. 1 error on 1 of 2 pages (50\xa0%)."


def test_two_runs_write_the_same_bytes(made: Made, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    run("check", CLOCK, f"--output-format=html={again}", cwd=made.root)
    assert again.read_bytes() == made.file.read_bytes()
    cold = tmp_path / "cold.html"
    run("check", CLOCK, "--no-cache", "-j1", f"--output-format=html={cold}", cwd=made.root)
    assert cold.read_bytes() == made.file.read_bytes()


def test_a_baseline_hides_what_it_records(made: Made, browser: Any, tmp_path: Path) -> None:
    file, baseline = tmp_path / "report.html", tmp_path / "known.json"
    run("check", CLOCK, "--baseline", baseline, "--update-baseline", "--ignore=dead-link", cwd=made.root)
    done = run("check", CLOCK, "--baseline", baseline, f"--output-format=json,html={file}", cwd=made.root)
    new = json.loads(done.stdout)["summary"]["errors"]
    with opened(browser, file) as page:
        assert page.text_content("[data-count=error]") == f"{new:,}"
        assert shown(page) == new
        page.select_option("[name=new]", "no")
        assert shown(page) == len(made.found) - new > 0


def test_the_trend_shows_what_came_and_went(browser: Any, tmp_path: Path) -> None:
    root = site(tmp_path / "s")
    file, history = tmp_path / "report.html", tmp_path / "history.jsonl"
    for day in (1, 2, 3):
        write(
            root, {f"content/news/page-{day:02}.md": PAGE.format(title="T", tag="sea", body=f"[z](/z{day}/)")}
        )
        run(
            "check",
            f"--clock=2026-11-{day:02}T12:00:00Z",
            f"--history={history}",
            f"--output-format=html={file}",
            cwd=root,
        )
    last = json.loads(history.read_text().splitlines()[-1])
    with opened(browser, file) as page:
        assert page.query_selector("#chart canvas")
        legend = page.text_content("#chart .u-legend")
        assert legend.startswith("run2026-11-03all findings" + f"{sum(last['counts'].values()):,}")
        assert f"{sum(last['counts'].values()):,} now" in page.text_content("[aria-labelledby=trend] > p")
        assert len(page.query_selector_all(".runs tbody tr")) == 3
        page.click(".runs summary >> nth=0")
        assert "content/news/page-03.md: dead-link" in page.text_content(".runs details >> nth=0")
        page.select_option("[name=since]", "2026-11-03T12:00:00Z")
        new = set(last["new"])
        assert shown(page) == sum(
            len(marks.split()) for rules in last["new"].values() for marks in rules.values()
        )
        assert new == {"content/news/page-03.md"}
        page.focus("#table")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open] >> text=since 2026-11-03")
    with opened(browser, file, bypass_csp=True) as page:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert (
            page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
            == []
        )


def test_external_links_have_their_verdicts(browser: Any, tmp_path: Path) -> None:
    """Also what they were in earlier runs; and no secret is published."""
    root, file = tmp_path / "s", tmp_path / "report.html"
    body = "[a](https://dead.example/x?api_key=hunter2) and [b](https://fine.example/)"
    write(root, {"hugo.toml": "", "content/a.md": PAGE.format(title="A", tag="t", body=body)})
    state = "# vitdlint links 1\nhttps://fine.example/ ok 2026-11-01T00:00:00Z 2026-10-01 200 ok=2026-11-01\n"
    dead = "strikes=5,2026-10-01,2026-11-01 row=5 dead=2026-10-20"
    for day, line in (
        (2, "gone 2026-11-01T00:00:00Z 2026-10-01 404"),
        (3, "tls-bad 2026-11-03T00:00:00Z 2026-11-03 expired"),
    ):
        masked_url = masked("https://dead.example/x?api_key=hunter2")
        write(root, {".vitdlint-links.txt": f"{state}{masked_url} {line} {dead}\n"})
        clock = f"--clock=2026-11-{day:02}T12:00:00Z"
        done = run(
            "check",
            clock,
            "--external",
            "--history=../h.jsonl",
            f"--output-format=html={file}",
            "-q",
            cwd=root,
        )
        assert done.returncode in (0, 1), done.stderr
    with opened(browser, file, "#page=content/a.md") as page:
        text = page.text_content("dialog")
        assert "ok 200, since 2026-10-01" in text
        assert "dead since 2026-10-20" in text
        assert "gone 2026-11-02, tls-bad 2026-11-03" in text
        assert "hunter2" not in page.content()


def test_a_clean_site_says_so(browser: Any, tmp_path: Path) -> None:
    root = write(
        tmp_path / "s", {"hugo.toml": "", "content/a.md": "---\ntitle: A\ndate: 2024-01-01\n---\nText.\n"}
    )
    file = tmp_path / "report.html"
    assert run("check", CLOCK, f"--output-format=html={file}", cwd=root).returncode == 0
    with opened(browser, file) as page:
        assert page.text_content("#state") == "Nothing found on 1 page."
        assert not page.is_visible("#findings")


def test_the_script_is_clean() -> None:
    oxlint = shutil.which("oxlint")
    if oxlint is None:
        pytest.skip("needs oxlint")
    done = subprocess.run(
        [oxlint, "--deny-warnings", HTML / "report.js"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_types_of_the_script_hold(tmp_path: Path) -> None:
    """TypeScript checks its JSDoc; `npm install --global typescript` brings `tsc`."""
    tsc = shutil.which("tsc") or os.environ.get("TSC")
    if tsc is None:
        pytest.skip("needs tsc")
    options = [
        "--allowJs",
        "--checkJs",
        "--noEmit",
        "--strict",
        "--target",
        "ES2022",
        "--lib",
        "ES2022,DOM,DOM.Iterable",
    ]
    done = subprocess.run(
        [tsc, *options, HTML / "report.js"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout

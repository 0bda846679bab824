"""A real browser that opens a report from disk, and notices whatever it should not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # not for every system
    sync_playwright = None

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; skips the test where there is none."""
    if CHROMIUM is None or sync_playwright is None:
        pytest.skip("needs Chromium and playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, file: Path, after: str = "", **context: Any) -> Iterator[Any]:
    """The page once its script is ready; fails for a console message, an error or a request."""
    seen: list[str] = []
    within = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
    page = within.new_page()
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", lambda request: seen.append(f"request: {request.url[:200]}"))
    page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
    page.goto(file.as_uri() + after)
    page.wait_for_selector("#views:not([hidden])")
    yield page
    within.close()
    assert [line for line in seen if not line.startswith(f"request: {file.as_uri()}")] == []

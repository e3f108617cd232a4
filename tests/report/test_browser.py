"""Every page in a real browser with scripts and network off: nothing asked for, nothing wider than phone or paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from drawn_pages import DrawnPages
from page_examples import EXAMPLES

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

NAMES = [name for examples in EXAMPLES.values() for name in examples]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE, DESK, PAPER = 360, 1280, 688
"""CSS pixels; A4 less the margins that the page sets is 182 mm."""
PATIENCE_MS = 180_000
"""A loaded machine takes its time; a page that needs the network would fail at once."""
LEAST_PHONE_PIXELS, LEAST_FIGURE_POINTS = 9.0, 8.0

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright_api.Browser]:
    with playwright_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


def _open(browser: playwright_api.Browser, file: Path, width: int) -> tuple[playwright_api.Page, list[str]]:
    """Open a page with scripts and network off; return it with all that it asks for, failed or not."""
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": width, "height": 800})
    page, asked = context.new_page(), list[str]()
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.append(f"failed: {request.url}"))
    page.goto(file.as_uri())
    return page, asked


def _photographed(page: playwright_api.Page, file: Path) -> bytes:
    """Return a picture of the page; on a very busy machine the browser now and then cannot take one at once."""
    for _ in range(2):
        with suppress(playwright_api.Error):
            return page.screenshot(path=file)
    return page.screenshot(path=file)


_TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(one => !one.closest('.wide') && !one.closest('.skip'))
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => one.tagName + ' ' + one.textContent.slice(0, 40))"""
_TOO_WIDE_ON_PAPER = _TOO_WIDE.replace("!one.closest('.wide') && ", "")
_PICTURES = """() => [...document.images].map(one => [one.complete && one.naturalWidth > 0,
    one.getBoundingClientRect().width / Number(one.getAttribute('width'))])"""


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_alone_and_fits(
    browser: playwright_api.Browser, drawn_pages: DrawnPages, tmp_path: Path, name: str, lang: str
) -> None:
    file = drawn_pages.folder(lang) / name / "report.html"
    page, asked = _open(browser, file, PHONE)
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.evaluate(_TOO_WIDE) == []
    # Every figure is there, and its smallest letters can be read without a magnifying glass.
    pictures = page.evaluate(_PICTURES)
    assert all(there for there, _ in pictures)
    pixels = [scale * LEAST_FIGURE_POINTS * 96 / 72 for _, scale in pictures]
    assert lang == "sv" or all(size >= LEAST_PHONE_PIXELS for size in pixels)
    assert len(_photographed(page, tmp_path / "phone.png")) > 5_000
    page.set_viewport_size({"width": DESK, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK
    assert page.evaluate(_TOO_WIDE) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    assert page.evaluate(_TOO_WIDE_ON_PAPER) == [], "a table or figure would be cut off on A4"
    page.context.close()


def test_a_page_prints_on_a4(browser: playwright_api.Browser, drawn_pages: DrawnPages, tmp_path: Path) -> None:
    page, _ = _open(browser, drawn_pages.folder("en") / "comparison" / "report.html", DESK)
    printed = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    page.context.close()
    # 210 mm by 297 mm are 595 by 842 points.
    assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed
    assert printed.count(b"/Type /Page\n") >= 8


def test_the_keyboard_first_comes_to_the_way_past_the_contents(
    browser: playwright_api.Browser, drawn_pages: DrawnPages
) -> None:
    page, _ = _open(browser, drawn_pages.folder("en") / "comparison" / "report.html", DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    left = page.evaluate("document.activeElement.getBoundingClientRect().left")
    assert left >= 0, "it can be seen when it is reached"
    page.context.close()

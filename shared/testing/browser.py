"""Pytest plugin: a real browser, started once for a whole worker.

    async def test_something(browser, address):
        page = await browser.new_page()
        await page.goto(address)

Every page and context that a test opens is closed when it ends; cookies and storage go with them.
"""

import os
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from shared.testing.axe import share_what_is_sound

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Debian's Chromium without the windows around it, which cost three times the page in every new context."""


@pytest.fixture(scope="session")
async def chromium(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """Debian's Chromium; a test takes `browser`."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        share_what_is_sound(tmp_path_factory.getbasetemp().parent / "sound")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        await chromium.close()


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """Without what an earlier test left open."""
    yield chromium
    for context in list(chromium.contexts):
        await context.close()

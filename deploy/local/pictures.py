"""`make pictures`: what the README shows, of a demonstration that begins anew, in Chromium.

    python -m deploy.local.pictures [FOLDER]    docs/pictures if not given

Each page at 1366 and at 390 pixels, one screen of it. Families are the same each time; days are counted from today.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from shared.testing.browser import CHROMIUM

_WIDTHS = {1366: 768, 390: 844}
"""Each with its height, in pixels."""
_FOLDER = Path("docs/pictures")


@dataclass(frozen=True)
class Picture:
    """One page of a service, as someone sees it."""

    name: str
    service: str
    path: str
    who: str = ""
    """Part of the button on the sign-in page; empty: nobody signs in."""
    search_for: str = ""
    """A name, and the record that is found is opened."""


PICTURES = (
    Picture("my-day", "referral", "/my-day", "Priya Sample"),
    Picture("caseload", "referral", "/caseload?whose=team", "Priya Sample"),
    Picture("family", "referral", "/search", "Priya Sample", "Theo Example"),
    Picture("triage", "referral", "/triage", "Tom Specimen"),
    Picture("refer", "referral", "/refer"),
    Picture("region", "reporting", "/", "Regional lead"),
)


async def take(pages: dict[str, str], folder: Path) -> None:
    """Write all of them.

    Args:
        pages: address of each service, by its name.
    """
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for width, height in _WIDTHS.items():
            for picture in PICTURES:
                path = folder / f"{picture.name}-{width}.png"
                await _take(browser, picture, pages[picture.service], (width, height), path)
        await browser.close()


async def _take(browser: Browser, picture: Picture, address: str, size: tuple[int, int], path: Path) -> None:
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=address)
    page = await context.new_page()
    if picture.who:
        await page.goto("/sign-in")
        await page.get_by_role("button", name=f"Sign in as {picture.who}").click()
    await page.goto(picture.path)
    if picture.search_for:
        await _open(page, picture.search_for)
    await page.screenshot(path=path)
    await context.close()


async def _open(page: Page, name: str) -> None:
    content = page.get_by_role("main")
    await content.get_by_role("textbox").fill(name)
    await content.get_by_role("button", name="Search").click()
    await content.get_by_role("link", name=name).first.click()
    await page.wait_for_load_state()


def main() -> None:
    """Start a demonstration, take the pictures, and stop it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures") as state:
        command = [sys.executable, "-m", "deploy.local", "up", "--json", "--state", f"{state}/state"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            try:
                assert running.stdout is not None  # noqa: S101 - it was asked for
                services: list[dict[str, Any]] = json.loads(running.stdout.readline())["services"]
                first = {one["service"]: one["address"] for one in services if one["team"] in (None, "blackpool")}
                asyncio.run(take(first, folder))
            finally:
                running.terminate()


if __name__ == "__main__":
    main()

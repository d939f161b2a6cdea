"""What people see, hear and type: in a real browser, wide and narrow, with and without scripts."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from shared.testing.axe import WIDE, faults_at_every_width

Running = tuple[FastAPI, str]


class Visit:
    """A page that notes what it asked for and what the browser complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._note_request)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith(f"{self.address}/"):
            self.elsewhere.append(request.url)

    async def go(self, path: str) -> None:
        await self.page.goto(self.address + path)

    async def sign_in(self) -> None:
        await self.go("/sign-in?next=/family")
        await self.page.get_by_role("button", name="Sign in as Team lead").click()
        await self.page.wait_for_url("**/family")


@asynccontextmanager
async def visit(browser: Browser, address: str, **options: Any) -> AsyncGenerator[Visit]:
    context = await browser.new_context(viewport={"width": WIDE, "height": 900}, **options)
    yield Visit(await context.new_page(), address)
    await context.close()


async def show_errors(page: Page) -> None:
    await page.get_by_label("Day").first.fill("31")
    await page.get_by_label("Baby’s name").fill(" ")
    await page.get_by_role("button", name="Save and continue").click()
    await page.wait_for_selector(".nhsuk-error-summary")


SIGN_IN = ["/shown/sign_in", "/shown/sign_in_refused", "/shown/provider_silent", "/shown/sign_in_link", "/signed-out"]


@pytest.mark.parametrize("path", ["/", *SIGN_IN, "/family", "errors", "/nothing", "/refused/changed"])
async def test_a_page_is_accessible_fits_and_asks_for_nothing_elsewhere(
    running: Running, browser: Browser, path: str
) -> None:
    async with visit(browser, running[1]) as seen:
        if path in {"/family", "errors"}:
            await seen.sign_in()
        if path == "errors":
            await show_errors(seen.page)
        elif path != "/family":
            await seen.go(path)

        faults = await faults_at_every_width(seen.page)

    assert faults == []
    assert seen.elsewhere == []
    assert [text for text in seen.complaints if "status of 4" not in text] == []


async def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_field(
    running: Running, browser: Browser
) -> None:
    async with visit(browser, running[1]) as seen:
        await seen.sign_in()
        await show_errors(seen.page)
        focused = await seen.page.evaluate("document.activeElement.className")
        await seen.page.get_by_role("link", name="Enter the baby's name").click()
        field = await seen.page.evaluate("document.activeElement.id")

    assert "nhsuk-error-summary" in focused
    assert field == "name"


async def test_a_form_works_without_scripts(running: Running, browser: Browser) -> None:
    async with visit(browser, running[1], java_script_enabled=False) as seen:
        await seen.sign_in()
        await show_errors(seen.page)
        kept = await seen.page.get_by_label("Day").first.input_value()
        await seen.page.get_by_label("Day").first.fill("")
        await seen.page.get_by_label("Baby’s name").fill("Ada")
        await seen.page.get_by_label("A loss, or a baby who was removed before").check()
        await seen.page.get_by_label("Yes, and they agree").check()
        await seen.page.get_by_role("button", name="Save and continue").click()
        arrived = await seen.page.get_by_role("heading", level=1).inner_text()
        await seen.page.locator("summary", has_text="Team l").click()
        await seen.page.get_by_role("button", name="Sign out").click()
        signed_out = await seen.page.get_by_role("heading", level=1).inner_text()

    assert (kept, arrived, signed_out) == ("31", "Start", "You are signed out")


async def test_a_page_changes_by_itself_when_something_happened(running: Running, browser: Browser) -> None:
    app, address = running
    async with visit(browser, address) as seen:
        async with seen.page.expect_response("**/live"):
            await seen.go("/")
        app.state.families = 3
        app.state.announcer.announce("families")
        await seen.page.wait_for_selector("text=There are 3 families.", timeout=5000)

    assert seen.complaints == []


async def test_the_keyboard_reaches_the_content_first(running: Running, browser: Browser) -> None:
    async with visit(browser, running[1]) as seen:
        await seen.go("/")
        await seen.page.keyboard.press("Tab")
        first = await seen.page.evaluate("document.activeElement.textContent.trim()")
        await seen.page.keyboard.press("Enter")
        target = await seen.page.evaluate("document.activeElement.id")

    assert (first, target) == ("Skip to main content", "maincontent")

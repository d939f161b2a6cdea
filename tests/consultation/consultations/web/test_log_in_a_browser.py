"""Logging a consultation in a real browser: by keyboard alone, on a phone, without a script."""

import re

import pytest
from playwright.async_api import Browser, Page

from shared.testing.axe import faults_at_every_width
from tests.consultation.conftest import NOW, PRIYA, REFERENCE, AskedTeam
from tests.referral.web.test_in_a_browser import press, visit

WORDS = "What the baby tells us."


async def sign_in(page: Page, path: str) -> None:
    await page.goto("/sign-in")
    await page.get_by_role("button", name=re.compile(PRIYA.name)).click()
    await page.goto(path)


async def types(page: Page, keys: str) -> int:
    """Presses keys; what stands in quotes is typed. Gives how many keys it took besides."""
    pressed = 0
    for key in re.findall(r"'[^']*'|\S+", keys):
        if key.startswith("'"):
            await page.keyboard.type(key.strip("'"))
        else:
            await page.keyboard.press(key)
            pressed += 1
    return pressed


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        (f"Tab Space Tab '{REFERENCE}' Tab Space Tab '{WORDS}' Tab Enter", "case_named"),
        (f"Tab ArrowDown Tab Space Tab '{WORDS}' Tab Space Enter", "case_anonymous"),
        (f"Tab ArrowDown ArrowDown Tab '3' Tab '{WORDS}' Tab Space Enter", "group_case"),
        (f"Tab ArrowDown ArrowDown ArrowDown Tab '{WORDS}' Tab Space Enter", "theme"),
    ],
)
async def test_eight_keys_log_one_that_is_stored_with_today_half_an_hour_and_what_was_the_last_time(
    asked: AskedTeam, address: str, browser: Browser, keys: str, kind: str
) -> None:
    async with visit(browser, address) as page:
        await sign_in(page, "/consultations/new")
        await page.keyboard.type("Grange")

        pressed = await types(page, keys)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/consultations?done=logged")

    first, logged = await asked.rows()
    assert pressed <= 8
    assert (logged.kind, logged.words) == (kind, WORDS)
    assert (logged.held_on, logged.minutes) == (NOW.date(), 30)
    assert (logged.profession, logged.tier) == (first.profession, first.tier)


async def test_the_form_is_right_at_every_width_and_save_is_always_in_sight(
    asked: AskedTeam, address: str, browser: Browser
) -> None:
    async with visit(browser, address, width=1366) as page:
        await sign_in(page, f"/consultations/new?organisation={asked.organisation_id}")
        assert await page.evaluate("document.documentElement.scrollHeight") <= 858 * 1.1
        for scrolled in (0, 10_000):
            await page.evaluate("down => window.scrollTo(0, down)", scrolled)
            bar = await page.locator(".pairs-save").bounding_box()
            assert bar is not None
            assert bar["y"] + bar["height"] <= 900 + 1
        await page.get_by_label("A family, by name").check()
        assert await faults_at_every_width(page) == []
        await press(page, "Save")
        await page.wait_for_selector(".nhsuk-error-summary")
        assert await faults_at_every_width(page) == []


async def test_without_a_script_it_is_logged_too(asked: AskedTeam, address: str, browser: Browser) -> None:
    async with visit(browser, address, java_script_enabled=False) as page:
        await sign_in(page, f"/consultations/new?organisation={asked.organisation_id}")
        await page.get_by_label("A theme").check()
        await page.get_by_label("What they asked").fill(WORDS)
        await press(page, "Save")

    assert [row.kind for row in await asked.rows()] == ["case_anonymous", "theme"]

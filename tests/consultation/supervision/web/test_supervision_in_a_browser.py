"""The two pages of supervision in a real browser: how tall they are, what the first screen has, and nothing broken."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.consultation.supervision.conftest import SupervisedTeam, more_colleagues
from tests.referral.web.test_in_a_browser import visit
from tests.referral.web.test_pages_fit_a_screen import LAPTOP, LOOK, PHONE, WIDE, WIDTH_OF_ARIAL


@pytest.fixture
async def page(team: SupervisedTeam, supervision_address: str, browser: Browser) -> AsyncIterator[Page]:
    await more_colleagues(team, 5)
    async with visit(browser, supervision_address) as page:
        assert abs(await page.evaluate(WIDE) - WIDTH_OF_ARIAL) < 1, "install fonts-liberation: .ci/run says how"
        yield page


async def signs_in(page: Page, name: str) -> None:
    await page.context.clear_cookies()
    await page.goto("/sign-in")
    await page.get_by_role("button", name=re.compile(name)).click()


@pytest.mark.parametrize(
    ("name", "address", "size", "height"),
    [
        ("Priya", "/supervision", LAPTOP, 768),
        ("Priya", "/supervision", PHONE, 1509 * 1.1),
        ("Tom", "/supervision/team", LAPTOP, 768),
        ("Tom", "/supervision/team", PHONE, 1891 * 1.1),
    ],
)
async def test_the_two_pages_fit(page: Page, name: str, address: str, size: tuple[int, int], height: float) -> None:
    await signs_in(page, name)
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(address)
    seen = await page.evaluate(LOOK, ".pairs-table tbody tr")

    assert (seen["broken"], seen["wide"], seen["width"]) == ([], [], size[0])
    assert seen["height"] <= height
    if address == "/supervision/team" and size == LAPTOP:
        assert seen["first"] <= 240
        assert seen["rows"] >= 8

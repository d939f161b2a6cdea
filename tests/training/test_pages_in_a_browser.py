"""The pages of training in a real browser: accessible, as wide as a desk and a phone, as tall as they may be."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page
from sqlalchemy import select

from services.training.accreditation.domain.supervised_case import CaseState
from services.training.contents import SERVICE
from services.training.database.accreditation_tables import supervised_case
from shared.kernel.settings import Settings
from shared.process import create_pages
from shared.testing.axe import faults_at_every_width
from shared.testing.direct_sign_in import direct_sign_in
from shared.testing.page_walk import walked_settings
from shared.testing.served import served_pages
from tests.consultation.supervision.web.test_supervision_in_a_browser import signs_in
from tests.referral.web.test_in_a_browser import visit
from tests.referral.web.test_pages_fit_a_screen import LAPTOP, LOOK, WIDE, WIDTH_OF_ARIAL
from tests.training.conftest import NOW, TOM, TrainedTeam

FIRST_ROW_AT = {
    "/cohorts/{cohort_id}": 240,
    "/coverage": 255,
    "/cohorts": 220,
    "/certificates": 220,
    "/people": 220,
    "/tasks": 220,
}
"""At most, in pixels of a desk’s window."""
BAR = 48
"""One line, with the team’s three services in it."""


@pytest.fixture
async def page(taught: TrainedTeam, browser: Browser) -> AsyncIterator[Page]:
    beside = "Referral=http://127.0.0.1:8001,Consultation=http://127.0.0.1:8002,Training={public_url}"

    def pages(**where: Any) -> tuple[FastAPI, Settings]:
        settings = walked_settings(SERVICE, team_services=beside.format(**where), **where)
        signs_in = direct_sign_in(settings, SERVICE.people)
        return create_pages(SERVICE, settings, taught.engine, lambda: NOW, signs_in=signs_in), settings

    async with served_pages(pages) as address, visit(browser, address) as page:
        await signs_in(page, TOM.name)
        assert abs(await page.evaluate(WIDE) - WIDTH_OF_ARIAL) < 1, "install fonts-liberation: .ci/run says how"
        yield page


async def test_each_page_is_accessible_and_fits_a_desk_and_a_phone(taught: TrainedTeam, page: Page) -> None:
    found: list[str] = []
    for path, addresses in taught.walked.addresses.items():
        for address in addresses:
            await page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
            await page.goto(address)
            if (bar := await page.evaluate("document.querySelector('.pairs-bar')?.offsetHeight ?? 0")) > BAR:
                found.append(f"{address}: the bar is {bar} px tall")
            if limit := FIRST_ROW_AT.get(path):
                first = (await page.evaluate(LOOK, ".pairs-table tbody tr"))["first"]
                found += [f"{address}: begins at {first} px"] if first is None or first > limit else []
            await page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
            found += await faults_at_every_width(page)
            seen: Any = await page.evaluate(LOOK, "main")
            found += [f"{address}: {one} is broken over two lines" for one in seen["broken"]]
    assert not found, "\n".join(found)

    # a supervisor signs a case off by keyboard alone: from the list of tasks to its form, the first choice, and Save
    await page.goto("/tasks")
    await page.locator("main").get_by_role("link", name="A supervised case to sign off").first.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases/*/answer")
    await page.locator("[name=verdict]").first.focus()
    for key in ("Space", "Tab", "Enter"):
        await page.keyboard.press(key)
    await page.wait_for_url("**/accreditations/**")
    async with taught.engine.connect() as connection:
        states = select(supervised_case.c.state).where(supervised_case.c.id == taught.ids["case_id"])
        assert await connection.scalar(states) == CaseState.SIGNED

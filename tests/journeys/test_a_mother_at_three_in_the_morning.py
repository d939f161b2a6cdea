"""She is scared, fills the form on her phone at three in the morning, is called away, and comes back to her words."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, Page, Route, expect
from sqlalchemy import text

from shared.kernel.calendar import moment_words
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.web.served import served
from tests.referral.web.test_in_a_browser import answer, press, visit
from tests.referral.web.visitor import PARENT

AT_NIGHT = datetime(2026, 11, 26, 3, 12, tzinfo=UTC)
ELSEWHERE = "https://www.bbc.co.uk/weather"
STORY = "He shouted again. She cries when he comes in, and I cannot"
SCARED = PARENT | {"due": {"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"}}


async def test_a_mother_in_danger_loses_nothing_and_is_promised_a_time_that_the_team_sees(
    team: ATeam, browser: Browser
) -> None:
    team.now = AT_NIGHT
    async with served(team, alarmed="team_lead") as address, visit(browser, address, 390) as page:
        await page.clock.install()
        await _says_that_there_is_danger(page)
        await _writes_and_is_called_away(page)
        team.now += timedelta(hours=1)
        opened = await _opens_the_phone_again(page)
        await press(opened, "Send")
        await opened.wait_for_url("**/refer/*/sent")
        sent = await opened.locator("main").inner_text()
        assert await faults_at_every_width(opened) == []
        await opened.go_back()
        await expect(opened).to_have_url(re.compile("/sent$"))

    assert "By 10am on Thursday 26 November" in sent
    async with team.engine.connect() as connection:
        (promise,) = (await connection.execute(text("SELECT kind, due_at FROM promise"))).all()
        assert (promise.kind, moment_words(promise.due_at)) == ("danger_said", "26 November 2026, 10:00am")
        assert await connection.scalar(text("SELECT story FROM referral")) == f"{STORY} sleep."


async def test_leave_this_page_shows_the_weather_and_back_shows_no_answer(team: ATeam, browser: Browser) -> None:
    async with served(team) as address, visit(browser, address, 390) as page:
        await page.route("**/refer/leave", _weather)
        for leave in (_presses_the_link, _presses_shift_three_times):
            await page.goto("/refer")
            await press(page, "Start")
            for name in ("who", "danger"):
                await answer(page, PARENT[name])
            await page.locator("#your_name").fill("Olivia Example")
            await leave(page)
            await expect(page.get_by_text("Sunny")).to_be_visible()
            await page.go_back()
            await expect(page).to_have_url(re.compile("/refer$"))
            assert "Carry on" not in await page.locator("main").inner_text()

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral_draft")) == 0


async def _weather(route: Route) -> None:
    """In place of the other site, to which the test has no way."""
    answered = await route.fetch(max_redirects=0)
    assert answered.headers["location"] == ELSEWHERE
    headers = {name: answered.headers[name] for name in ("set-cookie", "clear-site-data")}
    await route.fulfill(status=200, body="Sunny", headers=headers)


async def _presses_the_link(page: Page) -> None:
    await page.get_by_role("link", name="Leave this page").click()


async def _presses_shift_three_times(page: Page) -> None:
    for _ in range(3):
        await page.keyboard.press("Shift")


async def _says_that_there_is_danger(page: Page) -> None:
    await page.goto("/refer")
    await press(page, "Start")
    await answer(page, SCARED["who"])
    await answer(page, {"in_danger": "yes"})
    await page.wait_for_url("**/danger-now")
    assert "one of us will contact you by 10am today" in await page.locator("main").inner_text()
    assert await faults_at_every_width(page) == []
    await page.go_back()
    await expect(page.locator('[name="in_danger"][value="yes"]')).to_be_checked()
    await press(page, "Continue")
    await page.get_by_role("button", name="Carry on with the form").click()


async def _writes_and_is_called_away(page: Page) -> None:
    for name in list(SCARED)[2:-1]:
        await page.wait_for_url(f"**/refer/*/{name}")
        await answer(page, SCARED[name])
    await page.wait_for_url("**/story")
    await page.locator("#story").fill(STORY)
    await page.clock.run_for(2_500)
    await expect(page.locator(".pairs-kept")).to_have_text(re.compile("Kept at .*, not sent yet"))


async def _opens_the_phone_again(page: Page) -> Page:
    """The browser has thrown the page away meanwhile."""
    opened = await page.context.new_page()
    await page.close()
    await opened.goto("/refer")
    await opened.get_by_role("button", name="Carry on with your form").click()
    await expect(opened.locator("#story")).to_have_value(STORY)
    await opened.locator("#story").fill(f"{STORY} sleep.")
    await press(opened, "Continue")
    await opened.wait_for_url("**/check")
    return opened

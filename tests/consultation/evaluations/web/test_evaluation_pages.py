"""The link that is sent to whoever asked, as they and the team see it."""

import re

import httpx
from playwright.async_api import Browser

from shared.testing.axe import faults_at_every_width
from shared.testing.visitor import client_of, hidden_in
from tests.consultation.conftest import AskedTeam
from tests.referral.web.test_in_a_browser import press, visit

LINK = re.compile(r"/helped/[0-9a-f]{64}")
ANSWERS = {"useful": "9", "before": "5", "now": "7"}


async def makes_link(asked: AskedTeam) -> str:
    where = f"/consultations/{asked.consultation_id}/ask"
    page = await asked.priya.get(where)
    made = await asked.priya.post(where, data=hidden_in(page.text), follow_redirects=True)
    found = LINK.search(made.text)
    assert found, made.text
    return found[0]


async def answers(visitor: httpx.AsyncClient, link: str, **changes: str) -> httpx.Response:
    page = await visitor.get(link)
    fields = {**hidden_in(page.text), **ANSWERS, **changes}
    return await visitor.post(link, data=fields)


async def test_whoever_asked_answers_once_without_an_account_and_the_list_says_so(asked: AskedTeam) -> None:
    link = await makes_link(asked)
    async with client_of(asked.walked.app) as visitor:
        for _ in range(2):  # a mail gateway opens it first
            assert "Did the consultation help?" in (await visitor.get(link)).text
        assert "no answer yet" in (await asked.priya.get("/consultations")).text

        sent = await answers(visitor, link)
        again = await visitor.get(link)

    assert sent.headers["location"] == "/helped/thanks"
    assert "Thank you" in again.text
    assert "<b>9</b>" in (await asked.priya.get("/consultations")).text


async def test_what_is_left_out_is_asked_for_and_a_link_that_is_none_says_so(asked: AskedTeam) -> None:
    link = await makes_link(asked)
    async with client_of(asked.walked.app) as visitor:
        missing = await answers(visitor, link, now="")
        unknown = await visitor.get(f"/helped/{'0' * 64}")

    assert "Choose how confident you are now" in missing.text
    assert (unknown.status_code, "This link can no longer be used" in unknown.text) == (404, True)


async def test_the_page_is_right_at_every_width_and_without_a_script(
    asked: AskedTeam, address: str, browser: Browser
) -> None:
    link = await makes_link(asked)
    async with visit(browser, address) as page:
        await page.goto(link)
        assert await faults_at_every_width(page) == []
    async with visit(browser, address, java_script_enabled=False) as page:
        await page.goto(link)
        for name, value in ANSWERS.items():
            await page.locator(f'[name="{name}"][value="{value}"]').check()
        await press(page, "Send my answers")
        assert await page.locator("h1").inner_text() == "Thank you"

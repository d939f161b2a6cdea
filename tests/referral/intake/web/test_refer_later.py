"""Somebody saves the public form and comes back by a link, on another device."""

import re
from datetime import timedelta

from playwright.async_api import Browser
from sqlalchemy import text

from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.web.test_in_a_browser import press, visit
from tests.referral.web.visitor import PROFESSIONAL, Visitor, client_of, pages_of


async def saved(visitor: Visitor, before: str = "story") -> str:
    """The address of the link."""
    await visitor.answers_all(PROFESSIONAL, before=before)
    page = (await visitor.client.post("/refer/save")).text
    found = re.search(r'href="http://127.0.0.1:8000(/refer/come-back/[^"]+)"', page)
    assert found, page
    return found[1]


async def test_another_device_goes_on_where_the_first_stopped_and_sends(team: ATeam, visitor: Visitor) -> None:
    link = await saved(visitor)
    team.now = NOW + timedelta(6)

    async with client_of(pages_of(team)) as client:
        other = Visitor(client)
        shown = await client.get(link)
        answer = await client.post(link)
        open_page = await client.get(answer.headers["location"])
        await other.answers("story", PROFESSIONAL["story"])
        await other.answers("consent", PROFESSIONAL["consent"])
        reference = await other.sends()

    assert "Go on with your form" in shown.text
    assert "Shannon" not in shown.text
    assert open_page.headers["location"] == "/refer/story"
    assert reference
    assert (await visitor.client.get("/refer/check")).status_code == 410


async def test_the_link_goes_to_the_referrers_address(team: ATeam, visitor: Visitor) -> None:
    link = await saved(visitor)

    async with team.engine.connect() as connection:
        row = (await connection.execute(text("SELECT kind, address, link, subject, body FROM message"))).one()

    assert (row.kind, row.address) == ("referral_link", "ola@example.org")
    assert row.link.endswith(link)
    assert "Shannon" not in row.subject + row.body


async def test_without_an_address_the_page_alone_shows_the_link(team: ATeam, visitor: Visitor) -> None:
    await saved(visitor, before="referrer")

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM message")) == 0


async def test_after_a_week_the_link_leads_nowhere(team: ATeam, visitor: Visitor) -> None:
    link = await saved(visitor)
    team.now = NOW + timedelta(7)

    assert (await visitor.client.get(link)).status_code == 410
    assert (await visitor.client.post(link)).status_code == 410


async def test_a_second_link_replaces_the_first_and_a_guessed_one_is_none(visitor: Visitor) -> None:
    first = await saved(visitor)
    await visitor.client.post("/refer/save")

    assert (await visitor.client.get(first)).status_code == 410
    assert (await visitor.client.get("/refer/come-back/guessed")).status_code == 410


async def test_nothing_to_save_is_said_so(visitor: Visitor) -> None:
    assert (await visitor.client.get("/refer/save")).status_code == 410
    assert (await visitor.client.post("/refer/save")).status_code == 410


async def test_axe_finds_nothing(address: str, browser: Browser) -> None:
    async with visit(browser, address) as page:
        await page.goto("/refer")
        await press(page, "Start")
        await page.get_by_role("link", name="Save and come back later").click()
        found = await faults_at_every_width(page)
        await press(page, "Save")
        found += await faults_at_every_width(page)
        await page.locator(".pairs-link a").click()
        found += await faults_at_every_width(page)
        await press(page, "Go on")
        await page.wait_for_url("**/refer/who")

    assert found == []

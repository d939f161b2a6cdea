"""Someone saves the public form and comes back by a link, on another device."""

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser
from sqlalchemy import text

from services.referral.intake.web import refer_later
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.web.test_in_a_browser import press, visit
from tests.referral.web.visitor import PROFESSIONAL, Visitor, client_of, pages_of


async def saved(visitor: Visitor, before: str = "story") -> str:
    """The address of the link."""
    await visitor.answers_all(PROFESSIONAL, before=before)
    await visitor.client.post(f"{visitor.form}/save")
    page = (await visitor.opens("saved")).text
    found = re.search(r'href="http://127.0.0.1:8000(/refer/come-back/[^"]+)"', page)
    assert found, page
    return found[1]


async def test_another_device_goes_on_where_the_first_stopped_and_sends(team: ATeam, visitor: Visitor) -> None:
    link = await saved(visitor)
    team.now = NOW + timedelta(6)

    async with client_of(pages_of(team)) as client:
        other = Visitor(client, visitor.form)
        shown = await client.get(link)
        answer = await client.post(link)
        open_page = await client.get(answer.headers["location"])
        await other.answers("story", PROFESSIONAL["story"])
        await other.answers("professionals", PROFESSIONAL["professionals"])
        reference = await other.sends()

    assert "Carry on with your form" in shown.text
    assert "Shannon" not in shown.text
    assert open_page.headers["location"] == f"{visitor.form}/story"
    assert reference
    assert (await visitor.opens("check")).status_code == 410


MAIL = {"smtp_url": "smtp://127.0.0.1:1", "mail_sender": "team@example.org"}


async def test_the_link_goes_to_the_referrers_address_once_however_often_save_is_pressed(team: ATeam) -> None:
    async with client_of(pages_of(team, **MAIL)) as client:
        visitor = Visitor(client)
        link = await saved(visitor)
        await asyncio.gather(*(client.post(f"{visitor.form}/save") for _ in range(3)))
        assert "We are emailing it to you too" in (await visitor.opens("saved")).text

    async with team.engine.connect() as connection:
        row = (await connection.execute(text("SELECT kind, address, link, subject, body FROM message"))).one()

    assert (row.kind, row.address) == ("referral_link", "ola@example.org")
    assert row.link.endswith(link)
    assert "Shannon" not in row.subject + row.body


async def test_nothing_is_said_about_sending_when_no_mail_leaves(team: ATeam, visitor: Visitor) -> None:
    await saved(visitor)

    for page in ("save", "saved"):
        assert "send it" not in (await visitor.opens(page)).text
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM message")) == 0


async def test_a_script_that_has_links_mailed_to_many_gets_them_shown_and_not_mailed(
    team: ATeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refer_later, "LINKS_PER_HOUR", 1)
    async with client_of(pages_of(team, **MAIL)) as client:
        visitor = Visitor(client)
        await saved(visitor)
        link = await saved(visitor)
        shown = (await visitor.opens("saved")).text

    assert link in shown
    assert "We are sending" not in shown
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM message")) == 1


async def test_without_an_address_the_page_alone_shows_the_link(team: ATeam, visitor: Visitor) -> None:
    await saved(visitor, before="referrer")

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM message")) == 0


async def test_after_a_week_the_link_leads_nowhere(team: ATeam, visitor: Visitor) -> None:
    link = await saved(visitor)
    team.now = NOW + timedelta(7)

    assert (await visitor.client.get(link)).status_code == 410
    assert (await visitor.client.post(link)).status_code == 410


async def test_the_link_is_the_same_however_often_it_is_asked_for_and_a_guessed_one_is_none(visitor: Visitor) -> None:
    link = await saved(visitor)
    await visitor.client.post(f"{visitor.form}/save")

    assert link in (await visitor.opens("saved")).text
    assert (await visitor.client.get(link)).status_code == 200
    assert (await visitor.client.get("/refer/come-back/guessed")).status_code == 410


async def test_nothing_to_save_is_said_so(visitor: Visitor) -> None:
    await visitor.starts()
    visitor.client.cookies.clear()

    assert (await visitor.opens("save")).status_code == 410
    assert (await visitor.client.post(f"{visitor.form}/save")).status_code == 410


async def test_axe_finds_nothing(address: str, browser: Browser) -> None:
    async with visit(browser, address) as page:
        await page.goto("/refer")
        await press(page, "Start")
        await press(page, "Save and come back later")
        found = await faults_at_every_width(page)
        await press(page, "Save")
        found += await faults_at_every_width(page)
        await page.locator(".pairs-link a").click()
        found += await faults_at_every_width(page)
        await press(page, "Continue")
        await page.wait_for_url("**/refer/*/who")

    assert found == []

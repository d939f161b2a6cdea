"""A practitioner's words in a real browser: kept while they are typed, and there again when the session has ended."""

import re
from datetime import timedelta

from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from services.referral.database.contact_tables import contact
from shared.staff.tables import form_draft
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.web.test_in_a_browser import press, sign_in, visit

NOTE = ("Shannon turned to her dad’s voice, and he waited for her. " * 60)[:2999] + "."


async def types(page: Page, field: str, words: str) -> None:
    """And stops for a moment, as someone does who thinks."""
    await page.locator(f"#{field}").fill(words)
    await page.clock.run_for(2_500)
    await expect(page.locator(".pairs-kept")).to_have_text(re.compile("Kept at"))


async def test_three_thousand_characters_outlive_the_end_of_the_session(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_family(team)
    async with visit(browser, address) as page:
        await page.clock.install()
        await page.set_viewport_size({"width": 390, "height": 844})
        await sign_in(page, f"/families/{family.family_id}/sessions/new")
        await types(page, "note", NOTE[:1500])
        await page.reload()
        await expect(page.locator("#note")).to_have_value(NOTE[:1500])
        await page.locator("#note").fill(NOTE)
        team.now += timedelta(minutes=31)

        await press(page, "Save")
        await expect(page.get_by_text("What you typed is kept.")).to_be_visible()
        await page.get_by_role("button", name="Sign in as Priya Sample").click()

        await expect(page.locator("#note")).to_have_value(NOTE)
        await expect(page.get_by_text("It is not saved yet.")).to_be_visible()
        assert await faults_at_every_width(page) == []
        await page.get_by_label("Attended", exact=True).check()
        await press(page, "Save")
        await page.wait_for_url(re.compile("/sessions\\?done="))
        await page.go_back()
        await expect(page).to_have_url(re.compile("/sessions\\?done="))  # not an empty form that could be sent again

    async with team.engine.connect() as connection:
        assert (await connection.scalars(select(contact.c.note))).all() == [NOTE]
        assert (await connection.scalars(select(form_draft.c.id))).all() == []


async def test_what_is_typed_stays_on_the_page_when_save_is_pressed_without_a_connection(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_family(team)
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{family.family_id}/sessions/new")
        await page.get_by_label("Attended", exact=True).check()
        await page.locator("#note").fill(NOTE)
        where = page.url
        await page.context.set_offline(True)
        await press(page, "Save")

        await expect(page.locator(".pairs-kept")).to_contain_text("Not saved: there is no connection.")
        await expect(page.locator("#note")).to_have_value(NOTE)
        assert page.url.partition("?")[0] == where.partition("?")[0]
        await page.context.set_offline(False)
        await page.wait_for_timeout(1_100)  # until then a second press is taken for a double click
        await press(page, "Save")
        await page.wait_for_url(re.compile("/sessions\\?done="))

    async with team.engine.connect() as connection:
        assert (await connection.scalars(select(contact.c.note))).all() == [NOTE]


async def test_a_dialogue_comes_two_minutes_before_the_session_ends(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_family(team)
    async with visit(browser, address) as page:
        await page.clock.install()
        await sign_in(page, f"/families/{family.family_id}/risk-notes")
        warning, ended = page.locator("#pairs-session-warning"), page.locator("#pairs-session-ended")
        team.now += timedelta(minutes=28)
        await page.clock.run_for(28 * 60_000)

        await expect(warning).to_be_visible()
        assert await faults_at_every_width(page) == []
        await warning.get_by_role("button", name="Stay signed in").click()
        await expect(warning).to_be_hidden()

        team.now += timedelta(minutes=31)
        await page.clock.run_for(31 * 60_000)
        await expect(ended).to_be_visible()
        assert await faults_at_every_width(page) == []
        await ended.get_by_role("link", name="Sign in again").click()
        await page.get_by_role("button", name="Sign in as Priya Sample").click()
        await expect(page).to_have_url(f"{address}/families/{family.family_id}/risk-notes")


async def test_two_tabs_of_one_form_are_two_notes_and_a_copied_tab_makes_one_of_its_own(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_family(team)
    form = f"{address}/families/{family.family_id}/sessions/new"
    async with visit(browser, address) as page:
        await page.clock.install()
        await sign_in(page, f"/families/{family.family_id}/sessions/new")
        await types(page, "note", "The first tab.")
        other, copied = await page.context.new_page(), await page.context.new_page()
        for tab, where in ((other, form), (copied, page.url)):
            await tab.clock.install()
            await tab.goto(where)
        await expect(other.get_by_text("You began this form before")).to_be_visible()
        await types(other, "note", "The second tab.")
        await types(copied, "note", "The copied tab.")
        await page.locator("#note").fill("The first tab goes on.")
        for status in (409, 204):  # what the copied tab kept is newer: this one is a form of its own from here on
            async with page.expect_response(lambda answer, status=status: answer.status == status):
                await page.clock.run_for(2_500)

        await expect(page.locator("#note")).to_have_value("The first tab goes on.")
        for tab, words in ((page, "The first tab goes on."), (other, "The second tab."), (copied, "The copied tab.")):
            await expect(tab.locator(".pairs-kept")).to_have_text(re.compile("Kept at"))
            await tab.reload()
            await expect(tab.locator("#note")).to_have_value(words)

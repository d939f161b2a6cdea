"""What a visit costs in clicks, keys and seconds, and that its pages are for everyone: wide, narrow, printed."""

import re
import time
from datetime import timedelta

from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from services.referral.database.contact_tables import contact
from services.referral.database.measure_tables import measure_administration
from shared.staff.colleagues import Colleagues
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.web.test_in_a_browser import press, sign_in, visit
from tests.referral.web.visitor import PRACTITIONER

THREE_LINES = "We went slowly.\nLeonie put Shannon on the mat and lay down beside.\nNext week we look at the video."


class Hand:
    """Clicks and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0
        self.began = time.monotonic()

    async def clicks_on(self, name: str, role: str = "link") -> None:
        await self.page.get_by_role(role, name=re.compile(name)).first.click()  # pyright: ignore[reportArgumentType]
        self.clicks += 1

    async def presses_key(self, key: str) -> None:
        await self.page.keyboard.press(key)
        self.keys += 1

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


async def a_visit_today(team: ATeam) -> AFamily:
    family = await a_family(team)
    async with team.begin(family.practitioner) as work:
        await Colleagues(work.session).remember(PRACTITIONER.id, PRACTITIONER.name, PRACTITIONER.roles)
    await family.books(NOW + timedelta(hours=1), practitioner_id=PRACTITIONER.id)
    return family


async def test_a_booked_visit_is_recorded_in_two_clicks_from_my_day_with_three_lines_in_a_minute(
    address: str, browser: Browser, team: ATeam
) -> None:
    await a_visit_today(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/my-day")
        hand = Hand(page)
        await hand.clicks_on("Record")
        await page.get_by_label("Note", exact=True).press_sequentially(THREE_LINES, delay=5)
        await hand.clicks_on("^Save$", "button")
        await page.wait_for_url("**/sessions?done=recorded")

    assert hand.clicks == 2
    assert hand.seconds < 60
    async with team.engine.connect() as connection:
        assert (await connection.scalars(select(contact.c.note))).all() == [THREE_LINES]


async def test_ten_keys_answer_the_epds_beside_the_note(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_visit_today(team)
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{family.family_id}/sessions/new")
        await page.get_by_label("Attended", exact=True).check()
        person = page.locator("select[name=person_id]")
        if await person.count():
            await person.select_option(str(family.leonie))
        hand = Hand(page)
        await page.locator("#item_1").focus()
        for key in "1212121211":
            await hand.presses_key(key)
        await press(page, "Save")
        await page.wait_for_url(re.compile("/tasks/|/sessions\\?done="))

    assert hand.keys == 10
    assert hand.seconds < 20
    async with team.engine.connect() as connection:
        (answers,) = (await connection.scalars(select(measure_administration.c.answers))).all()
    assert [answers[str(number)] for number in range(1, 11)] == [1, 2, 1, 2, 1, 2, 1, 2, 1, 1]


async def test_the_bar_that_saves_is_always_in_sight_and_says_what_was_kept(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_visit_today(team)
    async with visit(browser, address, 1366) as page:
        await page.set_viewport_size({"width": 1366, "height": 768})
        await page.clock.install()
        await sign_in(page, f"/families/{family.family_id}/sessions/new")
        save = page.get_by_role("button", name="Save", exact=True)
        await expect(save).to_be_in_viewport()
        grid = await page.locator(".pairs-items").bounding_box()
        await page.locator("#note").fill("We sang.")
        await page.clock.run_for(2_500)
        await expect(page.locator(".pairs-save .pairs-kept")).to_have_text(re.compile("Kept at"))
        height = await page.evaluate("document.documentElement.scrollHeight")
        await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        await expect(save).to_be_in_viewport()

    assert height <= 1000
    assert grid is not None
    assert grid["height"] <= 460


async def test_the_pages_of_a_visit_are_for_everybody(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_visit_today(team)
    await family.has(family.session(note=THREE_LINES, infant_voice="She smiled."))
    root = f"/families/{family.family_id}"
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/diary")
        for path in (
            "/diary?whose=team",
            "/diary?span=week&whose=team",
            f"{root}/sessions/new",
            f"{root}/appointments/new?usual=yes",
        ):
            await page.goto(path)
            found += await faults_at_every_width(page)

    assert found == []


async def test_the_print_pack_has_a_sheet_for_each_family_and_no_address_of_a_link(
    address: str, browser: Browser, team: ATeam
) -> None:
    await a_visit_today(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/diary/print-pack")
        await page.emulate_media(media="print")
        shown = await page.locator("main").inner_text()
        after = await page.evaluate("getComputedStyle(document.querySelector('.pairs-pack')).breakAfter")

    assert "Shannon Example" in shown
    assert "/families/" not in shown
    assert after in {"page", "auto"}

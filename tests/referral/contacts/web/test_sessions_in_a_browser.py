"""The pages of sessions, appointments, conversations and groups in a real browser: narrow, wide, empty, full, wrong."""

from collections.abc import Sequence
from datetime import timedelta

from playwright.async_api import Browser, Page
from sqlalchemy import func, insert, select

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import access_need
from services.referral.database.liaison_tables import risk_note
from shared.contracts.pathway_codes import Attendance
from shared.kernel.identifiers import new_id
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.groups.builders import a_group
from tests.referral.web.test_in_a_browser import press, sign_in, visit


async def faults_of(page: Page, paths: Sequence[str]) -> list[str]:
    found: list[str] = []
    for path in paths:
        await page.goto(path)
        found += await faults_at_every_width(page)
    return found


async def faults_after(page: Page, path: str, button: str, *, without: str = "") -> list[str]:
    """What axe finds once the form was sent as it is, or without what it suggests in one field."""
    await page.goto(path)
    if without:
        await page.locator(f"#{without}").fill("")
    await press(page, button)
    assert await page.locator(".nhsuk-error-summary").count() == 1
    for link in await page.locator(".nhsuk-error-summary a").all():
        target = await link.get_attribute("href")
        assert target is not None
        assert await page.locator(target).count() == 1, target
    return await faults_at_every_width(page)


async def test_wrong_forms(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}"
    async with visit(browser, address) as page:
        await sign_in(page, f"{root}/sessions")
        found = await faults_after(page, f"{root}/sessions/new", "Save", without="minutes")
        found += await faults_after(page, f"{root}/appointments/new", "Book an appointment")
        found += await faults_after(page, f"{root}/liaison/new", "Save")
        found += await faults_after(page, f"{root}/risk-notes", "Note the risk")
        found += await faults_after(page, "/groups/new", "Save")

    assert found == []


async def test_full_pages(address: str, browser: Browser, team: ATeam) -> None:
    group = await a_group(team)
    (family,) = group.families
    async with team.engine.begin() as connection:
        need = {"id": new_id(), "version": 1, "person_id": family.leonie, "asked_on": TODAY}
        await connection.execute(insert(access_need).values(**need, interpreter_language="pol"))
    booked = await family.books(NOW + timedelta(days=1), interpreter=Interpreter.BOOKED)
    held = await family.has(family.session(interpreter=Interpreter.USED, note="We sang.", infant_voice="She smiled."))
    for _ in range(30):
        await family.has(family.missed())
    await group.adds(family)
    await group.meets(group.session(family.leonie))
    root = f"/families/{family.family_id}"
    async with visit(browser, address) as page:
        await sign_in(page, f"{root}/sessions")
        found = await faults_of(
            page,
            [
                f"{root}/sessions?page=2",
                f"{root}/sessions/{booked}",
                f"{root}/sessions/{held}",
                f"{root}/sessions/new?appointment={booked}",
                f"/groups/{group.id}",
            ],
        )
        found += await faults_after(page, f"/groups/{group.id}/sessions/new", "Save")
        found += await faults_after(page, f"/groups/{group.id}/join?whose=team", "Add to group")

    assert found == []


async def test_a_session_takes_four_clicks_from_the_caseload(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_family(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/caseload?whose=team")
        await page.get_by_role("link", name="Shannon Example", exact=True).click()
        await page.get_by_role("link", name="Record session").click()
        await page.get_by_label("Attended", exact=True).check()
        await press(page, "Save")
        told = await page.get_by_role("alert").inner_text()

    async with team.engine.connect() as connection:
        (stored,) = (await connection.execute(select(contact.c.id))).all()
    details = (await family.stored(stored.id)).details
    assert "The session is saved." in told
    assert (details.minutes, details.attendance) == (60, Attendance.ATTENDED)
    assert details.people == {family.leonie, family.shannon}


async def test_a_measure_takes_three_clicks_from_the_caseload(address: str, browser: Browser, team: ATeam) -> None:
    await a_family(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/caseload?whose=team")
        await page.get_by_role("link", name="Shannon Example", exact=True).click()
        await page.get_by_role("link", name="GAD-7").click()
        await page.get_by_label("Parent or carer").select_option(label="Leonie Example")
        for place in range(1, 8):
            await page.locator(f"[name='item_{place}'][value='1']").check()
        await press(page, "Save")
        told = await page.get_by_role("alert").inner_text()

    assert "The measure is saved." in told


async def test_a_note_that_was_corrected_after_back_is_not_taken_for_the_first(
    address: str, browser: Browser, team: ATeam
) -> None:
    family = await a_family(team)
    path = f"/families/{family.family_id}/risk-notes"
    async with visit(browser, address) as page:
        await sign_in(page, path)
        await _notes(page, "A bruise.")
        await page.go_back()
        await _notes(page, "A bruise on the left arm.")
        both = await page.locator("main").inner_text()
        stored = await family_notes(team)
        found = await faults_at_every_width(page)
        await press(page, "Save this too")
        await page.wait_for_url("**/tasks/**")

    assert "You sent this form before" in both
    assert both.index("A bruise.") < both.index("A bruise on the left arm.")
    assert (stored, await family_notes(team)) == (1, 2)
    assert found == []


async def _notes(page: Page, concern: str) -> None:
    await page.locator("#concern").fill(concern)
    await page.locator("#action").fill("Rang the duty social worker.")
    await page.locator("#told").fill("The team lead.")
    await press(page, "Note the risk")
    await page.wait_for_load_state()


async def family_notes(team: ATeam) -> int:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(risk_note)) or 0

"""The record is written without scripts, and by the keyboard alone."""

from playwright.async_api import Browser, Page
from sqlalchemy import select

from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.database.clinical_tables import assessment
from services.referral.database.contact_tables import contact
from shared.contracts.pathway_codes import Attendance
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.web.test_in_a_browser import press, sign_in, visit

MOST_TABS = 80
FILLING = (
    ("Attended", ["Space"]),
    ("Minutes, if seen", ["Control+A", "4", "5"]),
    ("More: type, practitioner, what you did", ["Enter"]),
    ("Hearing the family's story", ["Space"]),
    ("Save", ["Space"]),
)
"""Where to go by Tab, and the keys that are pressed there."""

WHAT = """() => {
  const one = document.activeElement, said = one.labels && one.labels.length ? one.labels[0] : one;
  const key = said.querySelector('.pairs-key-hint')?.innerText ?? '';
  return (said.innerText || '').trim().slice(0, -key.length || undefined).trim();
}"""


async def tabs_to(page: Page, words: str) -> None:
    """Tab by tab, until what has the focus is called so."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate(WHAT) == words:
            return
    raise AssertionError(f"Tab does not lead to {words!r} on {page.url}")


async def the_session(family: AFamily) -> ContactDetails:
    async with family.team.engine.connect() as connection:
        (stored,) = (await connection.execute(select(contact.c.id))).all()
    return (await family.stored(stored.id)).details


async def test_a_session_and_an_assessment_without_scripts(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_family(team)
    root = f"/families/{family.family_id}"
    async with visit(browser, address, java_script_enabled=False) as page:
        await sign_in(page, root)
        await page.get_by_role("link", name="Record session").click()
        await page.get_by_label("Attended", exact=True).check()
        await page.locator("summary", has_text="More: type").click()
        await page.get_by_label("Hearing the family's story").check()
        await page.get_by_label("What the baby showed").fill("She turned to the voice.")
        await press(page, "Save")
        session = await page.get_by_role("alert").inner_text()
        await page.goto(f"{root}/plan/assessment")
        for area in await page.locator("main textarea").all():
            await area.fill("Leonie told us.")
        reason = page.locator("[name='without_baseline']")
        if await reason.first.get_attribute("type") == "radio":
            await reason.first.check()
        else:
            await reason.select_option(index=1)
        await page.locator("main form button:not([name])").last.click()
        await page.wait_for_url("**/plan?done=assessment")

    details = await the_session(family)
    assert "The session is saved." in session
    assert (details.infant_voice, [one.value for one in details.elements]) == ("She turned to the voice.", ["story"])
    async with team.engine.connect() as connection:
        assert len((await connection.execute(select(assessment))).all()) == 1


async def test_a_session_by_the_keyboard_alone(address: str, browser: Browser, team: ATeam) -> None:
    family = await a_family(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/caseload?whose=team")
        await page.goto("/caseload?whose=team")
        await page.keyboard.press("Tab")
        first = await page.evaluate(WHAT)
        await page.keyboard.press("Enter")
        skipped_to = await page.evaluate("location.hash")
        for words, then in (
            ("Shannon Example", f"**/families/{family.family_id}"),
            ("Record session", "**/sessions/new"),
        ):
            await tabs_to(page, words)
            await page.keyboard.press("Enter")
            await page.wait_for_url(then)
        for words, keys in FILLING:
            await tabs_to(page, words)
            for key in keys:
                await page.keyboard.press(key)
        await page.wait_for_url("**/sessions?done=recorded")

    details = await the_session(family)
    assert (first, skipped_to) == ("Skip to main content", "#maincontent")
    assert (details.minutes, details.attendance) == (45, Attendance.ATTENDED)
    assert [one.value for one in details.elements] == ["story"]

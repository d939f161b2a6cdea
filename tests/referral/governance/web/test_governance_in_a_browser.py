"""The pages of record keeping in a real browser: wide and narrow, empty, full and after an error."""

import re
from uuid import UUID

from playwright.async_api import Browser, Page
from sqlalchemy import text

from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.domain.retention import HoldReason
from shared.staff.earlier_versions import keep_earlier_version
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, OTHER, restrict
from tests.referral.governance.test_propose_destruction import an_old_family, propose
from tests.referral.governance.test_request_subject_access import ask, people_of
from tests.referral.web.test_in_a_browser import press, sign_in, visit
from tests.referral.web.visitor import LEAD as LEAD_PERSON

EMPTY = (
    "/record-keeping",
    "/audit",
    "/audit?reference=TEA-2026-999999",
    "/audit?from_on=yesterday",
    "/audit/check",
    "/break-glass",
    "/break-glass?every=yes",
    "/subject-access",
    "/subject-access?closed=yes",
    "/retention",
    "/extract",
)


async def sign_in_lead(page: Page, path: str) -> None:
    await page.goto(path)
    await page.get_by_role("button", name=re.compile(LEAD_PERSON.name)).click()
    await page.wait_for_url(f"**{path}")


async def visited(page: Page, *paths: str) -> list[str]:
    found: list[str] = []
    for path in paths:
        await page.goto(path)
        found += await faults_at_every_width(page)
    return found


async def after_an_error(page: Page, path: str, button: str) -> list[str]:
    await page.goto(path)
    await press(page, button)
    await page.wait_for_selector(".nhsuk-error-summary")
    return await faults_at_every_width(page)


async def test_a_familys_record_pages_are_accessible_after_an_error(
    team: ATeam, address: str, browser: Browser
) -> None:
    family_id = await a_full_family(team)
    root = f"/families/{family_id}"
    async with team.begin(LEAD) as work:
        subject = (await people_of(team, family_id))["Shannon Example"]
        assert work.now
    request = f"{root}/subject-access/{await ask(team, family_id, subject)}"
    async with visit(browser, address) as page:
        await sign_in_lead(page, "/subject-access")
        found = await after_an_error(page, f"{root}/holds/new", "Place the hold")
        found += await after_an_error(page, f"{root}/subject-access", "Record the request")
        found += await after_an_error(page, request, "Save the decision")
        found += await after_an_error(page, request, "End the request")
        found += await after_an_error(page, request, "Extend the request")
        found += await after_an_error(page, f"{root}/restriction", "Restrict the record")

    assert found == []


async def test_a_restricted_record_is_opened_and_reviewed_on_accessible_pages(
    team: ATeam, address: str, browser: Browser
) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    async with team.begin(OTHER) as work:
        opening = await break_glass(BreakGlass(family_id, "The midwife rang about today."), work)
    root = f"/families/{family_id}"
    async with visit(browser, address) as page:
        await sign_in(page, root)
        found = await faults_at_every_width(page)
        found += await after_an_error(page, root, "Open the record for 60 minutes")
        await page.get_by_label("Why do you need to see this record now?").fill("The midwife rang about today.")
        await press(page, "Open the record for 60 minutes")
        await page.wait_for_url(f"**{root}")
    async with visit(browser, address) as page:
        await sign_in_lead(page, "/break-glass")
        found += await after_an_error(page, f"/break-glass/{opening}", "Save the review")
        await page.get_by_label("It was right to open the record").check()
        await page.get_by_label("What you found, and what was done about it").fill("It was right: I rang her.")
        await press(page, "Save the review")
        await page.wait_for_url("**/break-glass?done=reviewed")
        found += await faults_at_every_width(page)
        found += await visited(page, "/break-glass?every=yes", f"/break-glass/{opening}")

    assert found == []


async def test_the_pages_of_the_end_of_a_record_are_accessible(team: ATeam, address: str, browser: Browser) -> None:
    family_id = await an_old_family(team)
    root = f"/families/{family_id}"
    async with visit(browser, address) as page:
        await sign_in_lead(page, "/retention")
        found = await after_an_error(page, f"{root}/destruction", "Propose it")
        proposal = await propose(team, family_id)
        found += await after_an_error(page, f"/retention/{proposal}", "Save the decision")
        await page.get_by_label("Destroy the record: nothing brings it back").check()
        await press(page, "Save the decision")
        await page.wait_for_url("**/retention?done=destroy")
        found += await faults_at_every_width(page)

    assert found == []


async def a_full_family(team: ATeam) -> UUID:
    """With a hold, and a record that was corrected."""
    family = await team.accepts()
    async with team.begin(LEAD) as work:
        await place_hold(PlaceHold(family.family_id, HoldReason.INQUIRY, "The 2026 inquiry."), work)
        content = {"note": "A first note.", "elements": ["vig"], "attended": True}
        await keep_earlier_version(work, "contact", family.episode_id, 1, content)
        await work.session.execute(text("UPDATE episode SET ended_on = '2026-03-02', ending = 'completed'"))
    return family.family_id

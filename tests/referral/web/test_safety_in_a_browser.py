"""The pages about safety and endings, as a browser draws them: at 1200 and 320 pixels, and by axe."""

from playwright.async_api import Browser

from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.contacts.test_note_risk import note
from tests.referral.groups.builders import a_group
from tests.referral.people.builders import does
from tests.referral.people.test_add_safety_flag import FLAG
from tests.referral.web.test_in_a_browser import sign_in, visit
from tests.referral.worklists.builders import a_task


async def test_alarms_endings_and_answers_can_be_read_by_everybody(team: ATeam, address: str, browser: Browser) -> None:
    group = await a_group(team)
    (family,) = group.families
    place_id = await group.adds(family)
    await note(family)
    task_id = await a_task(team, family.family_id)
    await does(team, add_safety_flag, AddSafetyFlag(family.family_id, FLAG))
    referral_id = (await team.receives(in_danger=True)).referral_id
    pages = [
        f"/families/{family.family_id}",
        f"/families/{family.family_id}/discharge",
        f"/groups/{group.id}",
        f"/groups/{group.id}/places/{place_id}/leave",
        f"/tasks/{task_id}?then=/my-day",
        f"/referrals/{referral_id}",
        f"/referrals/{referral_id}/danger",
    ]
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, pages[0])
        for path in pages:
            await page.goto(path)
            assert "said that someone is in danger" in await page.locator(".pairs-alarm").inner_text()
            found += await faults_at_every_width(page)

    assert found == []

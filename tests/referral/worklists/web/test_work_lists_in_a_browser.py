"""The work lists in a real browser: wide, narrow, empty, full, after an error, without scripts, by keyboard."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.restriction import RestrictionReason
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.web.test_in_a_browser import press, sign_in, visit
from tests.referral.web.visitor import PRACTITIONER
from tests.referral.worklists.builders import a_colleague, a_family, a_settled_family, a_task, an_appointment

ME = Actor(PRACTITIONER.id, PRACTITIONER.roles)
LISTS = ("/my-day", "/caseload", "/waiting", "/reviews", "/tasks", "/missing-outcomes", "/team", "/search")


async def a_full_team(team: ATeam) -> str:
    """Two pages of each list, with everything that is shown in a special way; gives the address of a task."""
    me = await a_colleague(team, PRACTITIONER.name, ME)
    met = {"first_contact_on": TODAY - timedelta(30), "last_contact_on": TODAY - timedelta(30)}
    families = [
        await a_family(team, days_ago=40 - number, lead_id=me, review_on=TODAY - timedelta(20 - number), **met)
        for number in range(26)
    ]
    await a_settled_family(team, lead_id=me)
    kinds = list(TaskKind)
    tasks = [
        await a_task(team, family, kinds[n % len(kinds)], detail="More words.") for n, family in enumerate(families)
    ]
    await an_appointment(team, families[0], me, NOW, interpreter="Polish")
    await an_appointment(team, families[1], me, NOW + timedelta(hours=2), attendance="attended", minutes=50)
    await an_appointment(team, families[2], me, NOW - timedelta(3))
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        reason = RestrictionReason.DOMESTIC_ABUSE
        await restrict_family(RestrictFamily(families[3], reason, "He must not learn where they are."), work)
    return f"/tasks/{tasks[0]}"


async def test_the_lists_are_accessible_when_something_was_chosen_and_after_an_error(
    team: ATeam, address: str, browser: Browser
) -> None:
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/my-day")
        task = await a_full_team(team)
        for path in ("/caseload?whose=team&page=2", "/tasks?done=answered", "/caseload?need=safety", task):
            await page.goto(path)
            found += await faults_at_every_width(page)
        await press(page, "Save")
        await page.wait_for_selector(".nhsuk-error-summary")
        found += await faults_at_every_width(page)
        await page.get_by_role("textbox", name="What you did").fill("Rang Leonie today.")
        await press(page, "Save")
        await page.goto(task)
        found += await faults_at_every_width(page)
        for text in ("", "shannon", "nobody at all", "999 000 0018"):
            await page.goto("/search")
            await page.get_by_label("NHS number, reference or name").fill(text)
            await press(page, "Search")
            await page.wait_for_load_state()
            found += await faults_at_every_width(page)

    assert found == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_who_needs_the_team_next_is_a_click_away(
    team: ATeam, address: str, browser: Browser, *, scripts: bool
) -> None:
    await a_settled_family(team)
    family_id = await a_family(team, review_on=TODAY - timedelta(3), lead_id=await a_colleague(team, "Priya", ME))
    async with visit(browser, address, java_script_enabled=scripts) as page:
        await sign_in(page, "/caseload")
        mine = await page.locator("tbody tr").all_inner_texts()
        await page.get_by_label("Families", exact=True).select_option("team")
        await press(page, "Apply")
        teams = await page.locator("tbody tr").all_inner_texts()
        await page.locator("tbody a").first.click()
        await page.wait_for_url(f"**/families/{family_id}")

    assert len(mine) == 1
    assert "Record review" in mine[0]
    assert len(teams) == 2
    assert "Record review" in teams[0]


async def test_a_family_is_found_from_my_day_by_keyboard_alone(team: ATeam, address: str, browser: Browser) -> None:
    family_id = await a_family(team)
    async with visit(browser, address) as page:
        await sign_in(page, "/my-day")
        await page.get_by_label("Find a family").focus()
        await page.keyboard.type("shannon")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/search?draft=*")
        match = page.get_by_role("link", name="Shannon Example", exact=True)
        await match.focus()
        shown = await page.locator("main").inner_text()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/families/{family_id}")

    assert "Born 20 October 2025" in shown
    assert "999 000 0018" in shown

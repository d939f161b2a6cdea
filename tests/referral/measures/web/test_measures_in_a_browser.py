"""Measures in a real browser: a practitioner at a desk and a parent with a telephone, with and without scripts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from services.referral.measures.commands.withdraw_measure import WithdrawMeasure, withdraw_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.packs.measures import MEASURES
from shared.kernel.identifiers import new_id
from shared.testing.axe import NARROW, faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.measures.builders import PRACTITIONER, TheFamily, an_entry, enters, phq9, stored, the_family
from tests.referral.measures.test_request_measure import asks
from tests.referral.web.test_in_a_browser import press, sign_in, visit


def root_of(family: TheFamily) -> str:
    return f"/families/{family.family_id}/measures"


async def some_measures(team: ATeam) -> TheFamily:
    """Two PHQ-9 by Leonie, one by Dan, a KPCS, one that was taken out, an observation, and a link."""
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16, self_harm=1)))
    await enters(team, family, an_entry("KPCS", family.leonie_with_shannon, {str(n): 2 for n in range(1, 16)}))
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.dan), phq9(3)))
    await enters(team, family, an_entry("NBO", family.leonie_with_shannon, {}, note="Shannon turned."))
    async with team.begin(PRACTITIONER) as work:
        await withdraw_measure(WithdrawMeasure(new_id(), mistake, "Another family's form.", None), work)
    team.now += timedelta(days=60)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(60)))
    await enters(team, family, an_entry("HADS", Subject(family.dan), {"A": 7}, on=TODAY + timedelta(60)))
    await asks(team, family)
    return family


async def tick(page: Page, answers: dict[str, int]) -> None:
    for item, value in answers.items():
        await page.locator(f'[name="item_{item}"][value="{value}"]').check()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_measure_is_entered_and_its_change_seen_at_once(
    team: ATeam, address: str, browser: Browser, *, scripts: bool
) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    team.now += timedelta(days=60)

    async with visit(browser, address, java_script_enabled=scripts) as page:
        await sign_in(page, root_of(family))
        await page.get_by_role("link", name=re.compile("^Enter again")).click()
        await tick(page, {str(n): 1 for n in range(1, 10)})
        await press(page, "Save")
        alarm = await page.locator("h1").inner_text()
        await page.get_by_role("link", name="go on to it").click()
        words = await page.locator("main").inner_text()

    assert "Speak with the family today" in alarm
    assert "The measure is saved." in words
    assert "From 16 to 9 since 2 March 2026: reliable improvement" in words
    assert "Answer now" in words


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_parent_answers_on_a_telephone(team: ATeam, address: str, browser: Browser, *, scripts: bool) -> None:
    token = await asks(team, await the_family(team))

    async with visit(browser, address, NARROW, java_script_enabled=scripts) as page:
        await page.goto(f"/m/{token}")
        await press(page, "Send my answers")
        empty = await page.locator(".nhsuk-error-summary").inner_text()
        await tick(page, {str(n): 2 for n in range(1, 11)})
        await press(page, "Send my answers")
        thanks = await page.locator("h1").inner_text()

    assert "Enter at least one answer" in empty
    assert thanks == "Thank you"
    assert len(await stored(team)) == 1


async def test_the_pages_of_measures_have_no_fault(team: ATeam, address: str, browser: Browser) -> None:
    empty, family = await the_family(team), await some_measures(team)
    rows: list[Any] = await stored(team)
    found: list[str] = []

    async with visit(browser, address) as page:
        await sign_in(page, root_of(empty))
        entered = [f"{root_of(family)}/{row.id}" for row in rows]
        alike = {(one.entry, one.input_kind): code for code, one in MEASURES.items() if not one.per_goal}
        forms = [f"{root_of(family)}/new?measure={code}" for code in alike.values()]
        other = [f"{root_of(family)}?measure=PHQ9", f"{root_of(family)}?measure=NONE"]
        for path in (*other, *entered, *forms):
            await page.goto(path)
            found += await faults_at_every_width(page)

    assert found == []


async def test_the_pages_after_an_error_have_no_fault(team: ATeam, address: str, browser: Browser) -> None:
    family = await the_family(team)
    token = await asks(team, family)
    found: list[str] = []

    async with visit(browser, address) as page:
        await sign_in(page, root_of(family))
        for end, button in (
            ("/new?measure=KPCS", "Save"),
            ("/new?measure=ASQSE2", "Save"),
            ("/skip?measure=PBQ", "Save the reason"),
            ("/link?measure=OWN", "Make the link"),
        ):
            await page.goto(root_of(family) + end)
            await press(page, button)
            assert await page.locator(".nhsuk-error-summary").count() == 1
            found += await faults_at_every_width(page)
        await page.get_by_label("Parent or carer").select_option(str(family.leonie))
        await page.get_by_label("Start").check()
        await press(page, "Make the link")
        found += await faults_at_every_width(page)
        for path in (f"/m/{token}", "/m/nothing"):
            await page.goto(path)
            found += await faults_at_every_width(page)
        await page.goto(f"/m/{token}")
        await press(page, "Send my answers")
        found += await faults_at_every_width(page)

    assert found == []

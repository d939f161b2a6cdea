"""A health visitor, a parent and a practitioner in a real browser: with and without scripts, wide and narrow."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from services.referral.people.domain.people import NoOtherCaregiver
from services.referral.people.domain.subject import Baby, Unborn
from shared.testing.axe import WIDE, faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.web.visitor import PARENT, PRACTITIONER, PROFESSIONAL, Answers

MAY_BE_EMPTY = {"nhs-number", "parent-contact"}


@asynccontextmanager
async def visit(browser: Browser, address: str, width: int = WIDE, **options: Any) -> AsyncGenerator[Page]:
    context = await browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **options)
    yield await context.new_page()
    await context.close()


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def answer(page: Page, fields: Mapping[str, str | list[str]]) -> None:
    """Fill the inputs of the page and go on."""
    for name, value in fields.items():
        inputs = page.locator(f'[name="{name}"]')
        if await inputs.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                await page.locator(f'[name="{name}"][value="{one}"]').check()
        else:
            await inputs.fill(str(value))
    await press(page, "Continue")


async def refer(page: Page, answers: Answers) -> None:
    """From the start page to the check page."""
    await page.goto("/refer")
    await press(page, "Start")
    for name, fields in answers.items():
        await page.wait_for_url(f"**/refer/*/{name}")
        await answer(page, fields)
    await page.wait_for_url("**/refer/*/check")


async def sign_in(page: Page, path: str) -> None:
    await page.goto(path)
    await page.get_by_role("button", name=re.compile(PRACTITIONER.name)).click()
    await page.wait_for_url(f"**{path}")


async def _opens_more(page: Page, name: str) -> None:
    """One of the links of a family's page that are not pressed every day."""
    await page.locator(".pairs-menu > summary").click()
    await page.get_by_role("link", name=name).click()


async def _begin_risk_support(page: Page) -> str:
    """On the page of the family's support; gives what the banner says afterwards."""
    await page.get_by_label("Risk support", exact=True).check()
    await page.get_by_label("Reason").select_option("new_risk")
    await page.get_by_label("Not yet").check()
    for part, value in (("day", "13"), ("month", "4"), ("year", "2026")):
        await page.locator(f"#review_on-{part}").fill(value)
    await press(page, "Save")
    return await page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_health_visitors_referral_is_accepted_and_moved(
    address: str, browser: Browser, *, scripts: bool
) -> None:
    async with visit(browser, address, java_script_enabled=scripts) as page:
        await refer(page, PROFESSIONAL)
        await press(page, "Send")
        await page.wait_for_url("**/refer/*/sent")
        reference = await page.locator(".nhsuk-panel strong").inner_text()

        await sign_in(page, "/triage")
        await page.get_by_role("link", name="Shannon Example", exact=True).click()
        await page.get_by_label("Routine").check()
        await page.get_by_label("Targeted").check()
        await press(page, "Save the decision")
        accepted = await page.get_by_role("status").first.inner_text()
        await page.get_by_role("link", name="Open the family's record").click()

        await _opens_more(page, "Change tier")
        moved = await _begin_risk_support(page)
        await _opens_more(page, "Change tier")
        await page.locator("ol li", has_text="There is a new risk").first.wait_for()
        history = await page.locator("main").inner_text()

    assert reference == "TEA-2026-000001"
    assert "was accepted." in accepted
    assert "Saved: the tier has changed." in moved
    assert "There is a new risk" in history
    assert history.count("from Mon 2 Mar") == 2


async def test_back_and_change_lose_nothing(address: str, browser: Browser) -> None:
    async with visit(browser, address) as page:
        await refer(page, PROFESSIONAL)
        await page.get_by_role("link", name="Change date of birth").click()
        await page.locator("#baby_name").fill("Shannon Other")
        await press(page, "Continue")
        await page.wait_for_url("**/refer/*/check")
        changed = await page.locator("main").inner_text()
        await page.go_back()
        await page.go_back()
        await page.goto(page.url.rpartition("/")[0] + "/story")
        kept = await page.locator("#story").input_value()
        await press(page, "Continue")
        await page.wait_for_url("**/refer/*/professionals")

    assert "Shannon Other" in changed
    assert kept == PROFESSIONAL["story"]["story"]


async def test_back_after_sending_and_sending_again_gives_the_same_reference(
    team: ATeam, address: str, browser: Browser
) -> None:
    async with visit(browser, address) as page:
        await refer(page, PARENT)
        await press(page, "Send")
        await page.wait_for_url("**/refer/*/sent")
        await page.go_back()
        await page.wait_for_url("**/refer/*/sent")
        reference = await page.locator(".nhsuk-panel strong").inner_text()

    assert reference == "TEA-2026-000001"
    assert [kind for kind, _ in await team.published()].count("uk.pairs.referral.received.v1") == 1


async def test_an_error_is_announced_and_leads_to_its_field(address: str, browser: Browser) -> None:
    async with visit(browser, address) as page:
        await page.goto("/refer")
        await press(page, "Start")
        for name in ("who", "danger"):
            await answer(page, PROFESSIONAL[name])
        await answer(page, {"referrer_name": "Ola"})
        await page.locator(".nhsuk-error-summary:focus").wait_for()
        focused = await page.evaluate("document.activeElement.className")
        title = await page.title()
        await page.get_by_role("link", name="Enter where you work").click()
        field = await page.evaluate("document.activeElement.id")
        kept = await page.locator("#referrer_name").input_value()

    assert "nhsuk-error-summary" in focused
    assert title.startswith("Error: About you")
    assert (field, kept) == ("organisation", "Ola")


@pytest.mark.parametrize("answers", [PROFESSIONAL, PARENT], ids=["professional", "parent"])
async def test_each_page_of_the_form_is_accessible_after_an_error(
    address: str, browser: Browser, answers: Answers
) -> None:
    found: list[str] = []
    async with visit(browser, address) as page:
        await page.goto("/refer")
        await press(page, "Start")
        for name, fields in answers.items():
            await page.wait_for_url(f"**/refer/*/{name}")
            if name not in MAY_BE_EMPTY:
                await press(page, "Continue")
                await page.wait_for_selector(".nhsuk-error-summary")
                found += await faults_at_every_width(page)
            await answer(page, fields)
        await page.goto("/refer/nowhere")
        found += await faults_at_every_width(page)

    assert found == []


async def test_the_pages_for_danger_and_for_lost_answers_are_accessible(
    team: ATeam, address: str, browser: Browser
) -> None:
    found: list[str] = []
    async with visit(browser, address) as page:
        await page.goto("/refer")
        await press(page, "Start")
        await answer(page, PROFESSIONAL["who"])
        await answer(page, {"in_danger": "yes"})
        await page.wait_for_url("**/refer/*/danger-now")
        found += await faults_at_every_width(page)
        team.now += timedelta(days=2)
        await page.goto(page.url.rpartition("/")[0] + "/check")
        found += await faults_at_every_width(page)

    assert found == []


async def test_the_staffs_pages_are_accessible_after_an_error(team: ATeam, address: str, browser: Browser) -> None:
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/triage")
        referral_id, family_id = await _fill(team)
        for path, button in (
            (f"/referrals/{referral_id}", "Save the decision"),
            (f"/families/{family_id}/tier", "Save"),
        ):
            await page.goto(path)
            await press(page, button)
            await page.wait_for_selector(".nhsuk-error-summary")
            found += await faults_at_every_width(page)

    assert found == []


async def test_the_page_with_both_versions_is_accessible(team: ATeam, address: str, browser: Browser) -> None:
    referral_id = (await team.receives()).referral_id
    async with visit(browser, address) as page:
        await sign_in(page, f"/referrals/{referral_id}")
        await page.get_by_label("Not accepted").check()
        await page.get_by_label("Declined").check()
        await page.get_by_label("Reason").select_option("out_of_area")
        await page.get_by_label("What the referrer and the family are told").fill("The team of Preston is theirs.")
        await page.get_by_label("Nobody yet").check()
        second = await page.context.new_page()
        await second.goto(f"/referrals/{referral_id}")
        await second.get_by_label("Urgent").check()
        await second.get_by_label("Universal").check()
        await press(second, "Save the decision")
        await second.wait_for_url("**/triage**")
        await press(page, "Save the decision")
        shown = await page.locator("main").inner_text()
        found = await faults_at_every_width(page)

    assert "The team of Preston is theirs." in shown
    assert "This referral was accepted on 2 March 2026." in shown
    assert found == []


async def _fill(team: ATeam) -> tuple[Any, Any]:
    """Enough for two pages of each list, with everything that is shown in a special way."""
    team.now = NOW - timedelta(20)
    receipt = await team.receives(in_danger=True, subject=Baby("Max Example", TODAY - timedelta(900)))
    for _ in range(25):
        await team.receives(subject=Unborn(TODAY), other_caregiver=NoOtherCaregiver.UNSAFE, nhs_number=None)
    episodes = [(await team.accepts(review_on=TODAY - timedelta(1 + number))).family_id for number in range(18)]
    team.now = NOW
    episodes += [(await team.accepts()).family_id for _ in range(8)]
    return receipt.referral_id, episodes[0]

"""After a decision the next referral is open: a morning's queue, one after the other."""

import re

import pytest
from playwright.async_api import Browser, Page

from services.referral.intake.domain.referral import ReferralState
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.intake.web.test_triage_pages import CHASE
from tests.referral.web.test_in_a_browser import sign_in, visit
from tests.referral.web.test_staff_pages import ACCEPT, CLOSE, state_of
from tests.referral.web.visitor import Visitor

ACCEPT_FOLD = 700
"""Pixels from the top of the page, at 1366 × 768."""


async def test_after_a_decision_the_next_referral_opens_and_says_what_was_decided(team: ATeam, staff: Visitor) -> None:
    first, second = [(await team.receives(nhs_number=None)).referral_id for _ in range(2)]

    closed = await staff.posts(f"/referrals/{first}/decide", CLOSE, seen_on=f"/referrals/{first}")
    page = (await staff.client.get(closed.headers["location"])).text
    accepted = await staff.posts(f"/referrals/{second}/decide", ACCEPT, seen_on=f"/referrals/{second}")

    assert closed.headers["location"] == f"/referrals/{second}?done=closed&of={first}"
    assert "TEA-2026-000001 was closed." in page
    assert accepted.headers["location"] == f"/triage?done=accepted&of={second}"


async def test_a_referral_that_waits_for_an_answer_is_not_the_next(team: ATeam, staff: Visitor) -> None:
    first, second = [(await team.receives(nhs_number=None)).referral_id for _ in range(2)]
    ask = {"version": "1", "decision": "ask", "asked_for": "The phone number.", "safety_worry": "no", **CHASE}

    asked = await staff.posts(f"/referrals/{first}/decide", ask, seen_on=f"/referrals/{first}")
    last = await staff.posts(f"/referrals/{second}/decide", CLOSE, seen_on=f"/referrals/{second}")

    assert asked.headers["location"] == f"/referrals/{second}?done=asked&of={first}"
    assert last.headers["location"] == f"/triage?done=closed&of={second}"
    assert await state_of(team, first) is ReferralState.INCOMPLETE


@pytest.mark.parametrize("address", ["/triage?done=closed&of=x", "/triage?done=closed", "/triage?done=x&of=1"])
async def test_an_address_that_names_no_decision_says_nothing_of_one(staff: Visitor, address: str) -> None:
    page = await staff.client.get(address)

    assert page.status_code == 200
    assert "was closed" not in page.text


async def test_eight_referrals_are_decided_on_with_three_clicks_each(
    team: ATeam, address: str, browser: Browser
) -> None:
    for _ in range(8):
        await team.receives(nhs_number=None)
    async with visit(browser, address) as page:
        await page.set_viewport_size({"width": 1366, "height": 768})
        await sign_in(page, "/triage")
        await page.locator("main").get_by_role("link", name="Open").first.click()
        tops = [await _decides(page) for _ in range(8)]
        await page.wait_for_url("**/triage**")
        done = await page.locator("main").inner_text()

    assert "No referral waits for triage." in done
    assert max(tops) <= ACCEPT_FOLD


async def _decides(page: Page) -> float:
    """In three clicks; gives where the button is, in pixels."""
    button = page.get_by_role("button", name="Save the decision")
    box = await button.bounding_box()
    before = page.url
    await page.get_by_label("Routine").check()
    await page.get_by_label("Targeted").check()
    await button.click()
    await page.wait_for_url(re.compile("^(?!" + re.escape(before) + "$)"))
    assert box
    return box["y"]


async def test_only_the_questions_of_the_choice_are_shown_and_without_a_script_all(
    team: ATeam, address: str, browser: Browser
) -> None:
    referral_id = (await team.receives()).referral_id
    async with visit(browser, address) as page:
        await sign_in(page, f"/referrals/{referral_id}")
        at_first = await _shown(page)
        await page.get_by_label("Elsewhere").check()
        elsewhere = await _shown(page)
        await page.get_by_label("Ask for more").check()
        asking = await _shown(page)
        found = await faults_at_every_width(page)
    async with visit(browser, address, java_script_enabled=False) as page:
        await sign_in(page, f"/referrals/{referral_id}")
        without_script = await _shown(page)

    assert at_first == {"Level of support"}
    assert elsewhere == {"Service that fits better", "Who was told?"}
    assert asking == {"What is missing?"}
    assert without_script == {"Level of support", "Service that fits better", "Who was told?", "What is missing?"}
    assert found == []


async def _shown(page: Page) -> set[str]:
    asked = ("Level of support", "Service that fits better", "Who was told?", "What is missing?")
    words = page.locator("form .nhsuk-label, form .nhsuk-fieldset__legend")
    return {one for one in asked if await words.filter(has_text=one).first.is_visible()}

"""The team lead must end work today, by phone, and yesterday a risk was noted that nobody has answered."""

from datetime import date, timedelta

from playwright.async_api import Browser, expect

from tests.journeys.practice import a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import LEAD, PRACTITIONER

REFERRED = date(2026, 3, 2)
NOTED = date(2026, 3, 10)
ENDED = NOTED + timedelta(days=1)
LET_GO = {
    "ending": "disengaged",
    "family_agreement": "not_yet_told",
    "onward": "The health visitor goes on.",
    "family_was_tried": "Two letters, a text, a visit.",
    "others_were_told": "The health visitor.",
    "safeguarding_considered": "Talked through with the named nurse.",
}


async def test_a_lead_cannot_end_work_over_an_open_risk_but_hands_it_to_a_colleague_by_name(
    team: ATeam, address: str, browser: Browser
) -> None:
    async with a_practice(team, address, browser, width=390) as practice:
        work = practice.at_work
        await practice.is_referred(REFERRED)
        await practice.is_accepted(REFERRED, "Shannon Example", level="targeted")
        await work.goes_to(f"{practice.family}/plan/lead")
        await work.enters(lead_id=str(PRACTITIONER.id))
        await work.saves()
        await practice.opens_family(NOTED)
        await work.goes_to(f"{practice.family}/risk-notes")
        await work.enters(concern="Leonie wants to disappear.", action="Rang the crisis team.", told="Tom")
        await work.saves()

        await practice.opens_family(ENDED, LEAD)
        await expect(work.page.locator("body")).not_to_contain_text("none known")
        await work.goes_to(f"{practice.family}/discharge")
        await work.sees("Answer what is about safety first", "Answer now")
        await work.enters(**LET_GO)
        await work.page.locator("main form button.nhsuk-button").first.click()
        await expect(work.page.locator(".nhsuk-error-summary")).to_contain_text(
            "Something about safety is not answered"
        )
        await expect(work.page.locator('[name="onward"]')).to_have_value(LET_GO["onward"])
        await work.selects("safety_to", PRACTITIONER.name)
        await work.saves()
        await work.sees("The family stopped coming")

        await work.begins_day(ENDED + timedelta(days=1), PRACTITIONER, "/my-day")
        await work.sees("A new risk was noted", "Shannon Example")

    assert work.faults == []

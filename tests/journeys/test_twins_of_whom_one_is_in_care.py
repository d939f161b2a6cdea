"""Ada and Ben are twins; Ben lives with a foster carer. It is always asked, and always said, which baby is meant."""

from datetime import date, timedelta

from playwright.async_api import Browser, expect

from tests.journeys.family_life import is_in_banner, of_people, opens_form, published_by
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam

BORN = date(2026, 1, 20)
REFERRED = date(2026, 3, 5)
TAKEN_INTO_CARE = date(2026, 2, 25)
MET = date(2026, 3, 19)


async def test_twins_of_whom_one_is_in_care(team: ATeam, address: str, browser: Browser) -> None:
    async with a_practice(team, address, browser) as practice:
        await _one_referral(practice)
        await _two_babies(practice)
        await _one_of_them_in_care(practice)
        await _which_baby_was_there(practice)
        await _which_baby_is_meant(practice)

    assert practice.at_work.faults == []
    published = await published_by(team)
    for word in ("Ada", "Ben ", "Example", "Fay", "Wyre", "07700 900", "07700900"):
        assert word not in published


async def _one_referral(practice: Practice) -> None:
    await practice.is_referred(
        REFERRED,
        baby={"baby_name": "Ada Example", "born_on": BORN},
        reasons={"reasons": ["care_transition"]},
        story={"story": "Ada is at home with Leonie; her twin lives with a foster carer."},
    )
    await practice.is_accepted(REFERRED + timedelta(1), "Ada Example", level="specialist", mdt_on=REFERRED)
    await practice.leads()


async def _two_babies(practice: Practice) -> None:
    await of_people(practice, "details", whose="Ada", birth_order=1)
    await of_people(practice, "add-baby", name="Ben Example", born_on=BORN, birth_order=2, nhs_number="999 000 0026")
    await is_in_banner(practice, "Twins or more")
    people = practice.at_work.page.locator(".pairs-who__people li")
    for name in ("Ada Example (baby 1)", "Ben Example (baby 2)"):
        await expect(people.filter(has_text=name)).to_contain_text("born Tue 20 Jan")


async def _one_of_them_in_care(practice: Practice) -> None:
    work = practice.at_work
    await of_people(
        practice,
        "legal-status",
        whose="Ben",
        status="interim_care_order",
        from_on=TAKEN_INTO_CARE,
        local_authority="Wyre Council",
        placement="With a foster carer",
        social_worker="Sam Sample, 01632 960 020",
        may_consent="The local authority and Leonie",
    )
    await opens_form(practice, "add-carer")
    await work.enters(name="Fay Example", relationship_1="none", relationship_2="foster", phone="07700 900654")
    await work.saves()
    await is_in_banner(practice, "Interim care order", "Fay Example")
    ada = work.page.locator(".pairs-who__people li", has_text="Ada Example (baby 1)")
    await expect(ada).not_to_contain_text("Interim care order")
    cared_for = work.page.get_by_role("region", name="Baby and carer").get_by_role("listitem").filter(has_text="Fay")
    await expect(cared_for).to_have_count(1)
    await expect(cared_for).to_contain_text("Ben Example")


async def _which_baby_was_there(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(MET)
    await work.follows("Record session")
    await work.sees("tick each baby")
    for baby in ("Ada Example", "Ben Example"):
        await expect(work.page.get_by_label(baby)).not_to_be_checked()
    await work.ticks("Fay Example")
    await work.enters(attendance="attended", minutes=50)
    await work.presses("Save")
    await work.sees("Tick each baby who was there, or tick “No baby was there”")
    await expect(work.page.locator('[name="minutes"]')).to_have_value("50")
    await work.ticks("Ben Example")
    await work.enters(infant_voice="Ben looks for the face that he knows.")
    await work.presses("Save")
    await work.sees("The session is saved.")
    await expect(work.page.locator("main")).to_contain_text("Ben Example")


async def _which_baby_is_meant(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(MET)
    await work.follows("Add measure")
    await work.page.locator('a[href*="/measures/new?measure=MORS_SF"]').first.click()
    await work.page.wait_for_load_state()
    await work.selects("person_id", "Leonie Example")
    items = {f"item_{number}": "3" for number in range(1, 15)}
    await work.enters(**items)
    await work.presses("Save")
    summary = work.page.locator(".nhsuk-error-summary")
    await expect(summary).to_contain_text("baby")
    await work.selects("baby_id", "Ada Example")
    await work.presses("Save")
    await work.is_told_of_no_error()
    await work.sees("Leonie Example", "Ada Example")

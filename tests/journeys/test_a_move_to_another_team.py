"""A family moves away. The other team goes on, the wait counts from the first receipt, and neither sees the other's."""

import re
from datetime import date, timedelta

from playwright.async_api import Browser, expect

from tests.journeys.family_life import is_in_banner, it_is, published_by
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.served import served

RECEIVED = date(2026, 3, 2)
LEFT = date(2026, 3, 23)
ARRIVED = date(2026, 3, 25)
SECRET = "A neighbour brings soup every evening."


async def test_a_family_moves_to_another_team(team: ATeam, other_team: ATeam, address: str, browser: Browser) -> None:
    async with (
        served(other_team) as other_address,
        a_practice(team, address, browser) as old,
        a_practice(other_team, other_address, browser) as new,
    ):
        await _leaves(old)
        await _letter_to_the_other_team(old)
        await _arrives(new)
        await _waits_since_the_first_receipt(new)
        await _neither_sees_into_the_other(old, new)

    assert old.at_work.faults + new.at_work.faults == []
    published = await published_by(team) + await published_by(other_team)
    for word in ("Leonie", "Shannon", "Example", "07700 900", "07700900", "soup", "Fylde"):
        assert word not in published


async def _leaves(old: Practice) -> None:
    work = old.at_work
    await old.is_referred(RECEIVED, story={"story": SECRET})
    await old.is_accepted(RECEIVED, "Shannon Example", level="targeted")
    await old.leads()
    await old.opens_family(LEFT)
    await old.fills(
        "discharge",
        ending="transferred",
        family_agreement="agreed",
        what_changed="They know how they want to go on.",
        infant_voice="Shannon laughs when she is sung to.",
        onward="The team where they live now goes on.",
        without_measures="not_appropriate",
        target_team="Fylde parent-infant team",
    )
    await work.sees("ended", "Fylde parent-infant team")


async def _letter_to_the_other_team(old: Practice) -> None:
    work = old.at_work
    await work.goes_to(f"{old.family}/letters/new?kind=professional_discharged")
    await work.page.locator('[name="recipient"]:enabled').first.check()
    await work.enters(name="Fylde parent-infant team", address="2 Sample Road\nFY8 9ZZ")
    await work.saves()
    await work.sees("Fylde parent-infant team", "Shannon Example")
    await work.follows("Fill in the gaps")
    words = await work.page.locator('textarea[name="text"]').input_value()
    await work.enters(text=re.sub(r"\[\[.*?\]\]", "We talked about this on the telephone.", words))
    await work.saves()
    await work.presses("Finish and lock")
    await work.is_told_of_no_error()
    await work.sees("Finished and locked.")


async def _arrives(new: Practice) -> None:
    work = new.at_work
    await work.begins_day(ARRIVED, new.person, "/triage")
    await work.follows("New referral")
    await work.enters(
        in_danger="no",
        source_group="other",
        referrer_name="Priya Sample",
        organisation="Blackpool parent-infant team",
        referrer_email="priya@example.org",
        born="yes",
        baby_name="Shannon Example",
        born_on=date(2025, 10, 20),
        nhs_number="999 000 0018",
        caregiver_name="Leonie Example",
        relationship="birth_parent",
        caregiver_phone="07700 900123",
        contact_ways=["text"],
        interpreter="no",
        other_caregiver="not_known",
        postcode="FY8 9ZZ",
        reasons=["bonding"],
        story="They moved here with Shannon and want to go on.",
        consent="agreed",
        is_transfer="yes",
        earlier_team="Blackpool parent-infant team",
        earlier_received_on=RECEIVED,
    )
    await work.saves()
    await work.sees("The referral is saved.", "First received", "2 March 2026 by Blackpool parent-infant team")


async def _waits_since_the_first_receipt(new: Practice) -> None:
    """23 days after the first receipt, on the day on which the referral came here."""
    work = new.at_work
    await new.is_accepted(ARRIVED, "Shannon Example", level="targeted")
    await new.leads()
    await is_in_banner(new, "Shannon Example", "born 20 Oct 2025")
    await work.goes_to(new.family)
    row = work.page.locator("tr", has_text="First contact")
    await expect(row).to_contain_text("23 of 28 days")
    await expect(row).to_contain_text("began at Blackpool parent-infant team")
    await work.goes_to("/waiting?whose=team")
    await expect(work.page.locator("tr", has_text="Shannon Example").first).to_contain_text("23")


async def _neither_sees_into_the_other(old: Practice, new: Practice) -> None:
    for here, there in ((old, new), (new, old)):
        it_is(here.team, ARRIVED + timedelta(1))
        await here.at_work.begins_day(ARRIVED + timedelta(1), here.person, "/caseload")
        answer = await here.at_work.page.request.get(there.family)
        assert answer.status == 404
    await new.at_work.goes_to(f"{new.family}/timeline")
    assert SECRET not in await new.at_work.page.content()
    await old.at_work.goes_to("/caseload?whose=team")
    await old.at_work.sees("No family yet")

"""A family comes back with the next pregnancy: it is recognised, and the work of then can be read.

Two records of one family, made by mistake, become one by the pages, and two again when that was the mistake.
"""

from datetime import date, timedelta
from typing import Any

from playwright.async_api import Browser, expect

from tests.journeys.family_life import is_in_banner, published_by
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PROFESSIONAL

FIRST = date(2025, 11, 3)
ENDED = date(2026, 2, 16)
AGAIN = date(2026, 3, 9)
DUE = date(2026, 7, 20)

_MIDWIFE: dict[str, Any] = {
    **{name: PROFESSIONAL[name] for name in ("who", "danger", "referrer")},
    "who": {"source_group": "maternity"},
    "consent": PROFESSIONAL["consent"],
    "born": {"born": "no"},
    "due": {},
    **{name: PROFESSIONAL[name] for name in ("caregiver", "parent-contact", "talking")},
    "other-carer": {"other_caregiver": "not_known"},
    **{name: PROFESSIONAL[name] for name in ("home", "reasons", "story", "professionals")},
}
NO_NUMBER: dict[str, Any] = {"nhs-number": {"nhs_number": ""}}


async def test_a_family_comes_back_with_the_next_pregnancy(team: ATeam, address: str, browser: Browser) -> None:
    async with a_practice(team, address, browser) as practice:
        await _the_first_time(practice)
        await _a_midwife_refers_again(practice)
        await _is_recognised(practice)
        await _the_work_of_then_can_be_read(practice)

    assert practice.at_work.faults == []
    await _no_name_left(team)


async def test_two_records_of_one_family_are_merged_and_parted_again(
    team: ATeam, address: str, browser: Browser
) -> None:
    async with a_practice(team, address, browser) as practice:
        kept, other = await _two_records(practice)
        await _are_merged(practice, kept, other)
        await _are_parted(practice, kept, other)

    assert practice.at_work.faults == []
    await _no_name_left(team)


async def _the_first_time(practice: Practice) -> None:
    await practice.is_referred(FIRST)
    await practice.is_accepted(FIRST, "Shannon Example", level="targeted")
    await practice.leads()
    await practice.fills("add-goal", whose="Leonie Example", words="To sing to her again", rating=2)
    await practice.opens_family(ENDED)
    await practice.fills(
        "discharge",
        ending="completed",
        family_agreement="agreed",
        what_changed="Leonie sings to Shannon every evening.",
        infant_voice="Shannon sings back.",
        onward="The family hub is open to them.",
        without_measures="declined",
    )


async def _a_midwife_refers_again(practice: Practice) -> None:
    await practice.is_referred(AGAIN, usual=_MIDWIFE, due={"due_on": DUE})


async def _is_recognised(practice: Practice) -> None:
    work = practice.at_work
    known = practice.family
    await work.begins_day(AGAIN + timedelta(1), practice.person, "/triage")
    await work.follows("Not born yet")
    await work.sees("Possible match", "Shannon Example", "on record")
    await work.page.get_by_text("Side by side", exact=True).click()
    side_by_side = work.page.get_by_role("region", name="Families side by side")
    await expect(side_by_side).to_contain_text("Leonie Example (the same)")
    await work.enters(urgency="routine", level="targeted")
    await work.page.get_by_label("The known family of Shannon Example: a new baby").check()
    await work.presses("Save the decision")
    await work.sees("was accepted.")
    await work.follows("Open the family's record")
    assert known in work.page.url
    await is_in_banner(practice, "Shannon Example", "born 20 Oct 2025", "due Mon 20 Jul", "Leonie Example")


async def _the_work_of_then_can_be_read(practice: Practice) -> None:
    work = practice.at_work
    await work.goes_to(f"{practice.family}/plan")
    assert "To sing to her again" not in await work.page.locator("main").inner_text()
    await work.follows("From 3 Nov 2025 to Mon 16 Feb")
    await work.sees("To sing to her again", "Leonie sings to Shannon every evening.")


async def _two_records(practice: Practice) -> tuple[str, str]:
    """The second by someone who had the name wrong and no NHS number, and did not look."""
    await practice.is_referred(AGAIN)
    await practice.is_accepted(AGAIN, "Shannon Example", level="targeted")
    await practice.fills("add-goal", whose="Leonie Example", words="To sleep at night", rating=3)
    kept = practice.family
    await practice.is_referred(
        AGAIN + timedelta(1),
        baby={"baby_name": "Shanon Example", "born_on": date(2025, 10, 20)},
        **NO_NUMBER,
    )
    await practice.is_accepted(AGAIN + timedelta(2), "Shanon Example", level="universal")
    return kept, practice.family


async def _are_merged(practice: Practice, kept: str, other: str) -> None:
    """Only one piece of work can go on with a family, so the one that began by mistake is ended first."""
    work = practice.at_work
    await practice.fills(
        "discharge",
        ending="partly_completed",
        family_agreement="agreed",
        what_changed="Nothing: the work goes on in the family's other record.",
        infant_voice="Shannon smiles at Leonie.",
        onward="The work goes on in the other record.",
        without_measures="not_appropriate",
    )
    await work.goes_to(f"{kept}/merge")
    await work.follows("Shanon Example")
    await work.sees("This record, which is kept", "Shanon Example", "Who is the same person?")
    await work.enters(reason="The health visitor confirms that it is one baby.")
    await work.presses("Merge the two records")
    await work.sees("The records are one now. The old address leads here.")
    await work.goes_to(other)
    assert work.page.url.endswith(kept)


async def _are_parted(practice: Practice, kept: str, other: str) -> None:
    work = practice.at_work
    await work.goes_to(f"{kept}/merge")
    await work.follows("Undo this merge")
    await work.enters(reason="They are cousins.")
    await work.presses("Undo the merge")
    await work.sees("The merge was undone.")
    await work.goes_to(other)
    assert work.page.url.endswith(other)
    await is_in_banner(practice, "Shanon Example")
    await work.goes_to(f"{kept}/plan")
    await work.sees("To sleep at night")


async def _no_name_left(team: ATeam) -> None:
    published = await published_by(team)
    for word in ("Leonie", "Shannon", "Shanon", "Dan ", "Example", "07700 900", "07700900", "cousins"):
        assert word not in published

"""Olivia is 16 and expects a baby. She refers herself from her phone at three in the morning, does not come four times,
is never given up, and comes back with her baby.
"""

from datetime import date, time, timedelta

from playwright.async_api import Browser

from tests.journeys.family_life import books, id_of_person, is_in_banner, misses, of_people, published_by
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import LEAD, PARENT

REFERRED = date(2026, 3, 3)
MISSED = (date(2026, 3, 17), date(2026, 3, 31), date(2026, 5, 19), date(2026, 5, 29))
BORN = date(2026, 5, 8)
"""24 days before the due date, so after 36 weeks and 4 days."""
BACK = date(2026, 6, 2)


async def test_olivia_who_is_sixteen_is_never_given_up(team: ATeam, address: str, browser: Browser) -> None:
    async with a_practice(team, address, browser, width=320) as phone:
        await _refers_herself(phone)
    async with a_practice(team, address, browser) as practice:
        await _triage(practice)
        await _a_child_herself(practice)
        await _does_not_come_before_the_birth(practice)
        await _the_baby_is_born(practice)
        await _is_not_brought(practice)
        await _nobody_gives_her_up(practice)
        await _comes_back(practice)

    assert phone.at_work.faults + practice.at_work.faults == []
    published = await published_by(team)
    for word in ("Olivia", "Example", "Rosie", "07700 900", "07700900", "afraid"):
        assert word not in published
    assert "uk.pairs.episode.discharged" not in published


async def _refers_herself(phone: Practice) -> None:
    await phone.refers(REFERRED, at=time(3), usual=PARENT | {"talking": {"interpreter": "no"}})
    await phone.at_work.sees("TEA-2026-000001")


async def _triage(practice: Practice) -> None:
    work = practice.at_work
    await work.begins_day(REFERRED, practice.person, "/triage")
    await work.follows("Not born yet")
    await work.sees("Olivia Example", "it would not be safe to contact them")
    await practice.is_accepted(REFERRED, "Not born yet", level="targeted")
    await is_in_banner(practice, "due Mon 1 Jun")
    await practice.leads()


async def _a_child_herself(practice: Practice) -> None:
    work = practice.at_work
    await of_people(practice, "details", whose="Olivia", born_on=date(2010, 1, 20), contact_unsafe="no")
    await work.begins_day(REFERRED + timedelta(1), LEAD, "/tasks?whose=team")
    await work.sees("A parent is under 18: tell the safeguarding lead")
    await work.follows("what you did: A parent is under 18")
    await work.enters(answer="Spoke with the named nurse for safeguarding, who calls Olivia's midwife.")
    await work.presses("Save")
    await work.sees("Saved")


async def _does_not_come_before_the_birth(practice: Practice) -> None:
    for day in MISSED[:2]:
        await practice.opens_family(day - timedelta(7))
        await books(practice, day, who=["Olivia Example"], venue="family_hub")
        await practice.opens_family(day)
        await misses(practice, "did_not_attend")
    await practice.at_work.goes_to(practice.family)
    await practice.at_work.sees("Think about missed appointments", "did not attend")
    await practice.at_work.follows("Think about missed appointments")
    await practice.at_work.enters(answer="We write to her, and come on another weekday.")
    await practice.at_work.presses("Save")


async def _the_baby_is_born(practice: Practice) -> None:
    await practice.opens_family(BORN + timedelta(3))
    before = await id_of_person(practice, "Baby, no name")
    await of_people(practice, "birth", born_on=BORN, name="Rosie Example", nhs_number="999 000 0026")
    assert await id_of_person(practice, "Rosie Example") == before
    await is_in_banner(practice, "Rosie Example", "born Fri 8 May", "corrected")


async def _is_not_brought(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(MISSED[2] - timedelta(5))
    await books(practice, MISSED[2], who=["Olivia Example", "Rosie Example"])
    await practice.opens_family(MISSED[2])
    await misses(practice, "was_not_brought")
    await practice.opens_family(MISSED[3] - timedelta(5))
    await books(practice, MISSED[3], who=["Olivia Example", "Rosie Example"], venue="home")
    await practice.opens_family(MISSED[3])
    await misses(practice, "no_access")
    await work.goes_to("/tasks?whose=team")
    await work.sees("Think about missed appointments", "Rosie Example")


async def _nobody_gives_her_up(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(MISSED[3] + timedelta(1))
    await work.sees("Think about missed appointments", "Targeted")
    await work.goes_to("/caseload")
    await work.sees("Rosie Example")


async def _comes_back(practice: Practice) -> None:
    await practice.opens_family(BACK)
    await practice.records_session(
        kind="assessment",
        attendance="attended",
        minutes=60,
        who=["Olivia Example", "Rosie Example"],
        infant_voice="Rosie looks at Olivia for a long time.",
    )
    await practice.fills(
        "assessment",
        completed_on=BACK,
        story="Olivia was in care. She wants Rosie to have another start.",
        needs="Someone who stays.",
        safety="She is safe where she lives now. The other parent does not know where that is.",
        infant_voice="Rosie is calm when Olivia holds her.",
        without_baseline="distress",
    )
    await practice.at_work.sees("Rosie is calm when Olivia holds her.")

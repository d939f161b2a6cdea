"""The strategy's own case in a real browser: from the neonatal nurse's referral to discharge with a clinically
significant change, every step by the pages that a practitioner would use.
"""

from datetime import date, timedelta

import pytest
from playwright.async_api import Browser

from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import LEAD

REFERRED = date(2026, 3, 2)
ASSESSED = date(2026, 3, 11)
AGREED = date(2026, 3, 25)
REVIEWED = date(2026, 5, 13)
ENDED = date(2026, 7, 15)

LOW = {"EPDS": [3, 3, 2, 3, 2, 2, 2, 2, 2, 4], "GAD7": [2] * 7, "KPCS": [2] * 15}
"""At the start: EPDS 18, GAD-7 14, KPCS 30."""
WELL = {"EPDS": [2, 2, 3, 2, 3, 3, 3, 4, 4, 4], "GAD7": [1, 1, 1, 0, 0, 0, 0], "KPCS": [3] * 15}
"""At the end: EPDS 7, GAD-7 3, KPCS 45."""


@pytest.mark.timeout(300)
async def test_leonie_and_shannon_from_the_neonatal_unit_to_discharge(
    team: ATeam, address: str, browser: Browser
) -> None:
    async with a_practice(team, address, browser) as practice:
        await _referral(practice)
        await _triage(practice)
        await _assessment(practice)
        await _understanding(practice)
        await _strands(practice)
        await _review(practice)
        await _ending(practice)
        await _letters(practice)

    assert practice.at_work.faults == []
    await _says_nothing_of_them(team)


async def _referral(practice: Practice) -> None:
    await practice.refers(
        REFERRED,
        who={"source_group": "neonatal"},
        referrer={
            "referrer_name": "Nia Sample",
            "organisation": "Neonatal unit",
            "phone": "01632 960 010",
            "email": "nia@example.org",
        },
        baby={"baby_name": "Shannon Example", "born_on": date(2026, 2, 6)},
        reasons={"reasons": ["neonatal_stay", "birth_trauma", "bonding"]},
        story={"story": "Leonie comes seldom, and sits a little away. When she hums, Shannon turns her head."},
    )


async def _triage(practice: Practice) -> None:
    next_day = REFERRED + timedelta(1)
    await practice.is_accepted(next_day, "Shannon Example", level="specialist", mdt_on=next_day)
    await practice.at_work.sees("Specialist: getting more help")
    await practice.leads()


async def _assessment(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(ASSESSED)
    await practice.records_session(
        kind="assessment",
        attendance="attended",
        minutes=90,
        who=["Leonie Example"],
        infant_voice="Shannon looks for her mother's voice, and looks away when it stops.",
        note="At home, where she feels safe. She told her story; we did not hurry.",
        elements=["story"],
    )
    for measure, answers in LOW.items():
        await practice.adds_measure(measure, answers, "start")
    await practice.opens_family(ASSESSED)
    await work.sees("Assessment")


async def _understanding(practice: Practice) -> None:
    work = practice.at_work
    await practice.fills(
        "assessment",
        completed_on=ASSESSED,
        story="A frightening birth, and fear that Shannon would die. Dan had two weeks of leave.",
        strengths="She hums to Shannon.",
        needs="To feel safe enough to be present with her baby.",
        safety="Thoughts of harm were asked about; none.",
        infant_voice="Shannon settles when she hears her mother.",
    )
    await practice.talks_with(
        "Why visiting was hard, and what would help the nurses to stand beside her.",
        kind="professional",
        happened_at="8:30",
        way="meeting",
        profession="neonatal",
        organisation="Neonatal unit",
        minutes=30,
        basis="consent",
    )
    await practice.fills(
        "formulation",
        presenting="Being on the unit was too much to bear.",
        predisposing="Her own early years.",
        precipitating="The birth, and the nights when Shannon might have died.",
        perpetuating="It fell to her alone once Dan was back at work.",
        protective="She sings; Dan comes every evening.",
        infant_voice="I know your voice, and I look for it.",
        is_shared="yes",
    )
    await practice.fills("add-goal", whose="Leonie Example", words="To feel that I am her mum", rating=1)
    await work.sees("To feel that I am her mum")


async def _strands(practice: Practice) -> None:
    await practice.opens_family(AGREED)
    await practice.agrees_plan("relationship_work", "Shannon Example", "co_regulation", "Leonie Example")
    for week in range(1, 6):
        await practice.opens_family(AGREED + timedelta(weeks=week))
        await practice.records_session(
            strand="Relationship work",
            attendance="attended",
            minutes=60,
            who=["Leonie Example"],
            infant_voice="Shannon reached for her mother's face.",
            note="We named the moment together.",
            elements=["moments_of_attunement", "attuned_relationship", "reflective_functioning"],
        )


async def _review(practice: Practice) -> None:
    await practice.opens_family(REVIEWED)
    await practice.fills(
        "review",
        infant_voice="Shannon laughs when Leonie comes in.",
        family_view="Leonie feels that something has shifted.",
        decision="We go on with both strands.",
        next_review_on=REVIEWED + timedelta(weeks=12),
    )


async def _ending(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(ENDED, LEAD)
    for measure, answers in WELL.items():
        await practice.adds_measure(measure, answers, "end")
        await work.sees("reliable improvement, now in the non-clinical range")
    await practice.rates_goal(8)
    await work.sees("+7", "Reliable improvement")
    await practice.agrees_to("quote_in_public", "Leonie Example")
    await practice.fills(
        "discharge",
        ending="completed",
        family_agreement="agreed",
        what_changed="Leonie understands what Shannon tells her, and answers it.",
        infant_voice="Shannon goes out to look at the world, and comes back to her mother.",
        onward="The health visitor goes on. The family hub is open every weekday.",
        quote="I now feel like I am Shannon's mum.",
    )
    await work.sees("ended")


async def _letters(practice: Practice) -> None:
    to_leonie = await practice.issues_letter("family_discharged", "Leonie Example")
    to_the_unit = await practice.issues_letter("referrer_discharged", "Nia Sample")
    assert to_leonie.startswith(b"%PDF")
    assert to_the_unit.startswith(b"%PDF")


async def _says_nothing_of_them(team: ATeam) -> None:
    published = str(await team.published()) + str(await team.published("region"))
    for word in ("Leonie", "Shannon", "Example", "Nia", "07700 900", "07700900", "hum"):
        assert word not in published
    assert "uk.pairs.episode.discharged.v1" in published
    assert "'change': 'recovered'" in published

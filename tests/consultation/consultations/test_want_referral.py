"""A consultation becomes a referral without a word typed twice."""

from datetime import date

import pytest

from services.consultation.consultations.commands.want_referral import WantReferral, want_referral
from services.consultation.consultations.commands.withdraw_consultation import (
    WithdrawConsultation,
    withdraw_consultation,
)
from services.consultation.consultations.queries.consultation_list import one_consultation
from services.consultation.consultations.reactions.on_consultation_referred import on_consultation_referred
from shared.contracts.referral import ConsultationReferred
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.consultation.conftest import ANN, PRIYA, AskedTeam
from tests.consultation.consultations.test_families_known_by_reference import DELIVERY


async def want(asked: AskedTeam, person: Person = PRIYA) -> None:
    async with asked.begin(person) as work:
        await want_referral(WantReferral(asked.consultation_id), work)


async def words(asked: AskedTeam) -> str:
    async with asked.begin(PRIYA) as work:
        return (await one_consultation(work, asked.consultation_id)).referral_words


async def test_pressed_three_times_it_is_asked_for_once_and_waits(asked: AskedTeam) -> None:
    assert await words(asked) == ""

    for _ in range(3):
        await want(asked)

    told = [body for type_, body in await asked.published() if type_ == "uk.pairs.consultation.referral_wanted.v1"]
    assert told == [
        {
            "consultation_id": str(asked.consultation_id),
            "held_on": "2026-03-02",
            "sector": "health_visiting",
            "topics": ["bonding"],
            "family_id": None,
        }
    ]
    assert await words(asked) == "sent, waiting"


async def test_once_it_is_taken_in_its_reference_stands_there_also_after_the_consultation_is_withdrawn(
    asked: AskedTeam,
) -> None:
    await want(asked)
    taken_in = ConsultationReferred(
        referral_id=new_id(), consultation_id=asked.consultation_id, reference_year=2026, reference_number=131
    )

    for _ in range(2):
        async with asked.begin(PRIYA) as work:
            await on_consultation_referred(taken_in, DELIVERY, work)
    assert await words(asked) == "2026-000131"

    async with asked.begin(PRIYA) as work:
        await withdraw_consultation(WithdrawConsultation(asked.consultation_id, 2, "Twice."), work)
    assert await words(asked) == "2026-000131"


async def test_the_region_hears_that_it_led_to_a_referral_and_counts_it_no_more_when_it_was_not_held(
    asked: AskedTeam,
) -> None:
    taken_in = ConsultationReferred(
        referral_id=new_id(),
        consultation_id=asked.consultation_id,
        reference_year=2026,
        reference_number=131,
        received_on=date(2026, 5, 31),
    )
    for _ in range(2):
        async with asked.begin(PRIYA) as work:
            await on_consultation_referred(taken_in, DELIVERY, work)
    held, converted = await asked.published("region")
    assert (held[1]["sector"], held[1]["minutes"]) == ("health_visiting", 30)
    assert converted == (
        "uk.pairs.regional.consultation_converted.v1",
        {"month": "2026-03-01", "is_within_90_days": True},
    )

    async with asked.begin(PRIYA) as work:
        await withdraw_consultation(WithdrawConsultation(asked.consultation_id, 1, "Twice."), work)

    assert (await asked.published("region"))[2:] == [
        ("uk.pairs.regional.consultation_held_corrected.v1", {"was": held[1], "instead": None}),
        ("uk.pairs.regional.consultation_converted_corrected.v1", {"was": converted[1], "instead": None}),
    ]


async def test_it_is_asked_for_by_somebody_who_advises_and_never_after_it_was_withdrawn(asked: AskedTeam) -> None:
    with pytest.raises(NotAllowed):
        await want(asked, ANN)
    async with asked.begin(PRIYA) as work:
        await withdraw_consultation(WithdrawConsultation(asked.consultation_id, 1, "Twice."), work)
    with pytest.raises(RuleBroken):
        await want(asked)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await want_referral(WantReferral(new_id()), work)

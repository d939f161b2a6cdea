import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from services.referral.database.tables import referral
from services.referral.intake.commands.receive_referral import Receipt, ReceiveReferral, receive_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.people.domain.people import NoOtherCaregiver, Referrer
from services.referral.people.domain.subject import Baby, Unborn
from shared.contracts.vocabulary import ReferralReason, SourceGroup
from shared.kernel.actor import public_form
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, a_request


async def receive(team: ATeam, command: ReceiveReferral) -> Receipt:
    async with team.begin(public_form()) as work:
        return await receive_referral(command, work)


async def how_many(team: ATeam) -> int:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(referral)) or 0


@pytest.mark.parametrize(
    "request_",
    [
        a_request(),
        a_request(subject=Unborn(date(2026, 6, 1)), nhs_number=None, other_caregiver=NoOtherCaregiver.UNSAFE),
    ],
    ids=["a baby", "not born yet"],
)
async def test_a_referral_is_kept_as_it_was_told(team: ATeam, request_: Any) -> None:
    receipt = await receive(team, ReceiveReferral(new_id(), request_))

    async with team.begin(public_form()) as work:
        stored = await Referrals(work).get(receipt.referral_id)
    assert stored.request == request_
    assert stored.received_at == NOW
    assert receipt.reference == "TEA-2026-000001"


async def test_the_team_hears_of_a_referral_and_the_region_hears_less(team: ATeam) -> None:
    receipt = await team.receives()

    assert await team.published() == [
        (
            "uk.pairs.referral.received.v1",
            {
                "referral_id": str(receipt.referral_id),
                "route": "public_form",
                "source_group": "health_visiting",
                "reasons": ["bonding", "neonatal_stay"],
                "age_band": "months_3_5",
                "has_nhs_number": True,
                "received_on": "2026-03-02",
            },
        )
    ]
    assert [type_ for type_, _ in await team.published("region")] == ["uk.pairs.regional.referral_received.v1"]
    assert await team.audited() == [("referral.receive", receipt.referral_id)]


async def test_the_day_of_receipt_is_londons(team: ATeam) -> None:
    team.now = datetime(2026, 3, 30, 23, 30, tzinfo=UTC)

    await team.receives()

    assert (await team.published())[0][1]["received_on"] == "2026-03-31"


async def test_a_repeated_submit_gives_the_first_reference_and_publishes_nothing(team: ATeam) -> None:
    command = ReceiveReferral(new_id(), a_request())

    first = await receive(team, command)
    second = await receive(team, replace(command, request=a_request(story="Typed again")))

    assert second == first
    assert await how_many(team) == 1
    assert len(await team.published()) == 1


async def test_two_submits_at_the_same_moment_make_one_referral(team: ATeam) -> None:
    command = ReceiveReferral(new_id(), a_request())

    receipts = await asyncio.gather(*(receive(team, command) for _ in range(4)))

    assert len(set(receipts)) == 1
    assert await how_many(team) == 1


async def test_references_have_no_holes_and_begin_again_each_year(team: ATeam) -> None:
    receipts = await asyncio.gather(*(team.receives() for _ in range(5)))
    team.now = NOW + timedelta(365)
    new_year = await team.receives()

    assert sorted(receipt.reference for receipt in receipts) == [f"TEA-2026-{n:06d}" for n in range(1, 6)]
    assert new_year.reference == "TEA-2027-000001"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reasons": ()}, "Choose at least one reason."),
        ({"reasons": (ReferralReason.LOSS, ReferralReason.LOSS)}, "Choose each reason once."),
        ({"referrer": Referrer("Ola", SourceGroup.OTHER)}, "Give a phone number or an email address."),
        (
            {"subject": Baby("Shannon", TODAY + timedelta(1))},
            "The date of birth must be today or in the past. Check the year.",
        ),
        (
            {"subject": Baby("Shannon", date(2015, 1, 1))},
            "Check the year. This team works with children under 5; for an older child, speak to their GP or school.",
        ),
        ({"subject": Unborn(date(2027, 2, 1))}, "Check the year: the due date is more than 300 days away."),
        (
            {"subject": Unborn(date(2026, 1, 1))},
            "The due date is more than 28 days ago. If the baby is born, go back and give the date of birth.",
        ),
    ],
)
async def test_a_referral_that_cannot_be_right_is_refused_and_not_stored(
    team: ATeam, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await team.receives(**changes)

    assert refusal.value.sentence == sentence
    assert await how_many(team) == 0
    assert await team.published() == []
    assert (await team.receives()).reference.endswith("000001")

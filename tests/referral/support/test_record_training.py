from datetime import date

import pytest

from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.database.plans import Trainings
from services.referral.support.domain.intervention import Course, HeldTraining
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import LEAD, train


async def test_a_training_is_held_from_a_day_and_entered_once(team: ATeam) -> None:
    family = await a_family(team)

    await train(team, family.practitioner.id, Course.NBO)
    await train(team, family.practitioner.id, Course.NBO)

    async with team.begin(LEAD) as work:
        assert await Trainings(work.session).held_by(family.practitioner.id) == [
            HeldTraining(Course.NBO, date(2024, 1, 8))
        ]


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (HeldTraining(Course.VIG, date(2026, 3, 3)), "training_future"),
        (HeldTraining(Course.VIG, date(2026, 3, 2), date(2026, 3, 2)), "training_until"),
    ],
    ids=["to come", "over before it begins"],
)
async def test_a_wrong_day_is_refused(team: ATeam, held: HeldTraining, code: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match=code):
        async with team.begin(LEAD) as work:
            await record_training(RecordTraining(family.practitioner.id, held), work)


async def test_only_the_lead_puts_a_training_on_record(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        async with team.begin(family.practitioner) as work:
            await record_training(
                RecordTraining(family.practitioner.id, HeldTraining(Course.VIG, date(2026, 1, 5))), work
            )

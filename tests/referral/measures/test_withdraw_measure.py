from typing import Any
from uuid import UUID

import pytest

from services.referral.measures.commands.withdraw_measure import WithdrawMeasure, withdraw_measure
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Subject
from services.referral.support.database.progress import read_progress
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.measures.builders import (
    PRACTITIONER,
    TEAM_MEASURES,
    an_entry,
    enters,
    phq9,
    stored,
    tasks_of,
    the_family,
)


async def withdraws(
    team: ATeam, administration_id: UUID, reason: str = "Another family's form.", *, actor: Any = PRACTITIONER
) -> None:
    async with team.begin(actor) as work:
        await withdraw_measure(WithdrawMeasure(new_id(), administration_id, reason, TEAM_MEASURES["PHQ9"]), work)


async def test_a_mistake_counts_no_more_and_stays_on_record(team: ATeam) -> None:
    family = await the_family(team)
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    await withdraws(team, mistake)

    async with team.begin(PRACTITIONER) as work:
        assert await Measures(work).taken(family.episode_id) == []
        assert not (await read_progress(work, family.episode_id)).has_baseline
    first, withdrawal = await stored(team)
    assert first.scales[0]["value"] == "12"
    assert (withdrawal.supersedes, withdrawal.withdrawn) == (mistake, True)
    assert withdrawal.correction_reason == "Another family's form."
    assert (await team.audited())[-1] == ("measure.withdraw", family.family_id)


async def test_a_task_that_a_mistake_raised_is_still_answered_by_a_person(team: ATeam) -> None:
    family = await the_family(team)
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12, self_harm=1)))

    await withdraws(team, mistake)

    assert [task.answered_at for task in await tasks_of(team, family)] == [None]


async def test_a_mistake_is_taken_out_once(team: ATeam) -> None:
    family = await the_family(team)
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))
    await withdraws(team, mistake)

    with pytest.raises(Conflict):
        await withdraws(team, mistake)


async def test_somebody_says_why(team: ATeam) -> None:
    family = await the_family(team)
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    with pytest.raises(RuleBroken):
        await withdraws(team, mistake, " ")


async def test_the_region_takes_nothing_out(team: ATeam) -> None:
    family = await the_family(team)
    mistake = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    with pytest.raises(NotAllowed):
        await withdraws(team, mistake, actor=an_actor(Role.REGIONAL_LEAD))


async def test_what_is_not_on_record_cannot_be_taken_out(team: ATeam) -> None:
    with pytest.raises(NotFound):
        await withdraws(team, new_id())

"""What the training service tells changes who may give an intervention, and so does the day on which it ends."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.database.training_tables import told_training
from services.referral.support.domain.intervention import Course, TrainingSource
from services.referral.support.queries.colleague_trainings import ColleagueFilter, colleague_trainings
from services.referral.support.queries.plan_record import plan_record
from services.referral.support.reactions.on_training_completed import on_training_completed
from services.referral.support.reactions.on_training_holder_changed import on_training_holder_changed
from services.referral.support.reactions.on_training_withdrawn import on_training_withdrawn
from shared.contracts.consultation_codes import Profession
from shared.contracts.intervention import Intervention
from shared.contracts.streams import Audience, EntryId, Stream
from shared.contracts.training import TrainingCompleted, TrainingHolderChanged, TrainingWithdrawn
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Role, SourceGroup
from shared.inbox.reaction import Delivery
from shared.kernel.actor import system
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import a_strand, agree, train

NBO = Intervention.NEWBORN_BEHAVIOURAL_OBSERVATIONS
DELIVERED = Delivery(Stream("team-one", "training", Audience.TEAM), EntryId(1, 1), NOW, is_replay=False)


def completed(colleague_id: UUID | None, **changes: object) -> TrainingCompleted:
    event = TrainingCompleted(
        completion_id=new_id(),
        colleague_id=colleague_id,
        course=TrainingCourse.NBO,
        level=2,
        sector=SourceGroup.OTHER,
        profession=Profession.MENTAL_HEALTH,
        held_from=date(2025, 1, 15),
        until_on=date(2028, 1, 15),
    )
    return event.model_copy(update=changes)


def withdrawn(event: TrainingCompleted) -> TrainingWithdrawn:
    return TrainingWithdrawn(**event.model_dump(exclude={"home_team"}))


def holder_changed(event: TrainingCompleted, colleague_id: UUID | None) -> TrainingHolderChanged:
    return TrainingHolderChanged(
        completion_id=event.completion_id,
        colleague_id=colleague_id,
        course=event.course,
        held_from=event.held_from,
        until_on=event.until_on,
    )


async def hears(team: ATeam, *events: TrainingCompleted | TrainingWithdrawn) -> None:
    for event in events:
        async with team.begin(system()) as work:
            if isinstance(event, TrainingWithdrawn):
                await on_training_withdrawn(event, DELIVERED, work)
            else:
                await on_training_completed(event, DELIVERED, work)


async def may_give(family: AFamily) -> bool:
    try:
        await agree(family, a_strand(family, intervention=NBO))
    except RuleBroken:
        return False
    return True


async def test_a_completion_makes_somebody_eligible_also_when_it_is_told_twice(team: ATeam) -> None:
    family = await a_family(team)
    told = completed(family.practitioner.id)

    await hears(team, told, told)

    assert await may_give(family)


@pytest.mark.parametrize(("until_on", "counts"), [(TODAY, False), (date(2026, 3, 3), True), (None, True)])
async def test_the_first_day_on_which_it_no_longer_counts_is_one_without(
    team: ATeam, until_on: date | None, counts: bool
) -> None:
    family = await a_family(team)

    await hears(team, completed(family.practitioner.id, until_on=until_on))

    assert await may_give(family) is counts


async def test_a_training_that_is_another_colleagues_after_all_counts_for_them_and_may_come_back(team: ATeam) -> None:
    family = await a_family(team)
    told = completed(None)
    await hears(team, told)

    held: list[bool] = []
    for whose in (family.practitioner.id, None, family.practitioner.id):
        async with team.begin(system()) as work:
            event = holder_changed(told, whose)
            await on_training_holder_changed(event, DELIVERED, work)
            rows = await work.session.execute(select(told_training).where(~told_training.c.is_withdrawn))
            held.append([row.colleague_id for row in rows] == [family.practitioner.id])

    assert held == [True, False, True]
    assert await may_give(family)


async def test_it_may_come_before_the_colleague_is_known_here(team: ATeam) -> None:
    await hears(team, completed(stranger := new_id()), completed(None))

    async with team.begin(system()) as work:
        await Colleagues(work.session).remember(stranger, "Nadia New", {Role.PRACTITIONER})
        [line] = await colleague_trainings(TODAY, ColleagueFilter(Course.NBO)).whole(work.session)
    assert (line.name, len(line.trainings)) == ("Nadia New", 1)


async def test_what_was_withdrawn_stays_so_when_it_is_told_again(team: ATeam) -> None:
    family = await a_family(team)
    told = completed(family.practitioner.id)

    await hears(team, told, withdrawn(told), told)

    assert not await may_give(family)


async def test_a_withdrawal_that_comes_first_is_not_undone_by_what_it_withdraws(team: ATeam) -> None:
    family = await a_family(team)
    told = completed(family.practitioner.id)

    await hears(team, withdrawn(told), told)

    assert not await may_give(family)


async def test_a_renewal_counts_whichever_comes_first(team: ATeam) -> None:
    family = await a_family(team)
    old = completed(family.practitioner.id, held_from=date(2023, 2, 1), until_on=date(2026, 2, 1))

    await hears(team, completed(family.practitioner.id), old)

    assert await may_give(family)


async def test_what_is_entered_here_and_what_is_told_are_two_sources_and_the_page_names_both(team: ATeam) -> None:
    family = await a_family(team)
    await train(team, family.practitioner.id, Course.NBO, until_on=date(2026, 1, 1))

    await hears(team, completed(family.practitioner.id))

    async with team.begin(system()) as work:
        lines = await colleague_trainings(TODAY, ColleagueFilter()).whole(work.session)
    known = next(line for line in lines if line.colleague_id == family.practitioner.id).trainings
    assert {one.source for one in known} == {TrainingSource.ENTERED, TrainingSource.TOLD}
    assert await may_give(family)


async def test_withdrawn_while_she_leads_the_plan_shows_it_and_nothing_is_ended(team: ATeam) -> None:
    family = await a_family(team)
    told = completed(family.practitioner.id)
    await hears(team, told)
    await agree(family, replace(a_strand(family), intervention=NBO))

    await hears(team, withdrawn(told))

    async with team.begin(family.practitioner) as work:
        [line] = (await plan_record(work, family.episode_id, NOW)).strands
    assert not line.is_trained
    assert line.strand.ended_on is None

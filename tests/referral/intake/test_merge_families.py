from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from services.referral.database.contact_tables import task
from services.referral.database.family_tables import family, family_member
from services.referral.database.intake_tables import merge_step
from services.referral.database.tables import episode, referral
from services.referral.intake.commands.accept_referral import AcceptedFamily
from services.referral.intake.commands.merge_families import MergeFamilies, merge_families
from services.referral.intake.commands.undo_merge import UndoMerge, undo_merge
from services.referral.intake.queries.merges import merges_of
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship
from services.referral.people.domain.subject import Baby
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor

LEAD = an_actor(Role.TEAM_LEAD)


async def ended(team: ATeam, **request: Any) -> AcceptedFamily:
    """A family whose work has ended."""
    accepted = await team.accepts(request=request)
    async with team.begin(LEAD) as work:
        await work.session.execute(
            update(episode).where(episode.c.id == accepted.episode_id).values(ended_on=TODAY, ending="completed")
        )
    return accepted


async def two_records(team: ATeam) -> tuple[UUID, UUID]:
    """The kept family, and one whose work has ended; Leonie and Shannon are in both."""
    gone = await ended(team, other_caregiver=Caregiver("Gran Example", Relationship.KINSHIP), nhs_number=None)
    kept = await team.accepts()
    return kept.family_id, gone.family_id


async def record_of(team: ATeam, family_id: UUID) -> Family:
    async with team.begin(LEAD) as work:
        return await Families(work).get(family_id)


async def the_same(team: ATeam, kept_id: UUID, gone_id: UUID) -> tuple[tuple[UUID, UUID], ...]:
    kept, gone = await record_of(team, kept_id), await record_of(team, gone_id)
    return ((gone.babies[0].id, kept.babies[0].id), (gone.carers[0].id, kept.carers[0].id))


async def merge(team: ATeam, kept_id: UUID, gone_id: UUID, actor: Actor = LEAD, **changes: Any) -> UUID:
    command = MergeFamilies(kept_id, gone_id, 1, 1, "The same address and birthday.")
    async with team.begin(actor) as work:
        return await merge_families(replace(command, **changes), work)


async def rows(team: ATeam) -> dict[str, Any]:
    """Whose everything is."""
    async with team.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, await connection.execute(select(*columns))), key=str)
            for table, columns in (
                (family_member, (family_member.c.family_id, family_member.c.person_id)),
                (episode, (episode.c.id, episode.c.family_id)),
                (referral, (referral.c.id, referral.c.family_id)),
                (task, (task.c.id, task.c.family_id)),
                (family, (family.c.id, family.c.merged_into)),
            )
        }


async def test_everything_of_the_one_goes_to_the_other_and_nobody_is_there_twice(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    same = await the_same(team, kept_id, gone_id)

    merge_id = await merge(team, kept_id, gone_id, same=same)

    kept = await record_of(team, kept_id)
    assert [baby.name for baby in kept.babies] == ["Shannon Example"]
    assert sorted(carer.name or "" for carer in kept.carers) == ["Dan Example", "Gran Example", "Leonie Example"]
    assert {dyad.baby_id for dyad in kept.dyads} == {kept.babies[0].id}
    whose = await rows(team)
    assert {family_id for _, family_id in whose["episode"]} == {kept_id}
    assert {family_id for _, family_id in whose["referral"]} == {kept_id}
    assert (gone_id, kept_id) in whose["family"]
    assert (
        "uk.pairs.family.merged.v1",
        {"merge_id": str(merge_id), "kept_family_id": str(kept_id), "merged_family_id": str(gone_id)},
    ) in await team.published()
    assert {("family.merge", kept_id), ("family.merge", gone_id)} <= set(await team.audited())


async def test_undoing_moves_the_same_rows_back_and_leaves_what_came_later(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    before = await rows(team)
    merge_id = await merge(team, kept_id, gone_id, same=await the_same(team, kept_id, gone_id))
    async with team.begin(LEAD) as work:
        later = await raise_task(RaiseTask(kept_id, TaskKind.SUPERVISION), work)

    async with team.begin(LEAD) as work:
        await undo_merge(UndoMerge(merge_id, "They are cousins."), work)

    after = await rows(team)
    assert after["task"] == [(later, kept_id)]
    assert {name: after[name] for name in after if name != "task"} == {
        name: before[name] for name in before if name != "task"
    }


async def test_the_ledger_says_what_moved_and_by_whom(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    merge_id = await merge(team, kept_id, gone_id)

    async with team.begin(LEAD) as work:
        (line,) = await merges_of(work, kept_id)
        tables = set(await work.session.scalars(select(merge_step.c.table_name)))

    assert (line.merge_id, line.merged_family_id, line.reason) == (merge_id, gone_id, "The same address and birthday.")
    assert {"family_member", "dyad", "episode", "referral"} <= tables
    assert line.moved >= 4


async def test_records_with_open_work_each_are_not_merged(team: ATeam) -> None:
    one, other = (await team.accepts()).family_id, (await team.accepts()).family_id

    with pytest.raises(RuleBroken) as refusal:
        await merge(team, one, other)

    assert "End one of the two" in refusal.value.sentence
    assert all(into is None for _, into in (await rows(team))["family"])


async def test_after_a_loss_in_either_nothing_is_sent_to_the_kept_family(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    async with team.begin(LEAD) as work:
        await work.session.execute(update(family).where(family.c.id == gone_id).values(messages_stopped_at=NOW))

    await merge(team, kept_id, gone_id)

    assert (await record_of(team, kept_id)).messages_stopped_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_may_not_merge(team: ATeam, role: Role) -> None:
    kept_id, gone_id = await two_records(team)

    with pytest.raises(NotAllowed):
        await merge(team, kept_id, gone_id, an_actor(role))


async def test_a_second_press_is_told_of_the_first(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    await merge(team, kept_id, gone_id)

    with pytest.raises(Conflict):
        await merge(team, kept_id, gone_id)


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)

    with pytest.raises(Conflict):
        await merge(team, kept_id, gone_id, kept_version=3)


async def test_a_record_is_not_merged_with_itself(team: ATeam) -> None:
    kept_id, _ = await two_records(team)

    with pytest.raises(RuleBroken):
        await merge(team, kept_id, kept_id)


async def test_a_reason_is_given(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)

    with pytest.raises(RuleBroken):
        await merge(team, kept_id, gone_id, reason=" ")


async def test_nobody_is_two_people_or_of_another_kind_or_another_family(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    (baby, carer) = await the_same(team, kept_id, gone_id)

    for same, refused in (
        ((baby, (baby[0], carer[1])), RuleBroken),
        (((baby[0], carer[1]),), RuleBroken),
        (((UUID(int=3), baby[1]),), NotFound),
    ):
        with pytest.raises(refused):
            await merge(team, kept_id, gone_id, same=same)


async def test_a_family_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    kept_id, _ = await two_records(team)
    elsewhere = (await other_team.accepts()).family_id

    with pytest.raises(NotFound):
        await merge(team, kept_id, elsewhere)


async def test_a_twin_who_is_in_one_record_only_comes_over(team: ATeam) -> None:
    born_on = Baby("Shannon Example", TODAY.replace(month=1)).born_on
    gone = await ended(team, subject=Baby("Sheila Example", born_on), other_caregiver=NoOtherCaregiver.NONE)
    kept_id = (await team.accepts()).family_id
    before, gone_record = await record_of(team, kept_id), await record_of(team, gone.family_id)

    await merge(team, kept_id, gone.family_id, same=((gone_record.carers[0].id, before.carers[0].id),))

    kept = await record_of(team, kept_id)
    sheila = next(baby for baby in kept.babies if baby.name == "Sheila Example")
    assert (sheila.id, before.carers[0].id) in {(dyad.baby_id, dyad.carer_id) for dyad in kept.dyads}


async def test_no_table_that_belongs_to_a_family_is_forgotten(team: ATeam) -> None:
    """The service may move every value that says whose a row is, of every table there is or will be."""
    kept_id, gone_id = await two_records(team)
    async with team.begin(LEAD) as work:
        await work.session.execute(
            insert(task).values(
                id=UUID(int=5),
                version=1,
                family_id=gone_id,
                kind=TaskKind.SUPERVISION,
                detail="",
                raised_at=NOW,
                due_on=TODAY,
            )
        )

    await merge(team, kept_id, gone_id)

    assert (await rows(team))["task"] == [(UUID(int=5), kept_id)]

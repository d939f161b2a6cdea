from uuid import UUID

import pytest

from services.referral.intake.commands.undo_merge import UndoMerge, undo_merge
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.intake.test_merge_families import ended, merge, record_of, rows, two_records

LEAD = an_actor(Role.TEAM_LEAD)


async def undo(team: ATeam, merge_id: UUID, actor: Actor = LEAD, reason: str = "They are cousins.") -> None:
    async with team.begin(actor) as work:
        await undo_merge(UndoMerge(merge_id, reason), work)


async def test_two_families_stand_for_themselves_again(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    before = await rows(team)
    merge_id = await merge(team, kept_id, gone_id)

    await undo(team, merge_id)

    assert await rows(team) == before
    assert [carer.name for carer in (await record_of(team, gone_id)).carers] == ["Leonie Example", "Gran Example"]
    assert (
        "uk.pairs.family.unmerged.v1",
        {"merge_id": str(merge_id), "kept_family_id": str(kept_id), "merged_family_id": str(gone_id)},
    ) in await team.published()
    assert {("family.unmerge", kept_id), ("family.unmerge", gone_id)} <= set(await team.audited())


async def test_after_undoing_they_can_be_merged_again(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    await undo(team, await merge(team, kept_id, gone_id))

    await merge(team, kept_id, gone_id, kept_version=3)

    assert (gone_id, kept_id) in (await rows(team))["family"]


async def test_a_second_press_is_told_so(team: ATeam) -> None:
    merge_id = await merge(team, *await two_records(team))
    await undo(team, merge_id)

    with pytest.raises(Conflict):
        await undo(team, merge_id)


async def test_a_merge_that_was_merged_on_is_undone_in_its_turn(team: ATeam) -> None:
    first = await ended(team)
    second = await ended(team)
    merge_id = await merge(team, second.family_id, first.family_id)
    third = await ended(team)
    await merge(team, third.family_id, second.family_id, merged_version=2)

    with pytest.raises(RuleBroken) as refusal:
        await undo(team, merge_id)

    assert "Undo that merge first" in refusal.value.sentence


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_may_not_undo(team: ATeam, role: Role) -> None:
    merge_id = await merge(team, *await two_records(team))

    with pytest.raises(NotAllowed):
        await undo(team, merge_id, an_actor(role))


async def test_a_reason_is_given_and_the_merge_is_there(team: ATeam) -> None:
    merge_id = await merge(team, *await two_records(team))

    with pytest.raises(RuleBroken):
        await undo(team, merge_id, reason=" ")
    with pytest.raises(NotFound):
        await undo(team, UUID(int=4))

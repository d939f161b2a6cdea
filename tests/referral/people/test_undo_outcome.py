import pytest
from sqlalchemy import select

from services.referral.people.commands.record_birth import RecordBirth, record_birth
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.record_pregnancy_loss import RecordPregnancyLoss, record_pregnancy_loss
from services.referral.people.commands.undo_outcome import UndoOutcome, undo_outcome
from services.referral.people.domain.person import Birth
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.people.builders import (
    ADMINISTRATOR,
    accepted,
    does,
    events,
    expecting,
    family_of,
    person_named,
    unborn_of,
)

WHY = "It was another Dan."


async def test_a_death_by_mistake_is_taken_back_and_messages_stay_stopped(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY))

    await does(team, undo_outcome, UndoOutcome(family_id, dan.id, 2, WHY))

    async with team.engine.connect() as connection:
        rows = await connection.execute(select(earlier_version.c.content).order_by(earlier_version.c.version))
        kept = [row.content for row in rows]
    assert (await person_named(team, family_id, "Dan Example")).died_on is None
    assert (kept[1]["died_on"], kept[1]["reason"]) == ("2026-03-02", WHY)
    assert (await family_of(team, family_id)).messages_stopped_at == NOW
    assert await events(team, "outcome.undone") == [{"family_id": str(family_id), "person_id": str(dan.id)}]
    assert ("outcome.undo", family_id) in await team.audited()


async def test_a_loss_or_a_birth_by_mistake_leaves_the_baby_expected(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    loss = RecordPregnancyLoss(family_id, baby.id, 1, PregnancyOutcome.MISCARRIAGE, TODAY)
    await does(team, record_pregnancy_loss, loss)
    await does(team, undo_outcome, UndoOutcome(family_id, baby.id, 2, WHY))
    await does(team, record_birth, RecordBirth(family_id, baby.id, 3, Birth(TODAY, "Max")))
    await does(team, undo_outcome, UndoOutcome(family_id, baby.id, 4, WHY))

    again = await unborn_of(team, family_id)
    assert (again.id, again.due_on, again.born_on, again.days_of_pregnancy) == (baby.id, baby.due_on, None, None)


async def test_there_must_be_something_to_take_back_and_a_reason(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(RuleBroken, match="outcome_none"):
        await does(team, undo_outcome, UndoOutcome(family_id, dan.id, 1, WHY))
    with pytest.raises(RuleBroken, match="reason_missing"):
        await does(team, undo_outcome, UndoOutcome(family_id, dan.id, 1, " "))
    with pytest.raises(Conflict):
        await does(team, undo_outcome, UndoOutcome(family_id, dan.id, 7, WHY))


async def test_an_administrator_takes_nothing_back(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(NotAllowed):
        await does(team, undo_outcome, UndoOutcome(family_id, dan.id, 1, WHY), ADMINISTRATOR)

from uuid import UUID

import pytest

from services.referral.governance.commands.lift_hold import LiftHold, lift_hold
from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.domain.retention import HoldReason
from services.referral.governance.queries.record_history import holds_of
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, PRACTITIONER


async def a_hold(team: ATeam) -> tuple[UUID, UUID]:
    family_id = (await team.accepts()).family_id
    async with team.begin(LEAD) as work:
        return family_id, await place_hold(PlaceHold(family_id, HoldReason.LITIGATION, "A complaint."), work)


async def lift(team: ATeam, hold: tuple[UUID, UUID], note: str = "It was withdrawn.", actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await lift_hold(LiftHold(*hold, note), work)


async def test_a_lifted_hold_stays_in_the_history(team: ATeam) -> None:
    hold = await a_hold(team)

    await lift(team, hold)

    async with team.begin(LEAD) as work:
        (line,) = await holds_of(work, hold[0])
    assert (line.lift_note, line.lifted_at is not None) == ("It was withdrawn.", True)
    assert (await team.audited())[-1] == ("hold.lift", hold[0])


async def test_it_is_lifted_once_by_the_lead_and_in_words(team: ATeam) -> None:
    hold = await a_hold(team)

    with pytest.raises(NotAllowed):
        await lift(team, hold, actor=PRACTITIONER)
    with pytest.raises(RuleBroken):
        await lift(team, hold, " ")
    await lift(team, hold)
    with pytest.raises(Conflict):
        await lift(team, hold)


async def test_a_hold_of_another_family_is_not_lifted(team: ATeam) -> None:
    hold = await a_hold(team)
    other = await a_hold(team)

    with pytest.raises(Conflict):
        await lift(team, (hold[0], other[1]))

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.commands.propose_destruction import ProposeDestruction, propose_destruction
from services.referral.governance.domain.retention import HoldReason
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.governance.builders import LEAD, PRACTITIONER

LONG_AFTER = datetime(2060, 3, 1, 10, tzinfo=UTC)


async def an_old_family(team: ATeam) -> UUID:
    """Work ended in 2026; the clock is at 2060, when Shannon is 34."""
    family = await team.accepts()
    async with team.engine.begin() as connection:
        ended = text("UPDATE episode SET ended_on = '2026-06-01', ending = 'completed' WHERE id = :id")
        await connection.execute(ended, {"id": family.episode_id})
    team.now = LONG_AFTER
    return family.family_id


async def propose(team: ATeam, family_id: UUID, note: str = "I read all of it.", actor: Actor = PRACTITIONER) -> UUID:
    async with team.begin(actor) as work:
        return await propose_destruction(ProposeDestruction(family_id, note), work)


async def test_a_record_whose_date_has_passed_may_be_proposed(team: ATeam) -> None:
    family_id = await an_old_family(team)

    await propose(team, family_id)

    assert (await team.audited())[-1] == ("destruction.propose", family_id)


async def test_a_record_that_must_be_kept_is_not_proposed(team: ATeam) -> None:
    at_work = (await team.accepts()).family_id
    with pytest.raises(RuleBroken):
        await propose(team, at_work)

    family_id = await an_old_family(team)
    team.now = datetime(2050, 10, 20, 10, tzinfo=UTC)
    with pytest.raises(RuleBroken):
        await propose(team, family_id)
    team.now = datetime(2050, 10, 21, 10, tzinfo=UTC)
    await propose(team, family_id)


async def test_a_held_record_is_not_proposed(team: ATeam) -> None:
    family_id = await an_old_family(team)
    async with team.begin(LEAD) as work:
        await place_hold(PlaceHold(family_id, HoldReason.INQUIRY, "The inquiry."), work)

    with pytest.raises(RuleBroken):
        await propose(team, family_id)


async def test_it_is_proposed_once_in_words_and_by_a_clinician(team: ATeam) -> None:
    family_id = await an_old_family(team)

    with pytest.raises(RuleBroken):
        await propose(team, family_id, " ")
    with pytest.raises(NotAllowed):
        await propose(team, family_id, actor=an_actor(Role.TEAM_ADMINISTRATOR))
    await propose(team, family_id)
    with pytest.raises(Conflict):
        await propose(team, family_id)
    with pytest.raises(NotFound):
        await propose(team, new_id())

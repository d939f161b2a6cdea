from datetime import date, timedelta

import pytest
from sqlalchemy import select

from services.referral.database.contact_tables import task
from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from shared.kernel.errors import Conflict, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import OTHER, PRACTITIONER, restrict, sees

WHY = "The midwife rang: the baby is at risk today."


async def test_in_an_emergency_the_record_is_open_for_an_hour_to_whoever_says_why(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    async with team.begin(OTHER) as work:
        opening = await break_glass(BreakGlass(family_id, WHY), work)

    team.now += timedelta(minutes=59)
    assert (await sees(team, family_id, OTHER), await sees(team, family_id, PRACTITIONER)) == (True, False)
    async with team.begin(OTHER) as work:
        row = (await work.session.execute(select(task).where(task.c.about == opening))).one()
    assert (row.kind, row.due_on) == ("break_glass_review", date(2026, 3, 9))
    assert [action for action, _ in await team.audited()][-2:] == ["task.raise", "family.break_glass"]

    team.now += timedelta(minutes=1)
    assert not await sees(team, family_id, OTHER)


@pytest.mark.parametrize("reason", ["", "  ", "please", "need it"])
async def test_a_word_is_not_a_reason(team: ATeam, reason: str) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    with pytest.raises(RuleBroken):
        async with team.begin(OTHER) as work:
            await break_glass(BreakGlass(family_id, reason), work)


async def test_who_may_see_the_record_already_does_not_break_the_glass_again(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    async with team.begin(OTHER) as work:
        await break_glass(BreakGlass(family_id, WHY), work)

    with pytest.raises(Conflict):
        async with team.begin(OTHER) as work:
            await break_glass(BreakGlass(family_id, WHY), work)

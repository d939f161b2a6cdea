from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.database.contact_tables import task
from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.governance.commands.review_break_glass import ReviewBreakGlass, review_break_glass
from services.referral.people.domain.restriction import BreakGlassFinding
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, OTHER, OTHER_LEAD, PRACTITIONER, restrict


async def an_opening(team: ATeam, actor: Actor = OTHER) -> UUID:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    async with team.begin(actor) as work:
        return await break_glass(BreakGlass(family_id, "The midwife rang about today."), work)


async def review(team: ATeam, opening: UUID, actor: Actor = LEAD, note: str = "Rang the midwife: right.") -> None:
    async with team.begin(actor) as work:
        await review_break_glass(ReviewBreakGlass(opening, BreakGlassFinding.JUSTIFIED, note), work)


async def test_the_lead_says_whether_it_was_right_and_the_task_is_answered(team: ATeam) -> None:
    opening = await an_opening(team)

    await review(team, opening)

    async with team.begin(LEAD) as work:
        row = (await work.session.execute(select(task).where(task.c.about == opening))).one()
    assert (row.answer, row.answered_by) == ("Rang the midwife: right.", LEAD.id)
    assert (await team.audited())[-1][0] == "break_glass.review"
    assert (await team.published())[-1][0] == "uk.pairs.task.answered.v1"


async def test_nobody_reviews_their_own(team: ATeam) -> None:
    opening = await an_opening(team, OTHER_LEAD)

    with pytest.raises(NotAllowed):
        await review(team, opening, OTHER_LEAD)


async def test_a_practitioner_does_not_review(team: ATeam) -> None:
    opening = await an_opening(team)

    with pytest.raises(NotAllowed):
        await review(team, opening, PRACTITIONER)


async def test_a_review_says_something_and_is_made_once(team: ATeam) -> None:
    opening = await an_opening(team)

    with pytest.raises(RuleBroken):
        await review(team, opening, note=" ")
    await review(team, opening)
    with pytest.raises(Conflict):
        await review(team, opening)

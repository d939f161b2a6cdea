"""An action is overdue until it is closed: by who owns it, or by who leads the region."""

from datetime import timedelta

import pytest

from services.reporting.dashboard.commands.agree_action import agree_action
from services.reporting.dashboard.commands.close_action import CloseAction, close_action
from services.reporting.dashboard.database.actions import Actions
from services.reporting.dashboard.domain.action import ActionState
from services.reporting.dashboard.queries.action_list import action_counts
from services.reporting.publication.domain.reach import ALL_OF_IT
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.an_action import JO, TODAY, agreed, an_action, states, two_teams


@pytest.fixture(autouse=True)
async def teams(work: UnitOfWork, feed: Feed) -> None:
    await two_teams(work, feed)


async def test_it_is_overdue_from_the_day_after_its_day_until_it_is_closed(work: UnitOfWork) -> None:
    made = await agreed(work, owned_by=JO)
    due = TODAY + timedelta(days=7)

    assert await states(work, due) == [("Jo Marsh", ActionState.OPEN)]
    assert await states(work, due + timedelta(days=1)) == [("Jo Marsh", ActionState.OVERDUE)]
    assert (await Actions(work).get(made)).state(due + timedelta(days=1)) is ActionState.OVERDUE

    await close_action(CloseAction(made, 1, "Shared on Monday."), work)

    assert await states(work, due + timedelta(days=1)) == [("Jo Marsh", ActionState.CLOSED)]
    assert await action_counts(work.session, due, ALL_OF_IT) == {ActionState.CLOSED: 1}


async def test_who_owns_it_closes_it_and_nobody_else_but_who_leads_the_region(work: UnitOfWork) -> None:
    of_jo, of_maya = await agreed(work, owned_by=JO), await agreed(work)
    work.actor = Actor(JO, frozenset({Role.LOCALITY_LEAD}))

    await close_action(CloseAction(of_jo, 1, "Done."), work)
    with pytest.raises(NotAllowed):
        await close_action(CloseAction(of_maya, 1, "Done."), work)
    with pytest.raises(NotAllowed):
        await agree_action(an_action(), work)


async def test_what_is_closed_is_not_closed_again(work: UnitOfWork) -> None:
    made = await agreed(work)
    await close_action(CloseAction(made, 1, "Done."), work)

    with pytest.raises(RuleBroken) as refused:
        await close_action(CloseAction(made, 2, "Done twice."), work)

    assert refused.value.code == "action_closed"

"""Two teams, somebody who leads the locality of one of them, and what is agreed with them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert

from services.reporting.dashboard.commands.agree_action import AgreeAction, agree_action
from services.reporting.dashboard.domain.action import ActionKind, ActionState
from services.reporting.dashboard.queries.action_list import ActionFilter, action_list
from services.reporting.publication.database.publication_tables import reader
from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from shared.contracts.vocabulary import Role
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.conftest import AT, LEAD_ID

TODAY = AT.date()
JO = UUID(int=77)
BLACKPOOL = Remit(localities=frozenset({"blackpool"}))


async def two_teams(work: UnitOfWork, feed: Feed) -> None:
    """Preston and Blackpool; Jo leads Blackpool's locality."""
    for team in ("preston", "blackpool"):
        await feed.announce(team)
    await Colleagues(work.session).remember(JO, "Jo Marsh", [Role.LOCALITY_LEAD])
    of_blackpool = {"audience": "inside", "localities": ["blackpool"], "signed_in_at": AT}
    await work.session.execute(insert(reader).values(actor_id=JO, **of_blackpool))


def an_action(**other: object) -> AgreeAction:
    usual = AgreeAction(
        new_id(), ActionKind.ACTION, "blackpool", 9, "Share the reminder.", LEAD_ID, TODAY + timedelta(days=7)
    )
    return replace(usual, **other)


async def agreed(work: UnitOfWork, **other: object) -> UUID:
    command = an_action(**other)
    await agree_action(command, work)
    return command.action_id


async def states(work: UnitOfWork, today: date, remit: Remit = ALL_OF_IT) -> list[tuple[str, ActionState]]:
    lines = await action_list(ActionFilter(), today, remit).whole(work.session)
    return [(one.owner, one.state) for one in lines]

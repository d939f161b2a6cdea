"""Actions, in the caller's unit of work: those that the actor may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from services.reporting.dashboard.database.action_tables import action
from services.reporting.dashboard.domain.action import Action
from services.reporting.publication.database.publication_tables import reader
from services.reporting.publication.database.readers import remit_now
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Remit
from shared.contracts.vocabulary import Role
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotAllowed, NotFound, changed_meanwhile
from shared.staff.colleagues import Colleague
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


def sees_action(remit: Remit, team: str) -> bool:
    """Whoever is told what is inside of the team; of the region, whoever sees all of it."""
    return remit.audience is Audience.INSIDE and (remit.localities is None or team in remit.localities)


class Actions:
    """Those of the region."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Action) -> None:
        await self._session.execute(insert(action).values(columns_of(one)))

    async def get(self, action_id: UUID) -> Action:
        """Raises NotFound: there is none, or it is of a team that the actor does not see."""
        return await self._get(action_id, for_update=False)

    async def get_to_change(self, action_id: UUID, seen: int) -> Action:
        """Locked until the transaction ends.

        Raises:
            NotFound: as `get`.
            NotAllowed: the actor neither leads the region nor owns it.
            Conflict: somebody changed it since that version was seen.
        """
        one = await self._get(action_id, for_update=True)
        self.check_may_change(one)
        if one.version != seen:
            raise changed_meanwhile("action_changed", "Someone changed this action")
        return one

    def check_may_change(self, one: Action) -> None:
        """Raises NotAllowed: the actor neither leads the region nor owns it."""
        actor = self._work.actor
        if Role.REGIONAL_LEAD not in actor.roles and one.owned_by != actor.id:
            raise NotAllowed("action_owner", "Whoever owns it does this, or whoever leads the region. Ask them.")

    async def save(self, one: Action) -> None:
        """As a new version."""
        one.version += 1
        await self._session.execute(update(action).where(action.c.id == one.id).values(columns_of(one)))

    async def possible_owners(self, team: str) -> Sequence[Colleague]:
        """Who leads the region, or the team's locality, and has signed in; by name."""
        of_all = reader.c.localities.is_(None)
        sees = (reader.c.audience == Audience.INSIDE.value) & or_(of_all, reader.c.localities.contains([team]))
        leads = reader.c.actor_id.is_(None) & colleague.c.roles.contains([Role.REGIONAL_LEAD.value])
        query = (
            select(colleague.c.id, colleague.c.name)
            .join(reader, reader.c.actor_id == colleague.c.id, isouter=True)
            .where(or_(sees, leads))
            .order_by(colleague.c.name, colleague.c.id)
        )
        return [Colleague(row.id, row.name) for row in await self._session.execute(query)]

    async def check_owner(self, owner: UUID, team: str) -> None:
        """Raises NotFound: they are none of the possible owners."""
        if owner not in {one.id for one in await self.possible_owners(team)}:
            raise NotFound("owner_unknown", "They see nothing of this team here. Choose one of the list.")

    async def _get(self, action_id: UUID, *, for_update: bool) -> Action:
        query = select(action).where(action.c.id == action_id)
        row = (await self._session.execute(query.with_for_update() if for_update else query)).one_or_none()
        remit = await remit_now(self._session, self._work.actor)
        if row is None or not sees_action(remit, row.team):
            raise NotFound("action_unknown", "There is no such action. Go back and choose one of the list.")
        return read_row(Action, row)

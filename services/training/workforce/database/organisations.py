"""Organisations as stored."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.training.database.workforce_tables import organisation, post
from services.training.workforce.database.spans import holds_on
from services.training.workforce.domain.organisation import Organisation
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork


class Organisations:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: Organisation) -> None:
        """Stores it; the same one sent twice is stored once.

        Raises:
            RuleBroken: another one that is open has this name.
        """
        stored = insert(organisation).values(columns_of(one)).on_conflict_do_nothing().returning(organisation.c.id)
        if await self._session.scalar(stored) is None and await self._by_id(one.id) is None:
            raise RuleBroken("organisation_known", "An organisation of this name is on the list.", field="name")

    async def get(self, organisation_id: UUID) -> Organisation:
        """Locked until the transaction ends. Raises NotFound when the team has no such organisation."""
        if (found := await self._by_id(organisation_id)) is None:
            raise NotFound("organisation_unknown", "There is no such organisation. Choose one from the list.")
        return found

    async def get_open(self, organisation_id: UUID) -> Organisation:
        """As `get`. Raises RuleBroken too when it is closed."""
        found = await self.get(organisation_id)
        if found.closed_on is not None:
            raise RuleBroken(
                "organisation_closed", "This organisation is closed. Choose another.", field="organisation"
            )
        return found

    async def save(self, one: Organisation) -> None:
        values = columns_of(one, without="id")
        await self._session.execute(update(organisation).where(organisation.c.id == one.id).values(values))

    async def at_work(self, organisation_id: UUID, day: date) -> int:
        """How many posts are held there on a day."""
        held = select(func.count()).where(post.c.organisation_id == organisation_id, holds_on(post, day))
        return await self._session.scalar(held) or 0

    async def _by_id(self, organisation_id: UUID) -> Organisation | None:
        query = select(organisation).where(organisation.c.id == organisation_id).with_for_update()
        row = (await self._session.execute(query)).one_or_none()
        return None if row is None else read_row(Organisation, row)

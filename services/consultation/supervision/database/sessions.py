"""Supervision sessions as stored."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.supervision_tables import supervisee
from services.consultation.database.supervision_tables import supervision_session as table
from services.consultation.supervision.domain.supervision_access import check_takes_part
from services.consultation.supervision.domain.supervision_session import SessionState, SupervisionSession
from shared.database.mapping import columns_of, read_row
from shared.kernel.calendar import london_start
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork


class SupervisionSessions:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: SupervisionSession) -> bool:
        """Says whether it was stored: one that was sent twice is stored once.

        Raises:
            NotSeen: the actor is not there, and not the team lead.
            RuleBroken: nothing is agreed with somebody who is supervised.
        """
        check_takes_part(self._work.actor, one)
        await self._check_known(one)
        stored = insert(table).values(_columns(one)).on_conflict_do_nothing().returning(table.c.id)
        return await self._session.scalar(stored) is not None

    async def get(self, session_id: UUID) -> SupervisionSession:
        """Raises NotFound when the team has no such session, and NotSeen as `add`."""
        return await self._get(select(table).where(table.c.id == session_id))

    async def get_to_change(self, session_id: UUID) -> SupervisionSession:
        """The same, locked until the transaction ends."""
        return await self._get(select(table).where(table.c.id == session_id).with_for_update())

    async def of_several_since(self, day: date) -> list[SupervisionSession]:
        """Held with more than one, from a day on; locked until the transaction ends."""
        is_held = table.c.state == SessionState.HELD
        several = func.cardinality(table.c.supervisees) > 1
        query = select(table).where(table.c.starts_at >= london_start(day), is_held, several).order_by(table.c.id)
        return [read_session(row) for row in await self._session.execute(query.with_for_update())]

    async def save(self, one: SupervisionSession) -> None:
        """Raises RuleBroken as `add`."""
        await self._check_known(one)
        values = _columns(one)
        await self._session.execute(update(table).where(table.c.id == one.id).values(values))

    async def _get(self, query: Any) -> SupervisionSession:
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("supervision_unknown", "There is no such session. Go back to the supervision page.")
        one = read_session(row)
        check_takes_part(self._work.actor, one)
        return one

    async def _check_known(self, one: SupervisionSession) -> None:
        there = one.meeting.supervisees
        known = await self._session.scalars(select(supervisee.c.id).where(supervisee.c.id.in_(there)))
        if len(set(known)) < len(set(there)):
            sentence = "Choose colleagues with an agreement. The team lead makes agreements."
            raise RuleBroken("supervision_no_agreement", sentence, field="supervisees")


def read_session(row: Any) -> SupervisionSession:
    left_early = {UUID(who): minutes for who, minutes in row.left_early.items()}
    return read_row(SupervisionSession, row, left_early=left_early)


def _columns(one: SupervisionSession) -> dict[str, Any]:
    left_early = {str(who): minutes for who, minutes in one.left_early.items()}
    return columns_of(one, without="left_early") | {"left_early": left_early}

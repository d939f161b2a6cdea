"""Requests for a copy of a record as stored, and what was decided on their parts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update

from services.referral.database.governance_tables import disclosure_decision
from services.referral.database.governance_tables import subject_access as table
from services.referral.governance.domain.subject_access import (
    DisclosureDecision,
    SubjectAccess,
)
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class SubjectAccesses:
    """The requests of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, request: SubjectAccess, by: UUID, at: datetime) -> None:
        await self._session.execute(insert(table), {**columns_of(request), "recorded_by": by, "recorded_at": at})

    async def get(self, request_id: UUID, *, to_change: bool = False) -> SubjectAccess:
        """Raises NotFound when this team has no such request."""
        query = select(table).where(table.c.id == request_id)
        row = (await self._session.execute(query.with_for_update() if to_change else query)).one_or_none()
        if row is None:
            raise NotFound("subject_access_not_found", "There is no such request. Look for it in the list of requests.")
        await check_family(self._work, row.family_id)
        return read_row(SubjectAccess, row)

    async def open_about(self, family_id: UUID, subject_id: UUID) -> SubjectAccess | None:
        """The first that is open, about one person of a family."""
        await check_family(self._work, family_id)
        about = (table.c.family_id == family_id, table.c.subject_id == subject_id, table.c.closed_on.is_(None))
        query = select(table).where(*about).order_by(table.c.asked_on, table.c.id).limit(1)
        row = (await self._session.execute(query)).one_or_none()
        return None if row is None else read_row(SubjectAccess, row)

    async def save(self, request: SubjectAccess, by: UUID) -> None:
        await self._session.execute(
            update(table)
            .where(table.c.id == request.id)
            .values(**columns_of(request), closed_by=by if request.closed_on else None)
        )

    async def decide(
        self, request_id: UUID, item: str, decision: DisclosureDecision, reason: str, by: UUID, at: datetime
    ) -> None:
        """Add a decision; the one before stays. The request is locked, so that their numbers are in order."""
        of_item = (disclosure_decision.c.request_id == request_id) & (disclosure_decision.c.item == item)
        last = await self._session.scalar(select(func.max(disclosure_decision.c.number)).where(of_item))
        await self._session.execute(
            insert(disclosure_decision),
            {
                "request_id": request_id,
                "item": item,
                "number": (last or 0) + 1,
                "decision": decision,
                "reason": reason,
                "decided_by": by,
                "decided_at": at,
            },
        )

    async def decisions(self, request: SubjectAccess) -> dict[str, DisclosureDecision]:
        """Item → what holds now."""
        rows = await self._session.execute(
            select(disclosure_decision.c.item, disclosure_decision.c.decision)
            .where(disclosure_decision.c.request_id == request.id)
            .order_by(disclosure_decision.c.item, disclosure_decision.c.number)
        )
        return {row.item: DisclosureDecision(row.decision) for row in rows}

"""Requests for a copy of a record as stored, and what was decided on their parts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update

from services.referral.database.governance_tables import disclosure_decision
from services.referral.database.governance_tables import subject_access as table
from services.referral.governance.domain.subject_access import (
    AccessOutcome,
    AskerRelation,
    DisclosureDecision,
    SubjectAccess,
)
from services.referral.staff.database.record_access import check_family
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class SubjectAccesses:
    """The requests of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, request: SubjectAccess, by: UUID, at: datetime) -> None:
        await self._session.execute(
            insert(table).values(
                id=request.id,
                version=request.version,
                family_id=request.family_id,
                subject_id=request.subject_id,
                asked_by=request.asked_by,
                relation=request.relation,
                authority_note=request.authority_note,
                asked_on=request.asked_on,
                due_on=request.due_on,
                recorded_by=by,
                recorded_at=at,
            )
        )

    async def get(self, request_id: UUID, *, to_change: bool = False) -> SubjectAccess:
        """Raises NotFound when this team has no such request."""
        query = select(table).where(table.c.id == request_id)
        row = (await self._session.execute(query.with_for_update() if to_change else query)).one_or_none()
        if row is None:
            raise NotFound("subject_access_not_found", "There is no such request. Look for it in the list of requests.")
        await check_family(self._work, row.family_id)
        return SubjectAccess(
            row.id,
            row.family_id,
            row.subject_id,
            row.asked_by,
            AskerRelation(row.relation),
            row.authority_note,
            row.asked_on,
            row.due_on,
            row.extension_reason,
            AccessOutcome(row.outcome) if row.outcome else None,
            row.closed_on,
            row.version,
        )

    async def save(self, request: SubjectAccess, by: UUID) -> None:
        await self._session.execute(
            update(table)
            .where(table.c.id == request.id)
            .values(
                version=request.version,
                due_on=request.due_on,
                extension_reason=request.extension_reason,
                closed_on=request.closed_on,
                closed_by=by if request.closed_on else None,
                outcome=request.outcome,
            )
        )

    async def decide(
        self, request_id: UUID, item: str, decision: DisclosureDecision, reason: str, by: UUID, at: datetime
    ) -> None:
        """Add a decision; the one before stays. The request is locked, so that their numbers are in order."""
        of_item = (disclosure_decision.c.request_id == request_id) & (disclosure_decision.c.item == item)
        last = await self._session.scalar(select(func.max(disclosure_decision.c.number)).where(of_item))
        await self._session.execute(
            insert(disclosure_decision).values(
                request_id=request_id,
                item=item,
                number=(last or 0) + 1,
                decision=decision,
                reason=reason,
                decided_by=by,
                decided_at=at,
            )
        )

    async def decisions(self, request: SubjectAccess) -> dict[str, DisclosureDecision]:
        """Item → what holds now."""
        rows = await self._session.execute(
            select(disclosure_decision.c.item, disclosure_decision.c.decision)
            .where(disclosure_decision.c.request_id == request.id)
            .order_by(disclosure_decision.c.item, disclosure_decision.c.number)
        )
        return {row.item: DisclosureDecision(row.decision) for row in rows}

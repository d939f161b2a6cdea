"""Consultations that should become a referral, as stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.referral.contacts.database.heard_consultations import HeardConsultations
from services.referral.database.consultation_tables import wanted_referral as table
from services.referral.intake.domain.wanted_referral import WantedReferral, reasons_of
from shared.contracts.consultation import ReferralWanted
from shared.contracts.consultation_codes import Topic
from shared.contracts.vocabulary import SourceGroup
from shared.unit_of_work import UnitOfWork


class WantedReferrals:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, event: ReferralWanted) -> None:
        """Once, however often it is told; one that became a referral already stays so."""
        heard = HeardConsultations(self._work)
        said = {
            "held_on": event.held_on,
            "sector": event.sector.value,
            "topics": list(event.topics),
            "family_id": await heard.record_of(event.family_id) if event.family_id else None,
        }
        row = insert(table).values(consultation_id=event.consultation_id, is_withdrawn=False, **said)
        await self._session.execute(row.on_conflict_do_update(index_elements=["consultation_id"], set_=said))

    async def withdraw(self, consultation_id: UUID) -> None:
        """It should not become one any more; a referral that it became stays."""
        its = table.c.consultation_id == consultation_id
        await self._session.execute(update(table).where(its).values(is_withdrawn=True))

    async def open(self) -> list[WantedReferral]:
        """Those that nobody has taken in, the oldest first."""
        is_open = table.c.held_on.is_not(None), table.c.referral_id.is_(None), ~table.c.is_withdrawn
        rows = await self._session.execute(select(table).where(*is_open).order_by(table.c.held_on).limit(10))
        return [_read(row) for row in rows]

    async def find(self, consultation_id: UUID) -> WantedReferral | None:
        """None when it was not heard of."""
        row = (
            await self._session.execute(select(table).where(table.c.consultation_id == consultation_id))
        ).one_or_none()
        return _read(row) if row else None

    async def become(self, consultation_id: UUID, referral_id: UUID) -> bool:
        """False when it became another referral before."""
        await self._session.execute(
            insert(table).values(consultation_id=consultation_id, is_withdrawn=False).on_conflict_do_nothing()
        )
        became = (
            update(table)
            .where(table.c.consultation_id == consultation_id, table.c.referral_id.is_(None))
            .values(referral_id=referral_id)
            .returning(table.c.consultation_id)
        )
        return await self._session.scalar(became) is not None


def _read(row: Any) -> WantedReferral:
    return WantedReferral(
        row.consultation_id,
        row.held_on,
        SourceGroup(row.sector) if row.sector else None,
        reasons_of(map(Topic, row.topics or ())),
        row.family_id,
        row.referral_id,
    )

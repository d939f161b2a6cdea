"""Consultations about a family, as the consultation service tells of them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.consultation_tables import heard_consultation
from services.referral.database.family_tables import family
from shared.contracts.consultation import ConsultationHeld, ConsultationIdentified, ConsultationWithdrawn
from shared.unit_of_work import UnitOfWork


class HeardConsultations:
    """Those of one team, each once, whatever order and however often they are told of."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def hear(self, event: ConsultationHeld | ConsultationIdentified) -> None:
        """It stands on the timeline of the family that it names, unless it was withdrawn already."""
        await self._store(event, is_withdrawn=False)

    async def forget(self, event: ConsultationWithdrawn) -> None:
        """It was entered by mistake, also where that is heard first."""
        await self._store(event, is_withdrawn=True)

    async def _store(
        self, event: ConsultationHeld | ConsultationIdentified | ConsultationWithdrawn, *, is_withdrawn: bool
    ) -> None:
        """A family that is gone has no timeline."""
        if event.family_id is None or (family_id := await self.record_of(event.family_id)) is None:
            return
        row = insert(heard_consultation).values(
            id=event.consultation_id,
            family_id=family_id,
            held_on=event.held_on,
            kind=event.kind,
            is_withdrawn=is_withdrawn,
        )
        withdraws = {"is_withdrawn": heard_consultation.c.is_withdrawn | row.excluded.is_withdrawn}
        await self._session.execute(row.on_conflict_do_update(index_elements=["id"], set_=withdraws))

    async def record_of(self, family_id: UUID) -> UUID | None:
        """Whose record it is part of today: at the end of a way of merges."""
        way = select(family.c.id, family.c.merged_into).where(family.c.id == family_id).cte(recursive=True)
        way = way.union_all(select(family.c.id, family.c.merged_into).where(family.c.id == way.c.merged_into))
        return await self._session.scalar(select(way.c.id).where(way.c.merged_into.is_(None)))

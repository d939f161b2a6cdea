"""Consultations as stored."""

from uuid import UUID, uuid5

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.consultation.consultations.domain.consultation import Consultation
from services.consultation.database.tables import consultation
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Consultations:
    """Those of one team. Everybody of the team sees each: none has a name of a family in a field."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: Consultation) -> bool:
        """Says whether it was stored: one that was sent twice is stored once."""
        values = columns_of(one) | {"version": one.version + 1}
        stored = insert(consultation).values(values).on_conflict_do_nothing().returning(consultation.c.id)
        return await self._session.scalar(stored) is not None

    async def get_to_change(self, consultation_id: UUID) -> Consultation:
        """Locked until the transaction ends. Raises NotFound when the team has no such consultation."""
        query = select(consultation).where(consultation.c.id == consultation_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise no_such_consultation()
        return read_row(Consultation, row)

    async def save(self, one: Consultation) -> None:
        values = columns_of(one, without="id")
        await self._session.execute(update(consultation).where(consultation.c.id == one.id).values(values))


def conversion_of(consultation_id: UUID) -> UUID:
    """What is told of a consultation's having led to a referral is told of this."""
    return uuid5(consultation_id, "conversion")


def no_such_consultation() -> NotFound:
    return NotFound("consultation_unknown", "There is no such consultation. Go back to the list.")

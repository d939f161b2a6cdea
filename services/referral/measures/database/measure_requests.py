"""Links for parents and carers as stored: whoever has the token has the link, and only its hash is here."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from services.referral.database.measure_tables import measure_request as table
from services.referral.measures.domain.measure_request import MeasureRequest
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class MeasureRequests:
    """The links of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, request: MeasureRequest, token: str) -> None:
        await self._session.execute(insert(table), {**columns_of(request), "token_hash": _hash(token)})

    async def is_of(self, family_id: UUID, request_id: UUID, token: str) -> bool:
        """Whether this family has this link, and the token is its own."""
        asked = (table.c.id == request_id, table.c.family_id == family_id, table.c.token_hash == _hash(token))
        return await self._session.scalar(select(table.c.id).where(*asked)) is not None

    async def seek(self, token: str) -> MeasureRequest | None:
        """None when no link has this token."""
        row = (await self._session.execute(select(table).where(table.c.token_hash == _hash(token)))).one_or_none()
        return None if row is None else read_row(MeasureRequest, row)

    async def find(self, token: str) -> MeasureRequest:
        """Raises NotFound when no link has this token."""
        return await self._one(select(table).where(table.c.token_hash == _hash(token)))

    async def find_to_change(self, token: str) -> MeasureRequest:
        """As `find`, and locked until the transaction ends, so that a second press finds it answered."""
        return await self._one(select(table).where(table.c.token_hash == _hash(token)).with_for_update())

    async def get_to_change(self, request_id: UUID) -> MeasureRequest:
        """Locked until the transaction ends. Raises NotFound when this team has no such link."""
        return await self._one(select(table).where(table.c.id == request_id).with_for_update())

    async def save(self, request: MeasureRequest) -> None:
        await self._session.execute(update(table).where(table.c.id == request.id).values(**columns_of(request)))

    async def _one(self, query: Any) -> MeasureRequest:
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            raise NotFound("measure_link_unknown", "There is no such link. Check that all of it was copied.")
        await check_family(self._work, row.family_id)
        return read_row(MeasureRequest, row)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""Links by which whoever asked says whether it helped: who has the token has the link, and only its hash is here."""

import hashlib
import hmac
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.tables import evaluation
from services.consultation.evaluations.domain.evaluation import Evaluation
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


class Evaluations:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: Evaluation, token: str) -> bool:
        """False when it was asked for before."""
        values = columns_of(one) | {"token_hash": _hash(token)}
        stored = insert(evaluation).values(values).on_conflict_do_nothing().returning(evaluation.c.consultation_id)
        return await self._session.scalar(stored) is not None

    async def of(self, consultation_id: UUID) -> Evaluation | None:
        """None: nobody was asked."""
        row = (
            await self._session.execute(select(evaluation).where(evaluation.c.consultation_id == consultation_id))
        ).one_or_none()
        return read_row(Evaluation, row) if row else None

    async def seek(self, token: str) -> Evaluation | None:
        """Locked until the transaction ends; None when there is none with this token."""
        query = select(evaluation).where(evaluation.c.token_hash == _hash(token)).with_for_update()
        row = (await self._session.execute(query)).one_or_none()
        return read_row(Evaluation, row) if row else None

    async def save(self, one: Evaluation) -> None:
        its = evaluation.c.consultation_id == one.consultation_id
        await self._session.execute(update(evaluation).where(its).values(columns_of(one, without="consultation_id")))


def token_of(consultation_id: UUID, key: bytes) -> str:
    """The secret of a link, which who has the database does not have.

    Args:
        key: of this team alone, and kept outside its database.
    """
    return hmac.digest(key, b"whether it helped" + consultation_id.bytes, "sha256").hex()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""Conversations about a family and risk notes, as stored: they are added, and never changed."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from services.referral.contacts.domain.liaison import Liaison, RiskNote, SharedConcern
from services.referral.database.liaison_tables import liaison as liaison_table
from services.referral.database.liaison_tables import risk_note as risk_table
from shared.database.mapping import columns_of
from shared.unit_of_work import UnitOfWork


class Liaisons:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Liaison, work: UnitOfWork) -> bool:
        """Says whether it was stored: one that was sent twice is stored once."""
        values = insert(liaison_table).values(
            **columns_of(one, without="disclosure"),
            recorded_at=work.now,
            **_disclosure(one.disclosure),
        )
        stored = values.on_conflict_do_nothing().returning(liaison_table.c.id)
        return await self._session.scalar(stored) is not None

    async def add_risk(self, note: RiskNote) -> bool:
        """As `add`."""
        values = insert(risk_table).values(**columns_of(note))
        return await self._session.scalar(values.on_conflict_do_nothing().returning(risk_table.c.id)) is not None


def _disclosure(one: SharedConcern | None) -> dict[str, Any]:
    if one is None:
        return {"disclosed": "", "disclosed_to": "", "no_consent_why": ""}
    return {
        "disclosed": one.what,
        "disclosed_to": one.to_whom,
        "disclosure_basis": one.basis,
        "consent_sought": one.consent,
        "no_consent_why": one.why_without,
    }

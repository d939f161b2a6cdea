"""Conversations about a family and risk notes, as stored: they are added, and never changed."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from services.referral.contacts.domain.liaison import Liaison, RiskNote, SharedConcern
from services.referral.database.liaison_tables import liaison as liaison_table
from services.referral.database.liaison_tables import risk_note as risk_table
from shared.unit_of_work import UnitOfWork


class Liaisons:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Liaison, work: UnitOfWork) -> bool:
        """Says whether it was stored: one that was sent twice is stored once."""
        values = insert(liaison_table).values(
            id=one.id,
            version=one.version,
            family_id=one.family_id,
            episode_id=one.episode_id,
            practitioner_id=one.practitioner_id,
            happened_at=one.happened_at,
            kind=one.kind,
            profession=one.profession,
            organisation=one.organisation,
            way=one.way,
            about=one.about,
            minutes=one.minutes,
            basis=one.basis,
            recorded_at=work.now,
            **_disclosure(one.disclosure),
        )
        stored = values.on_conflict_do_nothing().returning(liaison_table.c.id)
        return await self._session.scalar(stored) is not None

    async def add_risk(self, note: RiskNote) -> bool:
        """As `add`."""
        values = insert(risk_table).values(
            id=note.id,
            version=note.version,
            family_id=note.family_id,
            episode_id=note.episode_id,
            contact_id=note.contact_id,
            noted_by=note.noted_by,
            noted_at=note.noted_at,
            concern=note.concern,
            action=note.action,
            told=note.told,
        )
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

"""How did an organisation ask the last time?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.consultation.database.tables import consultation
from shared.contracts.consultation_codes import ConsultationMode, Profession
from shared.contracts.vocabulary import Tier
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Usual:
    """What the form of an organisation begins with: as it was the last time, or nothing."""

    profession: Profession | None = None
    tier: Tier | None = None
    name: str = ""
    last_on: date | None = None
    minutes: int = 30
    mode: ConsultationMode = ConsultationMode.PHONE


async def usual_of(work: UnitOfWork, organisation_id: UUID) -> Usual:
    """As it was the last time that the organisation asked; nothing where it never did."""
    query = (
        select(consultation)
        .where(consultation.c.organisation_id == organisation_id, consultation.c.withdrawn_why == "")
        .order_by(consultation.c.held_on.desc(), consultation.c.logged_at.desc())
        .limit(1)
    )
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        return Usual()
    return Usual(Profession(row.profession), Tier(row.tier) if row.tier else None, row.name, row.held_on)

"""What does a referral say, and how long has it waited?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from services.referral.database.intake_tables import promise
from services.referral.database.tables import episode
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import TriageWait, triage_wait
from services.referral.people.domain.age import age_in_words
from services.referral.people.domain.remit import Remit
from services.referral.staff.queries.danger_to_answer import RESPONSIBLE_ID, is_begun
from shared.contracts.pathway_codes import PromiseKind
from shared.database.mapping import read_row
from shared.staff.colleagues import Colleagues
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DangerSaid:
    """What was promised to whoever said that there is danger, and what became of it."""

    promise_id: UUID
    due_at: datetime
    """UTC."""
    responsible_name: str | None
    """Who answers it; None: nobody is named."""
    answered_at: datetime | None
    answered_by_name: str | None
    spoken_with: str
    answer: str


@dataclass(frozen=True)
class ReferralRecord:
    """A referral as triage sees it."""

    referral: Referral
    age: str
    """In words, today."""
    wait: TriageWait
    """Until the decision, or until today."""
    in_remit: bool
    """False is a warning, not a bar."""
    decided_by_name: str | None
    """None before the decision, and when the record does not know it."""
    danger: DangerSaid | None
    """None where nobody said that there is danger."""


async def referral_record(work: UnitOfWork, referral_id: UUID, today: date, remit: Remit) -> ReferralRecord:
    """Raises NotFound when this team has no such referral."""
    referral = await Referrals(work).get(referral_id)
    until = referral.decision.decided_on if referral.decision else today
    return ReferralRecord(
        referral=referral,
        age=age_in_words(referral.request.subject, today),
        wait=triage_wait(referral.received_on, until),
        decided_by_name=await Colleagues(work.session).name(referral.decision.decided_by)
        if referral.decision
        else None,
        danger=await _danger_said(work, referral_id),
        in_remit=remit.includes(referral.request.subject, referral.received_on),
    )


async def _danger_said(work: UnitOfWork, referral_id: UUID) -> DangerSaid | None:
    responsible = colleague.alias("responsible")
    query = (
        select(promise, colleague.c.name.label("answered_by_name"), responsible.c.name.label("responsible_name"))
        .outerjoin(colleague, colleague.c.id == promise.c.answered_by)
        .outerjoin(episode, is_begun())
        .outerjoin(responsible, responsible.c.id == RESPONSIBLE_ID)
        .where(promise.c.about == referral_id, promise.c.kind == PromiseKind.DANGER_SAID)
    )
    row = (await work.session.execute(query)).one_or_none()
    return read_row(DangerSaid, row, promise_id=row.id) if row else None

"""What does a referral say, and how long has it waited?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import TriageWait, triage_wait
from services.referral.people.domain.age import age_in_words
from services.referral.people.domain.remit import Remit
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork


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
        in_remit=remit.includes(referral.request.subject, referral.received_on),
    )

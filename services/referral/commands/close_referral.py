"""Close a referral without taking the family on: advice, another service, or no."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.database.referrals import Referrals
from services.referral.domain.triage import Closure
from shared.contracts.vocabulary import DeclineReason, TriageOutcome
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseReferral:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page that the actor decided on."""
    outcome: TriageOutcome
    reason: DeclineReason
    explanation: str
    """What the referrer and the family are told; stays in the team."""


async def close_referral(command: CloseReferral, work: UnitOfWork) -> None:
    """Publish ReferralClosed.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor may not decide on it.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: nothing is said about what people are told.
    """
    referrals = Referrals(work.session)
    referral = await referrals.get_to_change(command.referral_id)
    closure = Closure(command.outcome, command.reason, command.explanation, work.today, work.actor.id)
    closed = referral.close(closure, work.actor.roles, seen=command.expected_version)
    work.publish(closed, about=referral)
    await referrals.save(referral)
    work.record("referral.close", referral.id)

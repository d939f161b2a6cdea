"""Open a closed referral again, within 28 days: it keeps its first receipt, and the wait counts from there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.triage import Acceptance, Closure
from services.referral.people.database.restrictions import Restrictions
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReopenReferral:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page."""
    reason: str


async def reopen_referral(command: ReopenReferral, work: UnitOfWork) -> None:
    """Publish ReferralReopened; the decision that no longer holds is kept as an earlier version.

    What had been added to a restricted record stays with it, and so closed to others, until someone accepts it.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor may not decide on referrals.
        Conflict: it was changed after the page was opened.
        RuleBroken: it is not closed, was closed more than 28 days ago, or no reason is given.
    """
    referrals = Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    version, before = referral.version, _content(referral.decision)
    stays = referral.family_id is not None and await Restrictions(work).covers(referral.family_id)
    reopened = referral.reopen(
        command.reason, work.actor.roles, work.today, seen=command.expected_version, stays_with_family=stays
    )
    await keep_earlier_version(work, "referral", referral.id, version, before)
    work.publish(reopened, about=referral)
    await referrals.save(referral)
    work.record("referral.reopen", referral.id)


def _content(decision: Acceptance | Closure | None) -> dict[str, Any]:
    if not isinstance(decision, Closure):
        return {}
    return {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "explanation": decision.explanation,
        "told": sorted(decision.told),
        "target_service": decision.target_service,
        "decided_on": decision.decided_on.isoformat(),
        "decided_by": str(decision.decided_by),
        "family_id": str(decision.family_id) if decision.family_id else None,
    }

"""Record what the referrer answered: the referral waits for a decision again."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SupplyMissing:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page."""
    supplied: str
    """What came; stays in the team."""


async def supply_missing(command: SupplyMissing, work: UnitOfWork) -> None:
    """Publish ReferralCompleted.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor does not work in the team.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: nothing was asked for, or it is not said what came.
    """
    referrals = Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    completed = referral.supply(command.supplied, work.actor.roles, work.today, seen=command.expected_version)
    work.publish(completed, about=referral)
    await referrals.save(referral)
    work.record("referral.supply", referral.id)

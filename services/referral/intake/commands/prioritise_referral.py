"""Set the clinical priority of a referral before it is decided on: an urgent one has a shorter target."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from shared.contracts.vocabulary import Urgency
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PrioritiseReferral:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page."""
    urgency: Urgency


async def prioritise_referral(command: PrioritiseReferral, work: UnitOfWork) -> None:
    """No event: the priority is told with the decision.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor may not decide on referrals.
        Conflict: it was decided, or changed, after the page was opened.
    """
    referrals = Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    referral.set_urgency(command.urgency, work.actor.roles, seen=command.expected_version)
    await referrals.save(referral)
    work.record("referral.prioritise", referral.id)

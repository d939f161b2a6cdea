"""Take in a referral, from whichever way it came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.promise import danger_answered_by
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.team.database.team_work import TeamWork
from services.referral.team.domain.reference import local_reference
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.clock import london_date
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class ReceiveReferral:
    """Anyone may refer, so no role is asked for."""

    idempotency_key: UUID
    """The same for each attempt at the same referral: a draft's id, or a hash of a message."""
    request: ReferralRequest
    is_named_later: bool = False
    """It gets no reference yet, since whoever waits for the next number would wait for all that comes with it."""
    received_at: datetime | None = None
    """When it came, in a caseload that is taken over (UTC); None: now."""


@dataclass(frozen=True)
class Receipt:
    """What the referrer is given; it does not tell whether the family was known before."""

    referral_id: UUID
    reference: str


async def receive_referral(command: ReceiveReferral, work: TeamWork) -> Receipt:
    """Save the referral and publish ReferralReceived, and PromiseMade when it says that someone is in danger.

    A repeated attempt gives the first one's receipt, and no event.

    Raises:
        RuleBroken: no reason, no way to reach the referrer, or a date that cannot be right.
    """
    referrals = Referrals(work)
    if earlier := await referrals.received_before(command.idempotency_key):
        return Receipt(*earlier)
    received_at = command.received_at or work.now
    year = london_date(received_at).year
    referral_id = new_id()
    if command.is_named_later:
        reference = str(referral_id)
    else:
        (number,) = await referrals.next_numbers(year)
        reference = local_reference(work.team.prefix, year, number)
    referral, received = Referral.receive(referral_id, reference, command.request, received_at)
    work.publish(received, about=referral)
    await referrals.add(referral, command.idempotency_key)
    work.record("referral.receive", referral.id)
    if command.request.in_danger and command.received_at is None:
        due_at = danger_answered_by(received_at, work.team.hours)
        await make_promise(MakePromise(PromiseKind.DANGER_SAID, due_at, referral.id), work)
    return Receipt(referral.id, referral.reference)

"""Ask the referrer for what is missing, for the first time or once more; the wait goes on from the first receipt."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from shared.contracts.pathway_codes import PromiseKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AskForMore:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page."""
    asked_for: str
    """What is missing; stays in the team and in the letter."""
    chase_on: date
    """When to ask again if nothing came."""
    safety_worry: bool = False
    """Someone's safety is in question: it is never returned for want of an answer."""


async def ask_for_more(command: AskForMore, work: UnitOfWork) -> None:
    """Publish ReferralIncomplete.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor does not work in the team.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: it is not said what is missing, or the day to ask again is not within 60 days.
    """
    referrals = Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    asked = referral.ask(
        command.asked_for,
        command.chase_on,
        work.actor.roles,
        work.today,
        safety_worry=command.safety_worry,
        seen=command.expected_version,
    )
    work.publish(asked, about=referral)
    await referrals.save(referral)
    await keep_promises(KeepPromises(referral.id, {PromiseKind.READ_BY}), work)
    work.record("referral.ask", referral.id)

"""Gives each step of triage to the real command."""

from datetime import timedelta

from services.referral.demonstration.family_so_far import FamilySoFar
from services.referral.demonstration.happening import Accepted, AskedForMore, Closed, Decision, Reopened, Supplied
from services.referral.demonstration.team import PRACTITIONERS
from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.commands.ask_for_more import AskForMore, ask_for_more
from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.commands.reopen_referral import ReopenReferral, reopen_referral
from services.referral.intake.commands.supply_missing import SupplyMissing, supply_missing
from services.referral.intake.domain.triage import TargetService, Told
from shared.contracts.vocabulary import TriageOutcome
from shared.unit_of_work import UnitOfWork

_ASK_AGAIN = timedelta(10)


async def take_triage_step(family: FamilySoFar, step: Decision, work: UnitOfWork) -> None:
    """Raises Refusal when the command says no."""
    referral_id, seen = family.referral_id, family.referral_version
    match step:
        case AskedForMore():
            await ask_for_more(AskForMore(referral_id, seen, step.asked_for, work.today + _ASK_AGAIN), work)
        case Supplied():
            await supply_missing(SupplyMissing(referral_id, seen, step.words), work)
        case Accepted():
            await _accept(family, step, work)
        case Closed():
            await _close(family, step, work)
        case Reopened():
            await reopen_referral(ReopenReferral(referral_id, seen, step.reason), work)
    family.referral_version += 1


async def _accept(family: FamilySoFar, accepted: Accepted, work: UnitOfWork) -> None:
    """A family that was there before stays the one that it is."""
    command = AcceptReferral(
        family.referral_id,
        family.referral_version,
        accepted.urgency,
        accepted.opening,
        family_id=family.family_id,
        baby_id=family.record.babies[0].id if family.record else None,
        lead_id=None if accepted.lead is None else PRACTITIONERS[accepted.lead].id,
    )
    begun = await accept_referral(command, work)
    family.episode_id, family.family_id, family.lead = begun.episode_id, begun.family_id, accepted.lead
    family.record = None


async def _close(family: FamilySoFar, closed: Closed, work: UnitOfWork) -> None:
    target = TargetService.FAMILY_HUB if closed.outcome is TriageOutcome.SIGNPOSTED else None
    told = frozenset({Told.REFERRER, Told.FAMILY})
    seen = family.referral_version
    command = CloseReferral(family.referral_id, seen, closed.outcome, closed.reason, closed.explanation, told, target)
    await close_referral(command, work)

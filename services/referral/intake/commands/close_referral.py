"""Close a referral without taking the family on: advice, another service, or no."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.triage import Closure, TargetService, Told
from services.referral.people.database.families import Families
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.still_open import Settling
from services.referral.staff.queries.still_open import danger_open
from shared.contracts.pathway_codes import PromiseKind
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
    told: frozenset[Told] = frozenset()
    target_service: TargetService | None = None
    """Needed when the family is signposted."""
    family_id: UUID | None = None
    """Needed when the referral is added to a family that the team works with."""
    safety_to: UUID | None = None
    """The colleague who answers whoever said that there is danger; needed while nobody has."""


async def close_referral(command: CloseReferral, work: UnitOfWork) -> None:
    """Publish ReferralClosed.

    Raises:
        NotFound: this team has no such referral, or no such family to add it to.
        NotAllowed: the actor may not decide on it.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: nothing is said about what people are told, where they are signposted, or which family it joins;
            or it is returned before the referrer was asked again twice; or nobody has answered that there is danger.
    """
    referrals = Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    closure = Closure(
        command.outcome,
        command.reason,
        command.explanation,
        work.today,
        work.actor.id,
        command.told,
        command.target_service,
        await _joined(command, work),
    )
    closed = referral.close(closure, work.actor.roles, seen=command.expected_version)
    work.publish(closed, about=referral)
    await referrals.save(referral)
    things = await danger_open(work, referral.id)
    await settle_open_work(SettleOpenWork(frozenset(), things, Settling(command.safety_to), referral.id), work)
    heard = {PromiseKind.HEARD_BY} if command.told - {Told.NOBODY_YET} else set[PromiseKind]()
    await keep_promises(KeepPromises(referral.id, {PromiseKind.READ_BY} | heard), work)
    work.record("referral.close", referral.id)


async def _joined(command: CloseReferral, work: UnitOfWork) -> UUID | None:
    """The family that it is added to, which the actor must be able to see."""
    if command.outcome is not TriageOutcome.JOINED or command.family_id is None:
        return None
    family = await Families(work).get(command.family_id)
    return family.id

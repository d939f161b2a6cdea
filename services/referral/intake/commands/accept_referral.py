"""Accept a referral: work begins, with a new family or with one that the team knows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.intake.commands.take_over_contact import TakeOverContact, take_over_contact
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.known_family import new_family, take_in
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import Acceptance
from services.referral.people.database.families import Families
from services.referral.people.database.people import People
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.still_open import Settling
from services.referral.staff.queries.still_open import danger_open
from services.referral.support.commands.tell_rereferrals import TellRereferrals, tell_rereferrals
from services.referral.support.database.episodes import Decided, Episodes
from services.referral.support.domain.episode import Episode
from services.referral.support.domain.tier import Opening
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import Urgency
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AcceptReferral:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page that the actor decided on."""
    urgency: Urgency
    opening: Opening
    family_id: UUID | None = None
    """A family on record; None: a new one."""
    baby_id: UUID | None = None
    """The baby on record whom the referral is about; None: a new baby of that family."""
    lead_id: UUID | None = None
    """The practitioner who leads the work; None: chosen later."""
    safe_wait_plan: str = ""
    waiting_well_on: date | None = None
    opened_on: date | None = None
    """When work began, in a caseload that is taken over; None: today."""
    safety_to: UUID | None = None
    """The colleague who answers whoever said that there is danger; needed while nobody has."""


@dataclass(frozen=True)
class AcceptedFamily:
    """Where the work goes on."""

    family_id: UUID
    episode_id: UUID


async def accept_referral(command: AcceptReferral, work: UnitOfWork) -> AcceptedFamily:
    """Publish ReferralAccepted and EpisodeOpened; FamilyRecorded for a new family, as `tell_rereferrals` for another.

    Raises:
        NotFound: this team has no such referral, family, or baby in that family.
        NotAllowed: the actor may not decide on it, or not on this support.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: the pathway does not let work begin with this support, the team works with the family already, or
            nobody has answered that there is danger.
    """
    actor, referrals = work.actor, Referrals(work)
    referral = await referrals.get_to_change(command.referral_id)
    accepted = referral.accept(_acceptance(command, work), actor.roles, seen=command.expected_version)
    work.publish(accepted, about=referral)
    family_id = await _family_of(command, referral, work)
    await take_over_contact(TakeOverContact(family_id, referral.request), work)
    episode, opened = Episode.open(accepted, family_id, command.opening, actor.roles, work.today)
    work.publish(opened, about=episode)
    referral.family_id = family_id
    await referrals.save(referral)
    await Episodes(work).add(episode, command.opening, Decided(actor.id, work.now), command.lead_id)
    if command.family_id is not None:
        await tell_rereferrals(TellRereferrals(frozenset({family_id})), work)
    things = await danger_open(work, referral.id)
    await settle_open_work(SettleOpenWork(frozenset(), things, Settling(command.safety_to), referral.id), work)
    await keep_promises(KeepPromises(referral.id, {PromiseKind.READ_BY}), work)
    work.record("referral.accept", referral.id)
    return AcceptedFamily(family_id, episode.id)


def _acceptance(command: AcceptReferral, work: UnitOfWork) -> Acceptance:
    return Acceptance(
        new_id(),
        command.urgency,
        command.opened_on or work.today,
        work.actor.id,
        command.safe_wait_plan,
        command.waiting_well_on,
    )


async def _family_of(command: AcceptReferral, referral: Referral, work: UnitOfWork) -> UUID:
    families, request = Families(work), referral.request
    if command.family_id is None:
        family, recorded = new_family(new_id(), request, command.opened_on or work.today, new_id, referral.reference)
        work.publish(recorded, about=family)
        await families.add(family)
        return family.id
    family = await families.get_to_change(command.family_id)
    if await Episodes(work).open_of(family.id) or await families.kept_instead_of(family.id):
        raise _family_open()
    members, dyads = take_in(family, request, command.baby_id, new_id)
    for member in members:
        await People(work).add(member.person)
    await families.add_places(family, members, dyads, work.today)
    return family.id


def _family_open() -> RuleBroken:
    return RuleBroken(
        "family_open",
        "The team works with this family already. Choose “Join to an open family”.",
        field="family",
    )

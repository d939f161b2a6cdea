"""Accept a referral: the family's record and episode begin in the same moment."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.database.episodes import Decided, Episodes
from services.referral.database.families import Families
from services.referral.database.referrals import Referrals
from services.referral.domain.episode import Episode
from services.referral.domain.family import Family
from services.referral.domain.tier import Opening
from services.referral.domain.triage import Acceptance
from shared.contracts.vocabulary import Urgency
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AcceptReferral:
    referral_id: UUID
    expected_version: int
    """Of the referral on the page that the actor decided on."""
    urgency: Urgency
    opening: Opening


@dataclass(frozen=True)
class AcceptedFamily:
    """Where the work goes on."""

    family_id: UUID
    episode_id: UUID


async def accept_referral(command: AcceptReferral, work: UnitOfWork) -> AcceptedFamily:
    """Publish ReferralAccepted, FamilyRecorded and EpisodeOpened.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor may not decide on it, or not on this support.
        Conflict: it was decided, or changed, after the page was opened.
        RuleBroken: the pathway does not let work begin with this support.
    """
    actor, referrals = work.actor, Referrals(work.session)
    referral = await referrals.get_to_change(command.referral_id)
    acceptance = Acceptance(new_id(), command.urgency, work.today, actor.id)
    accepted = referral.accept(acceptance, actor.roles, seen=command.expected_version)
    family, recorded = Family.from_referral(new_id(), referral.request, work.today, new_id)
    episode, opened = Episode.open(accepted, family.id, command.opening, actor.roles)
    work.publish(accepted, about=referral)
    work.publish(recorded, about=family)
    work.publish(opened, about=episode)
    referral.family_id = family.id
    await Families(work.session).add(family)
    await referrals.save(referral)
    await Episodes(work.session).add(episode, command.opening, Decided(actor.id, work.now))
    work.record("referral.accept", referral.id)
    return AcceptedFamily(family.id, episode.id)

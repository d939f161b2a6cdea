"""Accept a referral, and open the family's episode in the same moment."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.database.episodes import Decided, Episodes
from services.referral.database.referrals import Referrals
from services.referral.domain.episode import Episode
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


async def accept_referral(command: AcceptReferral, work: UnitOfWork) -> UUID:
    """Publish ReferralAccepted and EpisodeOpened; gives the id of the episode.

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
    episode, opened = Episode.open(acceptance.episode_id, referral.id, command.opening, actor.roles, work.today)
    work.publish(accepted, about=referral)
    work.publish(opened, about=episode)
    await referrals.save(referral)
    await Episodes(work.session).add(episode, command.opening, Decided(actor.id, work.now))
    work.record("referral.accept", referral.id)
    return episode.id

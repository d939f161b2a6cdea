"""End one intervention of a family's plan."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.episodes import Episodes
from services.referral.support.database.plans import Plans
from shared.contracts.pathway_codes import StrandEnding
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndStrand:
    strand_id: UUID
    seen: int
    """Version of the strand on the page."""
    ending: StrandEnding


async def end_strand(command: EndStrand, work: UnitOfWork) -> None:
    """Publish InterventionCompleted with the sessions that were held.

    Raises:
        NotFound: this team has no such strand.
        NotAllowed: the actor does not work with families.
        Conflict: it has ended, or was changed after the page was opened.
    """
    plans = Plans(work)
    strand = await plans.strand_to_change(command.strand_id)
    episode = await Episodes(work).get(strand.episode_id)
    sessions = await plans.sessions_held(strand.id)
    ended = strand.end(command.ending, sessions, work.actor.roles, work.today, seen=command.seen)
    work.publish(ended, about=strand)
    await plans.save_strand(strand)
    work.record("strand.end", episode.family_id)

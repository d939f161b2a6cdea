"""End one intervention of a family's plan."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.staff.domain.still_open import Settling
from services.referral.staff.queries.still_open import safety_open
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
    safety_to: UUID | None = None
    """The colleague who answers what is open about safety."""


async def end_strand(command: EndStrand, work: UnitOfWork) -> None:
    """Publish InterventionCompleted with the sessions that were held.

    Raises:
        NotFound: this team has no such strand.
        NotAllowed: the actor does not work with families.
        Conflict: it has ended, or was changed after the page was opened.
        RuleBroken: something about the family's safety is open and nobody's.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    plans = Plans(work)
    strand = await plans.strand_to_change(command.strand_id)
    episode = await Episodes(work).get(strand.episode_id)
    families = frozenset({episode.family_id})
    things = await safety_open(work, families)
    await settle_open_work(SettleOpenWork(families, things, Settling(command.safety_to)), work)
    sessions = await plans.sessions_held(strand.id)
    ended = strand.end(command.ending, sessions, work.actor.roles, work.today, seen=command.seen)
    work.publish(ended, about=strand)
    await plans.save_strand(strand)
    work.record("strand.end", episode.family_id)

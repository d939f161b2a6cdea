"""The first session of an intervention took place."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.support.database.plans import Plans, Trainings
from services.referral.support.domain.intervention import is_trained
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StartStrand:
    strand_id: UUID
    held_on: date


async def start_strand(command: StartStrand, work: UnitOfWork) -> None:
    """Publish InterventionStarted; for a strand that goes on already, nothing.

    Raises:
        NotFound: this team has no such strand.
    """
    plans = Plans(work)
    strand = await plans.strand_to_change(command.strand_id)
    if strand.started_on is not None:
        return
    held = await Trainings(work.session).held_by(strand.details.practitioner_id)
    trained = is_trained(INTERVENTIONS[strand.details.intervention], held, command.held_on)
    work.publish(strand.start(command.held_on, is_trained=trained), about=strand)
    await plans.save_strand(strand)
    work.record("strand.start", strand.id)

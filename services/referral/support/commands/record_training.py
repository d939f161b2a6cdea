"""Put on record that a colleague holds a training."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK
from services.referral.support.database.plans import Trainings
from services.referral.support.domain.intervention import HeldTraining
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordTraining:
    colleague_id: UUID
    held: HeldTraining


async def record_training(command: RecordTraining, work: UnitOfWork) -> None:
    """From that day the colleague gives the interventions that ask for it without a warning.

    Raises:
        NotAllowed: the actor is not the team lead.
        RuleBroken: it begins in the future, or ends before it begins.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_WORK)
    held = command.held
    if held.held_from > work.today:
        raise RuleBroken("training_future", "The date must be today or in the past.", field="held_from")
    if held.until_on is not None and held.until_on <= held.held_from:
        raise RuleBroken("training_until", "The last date must be after the first.", field="until_on")
    await Trainings(work.session).add(command.colleague_id, held, work)
    work.record("training.record", command.colleague_id)

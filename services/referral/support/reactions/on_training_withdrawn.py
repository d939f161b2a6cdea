"""A training was recorded by mistake: plans in which it was needed show so, and nothing in them is ended."""

from services.referral.support.reactions.on_training_completed import keep_training
from shared.contracts.training import TrainingWithdrawn
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_training_withdrawn(event: TrainingWithdrawn, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await keep_training(event, work, is_withdrawn=True)

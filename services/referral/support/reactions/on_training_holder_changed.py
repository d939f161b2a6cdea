"""A training is another colleague's than was told, or nobody's of the team: records were joined or parted, say."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.training_tables import told_training
from services.referral.support.reactions.on_training_completed import is_asked_for
from shared.contracts.training import TrainingHolderChanged
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_training_holder_changed(event: TrainingHolderChanged, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    """It is told of trainings that count only: where it is somebody's again, it counts again."""
    if not is_asked_for(event.course):
        return
    known = told_training.c.completion_id == event.completion_id
    if event.colleague_id is None:
        await work.session.execute(update(told_training).where(known).values(is_withdrawn=True))
        return
    whose = {"colleague_id": event.colleague_id, "is_withdrawn": False}
    values = {"course": event.course.value, "held_from": event.held_from, "until_on": event.until_on}
    row = insert(told_training).values(completion_id=event.completion_id, **whose, **values)
    await work.session.execute(row.on_conflict_do_update(index_elements=["completion_id"], set_=whose))

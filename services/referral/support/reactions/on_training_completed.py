"""A colleague has completed a training: they give the interventions that ask for it without a warning, while it counts.

When it ends is in it, so that nothing has to come for it to count no longer; and a renewal may come before or after.
"""

from sqlalchemy.dialects.postgresql import insert

from services.referral.database.training_tables import told_training
from services.referral.support.domain.intervention import Course
from shared.contracts.training import TrainingCompleted, TrainingWithdrawn
from shared.contracts.training_codes import TrainingCourse
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork

_OURS = frozenset(course.value for course in Course)


def is_asked_for(course: TrainingCourse) -> bool:
    """By an intervention."""
    return course.value in _OURS


async def on_training_completed(event: TrainingCompleted, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    """Of people of other organisations, and of courses that no intervention asks for, nothing is kept here."""
    await keep_training(event, work, is_withdrawn=False)


async def keep_training(event: TrainingCompleted | TrainingWithdrawn, work: UnitOfWork, *, is_withdrawn: bool) -> None:
    """What was withdrawn stays so, whatever comes again."""
    if event.colleague_id is None or not is_asked_for(event.course):
        return
    row = {
        "completion_id": event.completion_id,
        "colleague_id": event.colleague_id,
        "course": event.course.value,
        "held_from": event.held_from,
        "until_on": event.until_on,
        "is_withdrawn": is_withdrawn,
    }
    await work.session.execute(_WITHDRAW if is_withdrawn else _KEEP, row)


_KEEP = insert(told_training).on_conflict_do_nothing()
_WITHDRAW = insert(told_training).on_conflict_do_update(index_elements=["completion_id"], set_={"is_withdrawn": True})

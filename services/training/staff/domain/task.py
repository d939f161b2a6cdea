"""What somebody of the team must answer about training, by when, and who may."""

from uuid import UUID

from services.training.staff.domain.capabilities import (
    CAPABILITIES,
    KEEP_CASES,
    KEEP_REGISTER,
    LEAD_RECORDS,
    RECORD_CASES,
)
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.training_task import TrainingTask
from shared.staff.task import TaskRule, TaskRules

TASK_RULES = TaskRules(
    CAPABILITIES,
    {
        TrainingTask.SIGN_OFF: TaskRule(10, RECORD_CASES),
        TrainingTask.CAME_BACK: TaskRule(10, RECORD_CASES),
        TrainingTask.GRANT: TaskRule(5, KEEP_CASES),
        TrainingTask.REGISTER: TaskRule(2, KEEP_REGISTER),
        TrainingTask.UNTAUGHT: TaskRule(2, LEAD_RECORDS),
    },
)
"""Working days are the team's to change here; no source names any."""

DONE_ON_ITS_PAGE = frozenset({TrainingTask.SIGN_OFF, TrainingTask.CAME_BACK})
"""Words alone do not end these: a case is signed off, sent back, changed or removed."""


def accreditation_page(person_id: UUID, course: TrainingCourse) -> str:
    """Where what is asked about an accreditation is done."""
    return f"/accreditations/{person_id}/{course.value}"

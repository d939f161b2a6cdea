"""The kinds of task that the library has."""

from shared.contracts.vocabulary import Code
from shared.staff.task import TaskRule, TaskRules
from tests.services.lending.domain.capabilities import CAPABILITIES, MEND, SEND


class LendingTask(Code):
    DAMAGED = "damaged", "Books of a parcel are damaged"
    ASKED = "asked", "Someone asks for something"


TASK_RULES = TaskRules(
    CAPABILITIES,
    {LendingTask.DAMAGED: TaskRule(3, MEND), LendingTask.ASKED: TaskRule(3, SEND)},
    asked=(LendingTask.ASKED,),
)

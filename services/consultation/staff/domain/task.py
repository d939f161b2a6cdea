"""What somebody of the team must answer: above all that a child could come to harm, today and by name.

Confidence in a consultation does not override it. Source: reference section 5 and 8.2.
"""

from services.consultation.staff.domain.capabilities import ANSWER_CONCERN, CAPABILITIES, SEE_TO_SUPERVISION
from shared.contracts.vocabulary import Code
from shared.staff.task import TaskRule, TaskRules


class ConsultationTask(Code):
    CONCERN = "concern", "A child could come to harm"
    BEHIND = "behind", "Behind with supervision"


TASK_RULES = TaskRules(
    CAPABILITIES,
    {
        ConsultationTask.CONCERN: TaskRule(
            0, ANSWER_CONCERN, presses="Safety", instructs="Make sure today that social care is told"
        ),
        ConsultationTask.BEHIND: TaskRule(5, SEE_TO_SUPERVISION),
    },
)

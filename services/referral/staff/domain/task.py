"""The tasks of a team that works with families: by when each kind is due, and who may answer it.

Due days are proposals of ours; a task that is late stays, at the top. Source: reference 2.3, 3.1, 4.1 and 8.1 (H4).
"""

from services.referral.staff.domain.capabilities import ANSWER_LEADS_TASK, ANSWER_TASK, CAPABILITIES
from shared.contracts.pathway_codes import TaskKind
from shared.staff.task import TaskRule, TaskRules


def _leads(working_days: int) -> TaskRule:
    return TaskRule(working_days, ANSWER_LEADS_TASK, belongs_to="The team lead")


def _safety(instructs: str) -> TaskRule:
    return TaskRule(0, ANSWER_TASK, presses="Safety", instructs=instructs)


TASK_RULES = TaskRules(
    CAPABILITIES,
    {
        TaskKind.SELF_HARM_ANSWER: _safety("Speak with the family today"),
        TaskKind.SAFEGUARDING_ANSWER: _safety("Make sure today that everyone is safe"),
        TaskKind.RISK_NOTE: _safety("Make sure today that everyone is safe"),
        TaskKind.YOUNG_PARENT: TaskRule(1, ANSWER_TASK),
        TaskKind.NON_ATTENDANCE: TaskRule(5, ANSWER_TASK),
        TaskKind.BIRTH_NOT_RECORDED: TaskRule(5, ANSWER_TASK),
        TaskKind.SUPERVISION: TaskRule(10, ANSWER_TASK),
        TaskKind.HAND_OVER: TaskRule(20, ANSWER_TASK),
        TaskKind.BREAK_GLASS_REVIEW: _leads(5),
        TaskKind.ASKED_OF_PRACTITIONER: TaskRule(2, ANSWER_TASK),
        TaskKind.ASKED_OF_LEAD: _leads(2),
    },
    asked=(TaskKind.ASKED_OF_PRACTITIONER, TaskKind.ASKED_OF_LEAD),
)

SAFETY = TASK_RULES.pressing
"""These come before everything else on every list."""

"""What somebody of the team must answer: none ends by itself, and none can be put away without words.

Due days are proposals of ours; a task that is late stays, at the top. Source: reference 2.3, 3.1, 4.1 and 8.1 (H4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referral.staff.domain.capabilities import ANSWER_LEADS_TASK, ANSWER_TASK, CAPABILITIES
from shared.contracts.pathway import TaskAnswered, TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import add_working_days, moment_words
from shared.kernel.capability import Capability
from shared.kernel.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class TaskRule:
    """By when a task is due, and who may answer it."""

    working_days: int
    """After the day on which it was raised; 0 is the same day, at a weekend too."""
    needs: Capability = ANSWER_TASK
    """What whoever answers it holds."""


TASK_RULES: Mapping[TaskKind, TaskRule] = {
    TaskKind.SELF_HARM_ANSWER: TaskRule(0),
    TaskKind.SAFEGUARDING_ANSWER: TaskRule(0),
    TaskKind.RISK_NOTE: TaskRule(0),
    TaskKind.YOUNG_PARENT: TaskRule(1),
    TaskKind.NON_ATTENDANCE: TaskRule(5),
    TaskKind.BIRTH_NOT_RECORDED: TaskRule(5),
    TaskKind.SUPERVISION: TaskRule(10),
    TaskKind.HAND_OVER: TaskRule(20),
    TaskKind.BREAK_GLASS_REVIEW: TaskRule(5, ANSWER_LEADS_TASK),
    TaskKind.ASKED_OF_PRACTITIONER: TaskRule(2),
    TaskKind.ASKED_OF_LEAD: TaskRule(2, ANSWER_LEADS_TASK),
}

OF_THE_LEAD = frozenset(kind for kind, rule in TASK_RULES.items() if rule.needs is ANSWER_LEADS_TASK)
"""Theirs, whoever leads the work with the family."""

SAFETY = frozenset({TaskKind.SELF_HARM_ANSWER, TaskKind.SAFEGUARDING_ANSWER, TaskKind.RISK_NOTE})
"""These come before everything else on every list."""


@dataclass(frozen=True)
class TaskAnswer:
    """What somebody did about it, in their own words; stays in the team."""

    words: str
    by: UUID
    at: datetime
    """UTC."""


@dataclass(frozen=True)
class AskedOfColleague:
    """What somebody may not do, and asks a colleague to do."""

    by: UUID
    page: str
    """The address of the form where it is done."""


@dataclass
class Task:
    id: UUID
    family_id: UUID
    kind: TaskKind
    raised_at: datetime
    """UTC."""
    due_on: date
    episode_id: UUID | None = None
    about: UUID | None = None
    """What it is about, e.g. a measure or a contact; there is one task of a kind for each."""
    detail: str = ""
    assigned_to: UUID | None = None
    """None: whoever leads the work with the family, and the team while nobody does."""
    asked: AskedOfColleague | None = None
    answer: TaskAnswer | None = None
    version: int = 0

    def raised(self) -> TaskRaised:
        """The event that says so."""
        return TaskRaised(task_id=self.id, family_id=self.family_id, kind=self.kind)

    def give_answer(self, answer: TaskAnswer, roles: frozenset[Role], *, seen: int) -> TaskAnswered:
        """Somebody did what the task asks.

        Args:
            seen: version of the task that the actor answers.

        Raises:
            NotAllowed: it is not this actor's to answer.
            Conflict: it was answered since.
            RuleBroken: the answer says nothing.
        """
        CAPABILITIES.check(roles, TASK_RULES[self.kind].needs)
        if self.answer is not None or seen != self.version:
            raise Conflict("task_answered", f"{self._answered()} Nothing that you entered was stored.")
        if not answer.words.strip():
            raise RuleBroken("task_answer", "Write what you did, or why nothing needs to be done.", field="answer")
        self.answer = answer
        return TaskAnswered(task_id=self.id, family_id=self.family_id, kind=self.kind)

    def _answered(self) -> str:
        if self.answer is None:
            return "This task was changed while you had the page open."
        return f"Somebody answered this on {moment_words(self.answer.at)}."


def due_on(kind: TaskKind, raised_on: date) -> date:
    """The last day on which an answer is in time."""
    return add_working_days(raised_on, TASK_RULES[kind].working_days)


def asks_whom(needed: Capability) -> TaskKind:
    """The kind of task for something that this capability is needed for: all who answer it hold that."""
    kinds = (TaskKind.ASKED_OF_PRACTITIONER, TaskKind.ASKED_OF_LEAD)
    holders = CAPABILITIES.roles_with(needed)
    return next(kind for kind in kinds if CAPABILITIES.roles_with(TASK_RULES[kind].needs) <= holders)


def may_answer(kind: TaskKind, roles: frozenset[Role]) -> bool:
    return CAPABILITIES.holds(roles, TASK_RULES[kind].needs)

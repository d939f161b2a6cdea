"""What someone of the team must answer: none ends by itself, and none can be put away without words.

Which kinds there are, by when each is due and who may answer it is the service's own table (`TaskRules`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.contracts.vocabulary import Code, Role
from shared.kernel.calendar import add_working_days, moment_words
from shared.kernel.capability import Capabilities, Capability
from shared.kernel.errors import Conflict, RuleBroken

Kind = TypeVar("Kind", bound=Code)


@dataclass(frozen=True)
class TaskRule:
    """By when a task is due, and who may answer it."""

    working_days: int
    """After the day on which it was raised; 0 is the same day, at a weekend too."""
    needs: Capability
    """What whoever answers it holds."""
    belongs_to: str = ""
    """Whose it is in words, whoever is responsible for the subject; empty: theirs."""
    presses: str = ""
    """Why it comes before everything else on every list, in a word; empty: it does not."""
    instructs: str = ""
    """What whoever reads it does at once, where it presses: the title of its page, which names nobody."""


@dataclass(frozen=True)
class TaskRules(Generic[Kind]):
    """The kinds of task of a service, each with its rule."""

    capabilities: Capabilities
    of: Mapping[Kind, TaskRule]
    asked: Sequence[Kind] = ()
    """Those by which a colleague is asked for something; of two that fit, the one named first is meant."""

    @property
    def pressing(self) -> frozenset[Kind]:
        return frozenset(kind for kind, rule in self.of.items() if rule.presses)

    def due_on(self, kind: Kind, raised_on: date) -> date:
        """The last day on which an answer is in time."""
        return add_working_days(raised_on, self.of[kind].working_days)

    def may_answer(self, kind: Kind, roles: frozenset[Role]) -> bool:
        return self.capabilities.holds(roles, self.of[kind].needs)

    def asks_whom(self, needed: Capability) -> Kind:
        """The kind of task for something that this capability is needed for: all who answer it hold that."""
        holders = self.capabilities.roles_with(needed)
        return next(kind for kind in self.asked if self.capabilities.roles_with(self.of[kind].needs) <= holders)


@dataclass(frozen=True)
class TaskAnswer:
    """What someone did about it, in their own words; stays in the team."""

    words: str
    by: UUID
    at: datetime
    """UTC."""


@dataclass(frozen=True)
class AnswerTask:
    task_id: UUID
    expected_version: int
    """Of the task on the page that the actor answered."""
    answer: str
    """In the practitioner's own words; stays in the team."""


@dataclass(frozen=True)
class AskedOfColleague:
    """What someone may not do, and asks a colleague to do."""

    by: UUID
    page: str
    """The address of the form where it is done."""


@dataclass
class Task(Generic[Kind]):
    id: UUID
    subject_id: UUID
    """Whom or what it is about, as the service keeps records: a family, a parcel."""
    kind: Kind
    raised_at: datetime
    """UTC."""
    due_on: date
    about: UUID | None = None
    """What of the subject's it is about, e.g. a contact; there is one task of a kind for each."""
    detail: str = ""
    """More than the kind says, in the team's words."""
    assigned_to: UUID | None = None
    """None: whoever the service says is responsible for the subject, and the team while nobody is."""
    asked: AskedOfColleague | None = None
    answer: TaskAnswer | None = None
    version: int = 0
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The service's own columns."""

    def give_answer(self, answer: TaskAnswer, *, seen: int) -> None:
        """Someone who may did what the task asks.

        Args:
            seen: version of the task that the actor answers.

        Raises:
            Conflict: it was answered since.
            RuleBroken: the answer says nothing.
        """
        if self.answer is not None or seen != self.version:
            raise Conflict("task_answered", f"{self._answered()} Nothing that you entered was saved.")
        if not answer.words.strip():
            raise RuleBroken("task_answer", "Write what you did, or why nothing needs to be done.", field="answer")
        self.answer = answer

    def _answered(self) -> str:
        if self.answer is None:
            return "This task was changed while you had the page open."
        return f"Someone answered this on {moment_words(self.answer.at)}."

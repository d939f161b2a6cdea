"""What was agreed: somebody does it by a day. A question to a team is one too: somebody answers it by a day.

It says nothing of a person but who owns it, and leaves the region's pages by nobody's mail and on no stream.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken

LONGEST = timedelta(days=366)
"""Ahead of today: what is due later than that is nobody's yet."""


class ActionKind(Code):
    ACTION = "action", "Action"
    QUESTION = "question", "Question to the team"


class ActionState(Code):
    """In the order of what needs somebody."""

    OVERDUE = "overdue", "Overdue"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


@dataclass
class Action:
    id: UUID
    version: int
    kind: ActionKind
    team: str
    """Empty for the region."""
    indicator: int
    """The figure that it is about, by number; 0: none."""
    words: str
    """What is to be done, or to be answered."""
    owned_by: UUID
    due_on: date
    agreed_by: UUID
    agreed_at: datetime
    """UTC."""
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    outcome: str = ""
    """What came of it, or the answer."""

    def state(self, today: date) -> ActionState:
        """An action is overdue from the day after the one on which it is due."""
        if self.closed_at is not None:
            return ActionState.CLOSED
        return ActionState.OVERDUE if self.due_on < today else ActionState.OPEN

    def hand_over(self, to: UUID, due_on: date, today: date) -> None:
        """Somebody else owns it, or it is due on another day.

        Raises:
            RuleBroken: it is closed, or the day has gone or is more than a year ahead.
        """
        self._check_open()
        if due_on != self.due_on:
            check_due(due_on, today)
        self.owned_by, self.due_on = to, due_on

    def close(self, outcome: str, by: UUID, now: datetime) -> None:
        """It is done, or answered.

        Raises:
            RuleBroken: it is closed already.
        """
        self._check_open()
        self.outcome, self.closed_by, self.closed_at = outcome, by, now

    def _check_open(self) -> None:
        if self.closed_at is not None:
            raise RuleBroken("action_closed", "This is closed already: its page says what came of it. Agree a new one.")


def check_due(due_on: date, today: date) -> None:
    """Raises RuleBroken: the day has gone, or is more than a year ahead."""
    if not today <= due_on <= today + LONGEST:
        raise RuleBroken("due_day", "Choose a day from today on, within a year.", field="due_on")

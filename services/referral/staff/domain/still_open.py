"""What is still open on work that someone ends: safety stops the ending, everything else is looked at first.

Source: reference 2.3 and 8.1 (H4, H9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken


class OpenKind(Code):
    """The most urgent first."""

    SAFETY = "safety", "About safety, to answer"
    TASK = "task", "Task to answer"
    APPOINTMENT = "appointment", "Appointment"
    MESSAGE = "message", "Message that has not left"
    MEASURE_LINK = "measure_link", "Questionnaire that was not answered yet"
    LETTER = "letter", "Letter that is not finished"


@dataclass(frozen=True)
class OpenThing:
    """One thing that someone has not finished."""

    kind: OpenKind
    words: str
    on: date
    """When it is due, or since when it is open."""
    address: str
    """Of the page where it is finished."""
    due_at: datetime | None = None
    """By when, where it is a matter of hours; UTC."""


@dataclass(frozen=True)
class Settling:
    """What someone who ends work says of what is still open on it."""

    safety_to: UUID | None = None
    """The colleague who answers what is about safety."""
    is_seen: bool = False
    """The rest may stay as it is."""


NOTHING_SAID = Settling()


def safety_in(things: Sequence[OpenThing]) -> list[OpenThing]:
    return [one for one in things if one.kind is OpenKind.SAFETY]


def check_may_end(things: Sequence[OpenThing], settling: Settling) -> None:
    """Raises RuleBroken when something about safety is nobody's by name, or the rest was not looked at."""
    if safety_in(things) and settling.safety_to is None:
        raise RuleBroken(
            "safety_open",
            "Something about safety is not answered yet. Answer it first, or choose the colleague who answers it.",
            field="safety_to",
        )
    if len(safety_in(things)) < len(things) and not settling.is_seen:
        raise RuleBroken(
            "still_open",
            "Something is still open. Look at the list, and say that it can end all the same.",
            field="is_seen",
        )

"""One sentence that says what holds the waiting list up, and what happens next by itself."""

from dataclasses import dataclass
from datetime import datetime

from services.training.places.domain.places import Queue
from shared.kernel.calendar import clock_words, weekday_words


@dataclass(frozen=True)
class ListState:
    queue: Queue
    held_for: str = ""
    """The name of who is offered a place and answers last; empty: nobody."""
    held_until: datetime | None = None
    next_one: str = ""
    """The name of the first who waits; empty: nobody waits."""
    is_offered: bool = True
    """A free place is offered; otherwise it is given at once."""
    is_too_late: bool = False
    """An offer could not run out before the cohort begins."""
    has_begun: bool = False


@dataclass(frozen=True)
class ListSentence:
    what: str
    then: str
    is_late: bool = False
    """Somebody has to do something."""


def list_sentence(state: ListState) -> ListSentence:
    queue = state.queue
    taken = f"{_places(queue)}: {len(queue.booked)} booked" + (f", {len(queue.offered)} held" if queue.offered else "")
    if state.has_begun:
        return ListSentence(
            f"It has begun with {len(queue.booked)} of {queue.capacity}.", "The register says who came."
        )
    if queue.over:
        return ListSentence(
            f"{queue.over} over: {len(queue.booked) + len(queue.offered)} for {queue.capacity} places.",
            f"The next {queue.over} who leave make room for nobody.",
        )
    if queue.offered and state.held_until:
        until = f"{weekday_words(state.held_until)}, {clock_words(state.held_until)}"
        goes = f"the place goes to {state.next_one}" if state.next_one else "the place is open to all"
        return ListSentence(
            f"{taken} for {state.held_for} until {until}.",
            f"The list waits for the answer. Without a yes, {goes} by itself.",
            is_late=bool(queue.waiting),
        )
    return _with_waiting(state, taken) if queue.waiting else _without_waiting(queue, taken)


def _without_waiting(queue: Queue, taken: str) -> ListSentence:
    kept = f" {queue.kept} more are kept for one organisation." if queue.kept else ""
    if queue.free_for(None) > 0:
        return ListSentence(f"{taken}.", f"{queue.free_for(None)} free for everyone. Nobody waits.{kept}")
    return ListSentence(f"{taken}.", f"Nobody waits. When a place is free, anyone can book it.{kept}")


def _with_waiting(state: ListState, taken: str) -> ListSentence:
    queue = state.queue
    if queue.free > 0 and any(queue.free_for(one) > 0 for one in queue.waiting):
        sentence = f"It is too late to offer it by email. Call {state.next_one}, who is next, and book it for them."
        return ListSentence(f"{queue.free} free.", sentence, is_late=True)
    if queue.free > 0:
        return ListSentence(f"{taken}.", f"{queue.free} are kept for one organisation, and {_waiting(queue)}.")
    when = "is offered it" if state.is_offered else "has it at once"
    late = " From now on none is offered by email: you call." if state.is_too_late and state.is_offered else ""
    return ListSentence(f"{taken}.", f"{_waiting(queue)}. When a place is free, {state.next_one} {when}.{late}")


def _places(queue: Queue) -> str:
    return f"{len(queue.booked) + len(queue.offered)} of {queue.capacity} places are taken"


def _waiting(queue: Queue) -> str:
    return "1 waits" if len(queue.waiting) == 1 else f"{len(queue.waiting)} wait"

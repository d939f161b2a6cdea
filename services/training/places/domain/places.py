"""Who has a place in a cohort, who waits and who is offered one: every way out of a place leads through here.

Booked and offered are never more than the capacity, but where it was lowered or people were joined: then the page says
"over by", and so many who leave make room for nobody. Source: reference section 6 (enrolment).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from services.training.courses.domain.cohort import Filling
from shared.kernel.calendar import add_working_days, is_working_day
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import RuleBroken

OFFER_WORKING_DAYS = 2
OFFER_ENDS_AT = time(17)
LARGEST = 500
"""Places of one cohort."""


@dataclass(frozen=True)
class Queue:
    """The places of one cohort, by booking.

    Raises:
        RuleBroken: the capacity is not a number of people.
    """

    capacity: int
    booked: Sequence[UUID] = ()
    offered: Sequence[UUID] = ()
    waiting: Sequence[UUID] = ()
    """In the order of their commits."""
    reserved: int = 0
    """Places that are kept for one organisation."""
    theirs: frozenset[UUID] = frozenset()
    """The bookings of that organisation's people."""

    def __post_init__(self) -> None:
        if not 0 < self.capacity <= LARGEST:
            raise RuleBroken("cohort_capacity", f"Enter how many can come, from 1 to {LARGEST}.", field="capacity")

    @property
    def free(self) -> int:
        """Places that nobody has and nobody is offered; below 0: over by so many."""
        return self.capacity - len(self.booked) - len(self.offered)

    @property
    def over(self) -> int:
        return max(0, -self.free)

    @property
    def kept(self) -> int:
        """Places that are kept for the organisation and that none of its people has."""
        return max(0, self.reserved - len(self.theirs.intersection((*self.booked, *self.offered))))

    def free_for(self, who: UUID | None) -> int:
        """Of the free places those that somebody may have; None: somebody of no such organisation."""
        return self.free if who in self.theirs else self.free - self.kept

    @property
    def open_to_all(self) -> int:
        """What the public page may promise: nothing while anybody waits."""
        return 0 if self.waiting else max(0, self.free_for(None))

    def is_open_to(self, who: UUID) -> bool:
        """Nobody jumps the list: those who wait and may have a place come first."""
        return self.free_for(who) > 0 and not any(self.free_for(one) > 0 for one in self.waiting)


def join(queue: Queue, who: UUID) -> Queue:
    """Book, or wait behind whoever waits already; somebody who is in it stays where they are."""
    if who in (*queue.booked, *queue.offered, *queue.waiting):
        return queue
    if queue.is_open_to(who):
        return replace(queue, booked=(*queue.booked, who))
    return replace(queue, waiting=(*queue.waiting, who))


def leave(queue: Queue, who: UUID) -> Queue:
    """Out of it, whatever they had; `fill` comes after it, always."""
    return replace(
        queue,
        booked=tuple(one for one in queue.booked if one != who),
        offered=tuple(one for one in queue.offered if one != who),
        waiting=tuple(one for one in queue.waiting if one != who),
    )


def fill(queue: Queue, filling: Filling, *, may_offer: bool) -> Queue:
    """Free places go to those who wait, in their order.

    Args:
        may_offer: there is time for an offer to run out before the cohort begins (`offer_until`); without it the
            trainer telephones.
    """
    if filling is Filling.OFFER and not may_offer:
        return queue
    for who in queue.waiting:
        if queue.free_for(who) > 0:
            rest = tuple(one for one in queue.waiting if one != who)
            given = (
                replace(queue, booked=(*queue.booked, who))
                if filling is Filling.AT_ONCE
                else replace(queue, offered=(*queue.offered, who))
            )
            queue = replace(given, waiting=rest)
    return queue


def accept(queue: Queue, who: UUID, *, is_late: bool = False) -> Queue:
    """Take the place that is offered; twice is once. A late answer is taken while nobody else has or waits for it.

    Raises:
        RuleBroken: it went to the next person.
    """
    if who in queue.booked:
        return queue
    if who in queue.offered:
        return replace(leave(queue, who), booked=(*queue.booked, who))
    if is_late and queue.is_open_to(who):
        return replace(queue, booked=(*queue.booked, who))
    raise RuleBroken("offer_gone", "The place went to the next person. You can join the waiting list again.")


def resize(queue: Queue, capacity: int) -> Queue:
    """Nobody is thrown out when it is lowered. Raises RuleBroken when it is no number of people."""
    return replace(queue, capacity=capacity)


def offer_until(offered_at: datetime, starts_at: datetime) -> datetime | None:
    """When an offer runs out: two working days later at 17:00 in London; None when that is too late to offer at all.

    It must leave a working day before the cohort begins.

    Raises:
        UnknownBankHolidays: the span reaches beyond the known years.
    """
    day = add_working_days(london_date(offered_at), OFFER_WORKING_DAYS)
    until = datetime.combine(day, OFFER_ENDS_AT, LONDON)
    latest = london_date(starts_at) - timedelta(1)
    while not is_working_day(latest):
        latest -= timedelta(1)
    return until if until <= datetime.combine(latest, starts_at.astimezone(LONDON).time(), LONDON) else None

"""Reflective practice groups and drop-ins of an invented team: each month one that was, and two that are to come."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from services.consultation.demonstration.happening import ConsultationHappening, Met, Planned
from shared.demonstration.moments import at_work
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import LONDON, london_date

_TOPICS = ("What we carry home", "Babies who do not cry", "Drop-in: bring any question", "When dads are missing")
_NAMES = ("Ruth Bennett", "Dawn Sample", "Ola Specimen", "Hana Model", "Meg Instance", "Lin Sample", "Pat Specimen")
_EVERY_DAYS = 30
_PLANNED_BEFORE = timedelta(days=21)


def meetings(chance: random.Random, until: datetime, days: int) -> Iterator[ConsultationHappening]:
    """Args: days: of the history."""
    last = london_date(until)
    for number, before in enumerate(range(-45, days - 30, _EVERY_DAYS)):
        starts_at = _afternoon(last - timedelta(before))
        planned_at = min(
            at_work(chance, london_date(starts_at - _PLANNED_BEFORE)), until - timedelta(minutes=number + 1)
        )
        meeting_id = UUID(int=chance.getrandbits(128), version=4)
        names = tuple(chance.sample(_NAMES, chance.randint(3, 6)))
        planned = Planned(number % 3, _TOPICS[number % len(_TOPICS)], starts_at, names)
        yield ConsultationHappening(min(planned_at, until - timedelta(minutes=1)), meeting_id, planned)
        yield ConsultationHappening(starts_at + timedelta(hours=1), meeting_id, Met())


def _afternoon(day: date) -> datetime:
    """At half past one in London, on a working day."""
    return datetime.combine(add_working_days(day, 1), time(13, 30), LONDON)

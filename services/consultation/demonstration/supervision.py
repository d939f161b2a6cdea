"""Supervision of an invented team: what is agreed with each colleague, and what they had. One fell behind lately."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from services.consultation.demonstration.happening import ConsultationHappening, Supervised
from services.consultation.supervision.domain.supervision_given import moment_of_session
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import london_date

_FORTNIGHT = timedelta(14)


@dataclass(frozen=True)
class InventedAgreement:
    """What is agreed with a colleague, and what they have of it."""

    supervisor: int | None
    """Place among those who work in the team; None: somebody outside."""
    share: Decimal
    experience: int
    """Months, when it begins."""
    minutes: int
    """That they have each fortnight."""
    is_managed_by_supervisor: bool = False
    missing: int = 0
    """Of the last fortnights, and nothing is booked."""


AGREEMENTS = (
    InventedAgreement(1, Decimal(1), 70, 60),
    InventedAgreement(None, Decimal(1), 140, 60),
    InventedAgreement(1, Decimal("0.8"), 52, 50),
    InventedAgreement(2, Decimal("0.6"), 8, 75, missing=3),
    InventedAgreement(1, Decimal("0.5"), 44, 30, is_managed_by_supervisor=True),
)
"""In the order of those who work in the team."""


def supervision(team: str, until: datetime, days: int) -> Iterator[ConsultationHappening]:
    """What was held in so many days, and what is booked at their end."""
    chance, last = random.Random(f"supervision of {team}"), london_date(until)  # noqa: S311 - nothing here is secret
    last_week = last - timedelta(last.weekday() + 7)
    for place, agreed in enumerate(AGREEMENTS):
        on = last_week + timedelta(place) - _FORTNIGHT * agreed.missing
        while on > last - timedelta(days):
            yield _had(chance, place, agreed, on, until)
            on -= _FORTNIGHT
        if not agreed.missing:
            yield _had(chance, place, agreed, last_week + timedelta(place) + _FORTNIGHT, until)


def _had(
    chance: random.Random, place: int, agreed: InventedAgreement, on: date, until: datetime
) -> ConsultationHappening:
    """Recorded when it was over, or booked at the end."""
    starts_at = moment_of_session(add_working_days(on - timedelta(1), 1), time(10 + place))
    at = min(starts_at + timedelta(minutes=agreed.minutes), until)
    session_id = UUID(int=chance.getrandbits(128), version=4)
    return ConsultationHappening(at, session_id, Supervised(place, agreed.supervisor, starts_at, agreed.minutes))

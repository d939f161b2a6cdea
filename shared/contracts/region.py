"""What leaves a team, the allow-list: an event leaves only as the smaller event that its own `for_region` makes.

Dates become months, ages and reasons become groups, long waits become one, ids are left out, and nothing about safety
or consent goes. The subject becomes a keyed hash, so that the region can count a record once and can never find it.
Source: reference 9.2.
"""

import hmac
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contracts.event import LONGEST_WAIT


def pseudonym(identifier: UUID, key: bytes) -> UUID:
    """A keyed hash in the shape of a UUID: HMAC-SHA-256 cut to 128 bits. The key never leaves the team."""
    return UUID(bytes=hmac.digest(key, identifier.bytes, "sha256")[:16])


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def capped(days: int) -> int:
    """Whole days of a wait, of which 127 or more are all the same."""
    return min(days, LONGEST_WAIT)


QUARTER = 15
QuarterHours = Annotated[int, Field(ge=0, le=1440, multiple_of=QUARTER)]
"""Minutes in bands of 15, each written as the nearest quarter of an hour, so that sums of many come out right."""


def in_quarters(minutes: int) -> int:
    """Minutes as the nearest quarter of an hour; what took any time at all is a quarter at least."""
    nearest = (2 * minutes + QUARTER) // (2 * QUARTER) * QUARTER
    return max(nearest, QUARTER) if minutes else 0


MOST_MONTHS = 36
Months = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
"""Calendar months from one to another; 36 stands for 36 or more."""


def months_from(start: date, end: date) -> int:
    """Calendar months between the months of two days, of which 36 or more are all the same."""
    return min((end.year - start.year) * 12 + end.month - start.month, MOST_MONTHS)


BUCKET = 5
Bucket = Annotated[int, Field(ge=0, le=100_000, multiple_of=BUCKET)]
"""A count cut to a multiple of 5: 0 stands for 0 to 4, so that it never says of one family that there is one."""


def in_buckets(count: int) -> int:
    return count // BUCKET * BUCKET

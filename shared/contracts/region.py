"""What leaves a team, the allow-list: an event leaves only as the smaller event that its own `for_region` makes.

Dates become months, ages and reasons become groups, long waits become one, ids are left out, and nothing about safety
or consent goes. The subject becomes a keyed hash, so that the region can count a record once and can never find it.
Source: reference 9.2.
"""

import hmac
from datetime import date
from uuid import UUID

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

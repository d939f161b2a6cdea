"""What a supervision session gives to each who was there. Source: reference section 5."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import RuleBroken

_HALF_UP_TO = 4
LONGEST = 480
"""Minutes of one session."""


class GroupRule(Code):
    """How the minutes of a group count for each of its supervisees: a setting of the team."""

    WHOLE = "whole", "The whole session counts for everyone"
    SHARED = "shared", "Half up to four supervisees, divided from five (BACP)"


def minutes_for_each(minutes: int, supervisees: int, rule: GroupRule) -> Fraction:
    """Of a session with so many supervisees; the supervisor is not one of them, but in peer supervision all are.

    Raises:
        RuleBroken: it is not between 1 minute and 8 hours, or nobody was supervised.
    """
    if not 0 < minutes <= LONGEST:
        raise RuleBroken("supervision_minutes", "Enter between 1 and 480 minutes.", field="minutes")
    if supervisees < 1:
        raise RuleBroken("supervision_nobody", "Choose who was there.", field="supervisees")
    if rule is GroupRule.WHOLE or supervisees == 1:
        return Fraction(minutes)
    return Fraction(minutes, 2) if supervisees <= _HALF_UP_TO else Fraction(minutes, supervisees)


def minutes_given(own: Mapping[UUID, int], rule: GroupRule) -> dict[UUID, Fraction]:
    """By supervisee; whoever left half way has minutes of their own.

    Raises:
        RuleBroken: as `minutes_for_each`.
    """
    return {who: minutes_for_each(minutes, len(own), rule) for who, minutes in own.items()}


def moment_of_session(day: date, at: time) -> datetime:
    """The moment (UTC) at which London's clocks show that time; in October's doubled hour the first of the two.

    Raises:
        RuleBroken: the clocks leave that hour out.
    """
    moment = datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, at):
        raise RuleBroken(
            "supervision_clock", "The clocks go forward in that hour. Enter another time.", field="starts_at"
        )
    return moment


def day_of_session(starts_at: datetime) -> date:
    """In London: a session over midnight is the first day's."""
    return london_date(starts_at)

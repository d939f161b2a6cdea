"""A group that meets every week with families of the history, and its registers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.referral.demonstration.happening import (
    Accepted,
    GroupJoined,
    GroupMet,
    GroupOpened,
    Happening,
    Journey,
    Received,
)
from services.referral.demonstration.steps import Ended, Work
from services.referral.people.domain.subject import Baby
from shared.contracts.intervention import Intervention
from shared.contracts.vocabulary import Level
from shared.demonstration.loading import OF_SEVERAL
from shared.kernel.calendar import is_working_day, london_start
from shared.kernel.clock import london_date

GROUP = "Baby massage on Tuesdays"
_LEAD = 2
_WEEKS = 7
_LEAST, _PLACES = 3, 8
_KNOWN_FOR = timedelta(7)
_TUESDAY = 1
_TOPICS = (
    "Feet and hands",
    "Tummies",
    "When it is too much",
    "Songs we know",
    "Face and head",
    "What dads do",
    "A goodbye",
)


def group_meetings(journeys: Sequence[Journey], until: datetime) -> Iterator[Journey]:
    """Only with families with whom the work goes on; none when there are too few."""
    members = [journey for journey in journeys if _takes_part(journey)][-_PLACES:]
    if len(members) < _LEAST:
        return
    days = list(_tuesdays(london_date(until)))
    opened = london_start(days[0]) + timedelta(hours=9)
    made = [Happening(opened, OF_SEVERAL, GroupOpened(GROUP, Intervention.BABY_MASSAGE, _LEAD))]
    for journey in members:
        at = max(opened + timedelta(minutes=5), _accepted_at(journey) + _KNOWN_FOR)
        made.append(Happening(at, OF_SEVERAL, GroupJoined(GROUP, _key(journey))))
    first = min(one.at for one in made[1:])
    met = [london_start(day) + timedelta(hours=11, minutes=30) for day in days]
    made += [
        Happening(at, OF_SEVERAL, GroupMet(GROUP, number, _TOPICS[number % len(_TOPICS)]))
        for number, at in enumerate(met)
        if at > first
    ]
    yield [one for one in made if one.at < until]


def _tuesdays(today: date) -> Iterator[date]:
    """The last weeks', but for holidays."""
    last = today - timedelta((today.weekday() - _TUESDAY) % 7 or 7)
    days = (last - timedelta(7 * week) for week in reversed(range(_WEEKS)))
    return (day for day in days if is_working_day(day))


def _takes_part(journey: Journey) -> bool:
    received = journey[0].action
    if not isinstance(received, Received) or not isinstance(received.request.subject, Baby) or _is_told(journey):
        return False
    accepted = next((one.action for one in journey if isinstance(one.action, Accepted)), None)
    if accepted is None or accepted.opening.support.level is Level.SPECIALIST or accepted.opening.support.risk_support:
        return False
    return not any(isinstance(one.action, Work) and _ends(one.action) for one in journey)


def _is_told(journey: Journey) -> bool:
    """Whether it is a story with an end of its own."""
    return not journey[0].family[0].isdigit()


def _ends(work: Work) -> bool:
    return any(isinstance(step, Ended) for step in work.steps)


def _accepted_at(journey: Journey) -> datetime:
    return next(one.at for one in journey if isinstance(one.action, Accepted))


def _key(journey: Journey) -> UUID:
    received = journey[0].action
    if not isinstance(received, Received):
        raise TypeError("a journey begins with a referral")
    return received.key

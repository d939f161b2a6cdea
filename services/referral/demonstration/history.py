"""The history of an invented team: every command of three years, with the moment at which it is given.

Nothing here is stored: `history` is the same for the same team and end, and `load` gives it to the real commands.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from services.referral.demonstration.appointments import until_now, with_appointments
from services.referral.demonstration.coming_back import coming_back
from services.referral.demonstration.families import InventedFamilies
from services.referral.demonstration.family_work import family_work, lead_of, without_sessions
from services.referral.demonstration.group_meetings import group_meetings
from services.referral.demonstration.happening import Accepted, Begun, Happening, Journey
from services.referral.demonstration.left_numbers import left_numbers
from services.referral.demonstration.register import FamilyRegister
from services.referral.demonstration.stories import stories
from services.referral.demonstration.story import Story
from services.referral.demonstration.support import Turn, a_move
from services.referral.demonstration.triage import decide
from services.referral.demonstration.waiting_referrals import received_from, waiting_referrals
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import Level, SourceGroup
from shared.demonstration.moments import any_hour, at_work
from shared.kernel.calendar import add_working_days, months_between
from shared.kernel.clock import london_date

_SEED = 2038
_QUIET_MONTHS = {8: 0.75, 12: 0.75}


@dataclass(frozen=True)
class Volume:
    """How much a team gets: referrals a month at the beginning and at the end of so many months."""

    months: int
    first: float
    last: float
    detailed_months: int
    """Families that came in the last so many months are there with each session; older ones in short."""
    surge_months_ago: int | None = None
    """A month with a special cause: the neonatal unit referred far more families than ever."""


VOLUMES = {"blackpool": Volume(36, 9, 20, 3, surge_months_ago=8), "lancaster": Volume(24, 5, 12, 2)}
"""Source: reference 11; Lancaster by its births (reference 3.3), and started two years ago."""

OTHER_TEAM = Volume(12, 4, 10, 2)
"""Any other team has been there for a year."""

_SURGE = 16
_LED_FROM_THE_START = 0.6
"""For the others someone is found by the first contact."""
_NEWER_DAYS = 35
"""Of older families with whom the work goes on, sessions of so many days are there."""


_LONG_AGO_DAYS = 540
"""Of families whose work ended before that, there is its end and no session, so that all is loaded fast."""
_NEWLY_ENDED_DAYS = 21
"""Of families whose work ended so lately, all of it is there."""


def volume_of(team: str) -> Volume:
    return VOLUMES.get(team, OTHER_TEAM)


@dataclass(frozen=True)
class HistorySpan:
    until: datetime
    """UTC; the present moment."""
    in_detail_from: date
    """Families that came from that day on are there with each session."""


@dataclass(frozen=True)
class Coming:
    """A family that is referred to a team in a month; by anyone when no source is given."""

    team: str
    name: str
    month: date
    source: SourceGroup | None


def history(team: str, until: datetime, *, months: int | None = None) -> list[Happening]:
    """Everything that happened to the team until then, in the order of time.

    Args:
        team: slug; the same team has the same families each time.
        until: UTC; the present moment.
        months: the last so many months only.
    """
    volume = volume_of(team)
    months = min(months or volume.months, volume.months)
    register = FamilyRegister(team)
    journeys = [*_journeys(team, volume, until, register), *_told(team, until)]
    journeys += waiting_referrals(team, InventedFamilies(_chance(team, "waiting"), team, register), journeys, until)
    begin = _last_months(until, months)[0]
    newer = [journey for journey in journeys if london_date(journey[0].at) >= begin]
    newer += [*group_meetings(newer, until), *left_numbers(team, until)]
    return sorted(chain.from_iterable(newer), key=lambda happening: happening.at)


def _journeys(team: str, volume: Volume, until: datetime, register: FamilyRegister) -> Iterator[Journey]:
    months = _last_months(until, volume.months)
    span = HistorySpan(until, months[-1 - volume.detailed_months])
    for number, month in enumerate(months):
        expected = volume.first + (volume.last - volume.first) * number / volume.months
        count = _poisson(_chance(team, number), expected * _QUIET_MONTHS.get(month.month, 1))
        sources: list[SourceGroup | None] = [None] * count
        if volume.surge_months_ago == volume.months - number:
            sources += [SourceGroup.NEONATAL] * _SURGE
        for place, source in enumerate(sources):
            coming = Coming(team, f"{number} {place}", month, source)
            chance = _chance(team, coming.name)
            if journey := _journey(coming, InventedFamilies(chance, team, register), chance, span):
                yield journey


def _journey(coming: Coming, families: InventedFamilies, chance: random.Random, span: HistorySpan) -> Journey:
    """What happens to a family that is referred in that month, as far as it is not in the future."""
    name = coming.name
    received_at = any_hour(chance, coming.month + timedelta(chance.randrange(28)))
    request = families.request(london_date(received_at), source=coming.source)
    decision = decide(chance, request, received_at)
    received = [*received_from(coming.team, name, request, received_at)]
    if not isinstance(decision.action, Accepted):
        return until_now([*received, Happening(decision.at, name, decision.action)], span.until)
    lead = lead_of(chance) if chance.random() < _LED_FROM_THE_START else None
    accepted = replace(decision.action, lead=lead)
    begun = Begun(name, request, received_at, decision.at, accepted)
    happenings = [*received, Happening(decision.at, name, accepted), *_work(chance, begun, span)]
    return with_appointments(chance, happenings, span.until)


def _work(chance: random.Random, begun: Begun, span: HistorySpan) -> list[Happening]:
    """In detail for a family that came lately, or whose work goes on."""
    since = london_date(begun.received_at)
    if since >= span.in_detail_from:
        return family_work(chance, begun, in_detail_from=since).happenings
    seed = chance.getrandbits(64)
    made = family_work(_chance(seed), begun, in_detail_from=None)
    if made.ends_at < span.until - timedelta(_LONG_AGO_DAYS):
        return without_sessions(made.happenings)
    if made.ends_at < span.until - timedelta(_NEWLY_ENDED_DAYS):
        return made.happenings
    if made.ends_at < span.until:
        return family_work(_chance(seed), begun, in_detail_from=since).happenings
    newer = london_date(span.until) - timedelta(_NEWER_DAYS)
    return family_work(_chance(seed), begun, in_detail_from=newer).happenings


def _chance(*of: object) -> random.Random:
    """One for each family, so that the families are the same on whichever day the history ends."""
    return random.Random(f"{_SEED} {of}")  # noqa: S311 - it is to be predictable


def _last_months(until: datetime, months: int) -> list[date]:
    """The present month and so many before it."""
    today = london_date(until)
    return months_between(today - timedelta(31 * (months + 1)), today)[-months - 1 :]


def _told(team: str, until: datetime) -> Iterator[Journey]:
    """The stories belong to Blackpool."""
    if team == "blackpool":
        for story in stories(london_date(until)):
            yield until_now(list(_of_story(_chance(team, story.name), team, story, london_date(until))), until)
        yield until_now([*coming_back(team, _chance(team, "coming back"), london_date(until))], until)


def _of_story(chance: random.Random, team: str, story: Story, today: date) -> Iterator[Happening]:
    received_at = at_work(chance, today - timedelta(story.days_ago))
    yield from received_from(team, story.name, story.request, received_at)
    accepted_on = add_working_days(london_date(received_at), story.accepted_after)
    mdt_on = accepted_on if story.support.level is Level.SPECIALIST else None
    opening = Opening(story.support, accepted_on + timedelta(84), mdt_on)
    yield Happening(at_work(chance, accepted_on), story.name, Accepted(story.urgency, opening, story.lead))
    telling = story.telling(accepted_on, today, chance)
    for days, what in story.work(telling):
        at = at_work(chance, accepted_on + timedelta(days))
        action = a_move(chance, telling.write, what, london_date(at)) if isinstance(what, Turn) else what
        yield Happening(at, story.name, action)


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's way; for small means."""
    limit, product, number = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number

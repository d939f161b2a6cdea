"""The history of an invented team: every command of three years, with the moment at which it is given.

Nothing here is stored: `history` is the same for the same team and end, and `load` gives it to the real commands.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from services.referral.demonstration.appointments import until_now, with_appointments
from services.referral.demonstration.families import InventedFamilies
from services.referral.demonstration.family_work import family_work, lead_of, without_sessions
from services.referral.demonstration.happening import Accepted, Begun, Happening, Journey, Received
from services.referral.demonstration.stories import Story, stories
from services.referral.demonstration.support import Turn, a_move
from services.referral.demonstration.triage import decide
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import Level, SourceGroup
from shared.demonstration.moments import any_hour, at_work
from shared.kernel.calendar import add_working_days, months_between
from shared.kernel.clock import london_date

_SEED = 2038
_QUIET_MONTHS = {8: 0.75, 12: 0.75}
_LEFT_WAITING = (2, 6, 8, 9)
"""Working days for which some referrals have waited at the end, so that triage has something over its target."""


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
"""For the others somebody is found by the first contact."""
_NEWER_DAYS = 35
"""Of older families with whom the work goes on, sessions of so many days are there."""


_LONG_AGO_DAYS = 540
"""Of families whose work ended before that, there is its end and no session, so that all is loaded fast."""
_NEWLY_ENDED_DAYS = 21
"""Of families whose work ended so lately, all of it is there."""


@dataclass(frozen=True)
class HistorySpan:
    until: datetime
    """UTC; the present moment."""
    in_detail_from: date
    """Families that came from that day on are there with each session."""


def history(team: str, until: datetime, *, months: int | None = None) -> list[Happening]:
    """Everything that happened to the team until then, in the order of time.

    Args:
        team: slug; the same team has the same families each time.
        until: UTC; the present moment.
        months: the last so many months only.
    """
    volume = VOLUMES.get(team, OTHER_TEAM)
    months = min(months or volume.months, volume.months)
    journeys = [*_journeys(team, volume, until), *_told(team, until), *_waiting(team, until)]
    begin = _last_months(until, months)[0]
    return sorted(
        (happening for journey in journeys if london_date(journey[0].at) >= begin for happening in journey),
        key=lambda happening: happening.at,
    )


def _journeys(team: str, volume: Volume, until: datetime) -> Iterator[Journey]:
    months = _last_months(until, volume.months)
    span = HistorySpan(until, months[-1 - volume.detailed_months])
    for number, month in enumerate(months):
        expected = volume.first + (volume.last - volume.first) * number / volume.months
        count = _poisson(_chance(team, number), expected * _QUIET_MONTHS.get(month.month, 1))
        sources: list[SourceGroup | None] = [None] * count
        if volume.surge_months_ago == volume.months - number:
            sources += [SourceGroup.NEONATAL] * _SURGE
        for place, source in enumerate(sources):
            if journey := _journey(team, f"{number} {place}", month, source, span):
                yield journey


def _journey(team: str, name: str, month: date, source: SourceGroup | None, span: HistorySpan) -> Journey:
    """What happens to a family that is referred in that month, as far as it is not in the future."""
    chance = _chance(team, name)
    received_at = any_hour(chance, month + timedelta(chance.randrange(28)))
    request = InventedFamilies(chance, team).request(london_date(received_at), source=source)
    decision = decide(chance, request, received_at)
    received = _received(team, name, request, received_at)
    if not isinstance(decision.action, Accepted):
        return until_now([received, Happening(decision.at, name, decision.action)], span.until)
    lead = lead_of(chance) if chance.random() < _LED_FROM_THE_START else None
    accepted = replace(decision.action, lead=lead)
    begun = Begun(name, request, received_at, decision.at, accepted)
    happenings = [received, Happening(decision.at, name, accepted), *_work(chance, begun, span)]
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


def _of_story(chance: random.Random, team: str, story: Story, today: date) -> Iterator[Happening]:
    received_at = at_work(chance, today - timedelta(story.days_ago))
    yield _received(team, story.name, story.request, received_at)
    accepted_on = add_working_days(london_date(received_at), story.accepted_after)
    mdt_on = accepted_on if story.support.level is Level.SPECIALIST else None
    opening = Opening(story.support, accepted_on + timedelta(84), mdt_on)
    yield Happening(at_work(chance, accepted_on), story.name, Accepted(story.urgency, opening, story.lead))
    for days, what in story.work(accepted_on):
        at = at_work(chance, accepted_on + timedelta(days))
        action = a_move(chance, what.kind, what.to, london_date(at)) if isinstance(what, Turn) else what
        yield Happening(at, story.name, action)


def _waiting(team: str, until: datetime) -> Iterator[Journey]:
    """Referrals on which nobody has decided yet."""
    today = london_date(until)
    for working_days in _LEFT_WAITING:
        name = f"waiting {working_days}"
        chance, day = _chance(team, name), today
        while add_working_days(day, working_days) > today:
            day -= timedelta(1)
        at = at_work(chance, day)
        if at < until:
            yield [_received(team, name, InventedFamilies(chance, team).request(london_date(at)), at)]


def _received(team: str, name: str, request: ReferralRequest, at: datetime) -> Happening:
    return Happening(at, name, Received(_key(team, name), request))


def _key(team: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"pairs:demonstration:{team}:{name}")


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's way; for small means."""
    limit, product, number = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number

"""The history of an invented team: every command of three years, with the moment at which it is given.

Nothing here is stored: `history` is the same for the same team and end, and `load` gives it to the real commands.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from services.referral.demonstration.families import Families
from services.referral.demonstration.happening import Accepted, Happening, Journey, Received
from services.referral.demonstration.moments import any_hour, at_work
from services.referral.demonstration.stories import Story, stories
from services.referral.demonstration.support import a_move, moves
from services.referral.demonstration.triage import decide
from services.referral.domain.referral import ReferralRequest
from services.referral.domain.tier import Opening, TierMove
from shared.contracts.vocabulary import Level, SourceGroup
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
    surge_months_ago: int | None = None
    """A month with a special cause: the neonatal unit referred far more families than ever."""


VOLUMES = {"blackpool": Volume(36, 9, 20, surge_months_ago=8), "lancaster": Volume(24, 5, 12)}
"""Source: reference 11; Lancaster by its births (reference 3.3), and started two years ago."""

OTHER_TEAM = Volume(12, 4, 10)
"""Any other team has been there for a year."""

_SURGE = 16


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
    for number, month in enumerate(_last_months(until, volume.months)):
        expected = volume.first + (volume.last - volume.first) * number / volume.months
        count = _poisson(_chance(team, number), expected * _QUIET_MONTHS.get(month.month, 1))
        sources: list[SourceGroup | None] = [None] * count
        if volume.surge_months_ago == volume.months - number:
            sources += [SourceGroup.NEONATAL] * _SURGE
        for place, source in enumerate(sources):
            if journey := _journey(team, f"{number} {place}", month, source, until):
                yield journey


def _journey(team: str, name: str, month: date, source: SourceGroup | None, until: datetime) -> Journey:
    """What happens to a family that is referred in that month, as far as it is not in the future."""
    chance = _chance(team, name)
    received_at = any_hour(chance, month + timedelta(chance.randrange(28)))
    request = Families(chance, team).request(london_date(received_at), source=source)
    decision = decide(chance, request, received_at)
    happenings = [_received(team, name, request, received_at), Happening(decision.at, name, decision.action)]
    if isinstance(decision.action, Accepted):
        happenings += [
            Happening(at, name, move) for at, move in moves(chance, decision.at, decision.action.opening.support)
        ]
    return _until(chance, happenings, until)


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
            chance = _chance(team, story.name)
            yield _until(chance, list(_of_story(chance, team, story, london_date(until))), until)


def _of_story(chance: random.Random, team: str, story: Story, today: date) -> Iterator[Happening]:
    received_at = at_work(chance, today - timedelta(story.days_ago))
    yield _received(team, story.name, story.request, received_at)
    day = add_working_days(london_date(received_at), story.accepted_after)
    mdt_on = day if story.support.level is Level.SPECIALIST else None
    opening = Opening(story.support, day + timedelta(84), mdt_on)
    yield Happening(at_work(chance, day), story.name, Accepted(story.urgency, opening))
    for kind, days, to in story.turns:
        at = at_work(chance, day + timedelta(days))
        day = london_date(at)
        yield Happening(at, story.name, a_move(chance, kind, to, day))


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
            yield [_received(team, name, Families(chance, team).request(london_date(at)), at)]


def _received(team: str, name: str, request: ReferralRequest, at: datetime) -> Happening:
    return Happening(at, name, Received(_key(team, name), request))


def _key(team: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"pairs:demonstration:{team}:{name}")


def _until(chance: random.Random, happenings: list[Happening], until: datetime) -> Journey:
    """What happens before the end; the review that is still to come is mostly (82 %) in the future."""
    past = [happening for happening in happenings if happening.at < until]
    late, ahead = chance.randint(1, 20), chance.randint(2, 70)
    if not past:
        return past
    days = -late if chance.random() < 0.18 else ahead
    return [*past[:-1], _with_review(past[-1], london_date(until) + timedelta(days))]


def _with_review(last: Happening, review_on: date) -> Happening:
    """A practitioner who keeps reviewing keeps the date ahead; a review lasts a year at most."""
    day, action = london_date(last.at), last.action
    review_on = min(max(review_on, day + timedelta(7)), day + timedelta(360))
    if isinstance(action, Accepted):
        return replace(last, action=replace(action, opening=replace(action.opening, review_on=review_on)))
    if isinstance(action, TierMove) and action.to.level is not Level.COMMUNITY:
        return replace(last, action=replace(action, review_on=review_on))
    return last


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's way; for small means."""
    limit, product, number = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number

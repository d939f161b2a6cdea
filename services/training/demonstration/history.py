"""A year of a workforce, put together by chance: the same each time for the same team and day."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from services.training.contents import SERVICE
from services.training.demonstration.happening import ChampionDid, IsAway, IsCounted, Leaves, Moves, TrainingHappening
from services.training.demonstration.joiner import Joins
from services.training.demonstration.organisations import EMPLOYERS, OUR_TEAM, InventedEmployer
from services.training.demonstration.taught_history import taught_history
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import ChampionWork
from shared.demonstration.moments import at_work
from shared.kernel.clock import london_date

MONTHS = 12
_JOINED, _LEFT, _MOVED, _AWAY = 0.10, 0.08, 0.04, 0.05
"""Of the people in a year. Source of the first two: NHS workforce statistics, as a proportion."""
_NAMES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def history(team: str, until: datetime, *, months: int | None = None) -> list[TrainingHappening]:
    """In the order of time, up to that moment."""
    chance = random.Random(f"workforce of {team}")  # noqa: S311 - nothing here is secret
    last = london_date(until)
    first = last - timedelta((months or MONTHS) * 30)
    found = [*_ours(chance, first), *_register(chance, first), *_counts(chance, first, last)]
    register = [one for one in found if isinstance(one.action, Joins) and one.action.colleague_id is None]
    found += _changes(chance, register, first, last)
    found += _champions(random.Random(f"champions of {team}"), first, last)  # noqa: S311 - likewise
    found += taught_history(team, [one.action for one in found if isinstance(one.action, Joins)], first, last)
    return sorted((one for one in found if one.at <= until), key=lambda one: one.at)


def somebody(chance: random.Random, number: int, employer: int, profession: Profession, from_on: date | None) -> Joins:
    """Who joins."""
    given, family = chance.choice(_NAMES["given"]), chance.choice(_NAMES["family"])
    where = EMPLOYERS[employer]
    domain = _domain(where)
    email = f"office@{domain}" if where.shares_email else f"{given}.{family}{number}@{domain}".lower().replace("’", "")
    return Joins(given, family, email, where.shares_email, employer, profession, f"{number:05}", from_on)


def _domain(where: InventedEmployer) -> str:
    words = where.name.replace("{place}", "").lower().replace("’", "").split()
    return f"{'-'.join(words[:2])}.example"


def _ours(chance: random.Random, first: date) -> Iterator[TrainingHappening]:
    """Those who sign in are on the register too."""
    for person in SERVICE.people:
        given, _, family = person.name.partition(" ")
        email = f"{given}.{family}@pairs.example".lower()
        joins = Joins(
            given,
            family,
            email,
            is_shared_email=False,
            employer=OUR_TEAM,
            profession=Profession.MENTAL_HEALTH,
            staff_number="",
            from_on=None,
            colleague_id=person.id,
        )
        yield TrainingHappening(at_work(chance, first), f"colleague {person.id}", joins)


def _register(chance: random.Random, first: date) -> Iterator[TrainingHappening]:
    number = 0
    for place, where in enumerate(EMPLOYERS):
        for staffed in where.staff:
            for _ in range(staffed.people):
                number += 1
                since = first - timedelta(chance.randint(30, 3000))
                joins = somebody(chance, number, place, staffed.profession, since if chance.random() < 0.9 else None)
                yield TrainingHappening(at_work(chance, first + timedelta(1)), f"person {number}", joins)


def _counts(chance: random.Random, first: date, last: date) -> Iterator[TrainingHappening]:
    """At the beginning and half way."""
    for place, where in enumerate(EMPLOYERS):
        for staffed in where.staff:
            if staffed.headcount is None:
                continue
            for day, people in ((first, staffed.headcount), (first + (last - first) // 2, staffed.headcount)):
                counted = IsCounted(place, staffed.profession, day, people)
                yield TrainingHappening(
                    at_work(chance, day + timedelta(3)), f"count {place} {staffed.profession}", counted
                )


def _changes(
    chance: random.Random, register: Sequence[TrainingHappening], first: date, last: date
) -> Iterator[TrainingHappening]:
    """Joiners, leavers, movers and those who are away for long; nobody is two of these."""
    days = (last - first).days
    of_a_year = days / 365
    shuffled = list(register)
    chance.shuffle(shuffled)
    parts = [round(len(register) * share * of_a_year) for share in (_LEFT, _MOVED, _AWAY)]
    leavers, movers = shuffled[: parts[0]], shuffled[parts[0] : parts[0] + parts[1]]
    away = shuffled[parts[0] + parts[1] :][: parts[2]]
    for one in leavers:
        day = first + timedelta(chance.randint(20, days))
        yield TrainingHappening(at_work(chance, day), one.about, Leaves(day + timedelta(chance.randint(0, 30))))
    for one in movers:
        day = first + timedelta(chance.randint(20, days))
        yield TrainingHappening(at_work(chance, day), one.about, _move(chance, one.action, day))
    for one in away:
        day = first + timedelta(chance.randint(20, days))
        back = day + timedelta(chance.randint(120, 360)) if chance.random() < 0.7 else None
        yield TrainingHappening(at_work(chance, day), one.about, IsAway(day, back))
    for number in range(round(len(register) * _JOINED * of_a_year)):
        day = first + timedelta(chance.randint(10, days))
        where = chance.choice(
            [place for place, one in enumerate(EMPLOYERS) if place != OUR_TEAM and not one.shares_email]
        )
        joins = somebody(chance, 500 + number, where, chance.choice(EMPLOYERS[where].staff).profession, day)
        yield TrainingHappening(at_work(chance, day), f"person {500 + number}", joins)


def _champions(chance: random.Random, first: date, last: date) -> Iterator[TrainingHappening]:
    """About two things in three weeks."""
    for day in range(0, (last - first).days, 10):
        did = ChampionDid(chance.randrange(1000), chance.choice([*ChampionWork]), chance.choice([0, 1, 4, 9, 14]))
        at = at_work(chance, first + timedelta(day + chance.randint(0, 9)))
        yield TrainingHappening(at, f"champion {day}", did)


def _move(chance: random.Random, joined: object, day: date) -> Moves:
    """To a place that has the same profession, if there is another; else to the family hub."""
    assert isinstance(joined, Joins)  # noqa: S101 - whoever moves has joined
    alike = [
        place
        for place, where in enumerate(EMPLOYERS)
        if place != joined.employer and any(one.profession is joined.profession for one in where.staff)
    ]
    return Moves(chance.choice(alike or [0]), joined.profession, day + timedelta(13), day)

"""What is kept of who works where and holds what is never another than what it is made of."""

import asyncio
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping, Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.database.course_tables import completion
from services.training.database.standing_tables import standing
from services.training.database.workforce_tables import leave, person, post
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.identifiers import new_id
from tests.training.conftest import NOW, TrainedTeam
from tests.training.coverage.trained_people import Filled

FIRST, DAYS, CHANGES = date(2026, 1, 1), 12, 150
COURSES = TrainingCourse.IMH_PIR, TrainingCourse.NBO
TABLES = post, leave, completion
Stands = tuple[UUID, date, frozenset[str], frozenset[str], bool]
"""Who, on which day, where, what they hold and whether they are on leave."""


async def test_whatever_is_added_changed_or_moved_each_day_is_as_the_rows_say(trained: TrainedTeam) -> None:
    filled, chance = Filled(trained), random.Random(11)
    people = await filled.people(3, trained.organisation_id)
    await filled.hold(people, course=COURSES[0])
    await filled.hold(people, course=COURSES[1])
    was_there = {True: 0, False: 0}
    for _ in range(CHANGES):
        was_there[await changes(trained.engine, people, chance)] += 1
        assert await kept(trained.engine, people) == await made_of(trained.engine, people)

    assert was_there[True] > CHANGES // 2


async def test_whoever_is_erased_is_nowhere(trained: TrainedTeam) -> None:
    filled = Filled(trained)
    people = await filled.people(1, trained.organisation_id)
    erased = {"erased_on": FIRST, "erased_by": new_id(), "erased_why": "asked"}
    async with trained.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == people[0]).values(erased))

    assert await kept(trained.engine, people) == set()


async def test_of_two_who_change_one_person_at_once_neither_is_missed(trained: TrainedTeam) -> None:
    filled = Filled(trained)
    people = await filled.people(1, trained.organisation_id)
    async with trained.engine.begin() as first:
        await first.execute(insert(leave).values(a_leave(people[0])))
        second = asyncio.create_task(filled.work(people, trained.organisation_id, Profession.GP))
        await asyncio.sleep(0.2)

        assert not second.done()
    await second

    assert await kept(trained.engine, people) == await made_of(trained.engine, people)


async def changes(engine: AsyncEngine, people: Sequence[UUID], chance: random.Random) -> bool:
    """One row, by a statement; False: the database does not let it be so."""
    table = chance.choice(TABLES)
    async with engine.connect() as connection:
        mine = select(table.c.id).where(table.c.person_id.in_(people)).order_by(table.c.id)
        ids = (await connection.scalars(mine)).all()
    who, which = chance.choice(people), chance.choice([*ids, new_id()])
    doing: list[Any] = [
        update(table).where(table.c.id == which).values(a_span(table, chance)),
        update(table).where(table.c.id == which).values(person_id=who),
    ]
    if table is completion:
        doing.append(update(table).where(table.c.id == which).values(withdrawn_at=chance.choice((None, NOW))))
    else:
        new = a_leave(who) if table is leave else a_post(who, await some_post(engine), chance)
        doing.append(insert(table).values(new | a_span(table, chance)))
    try:
        async with engine.begin() as connection:
            return bool((await connection.execute(chance.choice(doing))).rowcount)
    except IntegrityError:
        return False


def a_leave(who: UUID) -> dict[str, Any]:
    return {"id": new_id(), "version": 1, "person_id": who, "from_on": FIRST}


def a_post(who: UUID, like: RowMapping, chance: random.Random) -> dict[str, Any]:
    other = {"id": new_id(), "person_id": who, "profession": chance.choice((Profession.GP, Profession.MIDWIFE))}
    return {**like, **other}


async def some_post(engine: AsyncEngine) -> RowMapping:
    async with engine.connect() as connection:
        return (await connection.execute(select(post).limit(1))).mappings().one()


def a_span(table: Table, chance: random.Random) -> dict[str, date | None]:
    begins = FIRST + timedelta(chance.randrange(DAYS))
    ends = chance.choice((None, begins + timedelta(chance.randrange(1, DAYS))))
    if table is completion:
        return {"held_from": begins, "until_on": ends}
    return {"from_on": chance.choice((None, begins)) if table is post else begins, "until_on": ends}


async def kept(engine: AsyncEngine, people: Sequence[UUID]) -> set[Stands]:
    async with engine.connect() as connection:
        rows = (await connection.execute(select(standing).where(standing.c.person_id.in_(people)))).all()
    return {
        (row.person_id, day, frozenset(row.places.split(" ")), frozenset(row.held.split()), row.is_away)
        for row in rows
        for day in all_days()
        if row.from_on <= day < row.until_on
    }


async def made_of(engine: AsyncEngine, people: Sequence[UUID]) -> set[Stands]:
    """The same by hand, from the rows of the three tables."""
    async with engine.connect() as connection:
        jobs, leaves, held = [
            (await connection.execute(select(one).where(one.c.person_id.in_(people)))).all() for one in TABLES
        ]
    found: set[Stands] = set()
    for who in people:
        for day in all_days():
            places = {f"{one.organisation_id}:{one.profession}" for one in jobs if counts(one, one.from_on, who, day)}
            courses = {one.course for one in held if not one.withdrawn_at and counts(one, one.held_from, who, day)}
            is_away = any(counts(one, one.from_on, who, day) for one in leaves)
            if places:
                found.add((who, day, frozenset(places), frozenset(courses), is_away))
    return found


def counts(one: Row[Any], begins: date | None, who: UUID, day: date) -> bool:
    is_on = (begins is None or begins <= day) and (one.until_on is None or day < one.until_on)
    return one.person_id == who and is_on


def all_days() -> list[date]:
    return [FIRST + timedelta(number) for number in range(-2, 2 * DAYS + 2)]

"""Who is it? By any part of a name they have or had, an email, or a staff number."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from services.training.database.workforce_tables import person, post
from services.training.workforce.queries.similar_people import works_of
from shared.kernel.name_words import finds
from shared.unit_of_work import UnitOfWork

MOST_FOUND = 25


@dataclass(frozen=True)
class PersonFound:
    person_id: UUID
    name: str
    works: str
    """Where, as what; empty where they have no post."""
    found_by: str
    """The earlier name, or the name on a joined record, by which they were found; empty: by their own."""


@dataclass(frozen=True)
class PeopleFound:
    """The first 25 by family name."""

    people: list[PersonFound]
    is_cut: bool


async def people_search(work: UnitOfWork, text: str) -> PeopleFound:
    """Those whose names have all of its words; a joined record is found under its own name too."""
    names = select(person.c.id, person.c.given_name, person.c.family_name, person.c.earlier_names)
    everybody = (await work.session.execute(names.where(person.c.erased_on.is_(None)))).all()
    named = await asyncio.to_thread(_named, text, everybody)
    has_number = exists().where(post.c.person_id == person.c.id, post.c.staff_number == text)
    query = (
        select(person)
        .where(
            person.c.erased_on.is_(None),
            or_(person.c.id.in_(named), has_number, func.lower(person.c.email) == text.lower()),
        )
        .order_by(func.lower(person.c.family_name), func.lower(person.c.given_name), person.c.id)
        .limit(MOST_FOUND + 1)
    )
    rows = (await work.session.execute(query)).all()
    shown = rows[:MOST_FOUND]
    works = await works_of(work, [row.id for row in shown])
    people = [
        PersonFound(
            row.id,
            f"{row.given_name} {row.family_name}",
            "A record that was joined to another" if row.merged_into else works.get(row.id, ""),
            ", ".join(name for name in row.earlier_names if any(finds(word, name) for word in text.split())),
        )
        for row in shown
    ]
    return PeopleFound(people, is_cut=len(rows) > MOST_FOUND)


def _named(text: str, everybody: Sequence[Any]) -> list[UUID]:
    """Those whose names have all words of it, as `shared.kernel.name_words` says."""
    return [one.id for one in everybody if finds(text, one.given_name, one.family_name, *one.earlier_names)]

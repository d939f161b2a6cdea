"""Who is it? By any part of a name they have or had, an email, or a staff number."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, union

from services.training.database.workforce_tables import person, post
from services.training.workforce.queries.similar_people import works_of
from shared.database.name_words import has_words
from shared.kernel.name_words import begins_with, finds
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
    named = select(person.c.id).where(has_words("person", begins_with(text)))
    numbered = select(post.c.person_id).where(post.c.staff_number == text)
    addressed = select(person.c.id).where(person.c.email != "", func.lower(person.c.email) == text.lower())
    query = (
        select(person)
        .where(person.c.erased_on.is_(None), person.c.id.in_(union(named, numbered, addressed)))
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

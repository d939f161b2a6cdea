"""Who of the register may be the same person? A list to look at; nothing is joined by it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, func, select, union

from services.training.database.workforce_tables import organisation, person, post
from services.training.workforce.domain.same_person import beginnings, those_who_look_alike
from shared.contracts.consultation_codes import Profession
from shared.database.name_words import has_words
from shared.kernel.calendar import date_words
from shared.kernel.name_words import asked_keys, name_likeness, plain_name
from shared.staff.answer_words import Words
from shared.unit_of_work import UnitOfWork

MOST_SHOWN = 10


@dataclass(frozen=True)
class SimilarPerson:
    person_id: UUID
    name: str
    works: str
    """Where, as what; empty where they have no post."""
    email: str

    @property
    def shown(self) -> str:
        return ", ".join(filter(None, (self.name, self.works, self.email)))


async def similar_people(work: UnitOfWork, name: str, email: str, *, but: UUID) -> list[SimilarPerson]:
    """By a name that is alike, or by the address; those whose name is most the same come first.

    Args:
        but: somebody who is left out: themselves.
    """
    rows = (
        await work.session.execute(
            select(
                person.c.id,
                person.c.given_name,
                person.c.family_name,
                person.c.earlier_names,
                person.c.email,
                person.c.known_keys.overlap(asked_keys(name)).label("may_be_same"),
            ).where(
                person.c.merged_into.is_(None),
                person.c.erased_on.is_(None),
                person.c.id != but,
                person.c.id.in_(_those_to_compare(name, email)),
            )
        )
    ).all()
    address = email.casefold()
    alike = await asyncio.to_thread(_alike, name, rows)
    same_address = [row.id for row in rows if address and row.email.casefold() == address]
    return await people_shown(work, list(dict.fromkeys([*alike, *same_address]))[:MOST_SHOWN])


def _those_to_compare(name: str, email: str) -> CompoundSelect[Any]:
    """Nobody else has that name or address, or a name that begins alike."""
    beginning = [f"'{start}':*" for start in sorted(beginnings(plain_name(name)))]
    return union(
        select(person.c.id).where(person.c.known_keys.overlap(asked_keys(name))),
        select(person.c.id).where(has_words("person", beginning)),
        select(person.c.id).where(person.c.email != "", func.lower(person.c.email) == email.lower()),
    )


def _alike(name: str, rows: Sequence[Any]) -> list[UUID]:
    named = [row for row in rows if row.may_be_same]
    likeness = {row.id: max(name_likeness(name, theirs) for theirs in _names(row)) for row in named}
    same = sorted((who for who, degree in likeness.items() if degree), key=lambda who: -likeness[who])
    names = {(row.id, n): plain_name(said) for row in rows for n, said in enumerate(_names(row))}
    return [*same, *(who for who, _ in those_who_look_alike(plain_name(name), names))]


def _names(row: Any) -> list[str]:
    return [f"{row.given_name} {row.family_name}", *row.earlier_names]


async def people_shown(work: UnitOfWork, people: Sequence[UUID]) -> list[SimilarPerson]:
    """These people, in this order."""
    rows = await work.session.execute(select(person).where(person.c.id.in_(people)))
    by_id = {row.id: row for row in rows}
    works = await works_of(work, list(people))
    found = [by_id[who] for who in people if who in by_id]
    return [
        SimilarPerson(row.id, f"{row.given_name} {row.family_name}", works.get(row.id, ""), row.email) for row in found
    ]


async def people_of_name(work: UnitOfWork, name: str, email: str, but: UUID) -> Words:
    """In words, for the page that asks whether it is the same person."""
    found = await similar_people(work, name, email, but=but)
    return [(one.name, one.works or one.email or "No job on the register") for one in found]


async def works_of(work: UnitOfWork, people: list[UUID]) -> dict[UUID, str]:
    """Where these people work or worked, in words."""
    query = (
        select(post.c.person_id, post.c.profession, post.c.until_on, organisation.c.name)
        .join(organisation, organisation.c.id == post.c.organisation_id)
        .where(post.c.person_id.in_(people))
        .order_by(post.c.person_id, func.coalesce(post.c.until_on, work.today).desc())
    )
    works: dict[UUID, str] = {}
    for row in await work.session.execute(query):
        ended = f", until {date_words(row.until_on)}" if row.until_on and row.until_on <= work.today else ""
        said = f"{Profession(row.profession).label}, {row.name}{ended}"
        works[row.person_id] = "; ".join(filter(None, (works.get(row.person_id, ""), said)))
    return works

"""People as stored: one row for each human, in however many families."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update

from services.referral.database.family_tables import person as table
from services.referral.database.name_words import columns_of_name
from services.referral.people.domain.person import Person
from services.referral.staff.database.record_access import check_person, may_see_person
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.kernel.name_words import name_likeness
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork

FOUND_AT_MOST = 10
"""People who answer to the same name and birth date."""


class People:
    """The people of one team's records."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, person: Person) -> None:
        await self._session.execute(insert(table), columns_of(person))

    async def get_to_change(self, person_id: UUID) -> Person:
        """Locked until the transaction ends. Raises NotFound when nobody on record has that id."""
        await check_person(self._work, person_id)
        found = await self._session.execute(select(table).where(table.c.id == person_id).with_for_update())
        if (row := found.one_or_none()) is None:
            raise NotFound("person_not_found", "Nobody on record has that address. Search for the person again.")
        return read_row(Person, row)

    async def save(self, person: Person) -> None:
        columns = {**columns_of(person), **columns_of_name(person.name)}
        await self._session.execute(update(table).where(table.c.id == person.id).values(columns))

    async def holder_of(self, nhs_number: str) -> UUID | None:
        """Someone on record with that NHS number."""
        return await self._session.scalar(select(table.c.id).where(table.c.nhs_number == nhs_number).limit(1))

    async def matches(self, nhs_number: str | None, name: str | None, born_on: date | None) -> list[Person]:
        """Of those whom the actor may see: by NHS number or, without one, by a name that may be the
        same and the date of birth; those whose name is most alike first.
        """
        query = select(table).where(may_see_person(table.c.id, self._work.actor, self._work.now)).order_by(table.c.id)
        if nhs_number:
            rows = await self._session.execute(query.where(table.c.nhs_number == nhs_number).limit(FOUND_AT_MOST))
            return [read_row(Person, row) for row in rows]
        if not (name and born_on):
            return []
        born_then = await self._session.execute(query.where(table.c.born_on == born_on))
        alike = [(degree, row) for row in born_then if (degree := name_likeness(name, row.name or ""))]
        return [read_row(Person, row) for _, row in sorted(alike, key=lambda one: -one[0])][:FOUND_AT_MOST]


async def keep_person(work: UnitOfWork, person: Person, reason: str = "") -> None:
    """Keep a person's record as it is before a change.

    Args:
        reason: why it is changed, where a command asks for it.
    """
    kept = columns_of(person)
    content = {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}
    content["id"] = str(person.id)
    await keep_earlier_version(work, "person", person.id, person.version, {**content, "reason": reason})

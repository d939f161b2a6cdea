"""Families as stored."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.family_tables import dyad, family_member, person
from services.referral.database.family_tables import family as table
from services.referral.domain.family import Dyad, Family, Involvement, Member, MemberKind, Person
from services.referral.domain.people import Relationship
from shared.kernel.errors import NotFound


class Families:
    """The families of one team."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, family: Family) -> None:
        await self._session.execute(
            insert(table).values(id=family.id, version=family.version, recorded_on=family.recorded_on, restricted=False)
        )
        await self.add_members(family, family.members, family.dyads)

    async def add_members(self, family: Family, members: Sequence[Member], dyads: Sequence[Dyad]) -> None:
        """Store people who are new to the records, their places in the family, and their dyads."""
        if members:
            await self._session.execute(insert(person), [_person_columns(member.person) for member in members])
            await self._session.execute(
                insert(family_member),
                [
                    {
                        "family_id": family.id,
                        "person_id": member.person.id,
                        "number": number,
                        "kind": member.kind,
                        "from_on": family.recorded_on,
                    }
                    for number, member in enumerate(members, await self._next_number(family.id))
                ],
            )
        if dyads:
            await self._session.execute(insert(dyad), [_dyad_columns(family.id, one) for one in dyads])

    async def get(self, family_id: UUID) -> Family:
        """Raises NotFound when this team has no such family."""
        return await self._get(family_id, to_change=False)

    async def get_to_change(self, family_id: UUID) -> Family:
        """As `get`, and locked until the transaction ends."""
        return await self._get(family_id, to_change=True)

    async def _next_number(self, family_id: UUID) -> int:
        highest = select(func.max(family_member.c.number)).where(family_member.c.family_id == family_id)
        return (await self._session.scalar(highest) or 0) + 1

    async def _get(self, family_id: UUID, *, to_change: bool) -> Family:
        query = select(table).where(table.c.id == family_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise family_not_found()
        members = await self._session.execute(
            select(person, family_member.c.kind)
            .join(family_member, family_member.c.person_id == person.c.id)
            .where(family_member.c.family_id == family_id, family_member.c.until_on.is_(None))
            .order_by(family_member.c.number)
        )
        dyads = await self._session.execute(select(dyad).where(dyad.c.family_id == family_id).order_by(dyad.c.id))
        return Family(
            id=row.id,
            recorded_on=row.recorded_on,
            members=[Member(_person(one), MemberKind(one.kind)) for one in members],
            dyads=[_dyad(one) for one in dyads],
            version=row.version,
        )


def family_not_found() -> NotFound:
    return NotFound("family_not_found", "This team has no such family. Look for it in the caseload.")


def _person_columns(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "born_on": one.born_on,
        "due_on": one.due_on,
        "nhs_number": one.nhs_number,
        "phone": one.phone,
        "postcode": one.postcode,
        "contact_unsafe": False,
        "contact_note": "",
    }


def _dyad_columns(family_id: UUID, one: Dyad) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "family_id": family_id,
        "baby_id": one.baby_id,
        "carer_id": one.carer_id,
        "relationship": one.relationship,
        "involvement": one.involvement,
        "is_primary": one.is_primary,
        "parental_responsibility": "not_known",
        "lives_together": "not_known",
        "contact_note": "",
    }


def _person(row: Any) -> Person:
    return Person(row.id, row.name, row.born_on, row.due_on, row.nhs_number, row.phone, row.postcode, row.version)


def _dyad(row: Any) -> Dyad:
    return Dyad(
        row.id,
        row.baby_id,
        row.carer_id,
        Relationship(row.relationship),
        Involvement(row.involvement),
        is_primary=row.is_primary,
        version=row.version,
    )

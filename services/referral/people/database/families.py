"""Families as stored."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.dialects.postgresql import insert as upsert

from services.referral.database.family_tables import dyad, family_member, person
from services.referral.database.family_tables import family as table
from services.referral.people.domain.dyad import Dyad
from services.referral.people.domain.family import Family, Member
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Families:
    """The families of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, family: Family) -> None:
        await self._session.execute(insert(table), {**columns_of(family, without="members dyads"), "restricted": False})
        await self.add_members(family, family.members, family.dyads)

    async def add_members(self, family: Family, members: Sequence[Member], dyads: Sequence[Dyad]) -> None:
        """Store people who are new to the records, their places in the family, and their dyads."""
        if members:
            await self._session.execute(insert(person), [columns_of(member.person) for member in members])
        await self.add_places(family, members, dyads, family.recorded_on)

    async def add_places(self, family: Family, members: Sequence[Member], dyads: Sequence[Dyad], on: date) -> None:
        """Store places of people on record, from that day, and their dyads; whoever left comes back to the same."""
        if members:
            first = await self._next_number(family.id)
            await self._session.execute(
                _PLACE,
                [
                    {
                        "family_id": family.id,
                        "person_id": member.person.id,
                        "number": number,
                        "kind": member.kind,
                        "from_on": on,
                        "until_on": None,
                        "invited_on": None,
                    }
                    for number, member in enumerate(members, first)
                ],
            )
        if dyads:
            await self._session.execute(_PAIR, [_dyad_columns(family, one) for one in dyads])

    async def get(self, family_id: UUID) -> Family:
        """The family, for someone who may see it.

        Raises:
            NotFound: this team has no such family.
            RestrictedRecord: only named colleagues may see it, and the actor is none of them.
        """
        return await self._get(family_id, to_change=False)

    async def get_to_change(self, family_id: UUID) -> Family:
        """As `get`, and locked, its people too, until the transaction ends."""
        return await self._get(family_id, to_change=True)

    async def of_dyad(self, dyad_id: UUID) -> Family:
        """As `get`, by a baby and a carer of it. Raises NotFound when no family of the team has them."""
        family_id = await self._session.scalar(select(dyad.c.family_id).where(dyad.c.id == dyad_id))
        if family_id is None:
            raise dyad_not_found()
        return await self.get(family_id)

    async def save(self, family: Family) -> None:
        """Store what a family itself says; people and dyads are saved one by one."""
        await self._session.execute(
            update(table).where(table.c.id == family.id).values(**columns_of(family, without="members dyads"))
        )

    async def save_dyad(self, family: Family, one: Dyad) -> None:
        await self._session.execute(update(dyad).where(dyad.c.id == one.id).values(_dyad_columns(family, one)))

    async def end_place(self, family: Family, member: Member, on: date) -> None:
        """The person does not belong to the family after that day; nothing is removed."""
        await self._session.execute(
            update(family_member)
            .where(family_member.c.family_id == family.id, family_member.c.person_id == member.person.id)
            .values(until_on=func.greatest(on, family_member.c.from_on))
        )

    async def save_invitation(self, family: Family, person_id: UUID, on: date) -> None:
        await self._session.execute(
            update(family_member)
            .where(family_member.c.family_id == family.id, family_member.c.person_id == person_id)
            .values(invited_on=on)
        )

    async def others_to_change(self, person_id: UUID, family_id: UUID) -> list[Family]:
        """The other families that a person belongs to, whoever may see them: a death is on record in all of them."""
        rows = await self._session.scalars(
            select(family_member.c.family_id)
            .where(
                family_member.c.person_id == person_id,
                family_member.c.until_on.is_(None),
                family_member.c.family_id != family_id,
            )
            .order_by(family_member.c.family_id)
        )
        return [await self._get(one, to_change=True, is_asked_for=False) for one in rows.all()]

    async def kept_instead_of(self, family_id: UUID) -> UUID | None:
        """The family into whose record this one was merged, if it was."""
        return await self._session.scalar(select(table.c.merged_into).where(table.c.id == family_id))

    async def _next_number(self, family_id: UUID) -> int:
        highest = select(func.max(family_member.c.number)).where(family_member.c.family_id == family_id)
        return (await self._session.scalar(highest) or 0) + 1

    async def _get(self, family_id: UUID, *, to_change: bool, is_asked_for: bool = True) -> Family:
        this = {"family": family_id}
        if (row := (await self._session.execute(_LOCKED if to_change else _FOUND, this)).one_or_none()) is None:
            raise family_not_found()
        if is_asked_for:
            await check_family(self._work, family_id)
        people = await self._session.execute(_MEMBERS_LOCKED if to_change else _MEMBERS, this)
        dyads = await self._session.execute(_DYADS, this)
        present = [read_row(Member, one) for one in people]
        if is_asked_for:
            self._work.seen.update(member.person.id for member in present)
        order = {member.person.id: number for number, member in enumerate(present)}
        # The dyads of whoever left stay in the database, with what was recorded about them.
        pairs = [read_row(Dyad, one) for one in dyads if {one.baby_id, one.carer_id} <= order.keys()]
        pairs.sort(key=lambda one: (order[one.baby_id], order[one.carer_id]))
        return read_row(Family, row, members=present, dyads=pairs)


def family_not_found() -> NotFound:
    return NotFound("family_not_found", "This team has no such family. Look for it in the caseload.")


def dyad_not_found() -> NotFound:
    return NotFound("dyad_not_found", "No family that gets support has that baby and carer. Choose again.")


def _dyad_columns(family: Family, one: Dyad) -> dict[str, Any]:
    return {"family_id": family.id, **columns_of(one)}


# Many commands ask these, so they are built once.
_FAMILY = bindparam("family", type_=Uuid())
_FOUND = select(table).where(table.c.id == _FAMILY)
_LOCKED = _FOUND.with_for_update()
_MEMBERS = (
    select(person, family_member.c.kind, family_member.c.invited_on)
    .join(family_member, family_member.c.person_id == person.c.id)
    .where(family_member.c.family_id == _FAMILY, family_member.c.until_on.is_(None))
    .order_by(family_member.c.number)
)
_MEMBERS_LOCKED = _MEMBERS.with_for_update(of=person)
_DYADS = select(dyad).where(dyad.c.family_id == _FAMILY).order_by(dyad.c.is_primary.desc(), dyad.c.id)


def _place_or_again() -> Insert:
    place = upsert(family_member)
    names = ("number", "kind", "from_on", "until_on", "invited_on")
    again = {name: place.excluded[name] for name in names}
    return place.on_conflict_do_update(index_elements=["family_id", "person_id"], set_=again)


def _pair_or_again() -> Insert:
    pair = upsert(dyad)
    again = {name: pair.excluded[name] for name in ("relationship", "involvement", "is_primary")}
    return pair.on_conflict_do_update(
        index_elements=["family_id", "baby_id", "carer_id"], set_=again | {"version": dyad.c.version + 1}
    )


_PLACE, _PAIR = _place_or_again(), _pair_or_again()

"""Contacts and appointments as stored."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from services.referral.contacts.domain.contact import CANCELLED, Contact, Kept
from services.referral.contacts.domain.contact_check import ContactDetails, Interpreter
from services.referral.database.contact_tables import contact as table
from services.referral.database.contact_tables import contact_person
from services.referral.staff.database.record_access import check_episode, check_family
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import Conflict, NotFound
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork

MOST_LOOKED_AT = 50
"""Contacts that are read to count the missed ones in a row."""


class Contacts:
    """The contacts of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def is_stored(self, contact_id: UUID, family_id: UUID) -> bool:
        """Whether the same form was sent before.

        Raises:
            Conflict: the id is another family's.
        """
        await check_family(self._work, family_id)
        known = await self._session.scalar(_WHOSE, {"contact": contact_id})
        if known is not None and known != family_id:
            raise Conflict("contact_id", "This form was used before. Open a new one and enter it again.")
        return known is not None

    async def add(self, contact: Contact) -> None:
        await self._session.execute(insert(table), _columns(contact))
        await self._add_people(contact)

    async def get_to_change(self, family_id: UUID, contact_id: UUID) -> Contact:
        """Locked until the transaction ends. Raises NotFound when the family has no such contact."""
        await check_family(self._work, family_id)
        query = select(table).where(table.c.id == contact_id, table.c.family_id == family_id).with_for_update()
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            raise NotFound("contact_not_found", "This family has no such session. Look for it in the list of sessions.")
        people = await self._session.scalars(
            select(contact_person.c.person_id).where(contact_person.c.contact_id == contact_id)
        )
        return contact_of(row, frozenset(people))

    async def save(self, contact: Contact) -> None:
        await self._session.execute(update(table).where(table.c.id == contact.id).values(**_columns(contact)))
        await self._session.execute(delete(contact_person).where(contact_person.c.contact_id == contact.id))
        await self._add_people(contact)

    async def kept(self, episode_id: UUID) -> Sequence[Kept]:
        """Contacts that took place or were missed, the newest first."""
        await check_episode(self._work, episode_id)
        rows = await self._session.execute(_KEPT, {"episode": episode_id})
        return [read_row(Kept, row, contact_id=row.id) for row in rows]

    async def usual(self, family_id: UUID, practitioner_id: UUID) -> ContactDetails | None:
        """The family's last contact with this practitioner, or with anyone: what the next one may be like."""
        await check_family(self._work, family_id)
        people = (
            select(func.array_agg(contact_person.c.person_id))
            .where(contact_person.c.contact_id == table.c.id)
            .scalar_subquery()
        )
        row = (
            await self._session.execute(
                select(table, people.label("people"))
                .where(table.c.family_id == family_id, table.c.kind != ContactKind.GROUP)
                .order_by((table.c.practitioner_id == practitioner_id).desc(), table.c.held_on.desc())
                .limit(1)
            )
        ).one_or_none()
        return contact_of(row, frozenset(row.people or ())).details if row is not None else None

    async def _add_people(self, contact: Contact) -> None:
        await self._session.execute(
            insert(contact_person),
            [{"contact_id": contact.id, "person_id": one} for one in sorted(contact.details.people)],
        )


# Each contact asks these, so they are built once.
_WHOSE = select(table.c.family_id).where(table.c.id == bindparam("contact"))
_KEPT = (
    select(table.c.id, table.c.attendance)
    .where(
        table.c.episode_id == bindparam("episode"),
        table.c.attendance.is_not(None),
        table.c.attendance.not_in(sorted(CANCELLED)),
    )
    .order_by(table.c.held_on.desc(), table.c.starts_at.desc().nulls_last(), table.c.recorded_at.desc())
    .limit(MOST_LOOKED_AT)
)


async def keep_contact(work: UnitOfWork, before: Contact) -> None:
    """Keep the version that is about to be replaced, with its time."""
    starts_at = before.starts_at.isoformat() if before.starts_at else None
    content = {**content_of(before.details), "starts_at": starts_at}
    await keep_earlier_version(work, "contact", before.id, before.version, content)


def content_of(details: ContactDetails) -> dict[str, Any]:
    """As JSON; `details_of` reads it."""
    return {name: _json(value) for name, value in asdict(details).items()}


def details_of(content: dict[str, Any]) -> ContactDetails:
    """What `content_of` wrote."""
    attendance, interpreter = content.get("attendance"), content.get("interpreter")
    return ContactDetails(
        held_on=date.fromisoformat(content["held_on"]),
        practitioner_id=UUID(content["practitioner_id"]),
        kind=ContactKind(content["kind"]),
        mode=ContactMode(content["mode"]),
        venue=Venue(content["venue"]),
        people=frozenset(UUID(one) for one in content["people"]),
        attendance=Attendance(attendance) if attendance else None,
        minutes=content.get("minutes"),
        note=content.get("note", ""),
        infant_voice=content.get("infant_voice", ""),
        elements=frozenset(Element(one) for one in content.get("elements", ())),
        strand_id=UUID(content["strand_id"]) if content.get("strand_id") else None,
        group_session_id=UUID(content["group_session_id"]) if content.get("group_session_id") else None,
        interpreter=Interpreter(interpreter) if interpreter else None,
    )


def contact_of(row: Any, people: frozenset[UUID]) -> Contact:
    """A contact from a row of its table."""
    details = read_row(ContactDetails, row, people=people)
    return read_row(Contact, row, details=details)


def _columns(contact: Contact) -> dict[str, Any]:
    return columns_of(contact, without="details") | columns_of(contact.details, without="people")


def _json(value: Any) -> Any:
    match value:
        case frozenset():
            return sorted(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value

"""What of each table names a person, or may as somebody typed it, and what stands there when the person was erased.

What counts stays: places, days attended, points, completions, jobs, with their codes and dates. A test compares this
list with all columns of the service that have room for a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Text, case, cast, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from services.training.database.accreditation_tables import accreditation
from services.training.database.course_tables import booking, certificate, completion, confidence_answer, message
from services.training.database.date_watch_tables import date_watch
from services.training.database.task_tables import task
from services.training.database.workforce_tables import person, person_merge, post
from services.training.merges.domain.person_merge import EMAIL
from services.training.workforce.domain.person import ERASED
from shared.staff.tables import form_draft
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Eraser:
    """One table."""

    table: Table
    of: str
    """The column that says whose a row is: a person's, or a booking's or completion's of theirs."""
    leaves: Mapping[str, Any]
    """By column, what stands there afterwards."""

    def rows_of(self, people: Sequence[UUID]) -> ColumnElement[bool]:
        theirs: Mapping[str, Select[Any]] = {
            "booking_id": select(booking.c.id).where(booking.c.person_id.in_(people)),
            "completion_id": select(completion.c.id).where(completion.c.person_id.in_(people)),
        }
        return self.table.c[self.of].in_(theirs.get(self.of, people))


def _unguessable() -> ColumnElement[str]:
    """An address to which nobody has a link."""
    return func.replace(cast(func.gen_random_uuid(), Text), "-", "")


def _printed() -> ColumnElement[Any]:
    """All but the name, which is first."""
    return func.array_cat(cast(literal([ERASED]), ARRAY(Text)), certificate.c.printed[2:50])


_MERGED = {"why": "", "moved": person_merge.c.moved.op("-")(EMAIL)}

_SENT = {
    "address": None,
    "subject": "",
    "body": "",
    "link": "",
    "trouble": None,
    "stopped_at": func.coalesce(message.c.stopped_at, message.c.sent_at, message.c.failed_at, func.now()),
}

ERASERS: Sequence[Eraser] = (
    Eraser(post, "person_id", {"staff_number": ""}),
    Eraser(person_merge, "kept_id", _MERGED),
    Eraser(person_merge, "retired_id", _MERGED),
    Eraser(completion, "person_id", {"waived_why": "", "withdrawn_why": ""}),
    Eraser(accreditation, "person_id", {"withdrawn_why": ""}),
    Eraser(task, "subject_id", {"answer": case((task.c.answer.is_not(None), ""))}),
    Eraser(certificate, "completion_id", {"family_name": "", "printed": _printed(), "signed": ""}),
    Eraser(confidence_answer, "booking_id", {"words": ""}),
    Eraser(message, "booking_id", _SENT),
    Eraser(booking, "person_id", {"secret": _unguessable(), "phone": "", "needs": "", "why_moved_up": ""}),
)


async def records_of(work: UnitOfWork, person_id: UUID) -> list[UUID]:
    """The person's record, and those that turned out to be theirs; locked until the transaction ends."""
    own = select(person.c.id).where(person.c.id == person_id).cte("own", recursive=True)
    joined = own.union_all(select(person.c.id).join(own, person.c.merged_into == own.c.id))
    query = select(person.c.id).where(person.c.id.in_(select(joined.c.id))).order_by(person.c.id).with_for_update()
    return list(await work.session.scalars(query))


async def erase_rows(work: UnitOfWork, people: Sequence[UUID], known_as: Sequence[str]) -> None:
    """Of all but the person's own. What colleagues typed and have not saved goes where it has one of the names."""
    for one in ERASERS:
        await work.session.execute(update(one.table).where(one.rows_of(people)).values(**one.leaves))
    await _forget_addresses(work, [name.lower() for name in known_as if "@" in name])
    typed = func.lower(cast(form_draft.c.fields, Text))
    named = [typed.contains(name.lower(), autoescape=True) for name in known_as if name]
    about = [form_draft.c.address.contains(str(who)) for who in people]
    await work.session.execute(delete(form_draft).where(or_(*named, *about)))


async def _forget_addresses(work: UnitOfWork, emails: Sequence[str]) -> None:
    """Left to hear of new dates: nothing leaves to them any more, and what has left is not kept."""
    ended = {"email": "", "ended_at": func.coalesce(date_watch.c.ended_at, work.now), "is_stopped": True}
    await work.session.execute(update(date_watch).where(func.lower(date_watch.c.email).in_(emails)).values(ended))
    theirs = func.lower(message.c.address).in_(emails)
    await work.session.execute(update(message).where(theirs).values(**_SENT))

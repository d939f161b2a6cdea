"""What has nobody finished, on work that is about to end?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, cast, func, literal, null, select, union_all
from sqlalchemy import case as when

from services.referral.database.contact_tables import contact, task
from services.referral.database.intake_tables import promise
from services.referral.database.letter_tables import letter, message
from services.referral.database.measure_tables import measure_request
from services.referral.staff.database.open_promises import referrals_of
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.still_open import OpenKind, OpenThing
from services.referral.staff.domain.task import SAFETY
from shared.contracts.pathway_codes import PromiseKind, TaskKind
from shared.kernel.clock import LONDON
from shared.unit_of_work import UnitOfWork

_NEVER: Any = cast(null(), DateTime(timezone=True))


async def still_open(work: UnitOfWork, family_id: UUID) -> Sequence[OpenThing]:
    """By how pressing it is, in one statement.

    Raises:
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    await check_family(work, family_id)
    rows = await work.session.execute(
        union_all(
            _promises(promise.c.about.in_(referrals_of({family_id}))),
            _tasks({family_id}),
            _appointments(family_id),
            _messages(family_id),
            _measure_links(family_id, work.now),
            _letters(family_id),
        )
    )
    found = [OpenThing(OpenKind(row.kind), _words(row), row.on, row.address, row.due_at) for row in rows]
    return sorted(found, key=lambda one: (list(OpenKind).index(one.kind), one.on))


async def safety_open(work: UnitOfWork, families: Collection[UUID]) -> Sequence[OpenThing]:
    """What is about safety of any of these families, whether or not the actor may see them."""
    promises = _promises(promise.c.about.in_(referrals_of(families)))
    rows = await work.session.execute(union_all(promises, _tasks(families).where(task.c.kind.in_(SAFETY))))
    return [OpenThing(OpenKind.SAFETY, _words(row), row.on, row.address, row.due_at) for row in rows]


async def danger_open(work: UnitOfWork, referral_id: UUID) -> Sequence[OpenThing]:
    """Whether nobody has answered whoever said in this referral that there is danger."""
    rows = await work.session.execute(_promises(promise.c.about == referral_id))
    return [OpenThing(OpenKind.SAFETY, _words(row), row.on, row.address, row.due_at) for row in rows]


def _words(row: Any) -> str:
    if row.code == PromiseKind.DANGER_SAID:
        return PromiseKind.DANGER_SAID.label
    return TaskKind(row.code).label if row.code else OpenKind(row.kind).label


def _thing(kind: Any, code: Any, on: Any, address: Any, due_at: Any = _NEVER) -> Select[*tuple[Any, ...]]:
    named = {"kind": kind, "code": code, "on": on, "address": address, "due_at": due_at}
    return select(*(one.label(name) for name, one in named.items()))


def _day(moment: Any) -> Any:
    return cast(func.timezone(LONDON.key, moment), Date)


def _promises(which: Any) -> Select[*tuple[Any, ...]]:
    """Of danger, that nobody has answered."""
    address = func.concat("/referrals/", promise.c.about, "/danger")
    found = _thing(literal(OpenKind.SAFETY.value), promise.c.kind, _day(promise.c.due_at), address, promise.c.due_at)
    return found.where(which, promise.c.kind == PromiseKind.DANGER_SAID, promise.c.answered_at.is_(None))


def _tasks(families: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    kind = when((task.c.kind.in_(SAFETY), OpenKind.SAFETY.value), else_=OpenKind.TASK.value)
    found = _thing(kind, task.c.kind, task.c.due_on, func.concat("/tasks/", task.c.id))
    return found.where(task.c.family_id.in_(families), task.c.answered_at.is_(None))


def _appointments(family_id: UUID) -> Select[*tuple[Any, ...]]:
    address = func.concat(f"/families/{family_id}/sessions/", contact.c.id)
    found = _thing(literal(OpenKind.APPOINTMENT.value), literal(""), contact.c.held_on, address)
    return found.where(contact.c.family_id == family_id, contact.c.attendance.is_(None))


def _messages(family_id: UUID) -> Select[*tuple[Any, ...]]:
    found = _thing(literal(OpenKind.MESSAGE.value), literal(""), _day(message.c.queued_at), literal("/messages"))
    waits = (message.c.sent_at.is_(None), message.c.stopped_at.is_(None))
    return found.where(message.c.family_id == family_id, *waits)


def _measure_links(family_id: UUID, now: datetime) -> Select[*tuple[Any, ...]]:
    asked, address = measure_request, literal(f"/families/{family_id}/measures")
    found = _thing(literal(OpenKind.MEASURE_LINK.value), literal(""), _day(asked.c.requested_at), address)
    waits = (asked.c.answered_at.is_(None), asked.c.revoked_at.is_(None), asked.c.expires_at > now)
    return found.where(asked.c.family_id == family_id, *waits)


def _letters(family_id: UUID) -> Select[*tuple[Any, ...]]:
    address = func.concat("/letters/", letter.c.id)
    found = _thing(literal(OpenKind.LETTER.value), literal(""), _day(letter.c.written_at), address)
    return found.where(letter.c.family_id == family_id, letter.c.number.is_(None), letter.c.discarded_at.is_(None))

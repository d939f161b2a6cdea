"""Who read or changed what, and when? The trail says it in ids and codes; here they become names and references."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit.tables import audit
from shared.kernel.actor import PUBLIC_FORM, SYSTEM
from shared.kernel.calendar import london_start
from shared.staff.audit_words import words_of
from shared.staff.tables import colleague

ENTRIES_ON_A_PAGE = 25
ENTRIES_IN_A_PIECE = 1000
_NAMES = {PUBLIC_FORM: "The public form", SYSTEM: "The software itself"}


@dataclass(frozen=True)
class AuditFilter:
    within: Any = None
    """A query for the ids of the records whose entries are wanted; None: of all."""
    colleague_id: UUID | None = None
    action: str = ""
    from_on: date | None = None
    until_on: date | None = None
    before: int | None = None
    """Entries with a smaller number only: the next page."""


@dataclass(frozen=True)
class AuditedRecord:
    """What an entry is about, as people know it."""

    reference: str | None = None
    address: str | None = None
    """Of its page; None where it has none."""


_NOTHING = AuditedRecord()


async def _unknown(_: AsyncSession, __: Sequence[UUID]) -> Mapping[UUID, AuditedRecord]:
    return {}


@dataclass(frozen=True, kw_only=True)
class AuditedService:
    """What a service says of its audit trail."""

    words: Mapping[str, str]
    """Of each action that it records."""
    records: Callable[[AsyncSession, Sequence[UUID]], Awaitable[Mapping[UUID, AuditedRecord]]] = _unknown
    """Id → what people know it by."""
    systems: Table | None = None
    """Other software that acts here: each row has an `id` and a `name`."""
    named: Callable[[str], Any] | None = None
    """The ids of all that belongs to a reference, where people look for one."""
    reference_hint: str = ""
    """Of what it is a reference."""

    @property
    def actions(self) -> list[tuple[str, str]]:
        """Code and words, for the list of the filter."""
        return sorted(self.words.items(), key=lambda pair: pair[1])


@dataclass(frozen=True)
class AuditLine:
    """One entry."""

    number: int
    at: datetime
    who: str
    action: str
    what: str
    """The action in words."""
    about: AuditedRecord
    """Says nothing of a list, and of what belongs to no record."""


@dataclass(frozen=True)
class AuditPage:
    """The newest first."""

    lines: Sequence[AuditLine]
    next_before: int | None
    """Where the next page begins; None when this is the last."""


async def audit_list(
    session: AsyncSession, service: AuditedService, chosen: AuditFilter, *, most: int = ENTRIES_ON_A_PAGE
) -> AuditPage:
    """One statement besides those of the service, however many entries.

    Args:
        most: entries on the page.
    """
    rows = (await session.execute(_query(service, chosen).limit(most + 1))).all()
    shown = rows[:most]
    subjects = [row.subject for row in shown if row.subject]
    records: Mapping[UUID, AuditedRecord] = await service.records(session, subjects) if subjects else {}
    next_before = shown[-1].number if len(rows) > most else None
    return AuditPage([_line(row, service, records) for row in shown], next_before)


async def audit_pieces(
    session: AsyncSession, service: AuditedService, chosen: AuditFilter
) -> AsyncGenerator[Sequence[AuditLine]]:
    """All entries, the newest first, in pieces by their numbers: no statement and no piece grows with the trail."""
    while True:
        page = await audit_list(session, service, chosen, most=ENTRIES_IN_A_PIECE)
        yield page.lines
        if page.next_before is None:
            return
        chosen = replace(chosen, before=page.next_before)


def _query(service: AuditedService, chosen: AuditFilter) -> Select[Any]:
    systems = service.systems
    system_name: Any = null() if systems is None else systems.c.name
    query = select(audit, colleague.c.name.label("colleague_name"), system_name.label("system_name"))
    joined = audit.outerjoin(colleague, colleague.c.id == audit.c.actor)
    if systems is not None:
        joined = joined.outerjoin(systems, systems.c.id == audit.c.actor)
    return query.select_from(joined).where(*_conditions(chosen)).order_by(audit.c.number.desc())


def _conditions(chosen: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.within is not None:
        conditions.append(audit.c.subject.in_(chosen.within))
    if chosen.colleague_id:
        conditions.append(audit.c.actor == chosen.colleague_id)
    if chosen.action:
        conditions.append(audit.c.action == chosen.action)
    if chosen.from_on:
        conditions.append(audit.c.at >= london_start(chosen.from_on))
    if chosen.until_on:
        conditions.append(audit.c.at < london_start(chosen.until_on + timedelta(days=1)))
    if chosen.before:
        conditions.append(audit.c.number < chosen.before)
    return conditions


def _line(row: Any, service: AuditedService, records: Mapping[UUID, AuditedRecord]) -> AuditLine:
    who = _NAMES.get(row.actor) or row.colleague_name
    if who is None:
        who = f"The system {row.system_name}" if row.system_name else "Someone whose name was not kept"
    what = words_of(row.action, service.words)
    return AuditLine(row.number, row.at, who, row.action, what, records.get(row.subject, _NOTHING))

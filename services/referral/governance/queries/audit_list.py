"""Who read or changed what, and when? The trail says it in ids and codes; here they become names and references."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.family_tables import family, family_member
from services.referral.database.tables import api_client, episode, referral
from services.referral.governance.domain.audit_words import ACTIONS, words_of
from services.referral.governance.queries.break_glass_list import reference_of
from services.referral.metadata import metadata
from shared.audit.tables import audit
from shared.kernel.actor import PUBLIC_FORM, SYSTEM
from shared.kernel.calendar import london_start
from shared.staff.tables import colleague

ENTRIES_ON_A_PAGE = 25
ENTRIES_IN_A_PIECE = 1000
_NAMES = {PUBLIC_FORM: "The public form", SYSTEM: "The software itself"}


@dataclass(frozen=True)
class AuditFilter:
    reference: str = ""
    """Of a referral: everything about its family."""
    family_id: UUID | None = None
    colleague_id: UUID | None = None
    action: str = ""
    from_on: date | None = None
    until_on: date | None = None
    before: int | None = None
    """Entries with a smaller number only: the next page."""


@dataclass(frozen=True)
class AuditLine:
    """One entry."""

    number: int
    at: datetime
    who: str
    action: str
    what: str
    """The action in words."""
    family_id: UUID | None
    """None for a list, and for what belongs to no family."""
    reference: str | None


@dataclass(frozen=True)
class AuditPage:
    """The newest first."""

    lines: Sequence[AuditLine]
    next_before: int | None
    """Where the next page begins; None when this is the last."""


async def audit_list(session: AsyncSession, chosen: AuditFilter, *, most: int = ENTRIES_ON_A_PAGE) -> AuditPage:
    """Two statements, however many entries.

    Args:
        most: entries on the page.
    """
    rows = (await session.execute(_query(chosen).limit(most + 1))).all()
    shown = rows[:most]
    families = await _families(session, [row.subject for row in shown if row.subject])
    next_before = shown[-1].number if len(rows) > most else None
    return AuditPage([_line(row, families) for row in shown], next_before)


async def audit_pieces(session: AsyncSession, chosen: AuditFilter) -> AsyncGenerator[Sequence[AuditLine]]:
    """All entries, the newest first, in pieces by their numbers: no statement and no piece grows with the trail."""
    while True:
        page = await audit_list(session, chosen, most=ENTRIES_IN_A_PIECE)
        yield page.lines
        if page.next_before is None:
            return
        chosen = replace(chosen, before=page.next_before)


def actions_by_words() -> list[tuple[str, str]]:
    """Code and words, for the list of the filter."""
    return sorted(ACTIONS.items(), key=lambda pair: pair[1])


def ids_of_family(family_id: ColumnElement[Any] | UUID) -> CompoundSelect[Any]:
    """The ids of everything in a family's record, whatever tables there are."""
    episodes = select(episode.c.id).where(episode.c.family_id == family_id)
    people = select(family_member.c.person_id).where(family_member.c.family_id == family_id)
    return union_all(
        select(family.c.id).where(family.c.id == family_id),
        people,
        *(select(table.c.id).where(table.c.family_id == family_id) for table in _with("family_id")),
        *(select(table.c.id).where(table.c.episode_id.in_(episodes)) for table in _with("episode_id")),
    )


def _with(column: str) -> list[Table]:
    tables = [table for table in metadata.sorted_tables if {"id", column} <= {one.name for one in table.columns}]
    return [table for table in tables if column == "family_id" or "family_id" not in table.c]


def _query(chosen: AuditFilter) -> Select[Any]:
    return (
        select(audit, colleague.c.name.label("colleague_name"), api_client.c.name.label("client_name"))
        .outerjoin(colleague, colleague.c.id == audit.c.actor)
        .outerjoin(api_client, api_client.c.id == audit.c.actor)
        .where(*_conditions(chosen))
        .order_by(audit.c.number.desc())
    )


def _conditions(chosen: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.reference:
        about = referral.c.reference == chosen.reference
        its_family = select(referral.c.family_id).where(about).scalar_subquery()
        itself = select(referral.c.id).where(about)
        conditions.append(audit.c.subject.in_(union_all(itself, ids_of_family(its_family))))
    if chosen.family_id:
        conditions.append(audit.c.subject.in_(ids_of_family(chosen.family_id)))
    if chosen.colleague_id:
        conditions.append(audit.c.actor == chosen.colleague_id)
    if chosen.action:
        conditions.append(audit.c.action == chosen.action)
    return conditions + _times(chosen)


def _times(chosen: AuditFilter) -> list[ColumnElement[bool]]:
    times: list[ColumnElement[bool]] = []
    if chosen.from_on:
        times.append(audit.c.at >= london_start(chosen.from_on))
    if chosen.until_on:
        times.append(audit.c.at < london_start(chosen.until_on + timedelta(days=1)))
    if chosen.before:
        times.append(audit.c.number < chosen.before)
    return times


async def _families(session: AsyncSession, subjects: Sequence[UUID]) -> dict[UUID, tuple[UUID | None, str | None]]:
    """Record → its family, and the reference that people know it by."""
    if not subjects:
        return {}
    of_families = [
        select(table.c.id, table.c.family_id).where(table.c.id.in_(subjects)) for table in _with("family_id")
    ]
    of_episodes = [
        select(table.c.id, episode.c.family_id)
        .join_from(table, episode, episode.c.id == table.c.episode_id)
        .where(table.c.id.in_(subjects))
        for table in _with("episode_id")
    ]
    found = union_all(
        select(family.c.id, family.c.id.label("family_id")).where(family.c.id.in_(subjects)),
        select(family_member.c.person_id, family_member.c.family_id).where(family_member.c.person_id.in_(subjects)),
        *of_families,
        *of_episodes,
    ).subquery()
    rows = await session.execute(
        select(
            found.c.id, found.c.family_id, reference_of(found.c.family_id).label("newest"), referral.c.reference
        ).outerjoin(referral, referral.c.id == found.c.id)
    )
    return {row.id: (row.family_id, row.reference or row.newest) for row in rows}


def _line(row: Any, families: dict[UUID, tuple[UUID | None, str | None]]) -> AuditLine:
    family_id, reference = families.get(row.subject, (None, None))
    who = _NAMES.get(row.actor) or row.colleague_name
    if who is None:
        who = f"The system {row.client_name}" if row.client_name else "Somebody whose name was not kept"
    return AuditLine(row.number, row.at, who, row.action, words_of(row.action), family_id, reference)

"""What entries of the audit trail are about: the families whose records they touch."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Table, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.family_tables import family, family_member
from services.referral.database.tables import api_client, episode, referral
from services.referral.governance.domain.audit_words import ACTIONS
from services.referral.governance.queries.break_glass_list import reference_of
from services.referral.metadata import metadata
from shared.staff.audit_list import AuditedRecord, AuditedService


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


@cache
def _with(column: str) -> Sequence[Table]:
    tables = [table for table in metadata.sorted_tables if {"id", column} <= {one.name for one in table.columns}]
    return [table for table in tables if column == "family_id" or "family_id" not in table.c]


def _of_reference(reference: str) -> CompoundSelect[Any]:
    about = referral.c.reference == reference
    its_family = select(referral.c.family_id).where(about).scalar_subquery()
    return union_all(select(referral.c.id).where(about), ids_of_family(its_family))


def families_of(subjects: Sequence[UUID]) -> CompoundSelect[Any, Any]:
    """The id of each record of a family, and the family's."""
    of_families = [
        select(table.c.id, table.c.family_id).where(table.c.id.in_(subjects)) for table in _with("family_id")
    ]
    of_episodes = [
        select(table.c.id, episode.c.family_id)
        .join_from(table, episode, episode.c.id == table.c.episode_id)
        .where(table.c.id.in_(subjects))
        for table in _with("episode_id")
    ]
    return union_all(
        select(family.c.id, family.c.id.label("family_id")).where(family.c.id.in_(subjects)),
        select(family_member.c.person_id, family_member.c.family_id).where(family_member.c.person_id.in_(subjects)),
        *of_families,
        *of_episodes,
    )


async def _records(session: AsyncSession, subjects: Sequence[UUID]) -> Mapping[UUID, AuditedRecord]:
    """In one statement."""
    found = families_of(subjects).subquery()
    rows = await session.execute(
        select(
            found.c.id, found.c.family_id, reference_of(found.c.family_id).label("newest"), referral.c.reference
        ).outerjoin(referral, referral.c.id == found.c.id)
    )
    return {row.id: _record(row) for row in rows}


def _record(row: Any) -> AuditedRecord:
    """It is called as the referral itself, or as the newest of the family."""
    return AuditedRecord(row.reference or row.newest, f"/families/{row.family_id}" if row.family_id else None)


AUDITED = AuditedService(
    words=ACTIONS,
    records=_records,
    systems=api_client,
    named=_of_reference,
    reference_hint="Of a referral of the family",
)

"""Merges as stored: which value of which row moved, so that undoing moves the same ones back and nothing else.

What refers to a family or to a person is asked of the database itself, so that no table is forgotten. A row that the
kept record has already (the same person in both, say) stays where it is: both rows would be one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, cast, column, insert, select, table, text, update
from sqlalchemy.exc import IntegrityError

from services.referral.database.family_tables import family
from services.referral.database.intake_tables import family_merge, merge_step
from services.referral.intake.domain.merge import FamilyMerge, SamePerson
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Reference:
    """A column that says whose a row is."""

    table_name: str
    column_name: str
    key: tuple[str, ...]
    """The table's primary key."""
    to: str
    """`family` or `person`."""

    def where(self, values: dict[str, str]) -> list[ColumnElement[bool]]:
        """The row with these values in the rest of its key."""
        return [cast(column(name), Text) == value for name, value in values.items()]

    @property
    def rest(self) -> tuple[str, ...]:
        return tuple(name for name in self.key if name != self.column_name)

    @property
    def rows(self) -> Any:
        names = {*self.key, self.column_name}
        return table(
            self.table_name,
            *(column(name, Uuid) if name == self.column_name else column(name, Text) for name in sorted(names)),
        )


class Merges:
    """The merges of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, merge: FamilyMerge) -> None:
        await self._session.execute(insert(family_merge), columns_of(merge))

    async def get_to_change(self, merge_id: UUID) -> FamilyMerge:
        """Locked until the transaction ends. Raises NotFound when this team has no such merge."""
        found = await self._session.execute(select(family_merge).where(family_merge.c.id == merge_id).with_for_update())
        if (row := found.one_or_none()) is None:
            raise NotFound("merge_not_found", "This team has no such merge. Look at the family's record.")
        await check_family(self._work, row.kept_family_id)
        return read_row(FamilyMerge, row)

    async def lead_to(self, merged_family_id: UUID, kept_family_id: UUID | None) -> None:
        """From now on, whoever asks for the one gets the other; None: it stands for itself again."""
        await self._session.execute(
            update(family).where(family.c.id == merged_family_id).values(merged_into=kept_family_id)
        )

    async def move(self, merge: FamilyMerge, same: tuple[SamePerson, ...]) -> int:
        """Move what belongs to people who are the same, then what belongs to the family; gives how many moved."""
        references = await self._references()
        moves = [(one, *pair) for pair in same for one in references if one.to == "person"]
        families = (merge.merged_family_id, merge.kept_family_id)
        moves += [(one, *families) for one in references if one.to == "family" and one.table_name != "family"]
        steps: list[dict[str, Any]] = []
        for reference, moved_from, moved_to in moves:
            steps += await self._move(reference, moved_from, moved_to)
        if steps:
            numbered = [{"merge_id": merge.id, "number": number, **step} for number, step in enumerate(steps, 1)]
            await self._session.execute(insert(merge_step), numbered)
        return len(steps)

    async def move_back(self, merge: FamilyMerge) -> int:
        """Move the same values back, the last first, but for what was changed since; gives how many."""
        references = {(one.table_name, one.column_name): one for one in await self._references()}
        steps = await self._session.execute(
            select(merge_step).where(merge_step.c.merge_id == merge.id).order_by(merge_step.c.number.desc())
        )
        moved = [
            await self._set(references[step.table_name, step.column_name], step.row_key, step.moved_to, step.moved_from)
            for step in steps.all()
        ]
        return sum(moved)

    async def undo(self, merge: FamilyMerge, reason: str, work: UnitOfWork) -> None:
        await self._session.execute(
            update(family_merge)
            .where(family_merge.c.id == merge.id)
            .values(undone_by=work.actor.id, undone_at=work.now, undoing=reason)
        )

    async def _move(self, reference: _Reference, moved_from: UUID, moved_to: UUID) -> list[dict[str, Any]]:
        moved_column = column(reference.column_name, Uuid)
        keys: list[ColumnElement[str]] = [cast(column(name), Text) for name in reference.rest]
        query = select(cast(moved_column, Text), *keys).select_from(reference.rows).where(moved_column == moved_from)
        rows: Sequence[Any] = (await self._session.execute(query.order_by(*keys))).all()
        steps: list[dict[str, Any]] = []
        for row in rows:
            key = dict(zip(reference.rest, row[1:], strict=True))
            if await self._set(reference, key, moved_from, moved_to):
                steps.append(
                    {
                        "table_name": reference.table_name,
                        "column_name": reference.column_name,
                        "row_key": key,
                        "moved_from": moved_from,
                        "moved_to": moved_to,
                    }
                )
        return steps

    async def _set(self, reference: _Reference, key: dict[str, str], before: UUID, after: UUID) -> bool:
        """False: the row has changed since, or the other record has the same one already."""
        moved_column = column(reference.column_name, Uuid)
        change = (
            update(reference.rows)
            .where(moved_column == before, *reference.where(key))
            .values({reference.column_name: after})
            .returning(moved_column)
        )
        try:
            async with self._session.begin_nested():
                return (await self._session.execute(change)).first() is not None
        except IntegrityError:
            return False

    async def _references(self) -> list[_Reference]:
        rows = await self._session.execute(_REFERENCES)
        return [_Reference(row.table_name, row.column_name, tuple(row.key), row.to) for row in rows]


_REFERENCES = text("""
SELECT moved.relname AS table_name, attribute.attname AS column_name, target.relname AS to,
       (SELECT array_agg(part.attname ORDER BY part.attnum)
        FROM pg_index JOIN pg_attribute AS part
             ON part.attrelid = pg_index.indrelid AND part.attnum = ANY (pg_index.indkey)
        WHERE pg_index.indrelid = moved.oid AND pg_index.indisprimary) AS key
FROM pg_constraint
JOIN pg_class AS moved ON moved.oid = pg_constraint.conrelid
JOIN pg_class AS target ON target.oid = pg_constraint.confrelid
JOIN pg_attribute AS attribute
     ON attribute.attrelid = moved.oid AND attribute.attnum = pg_constraint.conkey[1]
WHERE pg_constraint.contype = 'f' AND pg_constraint.confrelid IN ('family'::regclass, 'person'::regclass)
ORDER BY moved.relname, attribute.attname
""")

"""How the rows of a table that names a person follow when two records are joined, and go back when they are parted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, select, update

from services.training.staff.database.training_work import TrainingWork


class Follower(Protocol):
    """One for each table that names a person."""

    @property
    def table(self) -> Table: ...

    async def follow(self, work: TrainingWork, retired_id: UUID, kept_id: UUID) -> list[str]:
        """Gives the rows that are the kept person's now, as it will know them again."""
        ...

    async def go_back(self, work: TrainingWork, retired_id: UUID, holder_id: UUID, moved: list[str]) -> None:
        """Those of the rows that are still with whoever holds what the kept record held are the other's again."""
        ...


def _nothing(row: FromClause, other: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG001 - no two rows are alike
    return None


@dataclass(frozen=True)
class RowsFollow:
    """Each row follows, but for one that the kept person has already."""

    table: Table
    is_alike: Callable[[FromClause, FromClause], ColumnElement[bool] | None] = _nothing
    """When a row is there already, of which there may be one only; it then stays where it was, and counts once."""

    async def follow(self, work: TrainingWork, retired_id: UUID, kept_id: UUID) -> list[str]:
        table, other = self.table, self.table.alias("other")
        moving = update(table).where(table.c.person_id == retired_id).values(person_id=kept_id)
        if (alike := self.is_alike(table, other)) is not None:
            moving = moving.where(~exists(select(other.c.id).where(other.c.person_id == kept_id, alike)))
        return [str(row) for row in await work.session.scalars(moving.returning(table.c.id))]

    async def go_back(self, work: TrainingWork, retired_id: UUID, holder_id: UUID, moved: list[str]) -> None:
        table = self.table
        theirs = and_(table.c.id.in_([UUID(row) for row in moved]), table.c.person_id == holder_id)
        await work.session.execute(update(table).where(theirs).values(person_id=retired_id))

"""Columns that are made of others of their row, filled for rows that are there: for a migration.

What they hold is reckoned before anything is locked, and written by few statements: a table that a migration alters is
shut for whoever serves until the migration ends.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

AT_ONCE = 20_000
"""Rows of one statement: their JSON is some megabytes."""

Reckoned = Sequence[str]
"""As JSON, `AT_ONCE` each: the rows by their id, with what was made and what it was made of."""


@dataclass(frozen=True)
class Filling:
    """Columns of one table; its rows have an `id`."""

    table: str
    of: Sequence[str]
    """Columns of which the others are made."""
    made: Mapping[str, Callable[..., list[str]]]
    """By column, what makes it of those."""

    def reckoned(self, connection: Connection) -> Reckoned:
        """For all rows. The columns that are to be filled need not be there yet."""
        return _written(self._made(row) for row in self._rows(connection, self.of))

    def reckoned_anew(self, connection: Connection) -> Reckoned:
        """For the rows whose columns do not hold what is made of the others."""
        rows = self._rows(connection, (*self.of, *self.made))
        both = ((row, self._made(row)) for row in rows)
        return _written(made for row, made in both if any(getattr(row, name) != made[name] for name in self.made))

    def fill(self, connection: Connection, reckoned: Reckoned) -> None:
        """A row that says something else by now is left: code that knows the columns fills them when it changes it."""
        values = ", ".join(f"{name} = made.{name}" for name in self.made)
        before, now = (", ".join(f"{row}.{name}" for name in self.of) for row in ("made", "filled"))
        filling = text(
            f"UPDATE {self.table} AS filled SET {values} "  # noqa: S608 - names of columns
            f"FROM json_populate_recordset(NULL::{self.table}, CAST(:rows AS json)) AS made "
            f"WHERE filled.id = made.id AND ROW({now}) IS NOT DISTINCT FROM ROW({before})"
        )
        for rows in reckoned:
            connection.execute(filling, {"rows": rows})

    def _rows(self, connection: Connection, columns: Sequence[str]) -> Iterable[Any]:
        some = text(f"SELECT id, {', '.join(columns)} FROM {self.table} WHERE id > :last ORDER BY id LIMIT {AT_ONCE}")  # noqa: S608 - names of columns
        last = UUID(int=0)
        while rows := connection.execute(some, {"last": last}).all():
            yield from rows
            last = rows[-1].id

    def _made(self, row: Any) -> dict[str, Any]:
        of = {name: getattr(row, name) for name in self.of}
        return {"id": str(row.id), **of, **{name: make(*of.values()) for name, make in self.made.items()}}


def _written(rows: Iterable[dict[str, Any]]) -> Reckoned:
    each = iter(rows)
    return [json.dumps(some) for some in iter(lambda: list(islice(each, AT_ONCE)), [])]

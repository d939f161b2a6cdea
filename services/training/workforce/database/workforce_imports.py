"""Files of people as they were sent, and the register as an import needs it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    Executable,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from services.training.database.person_names import with_names
from services.training.database.workforce_tables import organisation, person, post
from services.training.database.workforce_tables import workforce_import as table
from services.training.workforce.domain.import_plan import Everybody, Plan
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from services.training.workforce.domain.register import Register
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.kernel.name_words import plain_name
from shared.unit_of_work import UnitOfWork

_RECKONING_SECONDS = 120
"""How long a plan of everybody may take on a busy machine: the server ends who says nothing for ten seconds."""
AT_ONCE = 2_000
"""Rows of one statement: also on a busy machine it ends within the ten seconds that a statement may take."""
_ONE_AT_A_TIME = 7_021_001
"""Key of the lock under which the register is changed by a file."""


@dataclass
class WorkforceImport:
    id: UUID
    content: bytes
    """Empty once it is stored: what it says is on the register then."""
    as_of: date
    sent_by: UUID
    sent_at: datetime
    everybody_at: UUID | None = None
    """The organisation all of whose people it names, as on `as_of`."""
    same_people: dict[str, str] = field(default_factory=dict[str, str])
    """By line, what was chosen where somebody was asked."""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    """By outcome, once it is stored."""
    missing: tuple[UUID, ...] = ()
    """Jobs that the file of everybody did not name."""
    stored_at: datetime | None = None
    version: int = 1

    @property
    def everybody(self) -> Everybody | None:
        return Everybody(self.everybody_at, self.as_of) if self.everybody_at else None

    @property
    def answers(self) -> dict[int, str]:
        return {int(line): answer for line, answer in self.same_people.items()}


def _rows(into: Table) -> TableValuedAlias:
    said = bindparam("rows", type_=Text()).cast(JSON)
    return func.json_populate_recordset(literal_column(f"NULL::{into.name}"), said).table_valued(*into.columns)


def _adding(into: Table) -> Executable:
    """Many rows at once: what is kept of people (`standing`) is then made anew once, and not for each."""
    return insert(into).from_select([column.name for column in into.columns], select(_rows(into)))


def _changing(into: Table) -> Executable:
    """Likewise."""
    rows = _rows(into).alias("changed")
    said = {column.name: rows.c[column.name] for column in into.columns if column.name != "id"}
    return update(into).where(into.c.id == rows.c.id).values(said)


class WorkforceImports:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: WorkforceImport) -> None:
        if await self._session.scalar(select(table.c.id).where(table.c.id == one.id)) is None:
            await self._session.execute(insert(table).values(columns_of(one)))

    async def get(self, import_id: UUID) -> WorkforceImport:
        """Raises NotFound when no such file was sent."""
        return await self._get(import_id, to_change=False)

    async def get_to_change(self, import_id: UUID) -> WorkforceImport:
        """As `get`, and locked until the transaction ends."""
        return await self._get(import_id, to_change=True)

    async def save(self, one: WorkforceImport) -> None:
        one.version += 1
        await self._session.execute(update(table).where(table.c.id == one.id).values(columns_of(one, without="id")))

    async def empty(self, before: datetime) -> list[UUID]:
        """The content of files that were sent before then, and not stored, is thrown away."""
        old = table.c.sent_at < before, table.c.stored_at.is_(None), table.c.content != b""
        emptying = update(table).where(*old).values(content=b"", same_people={}).returning(table.c.id)
        return list(await self._session.scalars(emptying))

    async def lock_register(self) -> None:
        """No other file changes the register until the transaction ends."""
        await self._session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})

    async def organisations(self) -> dict[str, UUID]:
        """Those that are open, by plain name."""
        rows = await self._session.execute(select(organisation).where(organisation.c.closed_on.is_(None)))
        return {plain_name(row.name): row.id for row in rows}

    async def register(self) -> Register:
        """Everybody who is on it. The transaction may then reckon longer than others."""
        longer = func.set_config("idle_in_transaction_session_timeout", f"{_RECKONING_SECONDS}s", True)  # noqa: FBT003 - PostgreSQL's own argument: in this transaction only
        await self._session.execute(select(longer))
        there = person.c.merged_into.is_(None), person.c.erased_on.is_(None)
        rows = await self._session.execute(select(person).where(*there).order_by(person.c.id))
        people = {row.id: read_row(Person, row) for row in rows}
        posts: dict[UUID, list[Post]] = defaultdict(list)
        of_them = select(post).join(person, person.c.id == post.c.person_id).where(*there)
        for row in await self._session.execute(of_them.order_by(post.c.from_on.nulls_first(), post.c.id)):
            posts[row.person_id].append(read_row(Post, row))
        return Register(people, posts)

    async def write(self, plan: Plan) -> None:
        """All that it says, by few statements; people in the order in which others lock them too."""
        await self._execute(_adding(person), sorted(plan.new_people, key=lambda one: one.id))
        await self._execute(_adding(post), sorted(plan.new_posts, key=lambda one: one.person_id))
        await self._execute(_changing(person), sorted(plan.changed_people.values(), key=lambda one: one.id))
        await self._execute(_changing(post), sorted(plan.changed_posts.values(), key=lambda one: one.person_id))

    async def _execute(self, statement: Executable, those: Sequence[Person] | Sequence[Post]) -> None:
        for first in range(0, len(those), AT_ONCE):
            rows = await asyncio.to_thread(_written, those[first : first + AT_ONCE])
            await self._session.execute(statement, {"rows": rows})

    async def _get(self, import_id: UUID, *, to_change: bool) -> WorkforceImport:
        query = select(table).where(table.c.id == import_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("import_unknown", "This file is not here any more. Choose it again.")
        return read_row(WorkforceImport, row)


def _written(those: Sequence[Person] | Sequence[Post]) -> str:
    rows = [with_names(columns_of(one)) if isinstance(one, Person) else columns_of(one) for one in those]
    return json.dumps(rows, default=str)

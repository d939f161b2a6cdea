"""People, their posts and their leave, as stored."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from services.training.database.person_names import with_names
from services.training.database.workforce_tables import leave, person, post
from services.training.workforce.domain.long_leave import LongLeave
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork


class People:
    """Those of one team's place."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: Person) -> bool:
        """Says whether they were stored: somebody who was sent twice is stored once."""
        return await self._add(person, with_names(columns_of(one)))

    async def add_post(self, one: Post) -> bool:
        """Likewise."""
        return await self._add(post, columns_of(one))

    async def add_leave(self, one: LongLeave) -> bool:
        """Likewise."""
        return await self._add(leave, columns_of(one))

    async def get_to_change(self, person_id: UUID) -> Person:
        """Locked until the transaction ends.

        Raises:
            NotFound: the register has no such person.
            RuleBroken: they turned out to be somebody else of the register, whose record is the one to change.
        """
        query = select(person).where(person.c.id == person_id, person.c.erased_on.is_(None)).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise no_such_person()
        if row.merged_into is not None:
            raise RuleBroken("person_merged", "This record was joined to another one. Open that one.")
        return read_row(Person, row)

    async def get_joined(self, person_id: UUID) -> Person:
        """A record that was joined to another one."""
        return read_row(Person, (await self._session.execute(select(person).where(person.c.id == person_id))).one())

    async def save(self, one: Person) -> None:
        await self._session.execute(update(person).where(person.c.id == one.id).values(with_names(columns_of(one))))

    async def with_account(self, colleague_id: UUID) -> UUID | None:
        """Who of the register signs in with this account."""
        of_it = select(person.c.id).where(person.c.colleague_id == colleague_id, person.c.merged_into.is_(None))
        return await self._session.scalar(of_it)

    async def get_post(self, post_id: UUID) -> Post:
        """Locked until the transaction ends. Raises NotFound when there is no such job."""
        row = (await self._session.execute(select(post).where(post.c.id == post_id).with_for_update())).one_or_none()
        if row is None:
            raise NotFound("post_unknown", "There is no such job. Open the person's page again.")
        return read_row(Post, row)

    async def save_posts(self, posts: Sequence[Post]) -> None:
        for one in posts:
            await self._session.execute(update(post).where(post.c.id == one.id).values(columns_of(one, without="id")))

    async def get_leave(self, leave_id: UUID) -> LongLeave:
        """Locked until the transaction ends. Raises NotFound when there is no such leave."""
        row = (await self._session.execute(select(leave).where(leave.c.id == leave_id).with_for_update())).one_or_none()
        if row is None:
            raise NotFound("leave_unknown", "There is no such leave. Open the person's page again.")
        return read_row(LongLeave, row)

    async def save_leave(self, one: LongLeave) -> None:
        await self._session.execute(update(leave).where(leave.c.id == one.id).values(columns_of(one, without="id")))

    async def _add(self, table: Table, columns: Mapping[str, Any]) -> bool:
        stored = insert(table).values(columns).on_conflict_do_nothing(index_elements=["id"])
        return await self._session.scalar(stored.returning(table.c.id)) is not None


def no_such_person() -> NotFound:
    return NotFound("person_unknown", "There is no such person on the register. Look for them in the list.")

"""Joined records as stored."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.training.database.workforce_tables import person, person_merge
from services.training.merges.domain.person_merge import PersonMerge
from services.training.workforce.database.people import no_such_person
from services.training.workforce.domain.person import Person
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class PersonMerges:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def is_stored(self, merge_id: UUID) -> bool:
        return await self._session.scalar(select(person_merge.c.id).where(person_merge.c.id == merge_id)) is not None

    async def add(self, one: PersonMerge) -> None:
        await self._session.execute(insert(person_merge).values(columns_of(one)))

    async def save(self, one: PersonMerge) -> None:
        values = columns_of(one, without="id moved")
        await self._session.execute(update(person_merge).where(person_merge.c.id == one.id).values(values))

    async def get_to_change(self, merge_id: UUID) -> PersonMerge:
        """Locked until the transaction ends. Raises NotFound when nothing was joined so."""
        query = select(person_merge).where(person_merge.c.id == merge_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("merge_unknown", "These records were not joined. Open the person's page again.")
        return read_row(PersonMerge, row)

    async def both(self, retired_id: UUID, kept_id: UUID) -> tuple[Person, Person]:
        """Locked in the order of their ids, so that two who join the same records the other way round wait in line,
        and who books for one of them meanwhile does not wait at all.

        Raises:
            NotFound: the register has not both of them.
        """
        query = select(person).where(person.c.id.in_([retired_id, kept_id]), person.c.erased_on.is_(None))
        rows = (await self._session.execute(query.order_by(person.c.id).with_for_update(key_share=True))).all()
        found = {row.id: read_row(Person, row) for row in rows}
        if not {retired_id, kept_id} <= found.keys():
            raise no_such_person()
        return found[retired_id], found[kept_id]

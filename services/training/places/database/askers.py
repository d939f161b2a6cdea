"""The person who asks for a place: found by address and name, or new in the register of the workforce.

An address is not a person, as nurseries share theirs; and a name alone is none either.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from services.training.database.person_names import with_names
from services.training.database.workforce_tables import organisation, person, post
from services.training.places.domain.asker import Asker
from services.training.workforce.domain.person import Person
from shared.contracts.vocabulary import SourceGroup
from shared.database.mapping import columns_of
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class KnownAsker:
    """Who it is in the register."""

    person_id: UUID
    organisation_id: UUID
    sector: SourceGroup


class Askers:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def find_or_add(self, asker: Asker) -> KnownAsker:
        """Whoever is new gets a post where they say they work."""
        found = await self._find(asker)
        if found is None:
            values = {"id": new_id(), "version": 1, "name": asker.workplace, "sector": asker.sector}
            await self._session.execute(insert(organisation).on_conflict_do_nothing(), values)
            found = await self._find(asker)
        if found is None:
            raise LookupError("an organisation that is neither there nor can be added")
        known = asker.among((UUID(who), given, family) for who, given, family in found.at_address)
        person_id = known or await self._add(asker, found.id, is_shared=bool(found.at_address))
        return KnownAsker(person_id, found.id, SourceGroup(found.sector))

    async def _find(self, asker: Asker) -> Any:
        asked = {"workplace": asker.workplace, "address": asker.email}
        return (await self._session.execute(_FOUND, asked)).one_or_none()

    async def _add(self, asker: Asker, organisation_id: UUID, *, is_shared: bool) -> UUID:
        if is_shared:
            await self._session.execute(_SHARED, {"address": asker.email})
        new = Person(new_id(), asker.given_name, asker.family_name, email=asker.email, is_shared_email=is_shared)
        new.check()
        works = {"post_id": new_id(), "organisation_id": organisation_id, "profession": asker.profession}
        columns = with_names(columns_of(new))
        await self._session.execute(_NEW, {f"new_{name}": value for name, value in columns.items()} | works)
        return new.id


def _said(what: str) -> Any:
    return func.lower(bindparam(what, type_=Text()))


_HAS_EMAIL = person.c.email != "", func.lower(person.c.email) == _said("address")
_WHO = func.jsonb_build_array(
    func.coalesce(person.c.merged_into, person.c.id), person.c.given_name, person.c.family_name
)
_AT_ADDRESS = select(func.coalesce(func.jsonb_agg(aggregate_order_by(_WHO, person.c.id)), text("'[]'"))).where(
    *_HAS_EMAIL
)
_FOUND = select(organisation.c.id, organisation.c.sector, _AT_ADDRESS.scalar_subquery().label("at_address")).where(
    func.lower(organisation.c.name) == _said("workplace"), organisation.c.closed_on.is_(None)
)
"""The workplace, and who of the register has this address, by which names."""
_SHARED = update(person).where(*_HAS_EMAIL).values(is_shared_email=True)
_ADDED = (
    insert(person)
    .values({one.name: bindparam(f"new_{one.name}", type_=one.type) for one in person.columns})
    .returning(person.c.id)
    .cte("added")
)
_WORKS = {
    "id": bindparam("post_id", type_=post.c.id.type),
    "version": literal(1),
    "person_id": _ADDED.c.id,
    "organisation_id": bindparam("organisation_id", type_=post.c.organisation_id.type),
    "profession": bindparam("profession", type_=Text()),
    "staff_number": literal(""),
}
_NEW = insert(post).from_select([*_WORKS], select(*_WORKS.values()))
"""A person and their job, by one statement: whoever books next waits meanwhile."""

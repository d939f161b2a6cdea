"""The person who asks for a place: found by address and name, or new in the register of the workforce.

An address is not a person, as nurseries share theirs; and a name alone is none either.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

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
        place = await self._workplace(asker)
        person_id = await self._known(asker) or await self._add(asker, place.id)
        return KnownAsker(person_id, place.id, SourceGroup(place.sector))

    async def _workplace(self, asker: Asker) -> Any:
        named = func.lower(organisation.c.name) == asker.workplace.lower(), organisation.c.closed_on.is_(None)
        values = {"id": new_id(), "version": 1, "name": asker.workplace, "sector": asker.sector}
        await self._session.execute(insert(organisation).values(values).on_conflict_do_nothing())
        return (await self._session.execute(select(organisation).where(*named))).one()

    async def _known(self, asker: Asker) -> UUID | None:
        if not asker.email:
            return None
        same = (
            func.lower(person.c.email) == asker.email.lower(),
            func.lower(person.c.given_name) == asker.given_name.lower(),
            func.lower(person.c.family_name) == asker.family_name.lower(),
            person.c.erased_on.is_(None),
        )
        found = select(func.coalesce(person.c.merged_into, person.c.id)).where(*same).order_by(person.c.id).limit(1)
        return await self._session.scalar(found)

    async def _add(self, asker: Asker, organisation_id: UUID) -> UUID:
        shared = person.c.email != "", func.lower(person.c.email) == asker.email.lower()
        marked = update(person).where(*shared).values(is_shared_email=True).returning(person.c.id)
        is_shared = (await self._session.execute(marked)).first() is not None
        new = Person(new_id(), asker.given_name, asker.family_name, email=asker.email, is_shared_email=is_shared)
        new.check()
        await self._session.execute(insert(person).values(columns_of(new)))
        works = {"organisation_id": organisation_id, "profession": asker.profession, "staff_number": ""}
        own = {"id": new_id(), "version": 1, "person_id": new.id, "from_on": None, "until_on": None}
        await self._session.execute(insert(post).values(works | own))
        return new.id

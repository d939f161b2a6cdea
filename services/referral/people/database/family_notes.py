"""What is noted about a family and its people: safety flags, consents, legal status, needs and wishes, as stored."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.referral.database.family_tables import (
    access_need,
    consent,
    family_preference,
    legal_status,
    safety_flag,
)
from services.referral.people.domain.access_need import (
    AccessNeed,
    FamilyPreference,
)
from services.referral.people.domain.consent import Consent
from services.referral.people.domain.legal_status import LegalStatus
from services.referral.people.domain.safety_flag import SafetyFlag
from services.referral.staff.database.record_access import check_family, check_person
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import Conflict, NotFound
from shared.unit_of_work import UnitOfWork


class FamilyNotes:
    """The notes of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add_flag(self, flag: SafetyFlag) -> None:
        await self._session.execute(insert(safety_flag), columns_of(flag))

    async def save_flag(self, flag: SafetyFlag) -> None:
        await self._session.execute(update(safety_flag).where(safety_flag.c.id == flag.id).values(columns_of(flag)))

    async def flags(self, family_id: UUID) -> Sequence[SafetyFlag]:
        """Those that count first, then the ended ones."""
        await check_family(self._work, family_id)
        query = select(safety_flag).where(safety_flag.c.family_id == family_id)
        rows = await self._session.execute(
            query.order_by(safety_flag.c.ended_on.desc().nulls_first(), safety_flag.c.from_on, safety_flag.c.id)
        )
        return [read_row(SafetyFlag, row) for row in rows]

    async def flag_to_change(self, family_id: UUID, flag_id: UUID) -> SafetyFlag:
        """Raises NotFound when the family has no such flag."""
        await check_family(self._work, family_id)
        row = await self._locked(safety_flag, safety_flag.c.family_id == family_id, safety_flag.c.id == flag_id)
        return read_row(SafetyFlag, row)

    async def add_consent(self, one: Consent) -> None:
        """Raises Conflict when the same choice is on record and was not taken back."""
        values = upsert(consent).values(columns_of(one)).on_conflict_do_nothing().returning(consent.c.id)
        if await self._session.scalar(values) is None:
            raise Conflict("consent_known", "This choice is on record already, and was not taken back.")

    async def save_consent(self, one: Consent) -> None:
        await self._session.execute(update(consent).where(consent.c.id == one.id).values(columns_of(one)))

    async def consents(self, family_id: UUID) -> Sequence[Consent]:
        """Those that count first, then the ones taken back."""
        await check_family(self._work, family_id)
        query = select(consent).where(consent.c.family_id == family_id)
        rows = await self._session.execute(
            query.order_by(consent.c.withdrawn_on.desc().nulls_first(), consent.c.given_on, consent.c.id)
        )
        return [read_row(Consent, row) for row in rows]

    async def consent_to_change(self, family_id: UUID, consent_id: UUID) -> Consent:
        """Raises NotFound when the family has no such consent."""
        await check_family(self._work, family_id)
        row = await self._locked(consent, consent.c.family_id == family_id, consent.c.id == consent_id)
        return read_row(Consent, row)

    async def statuses(self, people: Sequence[UUID]) -> Sequence[LegalStatus]:
        """The newest first."""
        for one in people:
            await check_person(self._work, one)
        query = select(legal_status).where(legal_status.c.person_id.in_(people))
        rows = await self._session.execute(query.order_by(legal_status.c.person_id, legal_status.c.number.desc()))
        return [read_row(LegalStatus, row) for row in rows]

    async def add_status(self, new: LegalStatus, last: LegalStatus | None) -> None:
        if last is not None:
            ends = update(legal_status).where(legal_status.c.id == last.id).values(until_on=last.until_on)
            await self._session.execute(ends)
        await self._session.execute(insert(legal_status), columns_of(new))

    async def needs(self, people: Sequence[UUID]) -> Sequence[AccessNeed]:
        for one in people:
            await check_person(self._work, one)
        rows = await self._session.execute(select(access_need).where(access_need.c.person_id.in_(people)))
        return [read_row(AccessNeed, row) for row in rows]

    async def save_need(self, need: AccessNeed) -> None:
        await self._put(access_need, columns_of(need))

    async def preference(self, family_id: UUID) -> FamilyPreference | None:
        await check_family(self._work, family_id)
        rows = await self._session.execute(select(family_preference).where(family_preference.c.family_id == family_id))
        row = rows.one_or_none()
        return None if row is None else read_row(FamilyPreference, row)

    async def save_preference(self, one: FamilyPreference) -> None:
        await self._put(family_preference, columns_of(one))

    async def _put(self, table: Table, values: dict[str, Any]) -> None:
        statement = upsert(table).values(values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    async def _locked(self, table: Table, *where: ColumnElement[bool]) -> Any:
        rows = await self._session.execute(select(table).where(*where).with_for_update())
        if (row := rows.one_or_none()) is None:
            raise NotFound("note_not_found", "This family has no such entry. Look at the family's people.")
        return row

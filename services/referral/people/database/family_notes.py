"""What is noted about a family and its people: safety flags, consents, legal status, needs and wishes, as stored."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast
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
    GenderPreference,
    Language,
    MeetingFormat,
    MeetingPlace,
    NeedDetails,
    PreferenceDetails,
)
from services.referral.people.domain.consent import Consent, ConsentMethod
from services.referral.people.domain.legal_status import CareStatus, LegalStatus
from services.referral.people.domain.safety_flag import FlagKind, SafetyFlag
from services.referral.staff.database.record_access import check_family, check_person
from shared.contracts.pathway_codes import ConsentScope
from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, NotFound
from shared.unit_of_work import UnitOfWork

T = TypeVar("T")


class FamilyNotes:
    """The notes of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add_flag(self, flag: SafetyFlag) -> None:
        await self._session.execute(insert(safety_flag).values(_columns(flag)))

    async def save_flag(self, flag: SafetyFlag) -> None:
        await self._session.execute(update(safety_flag).where(safety_flag.c.id == flag.id).values(_columns(flag)))

    async def flags(self, family_id: UUID) -> Sequence[SafetyFlag]:
        """Those that count first, then the ended ones."""
        await check_family(self._work, family_id)
        query = select(safety_flag).where(safety_flag.c.family_id == family_id)
        rows = await self._session.execute(
            query.order_by(safety_flag.c.ended_on.desc().nulls_first(), safety_flag.c.from_on, safety_flag.c.id)
        )
        return [_read(SafetyFlag, row, kind=FlagKind) for row in rows]

    async def flag_to_change(self, family_id: UUID, flag_id: UUID) -> SafetyFlag:
        """Raises NotFound when the family has no such flag."""
        await check_family(self._work, family_id)
        row = await self._locked(safety_flag, safety_flag.c.family_id == family_id, safety_flag.c.id == flag_id)
        return _read(SafetyFlag, row, kind=FlagKind)

    async def add_consent(self, one: Consent) -> None:
        """Raises Conflict when the same choice is on record and was not taken back."""
        values = upsert(consent).values(_columns(one)).on_conflict_do_nothing().returning(consent.c.id)
        if await self._session.scalar(values) is None:
            raise Conflict("consent_known", "This choice is on record already, and was not taken back.")

    async def save_consent(self, one: Consent) -> None:
        await self._session.execute(update(consent).where(consent.c.id == one.id).values(_columns(one)))

    async def consents(self, family_id: UUID) -> Sequence[Consent]:
        """Those that count first, then the ones taken back."""
        await check_family(self._work, family_id)
        query = select(consent).where(consent.c.family_id == family_id)
        rows = await self._session.execute(
            query.order_by(consent.c.withdrawn_on.desc().nulls_first(), consent.c.given_on, consent.c.id)
        )
        return [_read(Consent, row, scope=ConsentScope, method=ConsentMethod) for row in rows]

    async def consent_to_change(self, family_id: UUID, consent_id: UUID) -> Consent:
        """Raises NotFound when the family has no such consent."""
        await check_family(self._work, family_id)
        row = await self._locked(consent, consent.c.family_id == family_id, consent.c.id == consent_id)
        return _read(Consent, row, scope=ConsentScope, method=ConsentMethod)

    async def statuses(self, people: Sequence[UUID]) -> Sequence[LegalStatus]:
        """The newest first."""
        for one in people:
            await check_person(self._work, one)
        query = select(legal_status).where(legal_status.c.person_id.in_(people))
        rows = await self._session.execute(query.order_by(legal_status.c.person_id, legal_status.c.number.desc()))
        return [_read(LegalStatus, row, status=CareStatus) for row in rows]

    async def add_status(self, new: LegalStatus, last: LegalStatus | None) -> None:
        if last is not None:
            ends = update(legal_status).where(legal_status.c.id == last.id).values(until_on=last.until_on)
            await self._session.execute(ends)
        await self._session.execute(insert(legal_status).values(_columns(new)))

    async def needs(self, people: Sequence[UUID]) -> Sequence[AccessNeed]:
        for one in people:
            await check_person(self._work, one)
        rows = await self._session.execute(select(access_need).where(access_need.c.person_id.in_(people)))
        return [_need(row) for row in rows]

    async def save_need(self, need: AccessNeed) -> None:
        values = {"id": need.id, "person_id": need.person_id, "version": need.version, **_columns(need.details)}
        await self._put(access_need, values)

    async def preference(self, family_id: UUID) -> FamilyPreference | None:
        await check_family(self._work, family_id)
        rows = await self._session.execute(select(family_preference).where(family_preference.c.family_id == family_id))
        row = rows.one_or_none()
        return None if row is None else _preference(row)

    async def save_preference(self, one: FamilyPreference) -> None:
        values = {"id": one.id, "family_id": one.family_id, "version": one.version, **_columns(one.details)}
        await self._put(family_preference, values)

    async def _put(self, table: Table, values: dict[str, Any]) -> None:
        statement = upsert(table).values(values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    async def _locked(self, table: Table, *where: ColumnElement[bool]) -> Any:
        rows = await self._session.execute(select(table).where(*where).with_for_update())
        if (row := rows.one_or_none()) is None:
            raise NotFound("note_not_found", "This family has no such entry. Look at the family's people.")
        return row


def _columns(one: Any) -> dict[str, Any]:
    return {part.name: getattr(one, part.name) for part in fields(one)}


def _read(cls: type[T], row: Any, /, **codes: type[Code]) -> T:
    values = {part.name: getattr(row, part.name) for part in fields(cast("Any", cls))}
    for name, code in codes.items():
        values[name] = code(values[name]) if values[name] is not None else None
    return cls(**values)


def _need(row: Any) -> AccessNeed:
    details = _read(NeedDetails, row, interpreter_language=Language, interpreter_gender=GenderPreference)
    return AccessNeed(row.id, row.person_id, details, row.version)


def _preference(row: Any) -> FamilyPreference:
    codes: dict[str, type[Code]] = {
        "venue": MeetingPlace,
        "format": MeetingFormat,
        "practitioner_gender": GenderPreference,
    }
    return FamilyPreference(row.id, row.family_id, _read(PreferenceDetails, row, **codes), row.version)

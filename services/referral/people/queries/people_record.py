"""Everyone in a family's record, and what is noted about them: the page of its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import family as family_table
from services.referral.database.family_tables import family_member
from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import AccessNeed, FamilyPreference
from services.referral.people.domain.consent import Consent
from services.referral.people.domain.dyad import Dyad
from services.referral.people.domain.family import Family
from services.referral.people.domain.legal_status import LegalStatus
from services.referral.people.domain.person import LEFT_THE_FAMILY, MemberKind, Person, told_apart
from services.referral.people.domain.safe_contact import may_call
from services.referral.people.domain.safety_flag import SafetyFlag
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PeopleRecord:
    family: Family
    flags: Sequence[SafetyFlag]
    """Those that count first."""
    consents: Sequence[Consent]
    """Those that count first."""
    statuses: Mapping[UUID, Sequence[LegalStatus]]
    """By person, the newest first."""
    needs: Mapping[UUID, AccessNeed]
    """By person; nobody asked whoever is not here."""
    preference: FamilyPreference | None
    elsewhere: Mapping[UUID, Sequence[UUID]]
    """By person: other families that they belong to."""
    booked: Sequence[datetime]
    """Appointments to come, UTC."""

    def name(self, person_id: UUID) -> str:
        """As it is shown, with the birth order of twins; of someone who left: `Someone who left the family`."""
        found = next((one.person for one in self.family.members if one.person.id == person_id), None)
        return told_apart(found.name, found.birth_order) if found else LEFT_THE_FAMILY

    def may_call(self, person: Person, *, says_more: bool) -> bool:
        """Whether their number may be dialled with one press; `says_more` as the head of the page knows it."""
        is_barred = person.is_lost or person.contact_unsafe or self.family.is_unsafe(person.id)
        need = self.needs.get(person.id)
        return not is_barred and may_call(need.details.contact_method if need else None, says_more=says_more)

    def dyad_name(self, dyad: Dyad) -> str:
        """Both of them."""
        return f"{self.name(dyad.baby_id)} and {self.name(dyad.carer_id)}"

    def is_expected(self, person_id: UUID) -> bool:
        """Whether the person is an unborn baby."""
        member = self.family.member(person_id)
        return member.kind is MemberKind.BABY and member.person.is_unborn

    def flag(self, flag_id: UUID) -> SafetyFlag | None:
        return next((one for one in self.flags if one.id == flag_id), None)

    def consent(self, consent_id: UUID) -> Consent | None:
        return next((one for one in self.consents if one.id == consent_id), None)

    def knows(self, record_id: UUID) -> bool:
        """Whether something of this family, of which versions may be kept, has that id."""
        ids = {one.person.id for one in self.family.members} | {one.id for one in self.family.dyads}
        ids |= {one.id for one in self.flags} | {one.id for one in self.needs.values()} | {self.family.id}
        return record_id in ids or (self.preference is not None and record_id == self.preference.id)


async def people_record(work: UnitOfWork, family_id: UUID, now: datetime) -> PeopleRecord:
    """A fixed number of statements, however many people.

    Args:
        now: appointments after it (UTC) are still to come.

    Raises:
        NotFound: this team has no such family.
    """
    family, notes = await Families(work).get(family_id), FamilyNotes(work)
    people = [member.person.id for member in family.members]
    statuses: dict[UUID, list[LegalStatus]] = {}
    for status in await notes.statuses(people):
        statuses.setdefault(status.person_id, []).append(status)
    booked = await work.session.scalars(
        select(contact.c.starts_at)
        .where(contact.c.family_id == family_id, contact.c.attendance.is_(None), contact.c.starts_at >= now)
        .order_by(contact.c.starts_at)
    )
    return PeopleRecord(
        family=family,
        flags=await notes.flags(family_id),
        consents=await notes.consents(family_id),
        statuses=statuses,
        needs={need.person_id: need for need in await notes.needs(people)},
        preference=await notes.preference(family_id),
        elsewhere=await _elsewhere(work.session, family_id, people),
        booked=list(booked),
    )


async def _elsewhere(session: AsyncSession, family_id: UUID, people: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    rows = await session.execute(
        select(family_member.c.person_id, family_member.c.family_id)
        .join(family_table, family_table.c.id == family_member.c.family_id)
        .where(
            family_member.c.person_id.in_(people),
            family_member.c.family_id != family_id,
            family_member.c.until_on.is_(None),
            family_table.c.merged_into.is_(None),
        )
        .order_by(family_member.c.from_on)
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row.family_id)
    return found

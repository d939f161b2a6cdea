"""Groups: the list of them, who takes part in one, when it met and who came, and who could join."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import access_need, dyad, person
from services.referral.database.group_tables import care_group, group_place, group_session
from services.referral.database.tables import episode, referral
from services.referral.people.domain.person import shown_name
from services.referral.staff.database.record_access import may_see
from services.referral.staff.domain.restricted_record import RESTRICTED, RestrictedRecord
from services.referral.staff.queries.asking import Asking
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Attendance, Venue
from shared.contracts.vocabulary import Code, Level
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

MOST_CHOICES = 600
"""Babies and carers of families who get support, in the list from which one is chosen."""


class GroupState(Code):
    GOES_ON = "goes_on", "Running"
    ENDED = "ended", "Ended"


@dataclass(frozen=True)
class GroupFilter:
    state: GroupState = GroupState.GOES_ON


@dataclass(frozen=True)
class GroupLine:
    group_id: UUID
    name: str
    intervention: Intervention
    practitioner_name: str
    venue: Venue
    capacity: int
    taken: int
    """Places, now."""
    starts_on: date
    ended_on: date | None
    sessions: int


class BabyAge(Code):
    """For whom a group is."""

    UNBORN = "unborn", "Not born yet"
    TO_6_MONTHS = "to_6_months", "Under 6 months"
    TO_12_MONTHS = "to_12_months", "6 to 12 months"
    OLDER = "older", "Over 12 months"


@dataclass(frozen=True)
class PlaceLine:
    """A baby and a carer who take part, or could."""

    place_id: UUID | None
    family_id: UUID
    episode_id: UUID
    dyad_id: UUID
    baby_id: UUID
    carer_id: UUID
    baby_name: str
    carer_name: str
    reference: str
    is_restricted: bool
    """The reader may not open the record, so nobody is named."""
    needs_interpreter: bool
    is_own: bool
    """The reader leads the work with the family."""
    baby_age: BabyAge
    joined_on: date | None = None
    left_on: date | None = None

    @property
    def value(self) -> str:
        """For a list of a form."""
        return str(self.dyad_id)

    @property
    def label(self) -> str:
        return f"{self.baby_name} and {self.carer_name}, {self.reference}"


@dataclass(frozen=True)
class RegisterLine:
    """What one session was for one family."""

    session_id: UUID
    held_on: date
    topic: str
    minutes: int
    contact_id: UUID | None
    family_id: UUID | None
    reference: str
    attendance: Attendance | None
    is_restricted: bool
    """The reader may not open the record: what it was for this family is not shown."""


@dataclass(frozen=True)
class SessionCount:
    """How many families came to one session."""

    held_on: date
    topic: str
    minutes: int
    came: int
    stayed_away: int


def sessions_of(register: Sequence[RegisterLine]) -> Sequence[SessionCount]:
    """The sessions of a register, in its order."""
    sessions: dict[UUID, list[RegisterLine]] = {}
    for line in register:
        sessions.setdefault(line.session_id, []).append(line)
    return [_count(lines) for lines in sessions.values()]


def group_list(chosen: GroupFilter) -> Listing[GroupLine]:
    """In the order of their names; one statement."""
    taken = (
        select(func.count())
        .where(group_place.c.group_id == care_group.c.id, group_place.c.left_on.is_(None))
        .scalar_subquery()
    )
    sessions = select(func.count()).where(group_session.c.group_id == care_group.c.id).scalar_subquery()
    ended = care_group.c.ended_on
    query = (
        select(
            care_group,
            colleague.c.name.label("practitioner_name"),
            taken.label("taken"),
            sessions.label("sessions"),
        )
        .join(colleague, colleague.c.id == care_group.c.practitioner_id)
        .where(ended.is_(None) if chosen.state is GroupState.GOES_ON else ended.is_not(None))
        .order_by(care_group.c.name, care_group.c.id)
    )
    return found_by(query, lambda row: read_row(GroupLine, row, group_id=row.id))


async def group_members(work: UnitOfWork, asking: Asking, group_id: UUID) -> Sequence[PlaceLine]:
    """Those who take part first, then those who left."""
    query = (
        _members(asking)
        .add_columns(group_place.c.id.label("place_id"), group_place.c.joined_on, group_place.c.left_on)
        .join(group_place, (group_place.c.dyad_id == dyad.c.id) & (group_place.c.episode_id == episode.c.id))
        .where(group_place.c.group_id == group_id)
        .order_by(group_place.c.left_on.desc().nulls_first(), group_place.c.joined_on, group_place.c.id)
    )
    return [
        _member(row, asking, place_id=row.place_id, joined_on=row.joined_on, left_on=row.left_on)
        for row in await work.session.execute(query)
    ]


async def group_on_register(work: UnitOfWork, asking: Asking, group_id: UUID) -> Sequence[PlaceLine]:
    """Those who take part now, for someone who may see all of them: the register goes into each one's record.

    Raises:
        RestrictedRecord: only named colleagues may see one of the families, and the reader is none of them.
    """
    present = [line for line in await group_members(work, asking, group_id) if line.left_on is None]
    if hidden := next((line for line in present if line.is_restricted), None):
        raise RestrictedRecord(hidden.family_id, asking.actor.id)
    return present


async def who_could_join(session: AsyncSession, asking: Asking) -> Sequence[PlaceLine]:
    """Of families who get support and whose record the reader may open; their own first."""
    query = (
        _members(asking)
        .where(
            episode.c.ended_on.is_(None),
            episode.c.level != Level.COMMUNITY,
            may_see(episode.c.family_id, asking.actor, asking.now),
        )
        .order_by((episode.c.lead_id == asking.actor.id).desc().nulls_last(), referral.c.reference, dyad.c.id)
        .limit(MOST_CHOICES)
    )
    return [_member(row, asking, place_id=None) for row in await session.execute(query)]


async def group_register(work: UnitOfWork, group_id: UUID) -> Sequence[RegisterLine]:
    """Each session and what it was for each family, the newest session first."""
    rows = await work.session.execute(
        select(
            group_session.c.id.label("session_id"),
            group_session.c.held_on,
            group_session.c.topic,
            group_session.c.minutes,
            contact.c.id.label("contact_id"),
            contact.c.family_id,
            contact.c.attendance,
            referral.c.reference,
            may_see(contact.c.family_id, work.actor, work.now).label("may_see"),
        )
        .outerjoin(contact, contact.c.group_session_id == group_session.c.id)
        .outerjoin(episode, episode.c.id == contact.c.episode_id)
        .outerjoin(referral, referral.c.id == episode.c.referral_id)
        .where(group_session.c.group_id == group_id)
        .order_by(group_session.c.held_on.desc(), group_session.c.id, referral.c.reference)
    )
    return [read_row(RegisterLine, row, reference=row.reference or "", is_restricted=not row.may_see) for row in rows]


_baby, _carer = aliased(person, name="baby"), aliased(person, name="carer")


def _members(asking: Asking) -> Any:
    return (
        select(
            episode.c.id.label("episode_id"),
            episode.c.family_id,
            episode.c.lead_id,
            referral.c.reference,
            dyad.c.id.label("dyad_id"),
            dyad.c.baby_id,
            dyad.c.carer_id,
            _baby.c.name.label("baby_name"),
            _baby.c.born_on,
            _baby.c.birth_order,
            _carer.c.name.label("carer_name"),
            access_need.c.interpreter_language.is_not(None).label("needs_interpreter"),
            may_see(episode.c.family_id, asking.actor, asking.now).label("may_see"),
        )
        .join(dyad, dyad.c.family_id == episode.c.family_id)
        .join(referral, referral.c.id == episode.c.referral_id)
        .join(_baby, _baby.c.id == dyad.c.baby_id)
        .join(_carer, _carer.c.id == dyad.c.carer_id)
        .outerjoin(access_need, access_need.c.person_id == dyad.c.carer_id)
    )


def _member(row: Any, asking: Asking, **place: Any) -> PlaceLine:
    is_open = row.may_see
    return read_row(
        PlaceLine,
        row,
        baby_name=shown_name(row.baby_name, row.birth_order) if is_open else RESTRICTED,
        carer_name=(row.carer_name or "A carer") if is_open else "",
        is_restricted=not is_open,
        needs_interpreter=bool(row.needs_interpreter),
        is_own=row.lead_id == asking.actor.id,
        baby_age=_age(row.born_on, asking.today),
        **{"joined_on": None, "left_on": None, **place},
    )


def _age(born_on: date | None, today: date) -> BabyAge:
    if born_on is None:
        return BabyAge.UNBORN
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    return BabyAge.TO_6_MONTHS if months < 6 else BabyAge.TO_12_MONTHS if months < 12 else BabyAge.OLDER


def _count(lines: Sequence[RegisterLine]) -> SessionCount:
    came = sum(1 for line in lines if line.attendance is Attendance.ATTENDED)
    families = sum(1 for line in lines if line.contact_id is not None)
    return SessionCount(lines[0].held_on, lines[0].topic, lines[0].minutes, came, families - came)

"""Which families, and which referrals that belong to none yet, may be the one that is asked about?

One check for every way in. The database finds whoever shares a number, a date, a postcode or a phone, in two statements
however many families there are and however many are asked about; `domain.duplicate` then says how alike they are.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Date, Text

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.tables import episode, referral
from services.referral.intake.domain.duplicate import (
    Description,
    KnownBaby,
    Likeness,
    compare,
    homes,
)
from services.referral.intake.domain.duplicate_key import Key, candidates, keys_like
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.subject import Baby
from services.referral.staff.database.record_access import may_see
from shared.contracts.vocabulary import Level
from shared.kernel.actor import Actor
from shared.kernel.telephone import each_number

MOST_SHOWN = 5
"""Of those that are most alike."""


@dataclass(frozen=True)
class KnownFamily:
    """A family on record, or another referral."""

    description: Description
    family_id: UUID | None = None
    referral_id: UUID | None = None
    reference: str | None = None
    """Of the referral."""
    has_open_work: bool = False
    may_see: bool = True
    """False: the record is restricted, and nothing of it may be shown to whoever asks."""


@dataclass(frozen=True)
class PossibleDuplicate:
    """A family that may be the same."""

    known: KnownFamily
    likeness: Likeness


@dataclass(frozen=True)
class Seeker:
    """Who asks, when (UTC), and what to leave out."""

    actor: Actor
    now: datetime
    not_referral: UUID | None = None


def description_of(request: ReferralRequest) -> Description:
    """What a referral says of its family."""
    subject, other = request.subject, request.other_caregiver
    named = [request.caregiver, *([other] if isinstance(other, Caregiver) else [])]
    if isinstance(subject, Baby):
        baby = KnownBaby(subject.name, subject.born_on, None, request.nhs_number)
    else:
        baby = KnownBaby(None, None, subject.due_on, request.nhs_number)
    phones = each_number(carer.phone for carer in named)
    return Description([baby], [carer.name for carer in named], phones, homes([request.postcode]))


async def possible_duplicates(
    session: AsyncSession, asked: Sequence[Description], seeker: Seeker
) -> list[list[PossibleDuplicate]]:
    """For each description those that are like it, the most alike first."""
    known = [*await _families(session, asked, seeker), *await _referrals(session, asked, seeker)]
    # In a thread: a file of hundreds takes seconds, in which everyone else's pages go on.
    return await asyncio.to_thread(_compared, asked, known)


def _compared(asked: Sequence[Description], known: Sequence[KnownFamily]) -> list[list[PossibleDuplicate]]:
    places = candidates(asked, [one.description for one in known])
    return [_alike(one, [known[place] for place in near])[:MOST_SHOWN] for one, near in zip(asked, places, strict=True)]


def _alike(asked: Description, known: Sequence[KnownFamily]) -> list[PossibleDuplicate]:
    pairs = ((one, compare(asked, one.description)) for one in known)
    found = [PossibleDuplicate(one, likeness) for one, likeness in pairs if likeness]
    return sorted(found, key=lambda duplicate: -duplicate.likeness.points)


async def _families(session: AsyncSession, asked: Sequence[Description], seeker: Seeker) -> list[KnownFamily]:
    rows = (await session.execute(_family_query(asked, seeker))).all()
    by_family: dict[UUID, list[Any]] = {}
    for row in rows:
        by_family.setdefault(row.family_id, []).append(row)
    return [_family(family_id, members) for family_id, members in by_family.items()]


def _family_query(asked: Sequence[Description], seeker: Seeker) -> Select[Any]:
    near = select(family_member.c.family_id).join(person, person.c.id == family_member.c.person_id)
    open_work = exists().where(
        episode.c.family_id == family.c.id, episode.c.ended_on.is_(None), episode.c.level != Level.COMMUNITY
    )
    return (
        select(
            person,
            family_member.c.family_id,
            family_member.c.kind,
            open_work.label("has_open_work"),
            may_see(family.c.id, seeker.actor, seeker.now).label("may_see"),
        )
        .join(family_member, family_member.c.person_id == person.c.id)
        .join(family, family.c.id == family_member.c.family_id)
        .where(
            family.c.merged_into.is_(None),
            family_member.c.until_on.is_(None),
            family_member.c.family_id.in_(near.where(_shares(asked, person.c, person.c.phone))),
        )
        .order_by(family_member.c.family_id, family_member.c.number)
    )


async def _referrals(session: AsyncSession, asked: Sequence[Description], seeker: Seeker) -> list[KnownFamily]:
    query = select(referral).where(
        referral.c.family_id.is_(None),
        _shares(asked, referral.c, referral.c.caregiver_phone),
    )
    if seeker.not_referral is not None:
        query = query.where(referral.c.id != seeker.not_referral)
    return [_referral(row) for row in await session.execute(query.order_by(referral.c.received_at.desc()))]


def _shares(asked: Sequence[Description], columns: Any, phone: Any) -> Any:
    """Whether a row has a number, a day, a home or a phone that could make it one of the asked families."""
    keys = set[Key]().union(*(keys_like(one) for one in asked))
    kinds = {"nhs_number": Text, "born_on": Date, "due_on": Date, "postcode": Text}
    phones = {value for of, value in keys if of == "phone"}
    each = func.string_to_array(phone, " or ", type_=ARRAY(Text))
    return or_(
        *(_among(columns[name], {value for of, value in keys if of == name}, kind) for name, kind in kinds.items()),
        and_(phone.is_not(None), each.overlap(literal(sorted(phones), ARRAY(Text)))),
    )


def _among(column: Any, values: set[Any], kind: Any) -> Any:
    """An array is one parameter, however many values it has."""
    return and_(column.is_not(None), column == any_(literal(sorted(values), ARRAY(kind))))


def _family(family_id: UUID, members: Sequence[Any]) -> KnownFamily:
    babies = [_baby(row) for row in members if row.kind == MemberKind.BABY]
    carers = [row for row in members if row.kind == MemberKind.CARER]
    description = Description(
        babies,
        [row.name for row in carers if row.name],
        each_number(row.phone for row in members),
        homes(row.postcode for row in members),
    )
    first = members[0]
    return KnownFamily(description, family_id, has_open_work=first.has_open_work, may_see=first.may_see)


def _baby(row: Any) -> KnownBaby:
    return KnownBaby(row.name, row.born_on, row.due_on if row.born_on is None else None, row.nhs_number, row.id)


def _referral(row: Any) -> KnownFamily:
    baby = KnownBaby(row.baby_name, row.born_on, row.due_on, row.nhs_number)
    description = Description(
        [baby],
        [name for name in (row.caregiver_name, row.other_caregiver_name) if name],
        each_number((row.caregiver_phone, row.other_caregiver_phone)),
        homes([row.postcode]),
    )
    return KnownFamily(description, referral_id=row.id, reference=row.reference)

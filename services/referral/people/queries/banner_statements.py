"""What the head of a family's page asks of the database. Every page of a family asks it, so each is built once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    union_all,
)

from services.referral.database.clinical_tables import pause
from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import (
    access_need,
    dyad,
    family,
    family_member,
    legal_status,
    person,
    safety_flag,
)
from services.referral.database.name_words import may_be_same
from services.referral.database.tables import episode, referral
from services.referral.people.database.event_sources import event_sources
from services.referral.people.database.safety_sources import unsafe_to_contact
from services.referral.people.domain.person import MemberKind
from shared.staff.tables import colleague

NEEDS = (
    "contact_method",
    "information_format",
    "communication_professional",
    "communication_support",
    "interpreter_dialect",
    "adjustments",
)
NAMESAKE_DAYS = 31
"""Babies of one name who were born within these days of one another are easily taken for one another (a proposal)."""

_FAMILY = bindparam("banner_of", type_=Uuid())
_NOW, _TODAY = bindparam("now", type_=DateTime(timezone=True)), bindparam("today", type_=Date())


def _the_family() -> Select[Any]:
    """With how much there is of what its tabs lead to."""
    entries = union_all(*(source.read(_FAMILY) for source in event_sources())).subquery("entry")
    held = select(func.count()).where(contact.c.family_id == _FAMILY)
    return select(
        family,
        select(func.count()).select_from(entries).scalar_subquery().label("entries"),
        held.scalar_subquery().label("sessions"),
    ).where(family.c.id == _FAMILY)


def _people() -> Select[Any]:
    return (
        select(
            person,
            family_member.c.kind,
            access_need.c.interpreter_language.label("interpreter"),
            *(access_need.c[name] for name in NEEDS),
            unsafe_to_contact(_FAMILY).label("is_unsafe"),
            legal_status.c.status.label("legal_status"),
            _relationship().label("relationship"),
            _namesake().label("has_namesake"),
        )
        .join(family_member, family_member.c.person_id == person.c.id)
        .outerjoin(access_need, access_need.c.person_id == person.c.id)
        .outerjoin(legal_status, and_(legal_status.c.person_id == person.c.id, legal_status.c.until_on.is_(None)))
        .where(family_member.c.family_id == _FAMILY, family_member.c.until_on.is_(None))
        .order_by(family_member.c.number)
    )


def _relationship() -> ColumnElement[Any]:
    """To the baby whom they look after most."""
    to_baby = select(dyad.c.relationship).where(dyad.c.family_id == _FAMILY, dyad.c.carer_id == person.c.id)
    return to_baby.order_by(dyad.c.is_primary.desc(), dyad.c.id).limit(1).correlate(person).scalar_subquery()


def _namesake() -> ColumnElement[bool]:
    other, place = person.alias("other"), family_member.alias("place")
    return (
        select(other.c.id)
        .join(place, place.c.person_id == other.c.id)
        .where(
            family_member.c.kind == MemberKind.BABY,
            place.c.kind == MemberKind.BABY,
            place.c.until_on.is_(None),
            place.c.family_id != _FAMILY,
            other.c.id != person.c.id,
            may_be_same(other.c.known_keys, person.c.asked_keys),
            other.c.born_on.between(person.c.born_on - NAMESAKE_DAYS, person.c.born_on + NAMESAKE_DAYS),
        )
        .correlate(person, family_member)
        .exists()
    )


def _flags() -> Select[Any]:
    return (
        select(safety_flag, person.c.name, person.c.born_on, person.c.birth_order)
        .outerjoin(person, person.c.id == safety_flag.c.person_id)
        .where(safety_flag.c.family_id == _FAMILY, safety_flag.c.ended_on.is_(None))
        .order_by(safety_flag.c.from_on, safety_flag.c.id)
    )


def _episodes() -> Select[Any]:
    visit = (
        select(contact.c.id.label("visit_id"), contact.c.starts_at.label("visit_at"), contact.c.venue)
        .where(contact.c.episode_id == episode.c.id, contact.c.attendance.is_(None), contact.c.starts_at >= _NOW)
        .order_by(contact.c.starts_at, contact.c.id)
        .limit(1)
        .lateral("visit")
    )
    goes_on = or_(pause.c.ended_on.is_(None), pause.c.ended_on > _TODAY)
    paused = select(func.max(pause.c.started_on)).where(
        pause.c.episode_id == episode.c.id, pause.c.started_on <= _TODAY, goes_on
    )
    return (
        select(
            episode,
            referral.c.reference,
            referral.c.no_other_caregiver,
            referral.c.also_sent.is_not(None).label("says_more"),
            colleague.c.name.label("lead_name"),
            paused.scalar_subquery().label("paused_since"),
            visit,
        )
        .join(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
        .outerjoin(visit, true())
        .where(episode.c.family_id == _FAMILY)
        .order_by(episode.c.opened_on.desc(), episode.c.id.desc())
    )


THE_FAMILY, PEOPLE, FLAGS, EPISODES = _the_family(), _people(), _flags(), _episodes()
"""Each asks for `banner_of`; `EPISODES` for `now` (UTC) and `today` (London) too."""

"""Who may see a family's record: every repository and query that loads something of a family asks here.

    await check_family(work, family_id)                                       refuses whoever may not see it
    select(…).where(may_see(episode.c.family_id, work.actor, work.now))       leaves the others out of a list
    select(…, may_see(episode.c.family_id, …).label("may_see"))               shows them without names
    select(…).where(reader_sees(episode.c.family_id))                         in a statement that is built once

What was seen once in a unit of work is not asked for again, so that a page costs as many statements as it always did.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Select, Uuid, and_, bindparam, exists, literal, or_, select

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.governance_tables import break_glass, family_restriction, restriction_colleague
from services.referral.database.tables import episode
from services.referral.staff.domain.restricted_record import RestrictedRecord
from shared.database.built_once import NOW, READER
from shared.kernel.actor import PUBLIC_FORM, SYSTEM, Actor
from shared.unit_of_work import UnitOfWork

_SEES_NOTHING = frozenset({SYSTEM, PUBLIC_FORM})
"""A timer shows a record to nobody, and a family that answers by its own link is shown its own questions only."""


async def check_family(work: UnitOfWork, family_id: UUID) -> None:
    """Raises RestrictedRecord when the actor may not see the family; one that is not there is nobody's."""
    await _check(work, family_id, _OF_FAMILY)


async def check_episode(work: UnitOfWork, episode_id: UUID) -> None:
    """The same, by a piece of work with the family."""
    await _check(work, episode_id, _OF_EPISODE)


async def check_person(work: UnitOfWork, person_id: UUID) -> None:
    """The same, by someone of the family."""
    await _check(work, person_id, _OF_PERSON)


async def _check(work: UnitOfWork, what: UUID, query: Select[Any, bool]) -> None:
    if what in work.seen or work.actor.id in _SEES_NOTHING:
        return
    row = (await work.session.execute(query, {"what": what, "by": work.actor.id, "at": work.now})).one_or_none()
    if row is not None and not row.may_see:
        raise RestrictedRecord(row[0], work.actor.id)
    work.seen.add(what)


def may_see(family_id: ColumnElement[Any], actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether the actor may see the row's family: it is not restricted, they are named, or they opened it (UTC)."""
    return _sees(family_id, literal(actor.id), literal(now))


def reader_sees(family_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same, of whoever runs a statement that was built once."""
    return _sees(family_id, READER, NOW)


def may_see_person(person_id: ColumnElement[Any], actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether the actor may see a family to which the row's person belongs or, of one who left them all, belonged."""
    return _sees_person(person_id, literal(actor.id), literal(now))


def is_restricted(family_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a restriction of the row's family, or of one that was merged into it, is in force."""
    return exists().where(*_in_force(family_id)).correlate_except(family_restriction, _RESTRICTED)


_RESTRICTED = family.alias("restricted_family")


def _in_force(family_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    return [
        family_restriction.c.lifted_at.is_(None),
        _RESTRICTED.c.id == family_restriction.c.family_id,
        or_(_RESTRICTED.c.id == family_id, _RESTRICTED.c.merged_into == family_id),
    ]


def _sees(family_id: ColumnElement[Any], by: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    named = exists().where(
        restriction_colleague.c.restriction_id == family_restriction.c.id, restriction_colleague.c.colleague_id == by
    )
    opened = exists().where(
        break_glass.c.family_id.in_([family_id, family_restriction.c.family_id]),
        break_glass.c.opened_by == by,
        break_glass.c.until > at,
    )
    named, opened = named.correlate_except(restriction_colleague), opened.correlate_except(break_glass)
    closed = exists().where(*_in_force(family_id), ~named, ~opened)
    return ~closed.correlate_except(family_restriction, _RESTRICTED)


def _sees_person(person_id: ColumnElement[Any], by: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    place = family_member.alias("place_of_person")

    def belongs(*how: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(place.c.person_id == person_id, *how).correlate_except(place)

    is_present, seen = place.c.until_on.is_(None), _sees(place.c.family_id, by, at)
    return or_(belongs(is_present, seen), and_(~belongs(is_present), or_(belongs(seen), ~belongs())))


def _check_of(whose: Any, seen: ColumnElement[bool], what: ColumnElement[Any]) -> Select[Any, bool]:
    return select(whose, seen.label("may_see")).where(what == _WHAT)


# Every command asks one of these, so they are built once: that alone took a quarter of a command's time.
_WHAT, _BY = bindparam("what", type_=Uuid()), bindparam("by", type_=Uuid())
_AT = bindparam("at", type_=DateTime(timezone=True))
_WHOSE = select(family_member.c.family_id).where(family_member.c.person_id == _WHAT).limit(1).scalar_subquery()
_OF_FAMILY = _check_of(family.c.id, _sees(family.c.id, _BY, _AT), family.c.id)
_OF_EPISODE = _check_of(episode.c.family_id, _sees(episode.c.family_id, _BY, _AT), episode.c.id)
_OF_PERSON = _check_of(_WHOSE, _sees_person(person.c.id, _BY, _AT), person.c.id)

"""Who works with babies here? By family name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, exists, func, literal, select

from services.training.database.workforce_tables import leave, organisation, person, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import Code
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.unit_of_work import UnitOfWork


class PeopleChip(Code):
    AT_WORK = "at_work", "At work"
    ON_LEAVE = "on_leave", "On long leave"
    JOINED = "joined", "Joined"
    MOVED = "moved", "Moved"
    LEFT = "left", "Left"


RECENT_DAYS = 90
"""Whoever joined or moved in so many days is new where they are."""


@dataclass(frozen=True)
class PeopleFilter:
    chip: PeopleChip = PeopleChip.AT_WORK
    profession: Profession | None = None


@dataclass(frozen=True)
class PostShown:
    organisation: str
    profession: Profession
    until_on: date | None


@dataclass(frozen=True)
class PersonLine:
    person_id: UUID
    name: str
    posts: Sequence[PostShown]
    """Those of today; of somebody who left, all."""
    on_leave_until: date | None
    is_on_leave: bool


def people_list(work: UnitOfWork, chosen: PeopleFilter) -> Listing[PersonLine]:
    def query(cut: Cut | None) -> Select[Any]:
        every = _everybody(work.today, chosen.profession)
        found = select(every.c.id, every.c.family_name, every.c.given_name).where(_is(chosen.chip, every))
        lines = cut_page(found.cte("found"), _by_name, cut)
        posts = _posts(lines.c.id, None if chosen.chip is PeopleChip.LEFT else work.today)
        away = select(leave.c.until_on).where(leave.c.person_id == lines.c.id, holds_on(leave, work.today)).limit(1)
        return select(
            lines,
            posts.label("posts"),
            away.scalar_subquery().label("on_leave_until"),
            exists(away).label("is_on_leave"),
        ).order_by(*_by_name(lines))

    return Found(query, _line)


async def people_counts(work: UnitOfWork, chosen: PeopleFilter) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    every = _everybody(work.today, chosen.profession)
    counted = [func.count().filter(_is(chip, every)).label(chip.value) for chip in PeopleChip]
    row = (await work.session.execute(select(*counted).select_from(every))).one()
    return {chip: getattr(row, chip.value) for chip in PeopleChip}


def _by_name(one: FromClause) -> list[ColumnElement[Any]]:
    return [func.lower(one.c.family_name), func.lower(one.c.given_name), one.c.id]


def _everybody(today: date, profession: Profession | None) -> CTE:
    """Who has or had a post of the profession. A merged person is who they turned out to be, an erased one nobody."""
    since = today - timedelta(RECENT_DAYS)
    is_asked = post.c.profession == profession if profession else literal(value=True)
    holds = and_(is_asked, holds_on(post, today))
    posts = (
        select(
            post.c.person_id,
            func.bool_or(holds).label("is_at_work"),
            func.coalesce(func.bool_or(and_(holds, post.c.from_on > since)), literal(value=False)).label("is_new"),
            func.bool_or(holds_on(post, since)).label("was_here"),
        )
        .group_by(post.c.person_id)
        .having(func.bool_or(is_asked))
        .cte("posts")
    )
    away = select(leave.c.person_id).where(holds_on(leave, today)).distinct().cte("away")
    return (
        select(
            person.c.id,
            person.c.family_name,
            person.c.given_name,
            posts,
            away.c.person_id.is_not(None).label("is_away"),
        )
        .join(posts, posts.c.person_id == person.c.id)
        .outerjoin(away, away.c.person_id == person.c.id)
        .where(person.c.merged_into.is_(None), person.c.erased_on.is_(None))
        .cte("everybody")
    )


def _is(chip: PeopleChip, every: CTE) -> ColumnElement[bool]:
    return {
        PeopleChip.AT_WORK: every.c.is_at_work,
        PeopleChip.ON_LEAVE: and_(every.c.is_at_work, every.c.is_away),
        PeopleChip.JOINED: and_(every.c.is_new, ~every.c.was_here),
        PeopleChip.MOVED: and_(every.c.is_new, every.c.was_here),
        PeopleChip.LEFT: ~every.c.is_at_work,
    }[chip]


def _posts(person_id: ColumnElement[UUID], today: date | None) -> Any:
    """As JSON; None: of all days."""
    shown = func.json_build_object(
        "organisation", organisation.c.name, "profession", post.c.profession, "until_on", post.c.until_on
    )
    query = (
        select(func.json_agg(shown))
        .join_from(post, organisation, organisation.c.id == post.c.organisation_id)
        .where(post.c.person_id == person_id)
    )
    return (query.where(holds_on(post, today)) if today else query).scalar_subquery()


def _line(row: Any) -> PersonLine:
    posts = [
        PostShown(
            one["organisation"],
            Profession(one["profession"]),
            date.fromisoformat(one["until_on"]) if one["until_on"] else None,
        )
        for one in row.posts or ()
    ]
    name = f"{row.given_name} {row.family_name}".strip()
    return PersonLine(row.id, name, posts, row.on_leave_until, row.is_on_leave)

"""Who works with babies here? By family name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

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
        found = select(person.c.id, person.c.family_name, person.c.given_name).where(*_conditions(work.today, chosen))
        lines = cut_page(
            found.cte("found"),
            lambda one: [func.lower(one.c.family_name), func.lower(one.c.given_name), one.c.id],
            cut,
        )
        posts = _posts(lines.c.id, None if chosen.chip is PeopleChip.LEFT else work.today)
        away = select(leave.c.until_on).where(leave.c.person_id == lines.c.id, holds_on(leave, work.today)).limit(1)
        return select(
            lines,
            posts.label("posts"),
            away.scalar_subquery().label("on_leave_until"),
            exists(away).label("is_on_leave"),
        ).order_by(func.lower(lines.c.family_name), func.lower(lines.c.given_name), lines.c.id)

    return Found(query, _line)


async def people_counts(work: UnitOfWork, chosen: PeopleFilter) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    of = {chip: and_(*_conditions(work.today, PeopleFilter(chip, chosen.profession))) for chip in PeopleChip}
    counted = [func.count().filter(condition).label(chip.value) for chip, condition in of.items()]
    row = (await work.session.execute(select(*counted).select_from(person))).one()
    return {chip: getattr(row, chip.value) for chip in PeopleChip}


def _conditions(today: date, chosen: PeopleFilter) -> list[ColumnElement[bool]]:
    """A merged person is found by who they turned out to be, an erased one by nobody."""
    since = today - timedelta(RECENT_DAYS)
    its = [post.c.person_id == person.c.id, *([post.c.profession == chosen.profession] if chosen.profession else [])]
    is_at_work = exists(select(post.c.id).where(*its, holds_on(post, today)))
    is_away = exists(select(leave.c.id).where(leave.c.person_id == person.c.id, holds_on(leave, today)))
    is_new = exists(select(post.c.id).where(*its, holds_on(post, today), post.c.from_on > since))
    was_here = exists(select(post.c.id).where(post.c.person_id == person.c.id, holds_on(post, since)))
    chips = {
        PeopleChip.AT_WORK: is_at_work,
        PeopleChip.ON_LEAVE: and_(is_at_work, is_away),
        PeopleChip.JOINED: and_(is_new, ~was_here),
        PeopleChip.MOVED: and_(is_new, was_here),
        PeopleChip.LEFT: and_(~is_at_work, exists(select(post.c.id).where(*its))),
    }
    return [person.c.merged_into.is_(None), person.c.erased_on.is_(None), chips[chosen.chip]]


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

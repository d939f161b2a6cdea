"""Which champions are active, and who lapses next and why? Those who lapse soonest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.training.certificates.domain.refresh import Held
from services.training.coverage.domain.champion import COURSE, Champion, ChampionState, champion_on
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import champion_activity, organisation, person, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.database.built_once import TODAY, built_once
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChampionLine:
    person_id: UUID
    name: str
    works: str
    held: Held
    last_done_on: date | None
    in_a_year: int
    """What they did in the last 365 days."""
    today: Champion


async def champion_list(work: UnitOfWork) -> Sequence[ChampionLine]:
    """All who ever were one and are at work, by one statement: few hundred at most."""
    rows = await work.session.execute(_champions(), {TODAY.key: work.today})
    return sorted((_line(row, work.today) for row in rows), key=_order)


@built_once
def _champions() -> Select[*tuple[Any, ...]]:
    newest = (
        select(completion.c.person_id, completion.c.held_from, completion.c.until_on)
        .ext(distinct_on(completion.c.person_id))
        .where(completion.c.course == COURSE, completion.c.withdrawn_at.is_(None))
        .order_by(completion.c.person_id, completion.c.until_on.desc().nulls_first())
        .cte("newest")
    )
    done = (
        select(
            champion_activity.c.person_id,
            func.max(champion_activity.c.done_on).label("last_done_on"),
            func.count().filter(champion_activity.c.done_on > TODAY - 365).label("in_a_year"),
        )
        .group_by(champion_activity.c.person_id)
        .cte("done")
    )
    labels = case({one.value: one.label for one in Profession}, value=post.c.profession)
    theirs = post.c.person_id == person.c.id, holds_on(post, TODAY)
    works = (
        select(func.string_agg(labels + ", " + organisation.c.name, "; "))
        .join_from(post, organisation, organisation.c.id == post.c.organisation_id)
        .where(*theirs)
        .scalar_subquery()
    )
    return (
        select(
            person.c.id,
            person.c.given_name,
            person.c.family_name,
            newest.c.held_from,
            newest.c.until_on,
            done.c.last_done_on,
            done.c.in_a_year,
            works.label("works"),
        )
        .join(newest, newest.c.person_id == person.c.id)
        .outerjoin(done, done.c.person_id == person.c.id)
        .where(person.c.merged_into.is_(None), person.c.erased_on.is_(None), exists(select(post.c.id).where(*theirs)))
    )


def _line(row: Any, today: date) -> ChampionLine:
    held = Held(row.held_from, row.until_on)
    name = f"{row.given_name} {row.family_name}"
    now = champion_on(today, held, row.last_done_on)
    return ChampionLine(row.id, name, row.works or "", held, row.last_done_on, row.in_a_year or 0, now)


def _order(line: ChampionLine) -> tuple[bool, date, str]:
    is_active = line.today.state is ChampionState.ACTIVE
    return not is_active, line.today.lapses_on or date.max, line.name.casefold()

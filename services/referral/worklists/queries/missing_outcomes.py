"""Whose outcome cannot be known, because a measure is missing and nobody said why?

A pair is two scores of one measure, by the same person about the same baby, 14 days apart or more. Care never waits for
a measure, so every line can be settled by a reason. Source: reference 2.3 and 4.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import discharge
from services.referral.database.measure_tables import measure_administration, measure_skip
from services.referral.database.tables import episode
from services.referral.measures.domain.measure_pair import DAYS_APART
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.worklists.queries.caseload import open_episode, shown_episodes, whose_families
from services.referral.worklists.queries.family_shown import FamilyShown, babys_name, family_shown
from services.referral.worklists.queries.need_columns import lacks_first_measure
from shared.contracts.pathway_codes import EpisodeEnding, MeasureTimepoint
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY, built_once
from shared.database.mapping import read_row
from shared.staff.colleagues import Colleague
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page

DAYS_SHOWN = 365
"""How long after its end an episode is listed: what was not asked a year ago can no longer be found out."""

_NOT_ASKED_AFTER = (EpisodeEnding.BABY_DIED, EpisodeEnding.CARER_DIED)


class MissingOutcome(Code):
    """A measure that nobody gave a reason for leaving out."""

    START = "start", "No first measure"
    PAIR = "pair", "No second measure"


class MissingOrder(Code):
    OPEN = "open", "Open families first"
    NAME = "name", "Name"
    FIRST_VISIT = "first_visit", "First visit"


@dataclass(frozen=True)
class MissingFilter:
    whose: Whose | Colleague = Whose.TEAM
    missing: MissingOutcome | None = None
    order: MissingOrder = MissingOrder.OPEN


@dataclass(frozen=True)
class MissingLine:
    """One family whose outcome is not known."""

    family: FamilyShown
    reference: str
    missing: MissingOutcome
    first_contact_on: date
    ended_on: date | None
    """None while the work goes on: the measure can still be asked for."""
    lead_name: str | None


def missing_outcomes(asking: Asking, chosen: MissingFilter) -> Listing[MissingLine]:
    """Families with whom the work goes on first, as their measure can still be asked for; then the newest endings."""
    return Found(partial(_cut, chosen), partial(_line, asking=asking), asking.known)


async def missing_counts(session: AsyncSession, asking: Asking, whose: Whose | Colleague) -> Mapping[Code | None, int]:
    """How many families lack each, and, by None, how many outcomes are missing in all; one statement."""
    numbers = (await session.execute(_counts(whose), asking.known)).one()
    return {None: sum(numbers), **dict(zip(MissingOutcome, numbers, strict=True))}


@built_once
def _counts(whose: Whose | Colleague) -> Select[Any]:
    counts = [_found(missing, whose).with_only_columns(func.count()) for missing in MissingOutcome]
    columns: list[ColumnElement[Any]] = [count.scalar_subquery() for count in counts]
    return select(*columns)


@built_once
def _cut(chosen: MissingFilter, cut: Cut | None) -> Select[Any]:
    wanted = [chosen.missing] if chosen.missing else list(MissingOutcome)
    found = union_all(*(_found(missing, chosen.whose) for missing in wanted)).cte("found")
    if chosen.order is MissingOrder.NAME:
        name = babys_name(found.c.family_id).label("name")
        found = select(found, name).cte("named")
    order = partial(_order, chosen.order)
    shown = cut_page(found, order, cut)
    return shown_episodes(shown, shown.c.missing).order_by(*order(shown))


def _order(order: MissingOrder, found: FromClause) -> list[ColumnElement[Any]]:
    usual: list[ColumnElement[Any]] = [found.c.ended_on.desc().nulls_first(), found.c.first_contact_on, found.c.id]
    match order:
        case MissingOrder.OPEN:
            return usual
        case MissingOrder.NAME:
            return [found.c.name.nulls_last(), *usual]
        case MissingOrder.FIRST_VISIT:
            return [found.c.first_contact_on, *usual]


def _found(missing: MissingOutcome, whose: Whose | Colleague) -> Select[Any]:
    is_start = missing is MissingOutcome.START
    condition = open_episode() & lacks_first_measure() if is_start else _no_pair()
    columns: list[ColumnElement[Any]] = [
        episode.c.id,
        episode.c.family_id,
        episode.c.ended_on,
        episode.c.first_contact_on,
        literal(missing.value).label("missing"),
    ]
    return select(*columns).where(episode.c.first_contact_on.is_not(None), condition, *whose_families(whose))


def _no_pair() -> ColumnElement[bool]:
    """The work ended lately, and there is neither a pair nor a reason for none."""
    since = TODAY - DAYS_SHOWN
    told = select(discharge.c.episode_id).where(
        discharge.c.without_measures.is_not(None), discharge.c.undone_on.is_(None)
    )
    return and_(
        episode.c.ended_on >= since,
        episode.c.ending.not_in(_NOT_ASKED_AFTER),
        episode.c.id.not_in(told),
        episode.c.id.not_in(_skipped(MeasureTimepoint.END)),
        episode.c.id.not_in(_paired(since)),
    )


def _skipped(timepoint: MeasureTimepoint) -> Select[tuple[UUID]]:
    return select(measure_skip.c.episode_id).where(measure_skip.c.timepoint == timepoint)


def _paired(since: ColumnElement[date]) -> Select[tuple[UUID]]:
    """Episodes that ended since then and have a pair."""
    taken, later, ended = measure_administration, measure_administration.alias("later"), episode.alias("ended")
    corrected = exists().where(later.c.supersedes == taken.c.id).correlate(taken)
    series = (taken.c.code, taken.c.definition_version, taken.c.variant, taken.c.respondent)
    return (
        select(taken.c.episode_id)
        .join_from(ended, taken, taken.c.episode_id == ended.c.id)
        .where(ended.c.ended_on >= since, taken.c.scored, ~taken.c.withdrawn, ~corrected)
        .group_by(taken.c.episode_id, *series, taken.c.person_id, taken.c.baby_id)
        .having(func.max(taken.c.answered_on) - func.min(taken.c.answered_on) >= DAYS_APART.days)
    )


def _line(row: Any, asking: Asking) -> MissingLine:
    return read_row(MissingLine, row, family=family_shown(row.family_id, row.people, asking.today))

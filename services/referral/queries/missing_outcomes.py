"""Whose outcome cannot be known, because a measure is missing and nobody said why?

A pair is two scores of one measure, by the same person about the same baby, 14 days apart or more. Care never waits for
a measure, so every line can be settled by a reason. Source: reference 2.3 and 4.1.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import assessment, discharge
from services.referral.database.measure_tables import measure_administration, measure_skip
from services.referral.database.tables import colleague, episode, referral
from services.referral.domain.measure_pair import DAYS_APART
from services.referral.queries.asking import Asking
from services.referral.queries.caseload import Whose, open_episode, whose_families
from services.referral.queries.family_shown import FamilyShown, family_shown, with_people
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from shared.contracts.pathway_codes import EpisodeEnding, MeasureTimepoint
from shared.contracts.vocabulary import Code

SHOWN_FOR = timedelta(days=365)
"""How long after its end an episode is listed: what was not asked a year ago can no longer be found out."""

_NOT_ASKED_AFTER = (EpisodeEnding.BABY_DIED, EpisodeEnding.CARER_DIED)


class MissingOutcome(Code):
    START = "start", "No first measure, and no reason why"
    PAIR = "pair", "Ended without a second measure, and no reason why"


@dataclass(frozen=True)
class MissingFilter:
    whose: Whose = Whose.TEAM
    missing: MissingOutcome | None = None


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


async def missing_outcomes(
    session: AsyncSession, asking: Asking, chosen: MissingFilter, *, page: int | None = 1
) -> PageOf[MissingLine]:
    """Families with whom the work goes on first, as their measure can still be asked for; then the newest endings.

    Args:
        page: from 1; None gives all of them.
    """
    query = _of_the_page(asking, chosen)
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    found = (await session.execute(with_people(query, asking))).all()
    return PageOf([_line(row, asking) for row in found], found[0].total if found else 0, page or 1)


def _of_the_page(asking: Asking, chosen: MissingFilter) -> Select[Any]:
    start, pair = _no_start(), _no_pair(asking.today)
    wanted = {MissingOutcome.START: start, MissingOutcome.PAIR: pair, None: or_(start, pair)}[chosen.missing]
    order = [episode.c.ended_on.desc().nulls_first(), episode.c.first_contact_on, episode.c.id]
    place = func.row_number().over(order_by=order).label("place")
    return (
        select(
            episode,
            referral.c.reference,
            colleague.c.name.label("lead_name"),
            case((start, MissingOutcome.START.value), else_=MissingOutcome.PAIR.value).label("missing"),
            func.count().over().label("total"),
            place,
        )
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
        .where(episode.c.first_contact_on.is_not(None), wanted, *whose_families(chosen.whose, asking.actor))
        .order_by(place)
    )


def _no_start() -> ColumnElement[bool]:
    """The work goes on, and there is neither a first measure nor a reason for none."""
    reason = exists().where(assessment.c.episode_id == episode.c.id, assessment.c.without_baseline.is_not(None))
    return and_(open_episode(), episode.c.baseline_on.is_(None), ~reason, ~_skipped(MeasureTimepoint.START))


def _no_pair(today: date) -> ColumnElement[bool]:
    """The work ended within the year, and there is neither a pair nor a reason for none."""
    reason = exists().where(
        discharge.c.episode_id == episode.c.id,
        discharge.c.without_measures.is_not(None),
        discharge.c.undone_on.is_(None),
    )
    ended = and_(episode.c.ended_on >= today - SHOWN_FOR, episode.c.ending.not_in(_NOT_ASKED_AFTER))
    return and_(ended, ~reason, ~_skipped(MeasureTimepoint.END), ~_paired())


def _skipped(timepoint: MeasureTimepoint) -> ColumnElement[bool]:
    return exists().where(measure_skip.c.episode_id == episode.c.id, measure_skip.c.timepoint == timepoint)


def _paired() -> ColumnElement[bool]:
    taken, later = measure_administration, measure_administration.alias("later")
    corrected = exists().where(later.c.supersedes == taken.c.id)
    series = (taken.c.code, taken.c.definition_version, taken.c.variant, taken.c.respondent)
    return (
        select(taken.c.code)
        .where(taken.c.episode_id == episode.c.id, ~taken.c.withdrawn, ~corrected)
        .group_by(*series, taken.c.person_id, taken.c.baby_id)
        .having(func.max(taken.c.answered_on) - func.min(taken.c.answered_on) >= DAYS_APART.days)
        .correlate(episode)
        .exists()
    )


def _line(row: Any, asking: Asking) -> MissingLine:
    return MissingLine(
        family=family_shown(row.family_id, row.people, asking.today),
        reference=row.reference,
        missing=MissingOutcome(row.missing),
        first_contact_on=row.first_contact_on,
        ended_on=row.ended_on,
        lead_name=row.lead_name,
    )

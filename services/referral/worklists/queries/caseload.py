"""Which families does the team work with, and who needs it next?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, FromClause, Select, Subquery, Text, case, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode, referral
from services.referral.measures.domain.measure_pair import Taken
from services.referral.measures.queries.last_scores import scores_of_episode, taken_in
from services.referral.people.domain.support import Support
from services.referral.staff.queries.asking import Asking, ListRules, Whose
from services.referral.support.queries.wait_columns import REFERRAL, accepted_rules, breach_on, history_of, is_paused
from services.referral.team.domain.need import Needed
from services.referral.team.domain.wait_clock import Wait, read_clocks
from services.referral.worklists.queries.caseload_part import CaseloadPart, parts_of_caseload
from services.referral.worklists.queries.family_shown import FamilyShown, babys_name, family_shown, people_of
from services.referral.worklists.queries.need_columns import (
    NeedColumns,
    needs_of_row,
    open_safety_tasks,
    safety_of,
    seen_on,
)
from shared.contracts.pathway_codes import Attendance, WaitClock
from shared.contracts.vocabulary import Code, Level, Tier, Urgency
from shared.database.built_once import NOW, READER, built_once
from shared.database.mapping import read_row
from shared.staff.colleagues import Colleague
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.staff.tables import colleague

CONTACTS_SHOWN = 8


class CaseloadOrder(Code):
    NEED = "need", "Who needs us next"
    NAME = "name", "Name"
    TIER = "tier", "Highest tier"
    WAIT = "longest_wait", "Longest wait for help"
    LAST_CONTACT = "last_contact", "Longest since contact"
    NEXT = "next", "Next appointment"
    REVIEW = "next_review", "Next review"
    NEWEST = "newest", "Newest"


@dataclass(frozen=True)
class CaseloadFilter:
    whose: Whose | Colleague = Whose.TEAM
    tier: Tier | None = None
    need: CaseloadPart | None = None
    order: CaseloadOrder = CaseloadOrder.NEED


@dataclass(frozen=True)
class CaseloadLine:
    """One family that gets support."""

    family: FamilyShown
    episode_id: UUID
    reference: str
    needs: Sequence[Needed]
    """The most pressing first; nothing when the family can wait."""
    safety_task_id: UUID | None
    """The first safety task that is due; None when none is open."""
    support: Support
    urgency: Urgency
    lead_name: str | None
    is_paused: bool
    """The work is paused today, so no contact is missed."""
    opened_on: date
    help: Wait
    """Until help starts."""
    contacts: Sequence[Attendance]
    """What became of the last eight, the oldest first."""
    scores: Sequence[Taken]
    """On the measures that were asked for, in no order."""
    last_contact_on: date | None
    next_contact_at: datetime | None
    """UTC; None when nothing is booked."""
    review_on: date
    review_overdue: bool
    """It was due before today."""


def caseload(asking: Asking, chosen: CaseloadFilter, measured: Collection[str] = ()) -> Listing[CaseloadLine]:
    """Families whose support has not ended, in the order that was chosen.

    Args:
        measured: codes of the measures whose scores a line has.
    """
    return Found(partial(_cut, asking.rules, chosen, tuple(measured)), partial(_line, asking=asking), asking.known)


async def caseload_counts(session: AsyncSession, asking: Asking, chosen: CaseloadFilter) -> Mapping[Code | None, int]:
    """How many families each choice would show: the parts of what is chosen otherwise, None all of it; and whose.

    One statement.
    """
    query = _counts(asking.rules, chosen.whose, chosen.tier)
    numbers = (await session.execute(query, asking.known)).one()
    return dict(zip((None, *CaseloadPart, *Whose), numbers, strict=True))


@built_once
def _counts(rules: ListRules, whose: Whose | Colleague, tier: Tier | None) -> Select[Any]:
    safety = open_safety_tasks()
    shown = [open_episode(), *of_tier(tier)]
    parts = parts_of_caseload(rules, safety)
    theirs = [select(func.count(episode.c.id)).where(*shown, *whose_families(one)).correlate(None) for one in Whose]
    columns: list[ColumnElement[Any]] = [
        func.count(),
        *(func.count().filter(parts[part]) for part in CaseloadPart),
        *(count.scalar_subquery() for count in theirs),
    ]
    return (
        select(*columns)
        .select_from(episode)
        .join(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(safety, safety.c.family_id == episode.c.family_id)
        .where(*shown, *whose_families(whose))
    )


def open_episode() -> ColumnElement[bool]:
    """The family gets support: in the words of the index `episode_open_once`, which a parameter would not be."""
    return episode.c.ended_on.is_(None) & (episode.c.level != literal_column(f"'{Level.COMMUNITY.value}'"))


@built_once
def _cut(rules: ListRules, chosen: CaseloadFilter, measured: tuple[str, ...], cut: Cut | None) -> Select[Any]:
    safety = open_safety_tasks()
    needs = NeedColumns(rules, safety)
    sorted_by = _sorted_by(chosen.order, rules)
    found = (
        select(episode.c.id, *needs.found, *sorted_by)
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .outerjoin(safety, safety.c.family_id == episode.c.family_id)
        .where(open_episode(), *whose_families(chosen.whose), *of_tier(chosen.tier))
    )
    if chosen.need:
        found = found.where(parts_of_caseload(rules, safety)[chosen.need])
    order = partial(_order, chosen.order, needs)
    shown = cut_page(found.cte("found"), order, cut)
    more = (
        *REFERRAL,
        *safety_of(shown),
        shown.c.quiet_since,
        is_paused().label("is_paused"),
        last_contacts(),
        scores_of_episode(measured),
    )
    return shown_episodes(shown, *more).order_by(*order(shown))


def last_contacts() -> ColumnElement[Any]:
    """What became of the latest contacts of a row's episode, the latest first, as one value, `contacts`."""
    latest = aggregate_order_by(
        contact.c.attendance, contact.c.held_on.desc(), contact.c.starts_at.desc().nulls_last(), contact.c.id.desc()
    )
    every = func.array_agg(latest, type_=ARRAY(Text))[1:CONTACTS_SHOWN]
    told = (contact.c.episode_id == episode.c.id, contact.c.attendance.is_not(None))
    return select(every).where(*told).scalar_subquery().label("contacts")


def shown_episodes(shown: Subquery, *more: ColumnElement[Any]) -> Select[Any]:
    """What a line shows of each episode of a page, besides what its list asks for."""
    return (
        select(
            episode,
            referral.c.reference,
            colleague.c.name.label("lead_name"),
            shown.c.total,
            people_of(episode.c.family_id),
            *more,
        )
        .join_from(shown, episode, episode.c.id == shown.c.id)
        .join(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
    )


def whose_families(whose: Whose | Colleague) -> list[ColumnElement[bool]]:
    match whose:
        case Colleague():
            return [episode.c.lead_id == whose.id]
        case Whose.MINE:
            return [episode.c.lead_id == READER]
        case Whose.NOBODY:
            return [episode.c.lead_id.is_(None)]
        case Whose.TEAM:
            return []


def of_tier(tier: Tier | None) -> list[ColumnElement[bool]]:
    match tier:
        case None:
            return []
        case Tier.RISK:
            return [episode.c.risk_support, ~episode.c.direct_work]
        case _:
            return [episode.c.level == tier, ~episode.c.risk_support | episode.c.direct_work]


def _sorted_by(order: CaseloadOrder, rules: ListRules) -> list[ColumnElement[Any]]:
    """The column of what was found by which it is sorted, `by`; none where the needs sort it."""
    booked = case((episode.c.next_contact_at >= NOW, episode.c.next_contact_at))
    columns: dict[CaseloadOrder, ColumnElement[Any]] = {
        CaseloadOrder.NAME: babys_name(episode.c.family_id),
        CaseloadOrder.TIER: case(*((episode.c.level == level, -place) for place, level in enumerate(Level))),
        CaseloadOrder.WAIT: breach_on(rules.waits[WaitClock.HELP_STARTED]),
        CaseloadOrder.LAST_CONTACT: seen_on(),
        CaseloadOrder.NEXT: booked,
        CaseloadOrder.REVIEW: episode.c.review_on,
        CaseloadOrder.NEWEST: -func.extract("epoch", episode.c.opened_on),
    }
    return [columns[order].label("sorted_by")] if order in columns else []


def _order(order: CaseloadOrder, needs: NeedColumns, found: FromClause) -> list[ColumnElement[Any]]:
    by = needs.order(found) if order is CaseloadOrder.NEED else [found.c.sorted_by.nulls_last()]
    return [*by, found.c.id]


def _line(row: Any, asking: Asking) -> CaseloadLine:
    is_booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    history = history_of(row)
    waits = read_clocks(history, asking.today, accepted_rules(asking.rules.waits))
    return read_row(
        CaseloadLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        episode_id=row.id,
        needs=needs_of_row(row, history, waits, asking),
        help=next(wait for wait in waits if wait.clock is WaitClock.HELP_STARTED),
        contacts=[Attendance(one) for one in reversed(row.contacts or ())],
        scores=taken_in(row.scores),
        next_contact_at=row.next_contact_at if is_booked else None,
        review_overdue=row.review_on < asking.today,
    )

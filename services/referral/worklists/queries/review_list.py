"""Which families should be reviewed, and which review is late? The longest overdue comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode
from services.referral.people.domain.support import Support
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.worklists.queries.caseload import open_episode, shown_episodes, whose_families
from services.referral.worklists.queries.family_shown import FamilyShown, babys_name, family_shown
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY, built_once
from shared.database.mapping import read_row
from shared.staff.colleagues import Colleague
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page

DAYS_AHEAD = 28


class ReviewsDue(Code):
    SOON = "soon", "Due in 4 weeks"
    OVERDUE = "overdue", "Overdue"
    ALL = "all", "All planned"


class ReviewOrder(Code):
    DUE = "review_due", "Longest overdue"
    NAME = "name", "Name"
    NEWEST = "newest", "Start date"


@dataclass(frozen=True)
class ReviewFilter:
    whose: Whose | Colleague = Whose.TEAM
    due: ReviewsDue = ReviewsDue.SOON
    """What is overdue is due in 4 weeks too."""
    order: ReviewOrder = ReviewOrder.DUE


@dataclass(frozen=True)
class ReviewLine:
    """One family whose review is planned."""

    family: FamilyShown
    reference: str
    support: Support
    review_on: date
    days_over: int
    """Days since it was due; 0 on the day and before."""
    opened_on: date
    contacts_attended: int
    last_contact_on: date | None
    lead_name: str | None


def review_list(asking: Asking, chosen: ReviewFilter) -> Listing[ReviewLine]:
    """Families whose support has not ended, by the day on which their review is due."""
    return Found(partial(_cut, chosen), partial(_line, asking=asking), asking.known)


async def review_counts(session: AsyncSession, asking: Asking, whose: Whose | Colleague) -> Mapping[Code | None, int]:
    """How many reviews each choice of what is due would show; one statement."""
    return dict(zip(ReviewsDue, (await session.execute(_counts(whose), asking.known)).one(), strict=True))


@built_once
def _counts(whose: Whose | Colleague) -> Select[Any]:
    due = _due()
    columns: list[ColumnElement[Any]] = [func.count().filter(due[one]) for one in ReviewsDue]
    return select(*columns).where(open_episode(), *whose_families(whose))


@built_once
def _cut(chosen: ReviewFilter, cut: Cut | None) -> Select[Any]:
    columns: Mapping[ReviewOrder, ColumnElement[Any]] = {
        ReviewOrder.DUE: episode.c.review_on,
        ReviewOrder.NAME: babys_name(episode.c.family_id),
        ReviewOrder.NEWEST: -func.extract("epoch", episode.c.opened_on),
    }
    found = (
        select(episode.c.id, episode.c.review_on, columns[chosen.order].label("sorted_by"))
        .where(open_episode(), _due()[chosen.due], *whose_families(chosen.whose))
        .cte("found")
    )
    shown = cut_page(found, _order, cut)
    return shown_episodes(shown).order_by(*_order(shown))


def _order(found: FromClause) -> list[ColumnElement[Any]]:
    return [found.c.sorted_by.nulls_last(), found.c.review_on, found.c.id]


def _due() -> Mapping[ReviewsDue, ColumnElement[bool]]:
    return {
        ReviewsDue.SOON: episode.c.review_on <= TODAY + DAYS_AHEAD,
        ReviewsDue.OVERDUE: episode.c.review_on < TODAY,
        ReviewsDue.ALL: true(),
    }


def _line(row: Any, asking: Asking) -> ReviewLine:
    return read_row(
        ReviewLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        days_over=max(0, (asking.today - row.review_on).days),
    )

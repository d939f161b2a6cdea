"""Which families should be reviewed, and which review is late? The longest overdue comes first."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from services.referral.database.tables import episode
from services.referral.people.domain.support import Support
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.worklists.queries.caseload import open_episode, shown_episodes, whose_families
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown
from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page

DAYS_AHEAD = 28


class ReviewsDue(Code):
    SOON = "soon", "Overdue, and within 28 days"
    OVERDUE = "overdue", "Overdue only"
    ALL = "all", "All that are planned"


@dataclass(frozen=True)
class ReviewFilter:
    whose: Whose = Whose.TEAM
    due: ReviewsDue = ReviewsDue.SOON


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
    lead_name: str | None


def review_list(asking: Asking, chosen: ReviewFilter) -> Listing[ReviewLine]:
    """Families whose support has not ended, by the day on which their review is due."""
    return Found(partial(_cut, asking, chosen), partial(_line, asking=asking))


def _cut(asking: Asking, chosen: ReviewFilter, cut: Cut | None) -> Select[Any]:
    found = (
        select(episode.c.id, episode.c.review_on)
        .where(open_episode(), *_due(chosen.due, asking.today), *whose_families(chosen.whose, asking.actor))
        .cte("found")
    )
    shown = cut_page(found, _order, cut)
    return shown_episodes(shown, asking).order_by(*_order(shown))


def _order(found: FromClause) -> list[ColumnElement[Any]]:
    return [found.c.review_on, found.c.id]


def _due(due: ReviewsDue, today: date) -> list[ColumnElement[bool]]:
    match due:
        case ReviewsDue.OVERDUE:
            return [episode.c.review_on < today]
        case ReviewsDue.SOON:
            return [episode.c.review_on <= today + timedelta(DAYS_AHEAD)]
        case ReviewsDue.ALL:
            return []


def _line(row: Any, asking: Asking) -> ReviewLine:
    return read_row(
        ReviewLine,
        row,
        family=family_shown(row.family_id, row.people, asking.today),
        days_over=max(0, (asking.today - row.review_on).days),
    )

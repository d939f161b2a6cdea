"""Supervision of the team: who is behind, the worst first; months stand beside it and are not judged."""

from collections.abc import Sequence

from fastapi import APIRouter
from markupsafe import Markup

from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.domain.supervision_access import leads
from services.consultation.supervision.domain.supervision_balance import SESSION_MINUTES
from services.consultation.supervision.queries.session_list import names_of
from services.consultation.supervision.queries.supervision_months import MonthLine, supervision_months
from services.consultation.supervision.queries.supervision_team import (
    TeamChip,
    TeamOrder,
    TeamSupervision,
    TeamSupervisionFilter,
    TeamSupervisionLine,
    supervision_team,
)
from services.consultation.supervision.web.balance_page import share_words
from services.consultation.supervision.web.balance_words import clock_hours, standing_of
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, Frame, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.web.line_drawing import Colour, level_bar, wait_bar

router = APIRouter(prefix="/supervision")


async def _team(asked: Asked[TeamSupervisionFilter]) -> TeamSupervision:
    """Reckoned once for each page."""
    state = asked.request.state
    if not hasattr(state, "supervision_team"):
        state.supervision_team = await supervision_team(asked.work)
    return state.supervision_team


async def _find(asked: Asked[TeamSupervisionFilter]) -> Listing[TeamSupervisionLine]:
    return Lines((await _team(asked)).chosen(asked.chosen))


async def _counts(asked: Asked[TeamSupervisionFilter]) -> Counts:
    return (await _team(asked)).counts


async def _more(asked: Asked[TeamSupervisionFilter]) -> Frame:
    team, work = await _team(asked), asked.work
    return {
        "team": team,
        "is_lead": leads(work.actor),
        "months": await supervision_months(work, team.records),
        "rule": team.rules.on(work.today),
        "names": await names_of(work),
        "hours": clock_hours,
        "standing": standing_of,
        "bar": balance_bar,
        "month_bar": month_bar,
        "post": post_words,
        "today": work.today,
    }


def balance_bar(line: TeamSupervisionLine) -> Markup:
    """Level in the middle, and a tick where an hour is missing."""
    minutes = line.balance.minutes
    colour = Colour.LATE if line.balance.is_behind else Colour.NEAR if minutes < 0 else Colour.OK
    return level_bar(minutes, -SESSION_MINUTES, colour, standing_of(line.balance))


def month_bar(line: MonthLine) -> Markup:
    percent = line.balance.percent or 0
    return wait_bar(percent, 100, Colour.OK, f"{percent}%", targets=1)


def post_words(line: TeamSupervisionLine) -> str:
    """`0.6, in year 2`."""
    return share_words(line.terms) + (f", in year {line.year}" if line.year else "")


def _mark(line: TeamSupervisionLine) -> Mark | None:
    return Mark.ALARM if line.balance.is_behind else None


_COLUMNS: Sequence[Column[TeamSupervisionLine]] = (
    Column("Person", lambda line: line.name, cell="person", heads_row=True, place="who", order=TeamOrder.NAME),
    Column("Of full time", lambda line: f"{line.terms.share.normalize():f}"),
    Column("Year of experience", lambda line: line.year),
    Column("On long leave since", lambda line: line.leave_since),
    Column("Owed", cell="owed", is_number=True, place="owed"),
    Column("Minutes owed in 84 days", lambda line: round(line.balance.owed)),
    Column("Given", cell="given", is_number=True, place="given"),
    Column("Minutes given in 84 days", lambda line: round(line.balance.given)),
    Column("Balance", lambda line: line.balance.minutes, cell="balance", place="balance", order=TeamOrder.BALANCE),
    Column("Behind", lambda line: line.balance.is_behind),
    Column("Next booked", lambda line: line.next.meeting.starts_at if line.next else None, cell="next", place="last"),
    Column("Supervisor is line manager", lambda line: line.terms.is_managed_by_supervisor),
    Column("Hour needed by", lambda line: line.needed_by, cell="needed", place="next", order=TeamOrder.NEEDED),
    Column("Do", cell="do", place="do"),
)

TEAM = ListPage(
    path="/team",
    may=SUPERVISED,
    reads="supervision_team.read",
    exports="supervision_team.export",
    filters=(
        Filter("chip", TeamChip, "Show", every="All", is_chips=True, alarms=(TeamChip.BEHIND,)),
        Filter("order", TeamOrder, usual=TeamOrder.BALANCE),
    ),
    chosen=TeamSupervisionFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=_COLUMNS,
    template="supervision/team.html",
    more=_more,
    done={"rules": "The rules are saved. They count from their day on."},
    file_name="supervision-team.csv",
)
add_list(router, TEAM)

"""Colleagues, how many families each can carry, and the trainings that they hold."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK
from services.referral.staff.web.access import STAFF
from services.referral.support.domain.intervention import Course, KnownTraining
from services.referral.support.queries.colleague_trainings import (
    ColleagueFilter,
    ColleagueLine,
    colleague_trainings,
)
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[ColleagueFilter]) -> Listing[ColleagueLine]:
    return colleague_trainings(asked.work.today, asked.chosen)


async def _more(asked: Asked[ColleagueFilter]) -> dict[str, Any]:
    return {"today": asked.work.today, "is_lead": CAPABILITIES.holds(asked.work.actor.roles, LEAD_WORK)}


Held = tuple[ColleagueLine, KnownTraining | None]
"""A colleague with one of their trainings, or without any."""


def _held(line: ColleagueLine) -> Sequence[Held]:
    return [(line, held) for held in line.trainings] or [(line, None)]


_ON_THE_PAGE: Sequence[Column[ColleagueLine]] = (
    Column("Colleague", cell="colleague", heads_row=True),
    Column("Families they can have", cell="capacity"),
    Column("Trainings on record", cell="trainings"),
)
_IN_THE_FILE: Sequence[Column[Held]] = (
    Column("Colleague", lambda row: row[0].name),
    Column("Families they can have", lambda row: row[0].capacity),
    Column("Training", lambda row: row[1].held.course if row[1] else None),
    Column("Held from", lambda row: row[1].held.held_from if row[1] else None),
    Column("Until", lambda row: row[1].held.until_on if row[1] else None),
    Column("Source", lambda row: row[1].source if row[1] else None),
)

COLLEAGUES: ListPage[ColleagueFilter, Any] = ListPage(
    path="/colleagues",
    may=STAFF,
    reads="colleagues.read",
    exports="colleagues.export",
    filters=(Filter("course", Course, "Who holds", every="Everyone, with or without"),),
    chosen=ColleagueFilter,
    find=_find,
    columns=[*_ON_THE_PAGE, *_IN_THE_FILE],
    in_file=_held,
    template="governance/colleagues.html",
    more=_more,
    done={"training": "Saved", "capacity": "Saved"},
    file_name="colleagues.csv",
)
add_list(router, COLLEAGUES)

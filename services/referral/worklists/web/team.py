"""The team: who holds how much, by name. It is never a ranking."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import settings_of
from services.referral.worklists.queries.team_list import TeamLine, team_list
from shared.staff.column import PLAIN, Column
from shared.staff.list_page import Asked, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing

router = APIRouter()


async def _find(asked: Asked[Unfiltered]) -> Listing[TeamLine]:
    return Lines(await team_list(asked.work.session, asking_of(asked.request, asked.work)))


def _columns(asked: Asked[Unfiltered]) -> Sequence[Column[TeamLine]]:
    quiet_days = settings_of(asked.request).no_contact_days
    return (
        Column("Practitioner", lambda line: line.name, cell="practitioner", heads_row=True),
        Column("Open families", lambda line: line.open_families, cell=PLAIN, is_number=True),
        Column("Reviews overdue", lambda line: line.reviews_overdue, cell=PLAIN, is_number=True),
        Column(f"No contact for over {quiet_days} days", cell="quiet", is_number=True),
        Column("Long without contact", lambda line: line.long_without_contact),
        Column("Last contact with any of them", cell="last"),
        Column("Last contact", lambda line: line.last_contact_on),
    )


TEAM = ListPage(
    path="/team",
    may=STAFF,
    reads="team.read",
    exports="team.export",
    find=_find,
    columns=_columns,
    template="worklists/team.html",
    file_name="team.csv",
)
add_list(router, TEAM)

"""Groups: the list, and the register of one as a file."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.groups.database.groups import Groups
from services.referral.groups.queries.group_record import (
    GroupFilter,
    GroupLine,
    GroupState,
    RegisterLine,
    group_list,
    group_register,
)
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.domain.restricted_record import RESTRICTED
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.staff.column import PLAIN, Column
from shared.staff.download import Download, download_at
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[GroupFilter]) -> Listing[GroupLine]:
    return group_list(asked.chosen)


async def _more(asked: Asked[GroupFilter]) -> dict[str, Any]:
    return {"may_open": CAPABILITIES.holds(asked.work.actor.roles, RECORD_CONTACT)}


GROUPS = ListPage(
    path="/groups",
    may=STAFF,
    reads="groups.read",
    exports="groups.export",
    filters=(Filter("state", GroupState, "Groups", usual=GroupState.GOES_ON, is_chips=True),),
    chosen=GroupFilter,
    find=_find,
    columns=(
        Column("Group", lambda line: line.name, cell="group", heads_row=True, place="who"),
        Column("What it does", lambda line: line.intervention),
        Column("Practitioner", lambda line: line.practitioner_name, cell=PLAIN),
        Column("Where", lambda line: line.venue, cell=PLAIN),
        Column("Places taken", cell="places", is_number=True),
        Column("Places", lambda line: line.capacity),
        Column("Taken", lambda line: line.taken),
        Column("From", lambda line: line.starts_on, cell="days"),
        Column("Until", lambda line: line.ended_on),
        Column("Sessions so far", cell="sessions", is_number=True),
        Column("Sessions", lambda line: line.sessions),
        Column("What to do", cell="do", place="do"),
    ),
    template="groups/groups.html",
    more=_more,
    file_name="groups.csv",
)
add_list(router, GROUPS)


@download_at(router, "/groups/{group_id}/register.csv")
async def download_register(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Download[RegisterLine]:
    async with begin(request, actor) as work:
        await Groups(work).get(group_id)
        lines = await group_register(work, group_id)
        work.record("group.export", group_id)
    return Download("register.csv", _REGISTER, lines)


_REGISTER: Sequence[Column[RegisterLine]] = (
    Column("Day", lambda line: line.held_on),
    Column("Topic", lambda line: line.topic),
    Column("Minutes", lambda line: line.minutes),
    Column("Reference", lambda line: line.reference),
    Column("What happened", lambda line: RESTRICTED if line.is_restricted else line.attendance),
)

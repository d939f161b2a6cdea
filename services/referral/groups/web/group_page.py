"""One group: opening it, its page with who takes part and when it met, and what is changed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.groups.commands.end_group import EndGroup, end_group
from services.referral.groups.commands.leave_group import LeaveGroup, leave_group
from services.referral.groups.commands.open_group import open_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group
from services.referral.groups.queries.group_record import (
    GroupFilter,
    PlaceLine,
    SessionCount,
    group_list,
    group_members,
    group_register,
    sessions_of,
)
from services.referral.groups.web.forms.group import EndGroupForm, GroupForm
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.domain.still_open import OpenThing
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.queries.still_open import safety_open
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.forms.settling import SETTLING_ASKS, WHEN_OPEN, SafetyToForm, not_asked
from services.referral.staff.web.work import begin
from shared.contracts.pathway_codes import Venue
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.staff.answer_words import Ask, Offered, Words
from shared.staff.colleagues import Colleague, Colleagues
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/groups")

VENUES = [venue for venue in Venue if venue is not Venue.REMOTE]
DONE = {
    "opened": "Saved",
    "joined": "Added to the group",
    "left": "Removed from the group. What was recorded stays.",
    "ended": "Saved",
    "held": "Saved. Each family has the session on its own page.",
}
_TEMPLATE = "groups/group.html"


@dataclass(frozen=True)
class NewGroup:
    """Where a group is opened."""

    practitioners: Sequence[Colleague]
    today: date
    actor_id: UUID


@dataclass(frozen=True)
class GroupPlace:
    """A group with all that its page shows."""

    group: Group
    members: Sequence[PlaceLine]
    sessions: Sequence[SessionCount]
    leader: str | None
    may_change: bool
    safety_open: int
    """How much about the safety of those who take part nobody has answered."""
    practitioners: Sequence[Colleague]

    @property
    def address(self) -> str:
        return f"/groups/{self.group.id}"


@dataclass(frozen=True)
class Leaving:
    """Where a baby and a carer leave a group."""

    group: Group
    place_id: UUID
    still_open: Sequence[OpenThing]
    practitioners: Sequence[Colleague]


async def _read_new(work: UnitOfWork) -> NewGroup:
    return NewGroup(await practitioner_list(work.session), work.today, work.actor.id)


async def _read_leaving(work: UnitOfWork, group_id: UUID, place_id: UUID) -> Leaving:
    group = await Groups(work).get(group_id)
    family_id = group.place(place_id).family_id
    await check_family(work, family_id)
    work.record("group.read", group_id)
    return Leaving(group, place_id, await safety_open(work, {family_id}), await practitioner_list(work.session))


async def _read(work: UnitOfWork, request: Request, group_id: UUID) -> GroupPlace:
    group = await Groups(work).get(group_id)
    members = await group_members(work, asking_of(request, work), group_id)
    work.record("group.read", group_id)
    return GroupPlace(
        group,
        members,
        sessions_of(await group_register(work, group_id)),
        await Colleagues(work.session).name(group.practitioner_id),
        CAPABILITIES.holds(work.actor.roles, RECORD_CONTACT) and group.ended_on is None,
        len(await safety_open(work, {one.family_id for one in group.places if one.left_on is None})),
        await practitioner_list(work.session),
    )


def _shown(place: GroupPlace) -> dict[str, Any]:
    return {
        "group": place.group,
        "members": place.members,
        "taken": sum(1 for line in place.members if line.left_on is None),
        "sessions": place.sessions,
        "leader": place.leader,
        "may_change": place.may_change,
        "safety_open": place.safety_open,
        "practitioners": place.practitioners,
        "ending": END.blank(place),
    }


async def _alike(sent: Sent[NewGroup, GroupForm]) -> Words:
    """A group of the same name that has not ended."""
    lines = await group_list(GroupFilter()).whole(sent.work.session)
    same = [one for one in lines if one.name.casefold() == sent.form.name.casefold()]
    return [
        words
        for one in same[:1]
        for words in (("Group", one.name), ("Since", date_words(one.starts_on)), ("Led by", one.practitioner_name))
    ]


async def _open(sent: Sent[NewGroup, GroupForm]) -> str:
    await open_group(sent.form.to_command(sent.intention), sent.work)
    return f"/groups/{sent.intention}?done=opened"


SITE = Site(_read, lambda _: {"back": "/groups"})

OPEN = Screen(
    path="/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    site=Site(_read_new, lambda _: {"back": "/groups"}),
    form=GroupForm,
    suggested=lambda place: {"practitioner": place.actor_id, "starts_on": place.today},
    title="New group",
    asks={
        "intervention": Ask("What the group does"),
        "venue": Ask("Where"),
        "capacity": Ask("Places", "How many babies with a carer can take part"),
        "starts_on": Ask("From", "For example, 27 3 2026"),
    },
    choices=lambda place: {
        "practitioner": place.practitioners,
        "venue": [Offered(venue.value, venue.label) for venue in VENUES],
    },
    store=_open,
    alike=_alike,
    button="Save",
)
LEAVE = Screen(
    path="/{group_id}/places/{place_id}/leave",
    may=STAFF,
    capability=RECORD_CONTACT,
    site=Site(_read_leaving, lambda place: {"back": f"/groups/{place.group.id}"}),
    form=SafetyToForm,
    title="Remove from group",
    about=lambda place: place.group.name,
    intro=("Today is their last day. What was recorded stays.",),
    asks=SETTLING_ASKS,
    choices=lambda place: {"safety_to": place.practitioners},
    above=WHEN_OPEN,
    shows=lambda place: {"still_open": place.still_open},
    leaves_out=lambda place: not_asked(place.still_open),
    store=does(leave_group, lambda sent: LeaveGroup(sent.place.group.id, sent.place.place_id, sent.form.safety_to)),
    to=lambda place: f"/groups/{place.group.id}?done=left",
    button="Remove from group",
)
END = FormPage(
    path="/{group_id}/end",
    stands_on="/{group_id}",
    may=STAFF,
    capability=RECORD_CONTACT,
    site=SITE,
    form=EndGroupForm,
    suggested=lambda place: {"version": place.group.version},
    store=does(
        end_group,
        lambda sent: EndGroup(sent.place.group.id, sent.form.version, sent.form.ended_on, sent.form.safety_to),
    ),
    to=lambda place: f"{place.address}?done=ended",
    template=_TEMPLATE,
    shows=_shown,
    called="ending",
    asks={**SETTLING_ASKS, "ended_on": Ask("The last day on which it meets")},
    choices=lambda place: {"safety_to": place.practitioners},
    stored=lambda place: [("Until", date_words(place.group.ended_on) if place.group.ended_on else "No end")],
)

add_forms(router, OPEN, LEAVE, END)


@router.get("/{group_id}")
async def show_group(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        place = await _read(work, request, group_id)
    return render(request, _TEMPLATE, **SITE.frame(place), **_shown(place), done=DONE.get(done))

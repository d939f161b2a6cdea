"""The register of a group: one page, ticked once, and each family has the session on its own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.groups.commands.hold_group_session import HoldGroupSession, hold_group_session
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group
from services.referral.groups.queries.group_record import PlaceLine, group_on_register, group_register, sessions_of
from services.referral.groups.web.forms.group import RegisterForm
from services.referral.staff.domain.capabilities import RECORD_CONTACT
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.team.database.team_work import TeamWork
from shared.kernel.calendar import date_words
from shared.staff.answer_words import Choice, Offered, Words
from shared.staff.colleagues import Colleague
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/groups/{group_id}/sessions")


@dataclass(frozen=True)
class Register:
    """Who could come to a session."""

    group: Group
    members: Sequence[PlaceLine]
    practitioners: Sequence[Colleague]
    today: date
    actor_id: UUID


async def _read(work: UnitOfWork, request: Request, group_id: UUID) -> Register:
    group = await Groups(work).get(group_id)
    members = await group_on_register(work, asking_of(request, work), group_id)
    work.record("group.read", group_id)
    return Register(
        group,
        members,
        await practitioner_list(work.session),
        work.today,
        work.actor.id,
    )


def _choices(place: Register) -> dict[str, Sequence[Choice]]:
    people = [
        Offered(str(id_), name or "Restricted")
        for line in place.members
        for id_, name in ((line.baby_id, line.baby_name), (line.carer_id, line.carer_name))
    ]
    families = [Offered(str(line.family_id), line.baby_name or line.reference) for line in place.members]
    return {
        "present": people,
        "apologies": families,
        "interpreted": families,
        "practitioner": place.practitioners,
    }


async def _alike(sent: Sent[Register, RegisterForm, TeamWork]) -> Words:
    """Of the same group, on the same day."""
    held = sessions_of(await group_register(sent.work, sent.place.group.id))
    same = [one for one in held if one.held_on == sent.form.held_on]
    return [
        words
        for one in same[:1]
        for words in (("Day", date_words(one.held_on)), ("Topic", one.topic), ("Families who came", str(one.came)))
    ]


HOLD = FormPage(
    path="/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Tick the register",
    site=Site(_read, lambda place: {"back": f"/groups/{place.group.id}"}),
    form=RegisterForm,
    suggested=lambda place: {"practitioner": place.actor_id, "held_on": place.today},
    store=does(
        hold_group_session, lambda sent: HoldGroupSession(sent.place.group.id, sent.form.to_session(sent.intention))
    ),
    alike=_alike,
    to=lambda place: f"/groups/{place.group.id}?done=held",
    template="groups/group-register.html",
    shows=lambda place: {"group": place.group, "members": place.members, "practitioners": place.practitioners},
    choices=_choices,
)

add_forms(router, HOLD)

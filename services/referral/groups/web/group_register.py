"""The register of a group: one row for each family, filled in once, and each has the session on its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.groups.commands.hold_group_session import HoldGroupSession, hold_group_session
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group
from services.referral.groups.queries.group_record import PlaceLine, group_on_register, group_register, sessions_of
from services.referral.groups.web.forms.group import Everyone, RegisterForm, RegisterMark, family_field, register_form
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
class FamilyOnRegister:
    """One row."""

    family_id: UUID
    babies: str
    reference: str
    people: Mapping[UUID, str]
    """Names of those who take part, the baby first."""
    needs_interpreter: bool

    @property
    def field(self) -> str:
        return family_field(self.family_id)


@dataclass(frozen=True)
class Register:
    """Who could come to a session."""

    group: Group
    families: Sequence[FamilyOnRegister]
    practitioners: Sequence[Colleague]
    usual_minutes: int | None
    """Of the last session."""
    today: date
    actor_id: UUID

    @property
    def people(self) -> Mapping[UUID, frozenset[UUID]]:
        return {one.family_id: frozenset(one.people) for one in self.families}


def _families(members: Sequence[PlaceLine]) -> list[FamilyOnRegister]:
    by_family: dict[UUID, list[PlaceLine]] = {}
    for line in members:
        by_family.setdefault(line.family_id, []).append(line)
    return [_family(lines) for lines in by_family.values()]


def _family(lines: Sequence[PlaceLine]) -> FamilyOnRegister:
    babies = {line.baby_id: line.baby_name for line in lines}
    carers = {line.carer_id: line.carer_name for line in lines}
    return FamilyOnRegister(
        lines[0].family_id,
        " and ".join(babies.values()),
        lines[0].reference,
        babies | carers,
        any(line.needs_interpreter for line in lines),
    )


async def _read(work: UnitOfWork, request: Request, group_id: UUID) -> Register:
    group = await Groups(work).get(group_id)
    members = await group_on_register(work, asking_of(request, work), group_id)
    before = sessions_of(await group_register(work, group_id))
    work.record("group.read", group_id)
    return Register(
        group,
        _families(members),
        await practitioner_list(work.session),
        before[0].minutes if before else None,
        work.today,
        work.actor.id,
    )


def _choices(place: Register) -> dict[str, Sequence[Choice]]:
    people = [Offered(str(id_), name) for family in place.families for id_, name in family.people.items()]
    families = [Offered(str(family.family_id), family.babies) for family in place.families]
    return {"there": people, "interpreted": families, "practitioner": place.practitioners}


def _suggested(place: Register) -> dict[str, Any]:
    """All who take part, should their family come; not whether it came."""
    return {
        "practitioner": place.actor_id,
        "held_on": place.today,
        "minutes": place.usual_minutes,
        "there": frozenset().union(*place.people.values()),
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


def _entered(form: RegisterForm, place: Register) -> Words:
    """Day, minutes, topic, and what was said of each family."""
    marks = ((one.babies, form.marks.get(one.family_id)) for one in place.families)
    return [
        ("Day", date_words(form.held_on)),
        ("Minutes", str(form.minutes)),
        ("Topic", form.topic or "None"),
        *((babies, mark.label if mark else "Nothing said") for babies, mark in marks),
    ]


def _held(sent: Sent[Register, RegisterForm, TeamWork]) -> HoldGroupSession:
    return HoldGroupSession(sent.place.group.id, sent.form.to_session(sent.intention, sent.place.people))


HOLD = FormPage(
    path="/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Register",
    site=Site(_read, lambda place: {"back": f"/groups/{place.group.id}"}),
    form=RegisterForm,
    form_at=lambda place: register_form(place.people),
    suggested=_suggested,
    store=does(hold_group_session, _held),
    alike=_alike,
    entered=_entered,
    to=lambda place: f"/groups/{place.group.id}?done=held",
    template="groups/group-register.html",
    shows=lambda place: {
        "group": place.group,
        "families": place.families,
        "practitioners": place.practitioners,
        "marks": list(RegisterMark),
        "everyone": Everyone.CAME,
    },
    choices=_choices,
)

add_forms(router, HOLD)

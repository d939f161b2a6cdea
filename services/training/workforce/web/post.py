"""Where somebody works: one more job, a move, the end of one, and coming back from long leave."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.training.staff.domain.capabilities import KEEP_WORKFORCE
from services.training.staff.web.access import STAFF
from services.training.workforce.commands.add_post import AddPost, EndOfPost, add_post
from services.training.workforce.commands.end_leave import EndLeave, end_leave
from services.training.workforce.commands.end_post import EndPost, end_post
from services.training.workforce.domain.long_leave import LongLeave
from services.training.workforce.queries.organisations_offered import organisations_offered
from services.training.workforce.queries.person_record import (
    PersonRecord,
    PostOf,
    person_record,
    record_of_leave,
    record_of_post,
)
from services.training.workforce.web.forms.person import EndLeaveForm, EndPostForm, MovePostForm, PostForm
from services.training.workforce.web.person import ASKS
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class PostPlace:
    record: PersonRecord
    held: PostOf | None
    organisations: list[Offered]


@dataclass(frozen=True)
class LeavePlace:
    record: PersonRecord
    leave: LongLeave


async def _read_person(work: UnitOfWork, person_id: UUID) -> PostPlace:
    work.record("person.read", person_id)
    return PostPlace(await person_record(work, person_id), None, await organisations_offered(work))


async def _read_post(work: UnitOfWork, post_id: UUID) -> PostPlace:
    record, held = await record_of_post(work, post_id)
    work.record("person.read", record.person.id)
    return PostPlace(record, held, await organisations_offered(work))


async def _read_leave(work: UnitOfWork, leave_id: UUID) -> LeavePlace:
    record, away = await record_of_leave(work, leave_id)
    work.record("person.read", record.person.id)
    return LeavePlace(record, away)


def _root(place: PostPlace | LeavePlace) -> str:
    return f"/people/{place.record.person.id}"


def _about(place: PostPlace) -> str:
    held = f", {place.held.post.profession.label} at {place.held.organisation}" if place.held else ""
    return f"{place.record.person.name}{held}"


def _version(place: PostPlace) -> dict[str, Any]:
    return {"version": place.held.post.version} if place.held else {}


def _command(sent: Sent[PostPlace, Any], ends: EndOfPost | None) -> AddPost:
    form = sent.form
    who = sent.place.record.person.id
    return AddPost(sent.intention, who, form.organisation, form.profession, form.staff_number or "", form.from_on, ends)


async def _add(sent: Sent[PostPlace, PostForm]) -> None:
    await add_post(_command(sent, None), sent.work)


async def _move(sent: Sent[PostPlace, MovePostForm]) -> None:
    held, last_on = sent.place.held, sent.form.last_on
    ends = EndOfPost(held.post.id, last_on, sent.form.version) if held and last_on else None
    await add_post(_command(sent, ends), sent.work)


async def _end(sent: Sent[PostPlace, EndPostForm]) -> None:
    if sent.place.held:
        await end_post(EndPost(sent.place.held.post.id, sent.form.last_on, sent.form.version), sent.work)


async def _back(sent: Sent[LeavePlace, EndLeaveForm]) -> None:
    await end_leave(EndLeave(sent.place.leave.id, sent.form.back_on, sent.form.version), sent.work)


ADD_POST = Screen(
    path="/people/{person_id}/post",
    title="Add a job",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read_person, lambda place: {"back": _root(place)}),
    form=PostForm,
    choices=lambda place: {"organisation": place.organisations},
    about=_about,
    intro=("Someone may have two jobs. They count once in each place, and once in all.",),
    asks=ASKS,
    store=_add,
    to=lambda place: f"{_root(place)}?done=moved",
)
SITE = Site(_read_post, lambda place: {"back": _root(place)})
MOVE = Screen(
    path="/posts/{post_id}/move",
    title="Move to another job",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=SITE,
    form=MovePostForm,
    suggested=_version,
    choices=lambda place: {"organisation": place.organisations},
    about=_about,
    intro=("What they learned goes with them. The two jobs may overlap, and there may be a gap.",),
    asks={**ASKS, "last_on": Ask("Last day in the job before", "Leave it empty if it is not known yet")},
    store=_move,
    to=lambda place: f"{_root(place)}?done=moved",
)
END = Screen(
    path="/posts/{post_id}/end",
    title="Leaves this job",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=SITE,
    form=EndPostForm,
    suggested=_version,
    about=_about,
    intro=("They stay on the register: what they learned counts where they go.",),
    asks={"last_on": Ask("Last day of work", "They count on this day, and no longer on the next")},
    store=_end,
    to=lambda place: f"{_root(place)}?done=ended",
)
BACK = Screen(
    path="/leave/{leave_id}/end",
    title="Back from long leave",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read_leave, lambda place: {"back": _root(place)}),
    form=EndLeaveForm,
    suggested=lambda place: {"version": place.leave.version},
    about=lambda place: place.record.person.name,
    asks={"back_on": Ask("First day back")},
    store=_back,
    to=lambda place: f"{_root(place)}?done=leave",
)
add_forms(router, ADD_POST, MOVE, END, BACK)

"""Leave, as far as supervision must know of it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.consultation.staff.domain.capabilities import HAVE_SUPERVISION
from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.commands.change_leave import ChangeLeave, change_leave
from services.consultation.supervision.commands.record_leave import RecordLeave, record_leave
from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.database.leaves import Leaves
from services.consultation.supervision.domain.supervision_agreement import Leave
from services.consultation.supervision.queries.session_list import names_of
from services.consultation.supervision.web.forms.agreement import ChangeLeaveForm, LeaveForm
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/supervision")

_ASKS = {
    "first_on": Ask("First day"),
    "last_on": Ask("Last day", "Leave it empty while it is not known"),
    "was_withdrawn": Ask("Was it not taken after all?"),
}
_INTRO = ("7 whole days or more count out of what is owed, weekends with them. Shorter leave changes nothing.",)


@dataclass(frozen=True)
class WhoseLeave:
    supervisee_id: UUID
    name: str
    is_own: bool

    @property
    def address(self) -> str:
        return "/supervision" if self.is_own else f"/supervision/people/{self.supervisee_id}"


@dataclass(frozen=True)
class LeavePlace:
    whose: WhoseLeave
    leave: Leave


async def _whose(work: UnitOfWork, supervisee_id: UUID) -> WhoseLeave:
    await Agreements(work).check_seen(supervisee_id)
    name = (await names_of(work)).get(supervisee_id, "A colleague")
    return WhoseLeave(supervisee_id, name, supervisee_id == work.actor.id)


async def _read(work: UnitOfWork, supervisee_id: UUID) -> WhoseLeave:
    whose = await _whose(work, supervisee_id)
    work.record("supervision.read", supervisee_id)
    return whose


async def _read_leave(work: UnitOfWork, leave_id: UUID) -> LeavePlace:
    leave = await Leaves(work).get_to_change(leave_id)
    whose = await _whose(work, leave.supervisee_id)
    work.record("supervision.read", leave.supervisee_id)
    return LeavePlace(whose, leave)


ADD = Screen(
    path="/people/{supervisee_id}/leave",
    title="Add leave",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=Site(_read, lambda place: {"back": place.address}),
    form=LeaveForm,
    about=lambda place: place.name,
    intro=_INTRO,
    asks=_ASKS,
    store=does(record_leave, lambda sent: RecordLeave(sent.intention, sent.place.supervisee_id, sent.form.days)),
    to=lambda place: f"{place.address}?done=leave",
)
CHANGE = Screen(
    path="/leave/{leave_id}",
    title="Change leave",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=Site(_read_leave, lambda place: {"back": place.whose.address}),
    form=ChangeLeaveForm,
    about=lambda place: place.whose.name,
    intro=_INTRO,
    suggested=lambda place: {
        "version": place.leave.version,
        "first_on": place.leave.first_on,
        "last_on": place.leave.last_on,
        "was_withdrawn": place.leave.was_withdrawn,
    },
    asks=_ASKS,
    store=does(
        change_leave,
        lambda sent: ChangeLeave(
            sent.place.leave.id, sent.form.version, sent.form.days, was_withdrawn=bool(sent.form.was_withdrawn)
        ),
    ),
    to=lambda place: f"{place.whose.address}?done=leave",
)
add_forms(router, ADD, CHANGE)

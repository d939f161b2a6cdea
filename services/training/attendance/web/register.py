"""The register on a phone: one tap a person, each saved and seen as saved; it works without a script, too."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.training.attendance.commands.add_walk_in import AddWalkIn, add_walk_in
from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import register_page
from services.training.attendance.queries.register_sheet import RegisterSheet, register_sheet
from services.training.attendance.web.forms.register import CloseRegisterForm, MarkForm, WalkInForm
from services.training.staff.domain.capabilities import KEEP_REGISTER
from services.training.staff.web.access import STAFF
from shared.contracts.consultation_codes import Profession
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/cohorts/{cohort_id}/register")

MINUTES = (10, 20, 30, 60)
"""That somebody came late or left early, one tap each."""


async def _read(work: UnitOfWork, cohort_id: UUID, number: int) -> RegisterSheet:
    work.record("register.read", cohort_id)
    return await register_sheet(work, cohort_id, number)


async def _read_row(work: UnitOfWork, cohort_id: UUID, number: int, booking_id: UUID) -> tuple[RegisterSheet, UUID]:
    return await _read(work, cohort_id, number), booking_id


def _root(sheet: RegisterSheet) -> str:
    return register_page(sheet.cohort.id, sheet.day.number)


def _shows(sheet: RegisterSheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "root": _root(sheet),
        "minutes": MINUTES,
        "professions": list(Profession),
        "closing": CLOSE.blank(sheet),
    }


SITE = Site(_read, lambda sheet: {"back": f"/cohorts/{sheet.cohort.id}", "register": _root(sheet)})
ROW = Site(_read_row, lambda place: {"back": _root(place[0])})

WALK_IN = FormPage(
    path="/{number}",
    may=STAFF,
    capability=KEEP_REGISTER,
    site=SITE,
    form=WalkInForm,
    title="Someone else is here",
    template="attendance/register.html",
    shows=_shows,
    asks={"name": Ask("Name"), "workplace": Ask("Organisation"), "profession": Ask("Job")},
    store=does(
        add_walk_in,
        lambda sent: AddWalkIn(sent.intention, sent.place.cohort.id, sent.place.day.number, sent.form.to_asker()),
    ),
    to=_root,
)
MARK = FormPage(
    path="/{number}/{booking_id}",
    stands_on="/{number}",
    may=STAFF,
    capability=KEEP_REGISTER,
    site=ROW,
    form=MarkForm,
    store=does(
        mark_attendance,
        lambda sent: MarkAttendance(sent.place[1], sent.place[0].day.number, sent.form.to_mark()),
    ),
    to=lambda place: f"{_root(place[0])}#p-{place[1]}",
)
CLOSE = FormPage(
    path="/{number}/close",
    stands_on="/{number}",
    may=STAFF,
    capability=KEEP_REGISTER,
    site=SITE,
    form=CloseRegisterForm,
    suggested=lambda sheet: {"minutes": sheet.day.minutes},
    store=does(
        close_register,
        lambda sent: CloseRegister(sent.place.cohort.id, sent.place.day.number, sent.form.minutes),
    ),
    to=lambda sheet: f"/cohorts/{sheet.cohort.id}?done=closed",
)
add_forms(router, CLOSE, WALK_IN, MARK)

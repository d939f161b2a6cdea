"""The certificates: who holds what until when; one of them, as a file for its person, withdrawn, or in a new name."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.certificates.commands.reissue_certificate import ReissueCertificate, reissue_certificate
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.certificates.database.certificates import Certificates
from services.training.certificates.domain.certificate import Certificate
from services.training.certificates.queries.completion_list import (
    CompletionChip,
    CompletionFilter,
    CompletionLine,
    completion_counts,
    completion_list,
)
from services.training.certificates.queries.completion_record import CompletionRecord, completion_record
from services.training.certificates.web.certificate_pdf import certificate_pdf
from services.training.certificates.web.forms.certificate import ReissueForm, WaiveForm, WithdrawCompletionForm
from services.training.courses.packs.courses import COURSES
from services.training.places.database.bookings import Bookings
from services.training.places.queries.booking_record import BookingRecord, booking_record
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_REGISTER, LEAD_RECORDS
from services.training.staff.web.access import STAFF
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor, public_form
from shared.kernel.errors import NotFound, RuleBroken
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter()

DONE = {"withdraw": "Withdrawn", "reissue": "A new certificate was issued. The old one says that it was replaced."}


async def _find(asked: Asked[CompletionFilter]) -> Listing[CompletionLine]:
    return completion_list(asked.work, asked.chosen)


async def _counts(asked: Asked[CompletionFilter]) -> Counts:
    return await completion_counts(asked.work, asked.chosen)


_COLUMNS: Sequence[Column[CompletionLine]] = (
    Column("Name", lambda line: line.name, cell="name", place="who", heads_row=True),
    Column("Course", lambda line: line.course, cell="course", place="needs"),
    Column("Job", lambda line: line.profession, cell=PLAIN),
    Column("Completed", lambda line: line.held_from, cell="completed", place="last"),
    Column("Valid until", lambda line: line.valid_until, cell="until", place="when"),
)

CERTIFICATES = ListPage(
    path="/certificates",
    may=STAFF,
    reads="certificates.read",
    exports="certificates.export",
    filters=(
        Filter("chip", CompletionChip, "Which", usual=CompletionChip.IN_DATE, is_chips=True),
        Filter("course", TrainingCourse, "Course", every="Any"),
    ),
    chosen=CompletionFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    template="certificates/certificates.html",
    file_name="certificates.csv",
)
add_list(router, CERTIFICATES)


async def _read(work: UnitOfWork, completion_id: UUID) -> CompletionRecord:
    work.record("certificate.read", completion_id)
    return await completion_record(work, completion_id)


@router.get("/certificates/{completion_id}")
async def show_certificate(
    request: Request, completion_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        record = await _read(work, completion_id)
    may_change = CAPABILITIES.holds(actor.roles, LEAD_RECORDS) and record.one.withdrawn_at is None
    return render(
        request,
        "certificates/certificate.html",
        record=record,
        one=record.one,
        may_change=may_change,
        leads_to_accreditation=COURSES[record.one.course].leads_to_accreditation,
        done=DONE.get(done),
    )


@router.get("/certificates/{completion_id}/certificate.pdf")
async def send_certificate(request: Request, completion_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        record = await _read(work, completion_id)
    return await _pdf(request, record.certificate)


@router.get("/certificates/{completion_id}/certificate.txt")
async def send_signed(request: Request, completion_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    """For another team, or whoever verifies it without asking this one."""
    async with begin(request, actor) as work:
        record = await _read(work, completion_id)
    return _text(record.certificate)


@router.get("/place/{secret}/certificate.txt", dependencies=[PUBLIC])
async def send_own_signed(request: Request, secret: str) -> Response:
    """For its person."""
    async with begin(request, public_form()) as work:
        booking = await Bookings(work).by_secret(secret)
        work.record("booking.open_link", booking.id)
        certificate = await Certificates(work).of_booking(booking.id)
    return _text(certificate)


@router.get("/place/{secret}/certificate.pdf", dependencies=[PUBLIC])
async def send_own_certificate(request: Request, secret: str) -> Response:
    """For its person, by the address of their booking."""
    async with begin(request, public_form()) as work:
        booking = await Bookings(work).by_secret(secret)
        work.record("booking.open_link", booking.id)
        certificate = await Certificates(work).of_booking(booking.id)
    return await _pdf(request, certificate)


def _text(certificate: Certificate | None) -> Response:
    if certificate is None or not certificate.signed:
        raise _none()
    named = {"Content-Disposition": 'attachment; filename="certificate.txt"', "X-Robots-Tag": "noindex"}
    return Response(certificate.signed, media_type="text/plain; charset=utf-8", headers=named)


def _none() -> NotFound:
    return NotFound("certificate_none", "There is no certificate here. Ask the team.")


async def _pdf(request: Request, certificate: Certificate | None) -> Response:
    if certificate is None:
        raise _none()
    settings = request.app.state.settings
    is_demonstration = settings.sign_in == "demonstration"
    made = await certificate_pdf(certificate, settings.public_url, is_demonstration=is_demonstration)
    named = {"Content-Disposition": 'attachment; filename="certificate.pdf"', "X-Robots-Tag": "noindex"}
    return Response(made, media_type="application/pdf", headers=named)


SITE = Site(_read, lambda record: {"back": f"/certificates/{record.one.id}"})

WITHDRAW_COMPLETION = Screen[CompletionRecord, WithdrawCompletionForm, TrainingWork](
    path="/certificates/{completion_id}/withdraw",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=SITE,
    form=WithdrawCompletionForm,
    title="Withdraw a certificate",
    about=lambda record: record.name,
    intro=("It counts for nothing from now on. Whoever checks it learns the day, and not why.",),
    suggested=lambda record: {"version": record.one.version},
    asks={"why": Ask("Why is it withdrawn?")},
    button="Withdraw",
    store=does(
        withdraw_completion,
        lambda sent: WithdrawCompletion(sent.place.one.id, sent.form.version, sent.form.why),
    ),
)
REISSUE = Screen[CompletionRecord, ReissueForm, TrainingWork](
    path="/certificates/{completion_id}/reissue",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=SITE,
    form=ReissueForm,
    title="Issue it in the name that is on the register",
    about=lambda record: record.name,
    intro=("The old certificate then says that it was replaced. Nothing leads from it to the new name.",),
    button="Issue it",
    store=does(reissue_certificate, lambda sent: ReissueCertificate(sent.place.one.id)),
)


async def _read_booking(work: UnitOfWork, booking_id: UUID) -> BookingRecord:
    work.record("booking.read", booking_id)
    return await booking_record(work, await Bookings(work).get(booking_id))


async def _waive(sent: Sent[BookingRecord, WaiveForm, TrainingWork]) -> None:
    record = sent.place
    CAPABILITIES.check(sent.work.actor.roles, KEEP_REGISTER)
    asked = CompleteTraining(record.booking.person_id, record.cohort.course, sent.form.why)
    if await complete_training(asked, sent.work) is None:
        raise RuleBroken(
            "training_too_little", "They have not attended enough of it yet, or have completed it already."
        )


WAIVE = Screen[BookingRecord, WaiveForm, TrainingWork](
    path="/bookings/{booking_id}/waive",
    may=STAFF,
    capability=KEEP_REGISTER,
    site=Site(_read_booking, lambda record: {"back": f"/bookings/{record.booking.id}"}),
    form=WaiveForm,
    title="Complete without the questions",
    about=lambda record: record.name,
    intro=("They attended enough and need not say how it was. Your name and reason are kept.",),
    asks={"why": Ask("Why?")},
    button="Complete it",
    store=_waive,
    to=lambda record: f"/bookings/{record.booking.id}",
)
add_forms(router, WITHDRAW_COMPLETION, REISSUE, WAIVE)

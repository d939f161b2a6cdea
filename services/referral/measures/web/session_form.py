"""Recording a session: what happened, in words, and the measure that was answered in it; one press stores all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.note_start import NoteStart, read_note_start
from services.referral.contacts.web.session_choices import KINDS, SESSION_OFFERS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import alike_words, entered_words, session_words
from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.web.forms.session import (
    MeasuredSessionForm,
    administration_id,
    half_filled,
    measured_session_form,
)
from services.referral.measures.web.measure_beside import MeasureBeside, measure_beside
from services.referral.measures.web.measure_place import MeasurePlace
from services.referral.measures.web.second_measure import answered_before
from services.referral.people.web.family_page import (
    FamilyPlace,
    episode_of,
    in_family,
    open_episode_of,
    read_family,
)
from services.referral.staff.domain.capabilities import RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance
from shared.staff.answer_words import Words
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled

router = APIRouter(prefix="/families/{family_id}/sessions")

_FIELDS = {"answered_on": "held_on"}
"""What the domain calls a question of a measure that the session asks already."""


@dataclass(frozen=True)
class NewSession(FamilyPlace):
    """Where a session is recorded."""

    choices: SessionChoices
    appointment: SessionLine | None
    """The one whose outcome is recorded, if there was one."""
    actor_id: UUID
    start: NoteStart
    measure: MeasureBeside | None
    """That is due, or that the form which was sent has."""

    def contact_id(self, intention: UUID) -> UUID:
        return self.appointment.contact.id if self.appointment else intention

    @property
    def form(self) -> type[MeasuredSessionForm]:
        return measured_session_form(self.measure.definition if self.measure else None)


async def _read(work: UnitOfWork, request: Request, family_id: UUID, appointment: UUID | None = None) -> NewSession:
    banner = await read_family(work, family_id, "session.read")
    line = await one_session(work, family_id, appointment) if appointment else None
    episode_id, also = episode_of(banner).episode_id, line.contact.details if line else None
    choices = await read_choices(work, banner, episode_id, also=also)
    measure = await measure_beside(work, request, banner)
    start = await read_note_start(work, family_id)
    return NewSession(banner, work.today, choices, line, work.actor.id, start, measure)


def _suggested(place: NewSession) -> dict[str, Any]:
    """What a booked visit was to be; without one, nobody knows yet what happened."""
    known: dict[str, Any] = {"held_on": place.today, **place.choices.suggested(place.actor_id)}
    if place.measure is not None:
        known |= {"measure": place.measure.definition.code, **place.measure.suggested}
    if place.appointment is None:
        return known
    contact = place.appointment.contact
    details = contact.details
    return {
        **known,
        "attendance": Attendance.ATTENDED,
        "version": contact.version,
        "held_on": details.held_on,
        "practitioner": details.practitioner_id,
        "kind": details.kind,
        "mode": details.mode,
        "venue": details.venue,
        "people": details.people,
        "note": details.note,
    }


def _check(filled: Filled[MeasuredSessionForm], place: NewSession) -> Filled[MeasuredSessionForm]:
    checked = half_filled(filled, place.measure.definition if place.measure else None)
    return place.start.begins(place.choices.says_which_baby(checked))


async def _record(sent: Sent[NewSession, MeasuredSessionForm, TeamWork]) -> str:
    form, place, work = sent.form, sent.place, sent.work
    contact_id, episode = place.contact_id(sent.intention), open_episode_of(place.banner)
    command = RecordContact(
        contact_id=contact_id,
        episode_id=episode.episode_id,
        details=form.details(),
        appointment_version=(form.version or 0) if place.appointment else None,
        supervision=form.supervision or "",
    )
    await record_contact(command, work)
    if form.risk is not None:
        await note_risk(NoteRisk(sent.intention, episode.episode_id, *form.risk, contact_id), work)
    if place.measure is not None and form.answers:
        entry = form.to_entry(place.measure.definition, contact_id, place.measure.timepoint)
        await administer_measure(AdministerMeasure(administration_id(sent.intention), episode.episode_id, entry), work)
    return f"{place.root}/{form.next_page.format(contact_id=contact_id)}"


async def _alike(sent: Sent[NewSession, MeasuredSessionForm, TeamWork]) -> Words:
    """The outcome of an appointment is that of this one; a measure of the same day may be there too."""
    form, place = sent.form, sent.place
    found = [] if place.appointment else await alike_words(sent.work, place.family_id, form.details())
    if found or place.measure is None or not form.answers or form.person_id is None:
        return found
    asked = MeasurePlace(place.banner, place.today, place.measure.definition)
    about = Subject(form.person_id, form.baby_id)
    return await answered_before(sent.work, asked, about, place.measure.timepoint, form.held_on)


async def _recorded(work: UnitOfWork, place: NewSession, intention: UUID) -> Words:
    return session_words(await one_session(work, place.banner.family_id, place.contact_id(intention)))


def _shown(place: NewSession) -> Mapping[str, Any]:
    return {
        **SESSION_OFFERS,
        "choices": place.choices,
        "appointment": place.appointment,
        "kinds": KINDS,
        "start": place.start,
        "measure": place.measure,
    }


def _field_of(field: str, place: NewSession) -> str:
    return place.measure.field_of(_FIELDS.get(field, field)) if place.measure else field


RECORD = FormPage(
    path="/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Record a session",
    site=Site(_read, in_family("sessions", "/sessions")),
    needs=lambda place: open_episode_of(place.banner),
    form=MeasuredSessionForm,
    form_at=lambda place: place.form,
    suggested=_suggested,
    check=_check,
    store=_record,
    alike=_alike,
    field_of=_field_of,
    template="measures/session-form.html",
    shows=_shown,
    stored=lambda place: session_words(place.appointment) if place.appointment else [],
    first=_recorded,
    entered=lambda form, place: entered_words(form.details(), place.choices),
)

add_forms(router, RECORD)

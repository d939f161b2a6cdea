"""The forms of a session: recorded, recorded from its appointment, or corrected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.referral.contacts.commands.correct_contact import CorrectContact, correct_contact
from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.domain.contact_check import AFTER
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.forms.session import SessionCorrectionForm, SessionForm
from services.referral.contacts.web.session_choices import KINDS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import alike_words, entered_words, session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import episode_of, family_frame, in_family, open_episode_of, read_family
from services.referral.staff.domain.capabilities import RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.staff.answer_words import Words
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/sessions")

_OFFERS: Mapping[str, Any] = {
    "attendances": list(Attendance),
    "modes": list(ContactMode),
    "venues": list(Venue),
    "elements": list(Element),
    "interpreters": AFTER,
}


@dataclass(frozen=True)
class NewSession:
    """Where a session is recorded."""

    banner: FamilyBanner
    choices: SessionChoices
    appointment: SessionLine | None
    """The one whose outcome is recorded, if there was one."""
    today: date
    actor_id: UUID

    def contact_id(self, intention: UUID) -> UUID:
        return self.appointment.contact.id if self.appointment else intention


@dataclass(frozen=True)
class OldSession:
    """A session that is on record."""

    banner: FamilyBanner
    choices: SessionChoices
    line: SessionLine


async def _read_new(work: UnitOfWork, family_id: UUID, appointment: UUID | None = None) -> NewSession:
    banner = await read_family(work, family_id, "session.read")
    line = await one_session(work, family_id, appointment) if appointment else None
    choices = await read_choices(
        work, banner, episode_of(banner).episode_id, also=line.contact.details if line else None
    )
    return NewSession(banner, choices, line, work.today, work.actor.id)


def _suggested(place: NewSession) -> dict[str, Any]:
    known: dict[str, Any] = {
        "held_on": place.today,
        **place.choices.suggested(place.actor_id),
        "attendance": Attendance.ATTENDED,
    }
    if place.appointment is None:
        return known
    contact = place.appointment.contact
    details = contact.details
    return {
        **known,
        "version": contact.version,
        "held_on": details.held_on,
        "practitioner": details.practitioner_id,
        "kind": details.kind,
        "mode": details.mode,
        "venue": details.venue,
        "people": details.people,
        "note": details.note,
    }


async def _record(sent: Sent[NewSession, SessionForm, TeamWork]) -> str:
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
    next_page = f"measures/choose?session={contact_id}" if form.goes_on_to_measure else "sessions?done=recorded"
    return f"/families/{place.banner.family_id}/{next_page}"


async def _alike(sent: Sent[NewSession, SessionForm, TeamWork]) -> Words:
    """The outcome of an appointment is that of this one."""
    if sent.place.appointment:
        return []
    return await alike_words(sent.work, sent.place.banner.family_id, sent.form.details())


async def _recorded(work: UnitOfWork, place: NewSession, intention: UUID) -> Words:
    return session_words(await one_session(work, place.banner.family_id, place.contact_id(intention)))


RECORD = FormPage(
    path="/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Record a session",
    site=Site(_read_new, in_family("sessions", "/sessions")),
    needs=lambda place: open_episode_of(place.banner),
    form=SessionForm,
    suggested=_suggested,
    check=lambda filled, place: place.choices.says_which_baby(filled),
    store=_record,
    alike=_alike,
    template="contacts/session-form.html",
    shows=lambda place: {
        **_OFFERS,
        "choices": place.choices,
        "appointment": place.appointment,
        "kinds": KINDS,
        "is_new": True,
    },
    stored=lambda place: session_words(place.appointment) if place.appointment else [],
    first=_recorded,
    entered=lambda form, place: entered_words(form.details(), place.choices),
)


async def _read_old(work: UnitOfWork, family_id: UUID, contact_id: UUID) -> OldSession:
    banner = await read_family(work, family_id, "session.read")
    line = await one_session(work, family_id, contact_id)
    choices = await read_choices(work, banner, line.contact.episode_id, also=line.contact.details)
    return OldSession(banner, choices, line)


def _address(place: OldSession) -> str:
    return f"/families/{place.banner.family_id}/sessions/{place.line.contact.id}"


def _known(place: OldSession) -> dict[str, Any]:
    contact = place.line.contact
    details = contact.details
    named = {"practitioner": details.practitioner_id, "strand": details.strand_id}
    return {**asdict(details), **named, "version": contact.version}


async def _change(sent: Sent[OldSession, SessionCorrectionForm, TeamWork]) -> None:
    contact = sent.place.line.contact
    command = CorrectContact(
        contact_id=contact.id,
        episode_id=contact.episode_id,
        expected_version=sent.form.version,
        details=sent.form.details(group_session_id=contact.details.group_session_id),
    )
    await correct_contact(command, sent.work)


CHANGE = FormPage(
    path="/{contact_id}/change",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Correct a session",
    site=Site(_read_old, lambda place: family_frame(place.banner, "sessions", back=_address(place))),
    form=SessionCorrectionForm,
    suggested=_known,
    check=lambda filled, place: place.choices.says_which_baby(filled),
    elsewhere=lambda place: (
        f"/families/{place.banner.family_id}/sessions/new?appointment={place.line.contact.id}"
        if place.line.is_open
        else None
    ),
    store=_change,
    to=lambda place: f"{_address(place)}?done=corrected",
    template="contacts/session-form.html",
    shows=lambda place: {
        **_OFFERS,
        "choices": place.choices,
        "kinds": [ContactKind.GROUP] if place.line.contact.details.kind is ContactKind.GROUP else KINDS,
        "is_new": False,
    },
    stored=lambda place: session_words(place.line),
    entered=lambda form, place: entered_words(form.details(), place.choices),
)

add_forms(router, RECORD, CHANGE)

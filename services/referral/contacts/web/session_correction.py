"""The form that corrects what was recorded of a session; what stood there before is kept."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.referral.contacts.commands.correct_contact import CorrectContact, correct_contact
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.forms.session import SessionCorrectionForm
from services.referral.contacts.web.session_choices import KINDS, SESSION_OFFERS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import entered_words, session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import family_frame, read_family
from services.referral.staff.domain.capabilities import RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import ContactKind
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/sessions")


@dataclass(frozen=True)
class OldSession:
    """A session that is on record."""

    banner: FamilyBanner
    choices: SessionChoices
    line: SessionLine


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
        **SESSION_OFFERS,
        "choices": place.choices,
        "kinds": [ContactKind.GROUP] if place.line.contact.details.kind is ContactKind.GROUP else KINDS,
    },
    stored=lambda place: session_words(place.line),
    entered=lambda form, place: entered_words(form.details(), place.choices),
)

add_forms(router, CHANGE)

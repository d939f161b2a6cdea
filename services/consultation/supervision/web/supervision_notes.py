"""Notes of supervision: one page, for the two alone."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.consultation.staff.domain.capabilities import HAVE_SUPERVISION
from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.commands.write_supervision_note import (
    WriteSupervisionNote,
    write_supervision_note,
)
from services.consultation.supervision.database.notes import SupervisionNotes
from services.consultation.supervision.domain.supervision_note import SupervisionNote
from services.consultation.supervision.queries.session_list import names_of
from services.consultation.supervision.web.forms.supervision import SupervisionNoteForm
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/supervision")


@dataclass(frozen=True)
class NotePlace:
    note: SupervisionNote
    others: str
    """Who besides the reader can open it; empty: nobody."""

    @property
    def address(self) -> str:
        return f"/supervision/sessions/{self.note.session_id}"


async def _read(work: UnitOfWork, session_id: UUID, supervisee_id: UUID) -> NotePlace:
    note = await SupervisionNotes(work).get(session_id, supervisee_id)
    work.record("supervision_note.read", session_id)
    names = await names_of(work)
    others = {note.supervisee_id, note.supervisor_id} - {work.actor.id, None}
    return NotePlace(note, ", ".join(names.get(one, "A colleague") for one in others if one))


def _who_reads(place: NotePlace) -> str:
    who = f"you and {place.others} can" if place.others else "you can"
    return f"Only {who} open these notes. The audit trail says who did, and when."


NOTES = Screen(
    template="supervision/note.html",
    path="/sessions/{session_id}/notes/{supervisee_id}",
    title="Notes of supervision",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=Site(_read, lambda place: {"back": place.address}),
    form=SupervisionNoteForm,
    suggested=lambda place: {"version": place.note.version, "words": place.note.words},
    sentence=_who_reads,
    asks={"words": Ask("Notes", "What was talked about, and what you take from it. No names of families.")},
    store=does(
        write_supervision_note,
        lambda sent: WriteSupervisionNote(
            sent.place.note.session_id, sent.place.note.supervisee_id, sent.form.words, sent.form.version
        ),
    ),
    to=lambda place: f"{place.address}?done=notes",
)
add_forms(router, NOTES)

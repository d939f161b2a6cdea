"""What a note can begin with: the team's templates, and the practitioner's last note. Only an empty one is begun so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.contacts.database.note_templates import NoteTemplates
from services.referral.contacts.queries.recent_notes import RecentNote, recent_notes
from shared.unit_of_work import UnitOfWork
from shared.web.forms import AnyForm, FieldError, Filled

MY_LAST_NOTE = "my_last_note"
_NOT_EMPTY = "The note is not empty, and what you wrote is kept. Clear it first to start from a template"


@dataclass(frozen=True)
class NoteStart:
    """Of one family's next note."""

    words: Mapping[str, str]
    """By what the button says that inserts them."""
    labels: Mapping[str, str]
    last: RecentNote | None
    """Whoever wrote it."""

    def begins(self, filled: Filled[AnyForm]) -> Filled[AnyForm]:
        """The form with the words that were chosen in its note, and with nothing told yet that is wrong with it."""
        text = self.words.get(filled.value("then"))
        if text is None:
            return filled
        if filled.value("note").strip():
            return Filled(filled.posted, None, [FieldError("note", _NOT_EMPTY, "note")])
        return Filled({**filled.posted, "note": [text]})


async def read_note_start(work: UnitOfWork, family_id: UUID) -> NoteStart:
    """Two statements."""
    notes = await recent_notes(work, family_id)
    templates = await NoteTemplates(work).all()
    words = {name.value: one.text for name, one in templates.items()}
    labels = {name.value: name.label for name in templates}
    if own := _own(notes, work.actor.id):
        words[MY_LAST_NOTE], labels[MY_LAST_NOTE] = own.note, f"My last note, {_short(own.held_on)}"
    return NoteStart(words, labels, notes[0] if notes else None)


def _own(notes: Sequence[RecentNote], actor_id: UUID) -> RecentNote | None:
    return next((one for one in notes if one.practitioner_id == actor_id and one.note), None)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"

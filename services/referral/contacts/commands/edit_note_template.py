"""Change what a session's note may begin with, or go back to the words that the software came with."""

from dataclasses import dataclass

from services.referral.contacts.database.note_templates import NoteTemplates
from services.referral.contacts.domain.note_template import NoteTemplateName
from services.referral.staff.domain.capabilities import CAPABILITIES, EDIT_TEMPLATES
from shared.kernel.errors import changed_meanwhile
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EditNoteTemplate:
    name: NoteTemplateName
    expected_number: int
    """Of the team's version on the page that the actor edited; 0: never edited."""
    text: str
    """Empty: back to our words."""


async def edit_note_template(command: EditNoteTemplate, work: UnitOfWork) -> None:
    """Each earlier version is kept; notes that were written stay as they are.

    Raises:
        NotAllowed: the actor neither leads the team nor administers it.
        Conflict: someone changed it after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, EDIT_TEMPLATES)
    templates = NoteTemplates(work)
    newest = (await templates.all())[command.name].number
    if newest != command.expected_number or not await templates.add(command.name, newest + 1, command.text):
        raise changed_meanwhile("note_template_changed", "Someone changed this template")
    work.record("note_template.edit")

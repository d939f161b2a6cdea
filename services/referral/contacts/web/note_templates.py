"""What the notes of sessions may begin with: all of the team's templates, and the form of each."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.commands.edit_note_template import EditNoteTemplate, edit_note_template
from services.referral.contacts.database.note_templates import NoteTemplates
from services.referral.contacts.domain.note_template import LONGEST, NoteTemplate, NoteTemplateName
from services.referral.staff.domain.capabilities import CAPABILITIES, EDIT_TEMPLATES
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.questions import Text, Version

PATH = "/settings/notes"
router = APIRouter(prefix=PATH)


class NoteTemplateForm(Form):
    number: Version
    text: Annotated[str | None, Text(longest=LONGEST)]


@dataclass(frozen=True)
class NoteTemplatePlace:
    current: NoteTemplate


@router.get("")
async def show_note_templates(request: Request, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        templates = await NoteTemplates(work).all()
        work.record("note_template.read")
    return render(
        request,
        "contacts/note-templates.html",
        templates=list(templates.values()),
        may_edit=CAPABILITIES.holds(actor.roles, EDIT_TEMPLATES),
        done="Saved" if done else "",
    )


async def _read(work: UnitOfWork, name: str) -> NoteTemplatePlace:
    found = (await NoteTemplates(work).all()).get(NoteTemplateName(name)) if name in list(NoteTemplateName) else None
    if found is None:
        raise NotFound("note_template_not_found", "There is no such template. Choose one from the list.")
    work.record("note_template.read")
    return NoteTemplatePlace(found)


EDIT = Screen(
    path="/{name}",
    title="Change a note template",
    may=STAFF,
    capability=EDIT_TEMPLATES,
    site=Site(_read, lambda _: {"back": PATH}),
    form=NoteTemplateForm,
    about=lambda place: place.current.name.label,
    suggested=lambda place: {"number": place.current.number, "text": place.current.text},
    asks={"text": Ask("What the note begins with", "Leave this empty to go back to the words that came with PAIRS.")},
    store=does(
        edit_note_template,
        lambda sent: EditNoteTemplate(sent.place.current.name, sent.form.number, sent.form.text or ""),
    ),
    to=lambda _: f"{PATH}?done=saved",
)

add_forms(router, EDIT)

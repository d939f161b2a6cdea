"""The words of the team's letters: all of them, and one with a letter that it makes."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.letters.commands.edit_letter_template import EditLetterTemplate, edit_letter_template
from services.referral.letters.database.letters import LetterTemplates, TeamTemplate
from services.referral.letters.domain.letter import Letter, Letterhead, parse_letter
from services.referral.letters.domain.letter_facts import PLACEHOLDERS, Sender
from services.referral.letters.domain.letter_kind import (
    ALL_TEMPLATES,
    Audience,
    LetterKind,
    SafetyNet,
    TemplateName,
    placeholders_of,
    required_in,
    template_name,
)
from services.referral.letters.domain.letter_sample import sample_facts, sample_recipient
from services.referral.letters.domain.letter_template import LetterTemplate, fill, fill_passage
from services.referral.letters.web.forms.letter import TemplateAct, TemplateForm
from services.referral.letters.web.letter_words import about_lines
from services.referral.staff.domain.capabilities import CAPABILITIES, EDIT_TEMPLATES
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, team_of, today_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, Refusal, RuleBroken
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, read_form
from shared.web.pages import render

router = APIRouter(prefix="/settings/letters")

PATH = "/settings/letters"
DONE = {"store": "Saved. New letters use these words."}
_SAMPLE = "Invented facts, to show what these words make"


@router.get("")
async def show_templates(request: Request, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        templates = await LetterTemplates(work.session).all()
        work.record("letter_template.read")
    lines = [templates[name] for name in ALL_TEMPLATES]
    return render(request, "letters/templates.html", templates=lines, done=DONE.get(done))


@dataclass(frozen=True)
class TemplatePlace:
    """The words of one kind of letter, and what they make of invented facts."""

    current: TeamTemplate
    letter: Letter | None
    trouble: Refusal | None
    """Why the words that were typed make no letter."""
    may_edit: bool
    done: str

    @property
    def name(self) -> TemplateName:
        return self.current.template.name


async def _read(work: UnitOfWork, request: Request, name: str, done: str = "") -> TemplatePlace:
    found = template_name(name)
    if found is None:
        raise NotFound("letter_template_not_found", "There is no such letter. Choose one from the list.")
    current = await LetterTemplates(work.session).get(found)
    work.record("letter_template.read")
    filled = await read_form(request, TemplateForm)
    letter, trouble = None, None
    try:
        letter = _sample(request, found, filled.form.text if filled.form else current.template.text)
    except RuleBroken as refusal:
        trouble = refusal
    may_edit = CAPABILITIES.holds(work.actor.roles, EDIT_TEMPLATES)
    return TemplatePlace(current, letter, trouble, may_edit, done)


def _check(filled: Filled[TemplateForm], place: TemplatePlace) -> Filled[TemplateForm]:
    """Words that make no letter are said to; those that are only tried are shown as a letter."""
    if filled.form is None or filled.form.act is TemplateAct.GO_BACK:
        return filled
    if place.trouble is not None:
        return filled.refused(place.trouble)
    return filled.asks_more() if filled.form.act is TemplateAct.TRY else filled


async def _edit(sent: Sent[TemplatePlace, TemplateForm]) -> None:
    text = None if sent.form.act is TemplateAct.GO_BACK else sent.form.text
    await edit_letter_template(EditLetterTemplate(sent.place.name, sent.form.number, text), sent.work)


def _shown(place: TemplatePlace) -> dict[str, Any]:
    name = place.name
    return {
        "current": place.current,
        "name": name,
        "letter": place.letter,
        "about": about_lines(place.letter.letterhead) if place.letter else (),
        "may_edit": place.may_edit,
        "placeholders": sorted((one, PLACEHOLDERS[one], one in required_in(name)) for one in placeholders_of(name)),
        "acts": TemplateAct,
        "done": DONE.get(place.done),
    }


EDIT = FormPage(
    path="/{name}",
    title="Change the words of a letter",
    may=STAFF,
    capability=EDIT_TEMPLATES,
    is_read_by_all=True,
    site=Site(_read, lambda _: {"back": PATH}),
    form=TemplateForm,
    suggested=lambda place: {"number": place.current.number, "text": place.current.template.text},
    check=_check,
    store=_edit,
    to=lambda place: f"{PATH}/{place.name.value}?done=store",
    template="letters/template.html",
    shows=_shown,
    stored=lambda place: [("The words", place.current.template.text)],
    entered=lambda form, _: [("The words", form.text)],
)

add_forms(router, EDIT)


def _sample(request: Request, name: TemplateName, text: str) -> Letter:
    """What the words make, of invented facts. Raises RuleBroken when they make no letter."""
    template = LetterTemplate(name, text)
    team, today = team_of(request), today_of(request)
    net = fill_passage(
        LetterTemplate(name, text) if isinstance(name, SafetyNet) else LetterTemplate(SafetyNet.FAMILY, _NET),
        baby_name="Shannon",
        team_name=team.name,
        team_phone=team.phone,
    )
    if isinstance(name, LetterKind):
        sender = Sender(team.name, team.phone, "Priya Sample", Role.PRACTITIONER.label)
        audience, words = name.audience, fill(template, sample_facts(name.audience, sender, net, today))
    else:
        audience, words = Audience.FAMILY, f"# {name.label}\n\n{net}"
    to = sample_recipient(audience)
    head = Letterhead(team.name, team.phone, (to.name, *to.address), today, "")
    return Letter(head, parse_letter(words), (_SAMPLE,))


_NET = "- Here stands what to do if things get worse. It has words of its own."

"""The words of the team's letters: all of them, and one with a letter that it makes."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

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
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin, team_of, today_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotFound, Refusal, RuleBroken
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/settings/letters")

PATH = "/settings/letters"
DONE = {"store": "The words are stored. Letters that are written from now on use them."}
_SAMPLE = "Invented facts, to show what these words make"


@router.get("")
async def show_templates(request: Request, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        templates = await LetterTemplates(work.session).all()
        work.record("letter_template.read")
    lines = [templates[name] for name in ALL_TEMPLATES]
    return render(request, "letters/templates.html", templates=lines, done=DONE.get(done))


@router.get("/{name}")
async def show_template(request: Request, name: str, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    template = await _read(request, actor, name)
    return _page(request, actor, template, _stored(template), done=done)


@router.post("/{name}")
async def edit(request: Request, name: str, actor: Annotated[Actor, STAFF]) -> Response:
    template = await _read(request, actor, name)
    filled = await read_form(request, TemplateForm)
    if (form := filled.form) is None:
        return _page(request, actor, template, filled, status=422)
    if form.act is TemplateAct.TRY:
        return _page(request, actor, template, filled)
    text = None if form.act is TemplateAct.GO_BACK else form.text
    try:
        async with begin(request, actor) as work:
            await edit_letter_template(EditLetterTemplate(template.template.name, form.number, text), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        if isinstance(refusal, Conflict):
            return _conflict(request, template, refusal, form.text)
        return _page(request, actor, template, filled.refused(refusal), status=status)
    return RedirectResponse(f"{PATH}/{name}?done=store", 303)


async def _read(request: Request, actor: Actor, name: str) -> TeamTemplate:
    found = template_name(name)
    if found is None:
        raise NotFound("letter_template_not_found", "There is no such letter. Choose one from the list.")
    async with begin(request, actor) as work:
        template = await LetterTemplates(work.session).get(found)
        work.record("letter_template.read")
    return template


def _stored(template: TeamTemplate) -> Filled[TemplateForm]:
    return blank(TemplateForm, {"number": str(template.number), "text": template.template.text})


def _page(
    request: Request,
    actor: Actor,
    template: TeamTemplate,
    filled: Filled[TemplateForm],
    *,
    status: int = 200,
    done: str = "",
) -> Response:
    name = template.template.name
    letter = None
    if not filled.errors:
        try:
            letter = _sample(request, name, filled.value("text"))
        except RuleBroken as refusal:
            filled, status = filled.refused(refusal), 422
    return render(
        request,
        "letters/template.html",
        status=status,
        current=template,
        name=name,
        filled=filled,
        letter=letter,
        about=about_lines(letter.letterhead) if letter else (),
        may_edit=actor.has(Role.TEAM_LEAD, Role.TEAM_ADMINISTRATOR),
        placeholders=sorted((one, PLACEHOLDERS[one], one in required_in(name)) for one in placeholders_of(name)),
        acts=TemplateAct,
        done=DONE.get(done),
        back=PATH,
    )


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


def _conflict(request: Request, template: TeamTemplate, refusal: Refusal, entered: str) -> Response:
    return render(
        request,
        "letters/template-conflict.html",
        status=409,
        current=template,
        refusal=refusal,
        entered=entered,
        back=f"{PATH}/{template.template.name.value}",
    )

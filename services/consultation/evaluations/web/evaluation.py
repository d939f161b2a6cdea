"""The link by which whoever asked says whether it helped, and the page that it leads to, where nobody signs in.

Opening it does nothing: mail gateways open every link. The token is a secret in the address: the request log has the
route's template only, and other sites get no referrer.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.consultations.queries.consultation_list import one_consultation
from services.consultation.evaluations.commands.ask_if_it_helped import AskIfItHelped, ask_if_it_helped
from services.consultation.evaluations.commands.evaluate_consultation import (
    EvaluateConsultation,
    evaluate_consultation,
)
from services.consultation.evaluations.database.evaluations import Evaluations, token_of
from services.consultation.evaluations.domain.evaluation import LASTS, MOST, EvaluationState
from services.consultation.evaluations.web.forms.evaluation import EvaluationForm
from services.consultation.staff.domain.capabilities import LOG
from services.consultation.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.settings import Settings
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm, Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter()

THANKS = "/helped/thanks"
_SCALE = [{"value": str(one), "label": str(one)} for one in range(MOST + 1)]


class EvaluationClosed(NotFound):
    """The link was answered, or is no longer good; `state` is None when there is none with this token."""

    def __init__(self, state: EvaluationState | None) -> None:
        super().__init__("evaluation_closed", "This link can no longer be used. Ask the team for a new one.")
        self.state = state


def prepare(app: FastAPI) -> None:
    """Registers what someone sees whose link is not to be answered now."""
    app.add_exception_handler(EvaluationClosed, _closed)


async def _closed(request: Request, error: Exception) -> Response:
    state = error.state if isinstance(error, EvaluationClosed) else None
    if state is EvaluationState.ANSWERED:
        return render(request, "evaluations/thanks.html")
    return render(request, "evaluations/closed.html", status=404 if state is None else 410)


@dataclass(frozen=True)
class Asking:
    """Where someone is asked for their view."""

    consultation_id: UUID
    organisation: str
    token: str


async def _read(work: UnitOfWork, request: Request, consultation_id: UUID) -> Asking:
    line = await one_consultation(work, consultation_id)
    work.record("consultation.read", consultation_id)
    return Asking(consultation_id, line.organisation, _token(request, consultation_id))


def _token(request: Request, consultation_id: UUID) -> str:
    settings: Settings = request.app.state.settings
    return token_of(consultation_id, bytes.fromhex(settings.region_key))


ASK = Screen(
    path="/consultations/{consultation_id}/ask",
    title="Ask if it helped",
    may=STAFF,
    capability=LOG,
    site=Site(_read, lambda place: {"back": f"/consultations/{place.consultation_id}"}),
    form=ConfirmForm,
    about=lambda place: place.organisation,
    intro=(
        "You get a link to send to whoever asked: three questions, no names, half a minute.",
        f"It is good for {LASTS.days} days and for one answer.",
    ),
    button="Make the link",
    store=does(ask_if_it_helped, lambda sent: AskIfItHelped(sent.place.consultation_id, sent.place.token)),
    to=lambda place: f"/consultations/{place.consultation_id}/link",
)


@router.get("/consultations/{consultation_id}/link")
async def show_link(request: Request, consultation_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    """The link, to be sent."""
    async with begin(request, actor) as work:
        place = await _read(work, request, consultation_id)
        asked = await Evaluations(work).of(consultation_id)
        now = work.now
    settings: Settings = request.app.state.settings
    is_open = asked is not None and asked.state(now) is EvaluationState.OPEN
    link = f"{settings.public_url}/helped/{place.token}" if is_open else ""
    return render(request, "evaluations/link.html", back=f"/consultations/{consultation_id}", link=link, place=place)


@dataclass(frozen=True)
class OpenEvaluation:
    token: str


async def _read_open(work: UnitOfWork, token: str) -> OpenEvaluation:
    asked = await Evaluations(work).seek(token)
    state = asked.state(work.now) if asked else None
    if state is not EvaluationState.OPEN:
        raise EvaluationClosed(state)
    return OpenEvaluation(token)


ANSWER = FormPage(
    path="/helped/{token}",
    may=PUBLIC,
    site=Site(_read_open),
    form=EvaluationForm,
    store=does(evaluate_consultation, lambda sent: EvaluateConsultation(sent.place.token, sent.form.answers)),
    to=lambda _: THANKS,
    template="evaluations/answer.html",
    shows=lambda _: {"scale": _SCALE},
)


@router.get(THANKS, dependencies=[PUBLIC])
async def show_thanks(request: Request) -> Response:
    return render(request, "evaluations/thanks.html")


add_forms(router, ASK, ANSWER)

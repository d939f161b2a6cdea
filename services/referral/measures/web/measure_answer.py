"""The page of a link: a parent or carer answers a measure on a telephone, without signing in, once.

The token is a secret in the address: the request log has the route's template only, and other sites get no referrer.
"""

from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.commands.answer_measure import AnswerMeasure, answer_measure
from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_request import LinkState
from services.referral.measures.web.forms.measure import AnswersForm, answers_form, item_field
from services.referral.measures.web.measure_pack import measures_of
from services.referral.measures.web.measure_words import leaving_out_words
from services.referral.people.database.families import Families
from shared.kernel.errors import NotFound
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/m")

THANKS = "/m/thanks"


def prepare(app: FastAPI) -> None:
    """Registers what someone sees whose link is not to be answered now."""
    app.add_exception_handler(LinkClosed, _closed)


class LinkClosed(NotFound):
    """The link was answered, or is no longer good; `state` is None when there is none with this token."""

    def __init__(self, state: LinkState | None) -> None:
        super().__init__("measure_link_closed", "This link can no longer be used. Ask your team for a new one.")
        self.state = state


@dataclass(frozen=True)
class OpenLink:
    """A link that can be answered."""

    token: str
    definition: MeasureDefinition
    form: type[AnswersForm]
    baby: str
    """Whom the questions are about, for twins; else empty."""


async def _read(work: UnitOfWork, request: Request, token: str) -> OpenLink:
    if (asked := await MeasureRequests(work).seek(token)) is None:
        raise LinkClosed(None)
    family = await Families(work).get(asked.family_id)
    work.record("measure.open_link", asked.family_id)
    state, definition = asked.state(work.now), measures_of(request).get(asked.code)
    if state is not LinkState.OPEN or family.messages_stopped_at is not None:
        raise LinkClosed(state)
    if definition is None or definition.version != asked.definition_version or not definition.can_be_answered_alone:
        raise LinkClosed(state)
    baby = next((one.name or "" for one in family.babies if one.id == asked.subject.baby_id), "")
    return OpenLink(token, definition, answers_form(definition), baby if len(family.babies) > 1 else "")


async def _closed(request: Request, error: Exception) -> Response:
    """Thanks, when it was answered; else where to get another one."""
    state = error.state if isinstance(error, LinkClosed) else None
    if state is LinkState.ANSWERED:
        return render(request, "measures/thanks.html")
    return render(request, "measures/closed.html", status=404 if state is None else 410)


ANSWER = FormPage(
    path="/{token}",
    may=PUBLIC,
    site=Site(_read),
    form=AnswersForm,
    form_at=lambda place: place.form,
    store=does(answer_measure, lambda sent: AnswerMeasure(sent.place.definition, sent.form.answers, sent.place.token)),
    to=lambda _: THANKS,
    template="measures/answer.html",
    shows=lambda place: {
        "definition": place.definition,
        "baby": place.baby,
        "leaving_out": leaving_out_words(place.definition),
    },
    field_of=lambda field, place: item_field(field, place.definition),
)


@router.get("/thanks", dependencies=[PUBLIC])
async def show_thanks(request: Request) -> Response:
    return render(request, "measures/thanks.html")


add_forms(router, ANSWER)

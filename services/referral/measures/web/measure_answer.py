"""The page of a link: a parent or carer answers a measure on a telephone, without signing in, once.

The token is a secret in the address: the request log has the route's template only, and other sites get no referrer.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.measures.commands.answer_measure import AnswerMeasure, answer_measure
from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_request import LinkState
from services.referral.measures.web.forms.measure import AnswersForm, answers_form, at_item
from services.referral.measures.web.measure_pack import measures_of
from services.referral.people.database.families import Families
from services.referral.staff.web.work import begin
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render
from shared.web.permissions import PUBLIC
from shared.web.rate_limit import Limiter

router = APIRouter(prefix="/m", dependencies=[PUBLIC])


async def _limit_sending(request: Request) -> None:
    limiter: Limiter = request.app.state.sending_limiter
    await limiter(request)


@dataclass(frozen=True)
class _Link:
    state: LinkState
    definition: MeasureDefinition | None
    baby: str
    """Whom the questions are about, for twins; else empty."""


@router.get("/{token}")
async def show_link(request: Request, token: str) -> Response:
    link = await _find(request, token)
    if link is None or link.definition is None:
        return _closed(request, link)
    return _page(request, link, blank(answers_form(link.definition)))


@router.post("/{token}", dependencies=[Depends(_limit_sending)])
async def answer(request: Request, token: str) -> Response:
    """What was ticked is kept on the page until it can be stored; a second press finds it stored."""
    link = await _find(request, token)
    if link is None or link.definition is None:
        return _closed(request, link)
    filled = await read_form(request, answers_form(link.definition))
    if filled.form is None:
        return _page(request, link, filled, status=422)
    try:
        async with begin(request, public_form()) as work:
            await answer_measure(AnswerMeasure(link.definition, filled.form.answers, token), work)
    except Conflict:
        pass  # The page that the redirect leads to says that the answers are there.
    except RuleBroken as refusal:
        return _page(request, link, filled.refused(at_item(refusal, link.definition)), status=422)
    return RedirectResponse(f"/m/{token}", 303)


async def _find(request: Request, token: str) -> _Link | None:
    """None when no link has this token; without a definition when it is not to be answered now."""
    async with begin(request, public_form()) as work:
        try:
            asked = await MeasureRequests(work).find(token)
        except NotFound:
            return None
        family = await Families(work).get(asked.family_id)
        work.record("measure.open_link", asked.family_id)
        now = work.now
    state = asked.state(now)
    definition = measures_of(request).get(asked.code)
    same = definition is not None and definition.version == asked.definition_version
    is_good = state is LinkState.OPEN and same and family.messages_stopped_at is None
    baby = next((one.name or "" for one in family.babies if one.id == asked.subject.baby_id), "")
    return _Link(state, definition if is_good else None, baby if len(family.babies) > 1 else "")


def _page(request: Request, link: _Link, filled: Filled[AnswersForm], *, status: int = 200) -> Response:
    return render(
        request, "measures/answer.html", status=status, definition=link.definition, baby=link.baby, filled=filled
    )


def _closed(request: Request, link: _Link | None) -> Response:
    """Thanks, when it was answered; else where to get another one."""
    if link is not None and link.state is LinkState.ANSWERED:
        return render(request, "measures/thanks.html")
    return render(request, "measures/closed.html", status=404 if link is None else 410)

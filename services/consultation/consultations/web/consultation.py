"""One consultation, and what can be done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.consultations.commands.identify_consultation import (
    IdentifyConsultation,
    identify_consultation,
)
from services.consultation.consultations.commands.want_referral import WantReferral, want_referral
from services.consultation.consultations.commands.withdraw_consultation import (
    WithdrawConsultation,
    withdraw_consultation,
)
from services.consultation.consultations.domain.consultation import NAMELESS, RESPONSIBILITY
from services.consultation.consultations.queries.consultation_list import ConsultationLine, one_consultation
from services.consultation.consultations.web.forms.consultation import IdentifyForm, WithdrawForm
from services.consultation.staff.domain.capabilities import CAPABILITIES, IDENTIFY, LOG
from services.consultation.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm, Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/consultations")


@router.get("/{consultation_id}")
async def show_consultation(request: Request, consultation_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        line = await one_consultation(work, consultation_id)
        work.record("consultation.read", consultation_id)
    may_change = not line.one.withdrawn_why and CAPABILITIES.holds(actor.roles, LOG)
    return render(
        request,
        "consultations/consultation.html",
        line=line,
        back="/consultations",
        may_withdraw=may_change,
        may_ask=may_change and line.useful is None,
        may_refer=may_change and line.one.referral_wanted_at is None,
        may_identify=may_change and line.one.about.kind in NAMELESS and line.family_id is None,
        responsibility=RESPONSIBILITY,
    )


async def _read(work: UnitOfWork, consultation_id: UUID) -> ConsultationLine:
    line = await one_consultation(work, consultation_id)
    work.record("consultation.read", consultation_id)
    return line


def _root(line: ConsultationLine) -> str:
    return f"/consultations/{line.one.id}"


async def _withdraw(sent: Sent[ConsultationLine, WithdrawForm]) -> None:
    await withdraw_consultation(WithdrawConsultation(sent.place.one.id, sent.form.version, sent.form.why), sent.work)


async def _identify(sent: Sent[ConsultationLine, IdentifyForm]) -> None:
    form = sent.form
    await identify_consultation(IdentifyConsultation(sent.place.one.id, form.version, form.family, form.why), sent.work)


async def _want_referral(sent: Sent[ConsultationLine, ConfirmForm]) -> None:
    await want_referral(WantReferral(sent.place.one.id), sent.work)


SITE = Site(_read, lambda line: {"back": _root(line)})

WITHDRAW = Screen(
    path="/{consultation_id}/withdraw",
    title="Withdraw a consultation",
    may=STAFF,
    capability=LOG,
    site=SITE,
    form=WithdrawForm,
    suggested=lambda line: {"version": line.one.version},
    intro=("It was entered by mistake. What it says stays on record, and is counted no longer.",),
    asks={"why": Ask("Why is it withdrawn?")},
    button="Withdraw",
    store=_withdraw,
    to=lambda _: "/consultations?done=withdrawn",
)
IDENTIFY_FORM = Screen(
    path="/{consultation_id}/identify",
    title="Link a consultation to a family",
    may=STAFF,
    capability=IDENTIFY,
    site=SITE,
    form=IdentifyForm,
    suggested=lambda line: {"version": line.one.version},
    intro=("From then on it is in the family’s record. Your reason is kept with it.",),
    asks={"family": Ask("Which family", "The reference, like BLA-2026-000110"), "why": Ask("Why do you link it?")},
    button="Link",
    store=_identify,
    to=_root,
)
REFER = Screen(
    path="/{consultation_id}/refer",
    title="Refer the family",
    may=STAFF,
    capability=LOG,
    site=SITE,
    form=ConfirmForm,
    intro=(
        "The referral service is told who asked and what about, and never what was said.",
        "Someone enters the referral there, with the family’s name. What was said stays here.",
    ),
    button="Refer",
    store=_want_referral,
    to=_root,
)
add_forms(router, WITHDRAW, IDENTIFY_FORM, REFER)

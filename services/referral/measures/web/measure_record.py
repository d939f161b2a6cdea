"""One measure that is stored: what was answered, what it gave and by which rules; correcting it and taking it out."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.measures.commands.correct_measure import CorrectMeasure, correct_measure
from services.referral.measures.commands.withdraw_measure import WithdrawMeasure, withdraw_measure
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_sources import sourced_values
from services.referral.measures.queries.family_measures import AdministrationLine, family_measures, measure_history
from services.referral.measures.web.forms.measure import ITEM, CorrectionForm, WithdrawForm, at_item, correction_form
from services.referral.measures.web.measure_entry import entry_page
from services.referral.measures.web.measure_pack import definition_of, measures_of
from services.referral.measures.web.measure_view import same_version, series_lines, series_of
from services.referral.measures.web.measure_words import about_words, answer_words, score_words
from services.referral.measures.web.measures import DONE
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, Refusal, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")

Read = tuple[FamilyBanner, list[AdministrationLine], AdministrationLine]
"""The family, the chain of corrections with the newest first, and the one that the address names."""


@router.get("/{family_id}/measures/{administration_id}")
async def show_measure(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        banner, history, line = await _read(work, family_id, administration_id)
        found = await family_measures(work, family_id)
    present = measures_of(request).get(line.code)
    definition = same_version(present, line)
    same = series_of(found.administrations).get(line.taken.series, [])
    return render_family(
        request,
        banner,
        "measures/measure.html",
        section="measures",
        line=line,
        newest=history[0],
        earlier=history[1:],
        definition=definition,
        name=present.name if present else line.code,
        about=about_words(line, banner),
        scores=[(_scale_name(definition, one.scale), score_words(one), one) for one in line.score.scales],
        answers=_answers(definition, line),
        unanswered_risk=_unanswered_risk(definition, line),
        sources=sourced_values(definition) if definition else (),
        changes=series_lines(same, present, banner) if same else [],
        done=DONE.get(done),
        back=f"/families/{family_id}/measures",
    )


@router.get("/{family_id}/measures/{administration_id}/correct")
async def show_correction(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, administration_id)
    line = read[2]
    definition = _definition_of(request, line)
    known: dict[str, Any] = {
        "entry_id": str(new_id()),
        "person_id": str(line.taken.series.person_id),
        "baby_id": str(line.taken.series.baby_id or ""),
        "timepoint": line.timepoint.value,
        "variant": line.taken.series.variant,
        "note": line.note,
        **date_inputs("answered_on", line.taken.on),
        **{ITEM + code: str(answer) for code, answer in line.answers.items()},
    }
    return _correction_page(request, read, definition, blank(correction_form(definition), known))


@router.post("/{family_id}/measures/{administration_id}/correct")
async def correct(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, administration_id)
    definition = _definition_of(request, read[2])
    filled = await read_form(request, correction_form(definition))
    if filled.form is None:
        return _correction_page(request, read, definition, filled, status=422)
    form = filled.form
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "measure.read")
            await correct_measure(
                CorrectMeasure(form.entry_id, administration_id, form.to_entry(definition), form.reason), work
            )
            await remember_actor(request, work)
    except Conflict as refusal:
        return _conflict(request, read, refusal, _entered(form, definition))
    except Refusal as refusal:
        refused = filled.refused(at_item(refusal, definition))
        return _correction_page(request, read, definition, refused, status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/measures/{form.entry_id}?done=corrected", 303)


@router.get("/{family_id}/measures/{administration_id}/withdraw")
async def show_withdrawal(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, administration_id)
    return _withdrawal_page(request, read, blank(WithdrawForm, {"entry_id": str(new_id())}))


@router.post("/{family_id}/measures/{administration_id}/withdraw")
async def withdraw(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, administration_id)
    filled = await read_form(request, WithdrawForm)
    if filled.form is None:
        return _withdrawal_page(request, read, filled, status=422)
    form = filled.form
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "measure.read")
            await withdraw_measure(WithdrawMeasure(form.entry_id, administration_id, form.reason), work)
            await remember_actor(request, work)
    except Conflict as refusal:
        return _conflict(request, read, refusal, [("Take it out, because", form.reason)])
    except Refusal as refusal:
        return _withdrawal_page(request, read, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/measures?done=withdrawn", 303)


async def _read(work: UnitOfWork, family_id: UUID, administration_id: UUID) -> Read:
    banner = await read_family(work, family_id, "measure.read")
    history = await measure_history(work, family_id, administration_id)
    return banner, history, next(one for one in history if one.id == administration_id)


def _definition_of(request: Request, line: AdministrationLine) -> MeasureDefinition:
    """Raises RuleBroken when the team uses another version of the measure now: an answer could mean something else."""
    found = same_version(definition_of(request, line.code), line)
    if found is None:
        raise RuleBroken(
            "measure_version",
            "This was entered with an earlier version of the measure. Take it out, and enter it again.",
        )
    return found


def _correction_page(
    request: Request, read: Read, definition: MeasureDefinition, filled: Filled[CorrectionForm], *, status: int = 200
) -> Response:
    banner, _, line = read
    root = f"/families/{banner.family_id}/measures/{line.id}"
    heading = f"Correct: {definition.name}"
    return entry_page(
        request,
        banner,
        definition,
        filled,
        status=status,
        action=f"{root}/correct",
        heading=heading,
        correcting=True,
        back=root,
    )


def _withdrawal_page(request: Request, read: Read, filled: Filled[WithdrawForm], *, status: int = 200) -> Response:
    banner, _, line = read
    definition = measures_of(request).get(line.code)
    return render_family(
        request,
        banner,
        "measures/measure-withdraw.html",
        section="measures",
        status=status,
        line=line,
        name=definition.name if definition else line.code,
        about=about_words(line, banner),
        filled=filled,
        back=f"/families/{banner.family_id}/measures/{line.id}",
    )


def _conflict(request: Request, read: Read, refusal: Refusal, entered: list[tuple[str, str]]) -> Response:
    banner, history, _ = read
    newest = history[0]
    now = [
        ("Answered on", date_words(newest.taken.on)),
        *((_scale_name(None, one.scale), score_words(one)) for one in newest.score.scales),
        ("Why it was corrected", newest.correction_reason),
        ("By", newest.recorded_by_name),
    ]
    return render_family(
        request,
        banner,
        "measures/measure-conflict.html",
        section="measures",
        status=409,
        refusal=refusal,
        now=[("Taken out", "Yes"), *now] if newest.withdrawn else now,
        entered=entered,
        back=f"/families/{banner.family_id}/measures/{newest.id}",
    )


def _entered(form: CorrectionForm, definition: MeasureDefinition) -> list[tuple[str, str]]:
    answers = ((item.label, answer_words(item, form.answers.get(item.code))) for item in definition.items)
    return [("Answered on", date_words(form.answered_on)), *answers, ("Why it is corrected", form.reason)]


def _scale_name(definition: MeasureDefinition | None, code: str) -> str:
    scale = definition.scale(code) if definition else None
    return scale.name if scale else code.capitalize()


def _answers(definition: MeasureDefinition | None, line: AdministrationLine) -> Sequence[tuple[str, str]]:
    """Each item and its answer; of a version no longer in use, as it was stored."""
    if definition is None:
        return [(f"Item {code}", str(answer)) for code, answer in line.answers.items()]
    return [(item.label, answer_words(item, line.answers.get(item.code))) for item in definition.items]


def _unanswered_risk(definition: MeasureDefinition | None, line: AdministrationLine) -> list[str]:
    """Items about a risk that were left out: nothing is known of it."""
    rules = definition.alerts if definition else ()
    return [code for rule in rules for code in rule.items if code not in line.answers]

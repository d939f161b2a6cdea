"""One measure that is stored: what was answered, what it gave and by which rules."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_sources import sourced_values
from services.referral.measures.queries.family_measures import AdministrationLine, family_measures, measure_history
from services.referral.measures.web.measure_pack import measures_of
from services.referral.measures.web.measure_view import same_version, series_lines, series_of
from services.referral.measures.web.measure_words import about_words, answer_words, score_words
from services.referral.measures.web.measures import DONE
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.task import SAFETY, TASK_RULES
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor

router = APIRouter(prefix="/families")


@router.get("/{family_id}/measures/{administration_id}")
async def show_measure(
    request: Request, family_id: UUID, administration_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
        history = await measure_history(work, family_id, administration_id)
        found = await family_measures(work, family_id)
        tasks = await open_tasks(work, family_id)
    line = next(one for one in history if one.id == administration_id)
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
        alarms=[one for one in tasks if one.about == history[-1].id and one.kind in SAFETY],
        rules=TASK_RULES.of,
        done=DONE.get(done),
    )


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

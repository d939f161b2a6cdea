"""A measure on record is corrected, or taken out."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.measures.commands.correct_measure import CorrectMeasure, correct_measure
from services.referral.measures.commands.withdraw_measure import WithdrawMeasure, withdraw_measure
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.queries.family_measures import AdministrationLine, measure_history
from services.referral.measures.web.forms.measure import (
    ITEM,
    MeasureCorrectionForm,
    WithdrawMeasureForm,
    correction_form,
    item_field,
)
from services.referral.measures.web.measure_entry import entry_context
from services.referral.measures.web.measure_pack import definition_of, measures_of
from services.referral.measures.web.measure_place import MeasurePlace
from services.referral.measures.web.measure_view import same_version
from services.referral.measures.web.measure_words import about_words, answer_words, score_words
from services.referral.people.web.family_page import FamilyPlace, family_frame, read_family
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.kernel.calendar import date_words
from shared.kernel.errors import RuleBroken
from shared.staff.answer_words import Values, Words
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/measures/{administration_id}")


@dataclass(frozen=True)
class MeasureToCorrect(MeasurePlace):
    """A measure on record, by the version of the measure that made it."""

    line: AdministrationLine
    newest: AdministrationLine
    form: type[MeasureCorrectionForm]

    @property
    def address(self) -> str:
        return f"{self.root}/measures/{self.line.id}"


@dataclass(frozen=True)
class MeasureToWithdraw(FamilyPlace):
    """A measure on record, of whatever version."""

    line: AdministrationLine
    newest: AdministrationLine
    name: str
    measure: MeasureDefinition | None
    """None: the team has it no more."""

    @property
    def address(self) -> str:
        return f"{self.root}/measures/{self.line.id}"


async def _read(work: UnitOfWork, request: Request, family_id: UUID, administration_id: UUID) -> MeasureToWithdraw:
    banner = await read_family(work, family_id, "measure.read")
    history = await measure_history(work, family_id, administration_id)
    line = next(one for one in history if one.id == administration_id)
    definition = measures_of(request).get(line.code)
    name = definition.name if definition else line.code
    return MeasureToWithdraw(banner, work.today, line, history[0], name, definition)


async def _read_to_correct(
    work: UnitOfWork, request: Request, family_id: UUID, administration_id: UUID
) -> MeasureToCorrect:
    place = await _read(work, request, family_id, administration_id)
    definition = _definition_of(request, place.line)
    form = correction_form(definition)
    return MeasureToCorrect(place.banner, place.today, definition, place.line, place.newest, form)


def _definition_of(request: Request, line: AdministrationLine) -> MeasureDefinition:
    """Raises RuleBroken when the team uses another version of the measure now: an answer could mean something else."""
    found = same_version(definition_of(request, line.code), line)
    if found is None:
        raise RuleBroken(
            "measure_version",
            "This was entered with an earlier version of the measure. Take it out, and enter it again.",
        )
    return found


def _known(place: MeasureToCorrect) -> Values:
    line = place.line
    return {
        "person_id": line.taken.series.person_id,
        "baby_id": line.taken.series.baby_id,
        "timepoint": line.timepoint,
        "variant": line.taken.series.variant,
        "note": line.note,
        "answered_on": line.taken.on,
        **{ITEM + code: answer for code, answer in line.answers.items()},
    }


def _stored(place: MeasureToCorrect | MeasureToWithdraw) -> Words:
    newest = place.newest
    return [
        *([("Taken out", "Yes")] if newest.withdrawn else []),
        ("Answered on", date_words(newest.taken.on)),
        *((one.scale.capitalize(), score_words(one)) for one in newest.score.scales),
        ("Why it was corrected", newest.correction_reason),
        ("By", newest.recorded_by_name),
    ]


def _entered(form: MeasureCorrectionForm, place: MeasureToCorrect) -> Words:
    items = place.definition.items
    answers = ((item.label, answer_words(item, form.answers.get(item.code))) for item in items)
    return [("Answered on", date_words(form.answered_on)), *answers, ("Why it is corrected", form.reason)]


async def _correct(sent: Sent[MeasureToCorrect, MeasureCorrectionForm, TeamWork]) -> str:
    place, form = sent.place, sent.form
    command = CorrectMeasure(sent.intention, place.line.id, form.to_entry(place.definition), form.reason)
    await correct_measure(command, sent.work)
    return f"{place.root}/measures/{sent.intention}?done=corrected"


CORRECT = FormPage(
    path="/correct",
    title="Correct a measure",
    may=STAFF,
    capability=RECORD,
    site=Site(_read_to_correct, lambda place: family_frame(place.banner, "measures", back=place.address)),
    form=MeasureCorrectionForm,
    form_at=lambda place: place.form,
    suggested=_known,
    store=_correct,
    template="measures/measure-form.html",
    shows=lambda place: entry_context(place, heading=f"Correct: {place.definition.name}", correcting=True),
    field_of=lambda field, place: item_field(field, place.definition),
    stored=_stored,
    entered=_entered,
)


def _to_withdraw(sent: Sent[MeasureToWithdraw, WithdrawMeasureForm, TeamWork]) -> WithdrawMeasure:
    return WithdrawMeasure(sent.intention, sent.place.line.id, sent.form.reason, sent.place.measure)


WITHDRAW = FormPage(
    path="/withdraw",
    title="Take a measure out",
    may=STAFF,
    capability=RECORD,
    site=Site(_read, lambda place: family_frame(place.banner, "measures", back=place.address)),
    form=WithdrawMeasureForm,
    store=does(withdraw_measure, _to_withdraw),
    to=lambda place: f"{place.root}/measures?done=withdrawn",
    template="measures/measure-withdraw.html",
    shows=lambda place: {
        "line": place.line,
        "name": place.name,
        "about": about_words(place.line, place.banner),
    },
    stored=_stored,
    entered=lambda form, _: [("Take it out, because", form.reason)],
)

add_forms(router, CORRECT, WITHDRAW)

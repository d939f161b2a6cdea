"""Entering a measure: the list to choose from, and the form of the one that was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_age import baby_warning, respondent_warning
from services.referral.measures.queries.family_measures import day_of_contact, measures_begun
from services.referral.measures.web.forms.measure import EntryForm, entry_form, item_field
from services.referral.measures.web.measure_beside import asked_measures
from services.referral.measures.web.measure_pack import babies, carers, definition_of, measures_of
from services.referral.measures.web.measure_place import MeasurePlace
from services.referral.measures.web.second_measure import answered_before
from services.referral.people.domain.age import completed_months
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import in_family, open_episode_of, read_family, render_family
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.kernel.actor import Actor
from shared.staff.answer_words import Choice, Values, Words
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/measures")


@dataclass(frozen=True)
class Asked:
    """What the address of the form says."""

    measure: str = ""
    person: str = ""
    baby: str = ""
    session: UUID | None = None
    """The session in which it was answered."""


@dataclass(frozen=True)
class NewMeasure(MeasurePlace):
    """Where a measure is entered."""

    form: type[EntryForm]
    asked: Asked
    held_on: date | None
    is_begun: bool


async def _read(work: UnitOfWork, request: Request, family_id: UUID, asked: Annotated[Asked, Depends()]) -> NewMeasure:
    banner = await read_family(work, family_id, "measure.read")
    definition = definition_of(request, asked.measure)
    episode = banner.open_episode
    begun = await measures_begun(work, episode.episode_id) if episode else set[str]()
    held_on = await day_of_contact(work, family_id, asked.session) if asked.session else None
    form, is_begun = entry_form(definition), definition.code in begun
    return NewMeasure(banner, work.today, definition, form, asked, held_on, is_begun)


def _only(choices: Sequence[Choice]) -> str:
    """Where there is only one to choose from."""
    return choices[0].value if len(choices) == 1 else ""


def _suggested(place: NewMeasure) -> Values:
    return {
        "person_id": place.asked.person or _only(carers(place.banner)),
        "baby_id": place.asked.baby or _only(babies(place.banner)),
        "timepoint": MeasureTimepoint.SESSION if place.is_begun else MeasureTimepoint.START,
        "contact_id": place.asked.session,
        "answered_on": place.held_on or place.today,
    }


async def _enter(sent: Sent[NewMeasure, EntryForm, TeamWork]) -> str:
    entry, episode = sent.form.to_entry(sent.place.definition), open_episode_of(sent.place.banner)
    await administer_measure(AdministerMeasure(sent.intention, episode.episode_id, entry), sent.work)
    return f"{sent.place.root}/measures/{sent.intention}?done=recorded"


async def _alike(sent: Sent[NewMeasure, EntryForm, TeamWork]) -> Words:
    form = sent.form
    about = Subject(form.person_id, form.baby_id)
    return await answered_before(sent.work, sent.place, about, form.timepoint, form.answered_on)


def age_warnings(banner: FamilyBanner, definition: MeasureDefinition, today: date) -> list[tuple[str, str]]:
    """For whom in the family the measure was not made: name and sentence."""
    months = [(baby, completed_months(baby.born_on, today) if baby.born_on else None) for baby in banner.babies]
    years = [(carer, completed_months(carer.born_on, today) // 12) for carer in banner.carers if carer.born_on]
    found = [
        *((baby.shown_name, baby_warning(definition.age, age)) for baby, age in months),
        *((carer.shown_name, respondent_warning(definition.age, age)) for carer, age in years),
    ]
    return [(name, sentence) for name, sentence in found if sentence]


def entry_context(place: MeasurePlace, *, heading: str, correcting: bool) -> dict[str, Any]:
    """What the form of one measure needs; a correction has the same, and more."""
    warnings = age_warnings(place.banner, place.definition, place.today)
    return {**place.shown, "heading": heading, "correcting": correcting, "warnings": warnings}


ENTER = FormPage(
    path="/new",
    title="Enter a measure",
    may=STAFF,
    capability=RECORD,
    site=Site(_read, in_family("measures", "/measures")),
    needs=lambda place: open_episode_of(place.banner),
    form=EntryForm,
    form_at=lambda place: place.form,
    suggested=_suggested,
    store=_enter,
    alike=_alike,
    template="measures/measure-form.html",
    shows=lambda place: entry_context(place, heading=place.definition.name, correcting=False),
    field_of=lambda field, place: item_field(field, place.definition),
    choices=lambda place: place.choices,
)


@router.get("/choose")
async def choose(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], session: UUID | None = None
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
        open_episode_of(banner)
        held_on = await day_of_contact(work, family_id, session) if session else None
        asked = await asked_measures(work, request, banner)
    due = [one for one in asked if one.is_due]
    first = [one.definition for one in due]
    return render_family(
        request,
        banner,
        "measures/measure-choose.html",
        section="measures",
        due=due,
        others=[one for one in measures_of(request).values() if one not in first],
        contact_id=session,
        held_on=held_on,
    )


add_forms(router, ENTER)

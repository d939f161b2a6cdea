"""Entering a measure: the list to choose from, and the form of the one that was chosen."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_age import baby_warning, respondent_warning
from services.referral.measures.queries.family_measures import day_of_contact, measures_begun
from services.referral.measures.web.forms.measure import EntryForm, at_item, entry_form
from services.referral.measures.web.measure_pack import babies, carers, definition_of, measures_of
from services.referral.people.domain.age import completed_months
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")


@dataclass(frozen=True)
class Asked:
    """What the address of the form says."""

    measure: str = ""
    """Empty: the list to choose from."""
    person: str = ""
    baby: str = ""
    session: UUID | None = None
    """The session in which it was answered."""


@router.get("/{family_id}/measures/new")
async def show_entry(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], asked: Annotated[Asked, Depends()]
) -> Response:
    definition = definition_of(request, asked.measure) if asked.measure else None
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
        begun = await measures_begun(work, banner.open_episode.episode_id) if banner.open_episode else set[str]()
        held_on = await day_of_contact(work, family_id, asked.session) if asked.session else None
    if definition is None:
        return render_family(
            request,
            banner,
            "measures/measure-choose.html",
            section="measures",
            measures=measures_of(request).values(),
            contact_id=asked.session,
            held_on=held_on,
        )
    timepoint = MeasureTimepoint.SESSION if definition.code in begun else MeasureTimepoint.START
    known = {
        "entry_id": str(new_id()),
        "person_id": asked.person or _only(carers(banner)),
        "baby_id": asked.baby or _only(babies(banner)),
        "timepoint": timepoint.value,
        "contact_id": str(asked.session or ""),
        **date_inputs("answered_on", held_on or today_of(request)),
    }
    return entry_page(request, banner, definition, blank(entry_form(definition), known))


@router.post("/{family_id}/measures/new")
async def enter(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], measure: str) -> Response:
    definition = definition_of(request, measure)
    filled = await read_form(request, entry_form(definition))
    if filled.form is None:
        return await _again(request, family_id, actor, definition, filled, status=422)
    try:
        async with begin(request, actor) as work:
            episode = open_episode_of(await read_family(work, family_id, "measure.read"))
            entry = filled.form.to_entry(definition)
            await administer_measure(AdministerMeasure(filled.form.entry_id, episode.episode_id, entry), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        refused = filled.refused(at_item(refusal, definition))
        return await _again(request, family_id, actor, definition, refused, status=status)
    return RedirectResponse(f"/families/{family_id}/measures/{filled.form.entry_id}?done=recorded", 303)


def entry_page(
    request: Request,
    banner: FamilyBanner,
    definition: MeasureDefinition,
    filled: Filled[Any],
    *,
    status: int = 200,
    **context: Any,
) -> Response:
    """The form of one measure; a correction has the same, and more."""
    root = f"/families/{banner.family_id}/measures"
    usual: dict[str, Any] = {
        "action": f"{root}/new?measure={definition.code}",
        "heading": definition.name,
        "correcting": False,
        "back": root,
    }
    return render_family(
        request,
        banner,
        "measures/measure-form.html",
        section="measures",
        status=status,
        definition=definition,
        filled=filled,
        carers=carers(banner),
        babies=babies(banner),
        timepoints=list(MeasureTimepoint),
        warnings=_warnings(request, banner, definition),
        **(usual | context),
    )


async def _again(
    request: Request,
    family_id: UUID,
    actor: Actor,
    definition: MeasureDefinition,
    filled: Filled[EntryForm],
    *,
    status: int,
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
    return entry_page(request, banner, definition, filled, status=status)


def _only(choices: list[Any]) -> str:
    """Where there is only one to choose from."""
    return choices[0].value if len(choices) == 1 else ""


def _warnings(request: Request, banner: FamilyBanner, definition: MeasureDefinition) -> list[tuple[str, str]]:
    """For whom in the family the measure was not made: name and sentence."""
    today = today_of(request)
    months = [(baby, completed_months(baby.born_on, today) if baby.born_on else None) for baby in banner.babies]
    years = [(carer, completed_months(carer.born_on, today) // 12) for carer in banner.carers if carer.born_on]
    found = [
        *((baby.shown_name, baby_warning(definition.age, age)) for baby, age in months),
        *((carer.shown_name, respondent_warning(definition.age, age)) for carer, age in years),
    ]
    return [(name, sentence) for name, sentence in found if sentence]

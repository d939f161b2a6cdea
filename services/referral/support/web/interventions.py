"""The catalogue of interventions: what each is, who gives it, and the training that it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.staff.web.access import STAFF
from services.referral.support.domain.intervention import InterventionForm, InterventionType
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.vocabulary import Level
from shared.staff.address import address, code_of
from shared.web.csv_file import Cell, csv_download
from shared.web.pages import render

router = APIRouter()

SET_BY_THE_TEAM = "set by the team"
"""Of what the strategy does not say, and nobody has verified."""


@dataclass(frozen=True)
class _Chosen:
    level: Level | None
    form: InterventionForm | None


@router.get("/interventions", dependencies=[STAFF])
async def show_interventions(request: Request, level: str = "", form: str = "") -> Response:
    chosen = _chosen(level, form)
    return render(
        request,
        "support/interventions.html",
        entries=_listed(chosen),
        chosen=chosen,
        levels=[one for one in Level if one is not Level.COMMUNITY],
        forms=list(InterventionForm),
        set_by_the_team=SET_BY_THE_TEAM,
        csv_address=address("/interventions.csv", level=chosen.level, form=chosen.form),
    )


@router.get("/interventions.csv", dependencies=[STAFF])
async def download_interventions(level: str = "", form: str = "") -> Response:
    return csv_download("interventions.csv", _COLUMNS, [_row(one) for one in _listed(_chosen(level, form))])


def _chosen(level: str, form: str) -> _Chosen:
    return _Chosen(code_of(Level, level), code_of(InterventionForm, form))


def _listed(chosen: _Chosen) -> Sequence[InterventionType]:
    """Those that a family with this level of support can get, in this form; in the strategy's order."""
    levels = list(Level)
    most = levels.index(chosen.level) if chosen.level else len(levels)
    return [
        one
        for one in INTERVENTIONS.values()
        if levels.index(one.lowest_level) <= most and chosen.form in (None, one.form)
    ]


_COLUMNS = (
    "Code",
    "Name",
    "Also called",
    "Given by",
    "From level",
    "Form",
    "For whom",
    "Sessions suggested",
    "Sessions are",
    "Training",
    "Films",
    "Source",
)


def _row(one: InterventionType) -> tuple[Cell, ...]:
    return (
        one.code.value,
        one.code.label,
        one.also_called,
        one.deliverers,
        one.lowest_level.label,
        one.form.label,
        one.for_whom,
        one.sessions,
        "verified" if one.sessions_verified else SET_BY_THE_TEAM,
        one.course.label if one.course else "",
        "Yes" if one.films else "No",
        one.source,
    )

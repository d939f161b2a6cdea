"""The catalogue of interventions: what each is, who gives it, and the training that it asks for."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from services.referral.staff.web.access import STAFF
from services.referral.support.domain.intervention import InterventionForm, InterventionType
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.vocabulary import Level
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing

router = APIRouter()

SET_BY_THE_TEAM = "set by the team"
"""Of what the strategy does not say, and nobody has verified."""


@dataclass(frozen=True)
class CatalogueFilter:
    level: Level | None = None
    """Only what a family with this level of support can get."""
    form: InterventionForm | None = None


async def _find(asked: Asked[CatalogueFilter]) -> Listing[InterventionType]:
    """In the strategy's order."""
    chosen, levels = asked.chosen, list(Level)
    most = levels.index(chosen.level) if chosen.level else len(levels)
    return Lines(
        [
            one
            for one in INTERVENTIONS.values()
            if levels.index(one.lowest_level) <= most and chosen.form in (None, one.form)
        ]
    )


async def _more(asked: Asked[CatalogueFilter]) -> dict[str, Any]:  # noqa: ARG001 - it is the same whatever is asked
    return {"set_by_the_team": SET_BY_THE_TEAM}


CATALOGUE = ListPage(
    path="/interventions",
    may=STAFF,
    filters=(
        Filter(
            "level", Level, "Support", every="Any level", offered=[one for one in Level if one is not Level.COMMUNITY]
        ),
        Filter("form", InterventionForm, "Form", every="Any form"),
    ),
    chosen=CatalogueFilter,
    find=_find,
    columns=(
        Column("Code", lambda one: one.code.value),
        Column("Name", lambda one: one.code),
        Column("Intervention", cell="intervention", heads_row=True),
        Column("Form, and for whom", cell="form"),
        Column("From level", cell="level"),
        Column("Also called", lambda one: one.also_called),
        Column("Given by", lambda one: one.deliverers, cell=PLAIN),
        Column("From level", lambda one: one.lowest_level),
        Column("Form", lambda one: one.form),
        Column("For whom", lambda one: one.for_whom),
        Column("Sessions", cell="sessions"),
        Column("Sessions suggested", lambda one: one.sessions),
        Column("Sessions are", lambda one: "verified" if one.sessions_verified else SET_BY_THE_TEAM),
        Column("Training", lambda one: one.course, cell="training"),
        Column("Films", lambda one: one.films),
        Column("Source", lambda one: one.source, cell=PLAIN),
    ),
    rows_on_a_page=100,
    more=_more,
    template="support/interventions.html",
    file_name="interventions.csv",
)
add_list(router, CATALOGUE)

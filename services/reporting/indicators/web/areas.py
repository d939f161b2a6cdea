"""What the region knows of the teams' areas from elsewhere, and figures are compared with."""

from dataclasses import dataclass

from fastapi import APIRouter

from services.reporting.facts.domain.about_file import about_file
from services.reporting.indicators.commands.enter_parameter import EnterParameter, enter_parameter
from services.reporting.indicators.domain.parameter import AreaValue, Parameter
from services.reporting.indicators.queries.area_values import AreaLine, area_values
from services.reporting.indicators.web.forms.area_value import AreaValueForm
from shared.contracts.region import month_of
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.column import PLAIN, Column
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage, Mark, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter(prefix="/areas")
LEAD = need(Role.REGIONAL_LEAD)


async def _find(asked: Asked[Unfiltered]) -> Listing[AreaLine]:
    return Lines(await area_values(asked.work))


AREAS = ListPage(
    path="",
    may=LEAD,
    reads="areas.read",
    exports="areas.export",
    asks_for_proof=False,
    find=_find,
    marks=lambda line: Mark.LATE if line.value is None else None,
    columns=(
        Column("Team", lambda line: line.place, cell=PLAIN, place="who", heads_row=True),
        Column("What", lambda line: line.name, cell=PLAIN),
        Column("Number", lambda line: line.value, cell="number", is_number=True),
        Column("Holds from", lambda line: line.month, cell="holds_from", place="when"),
        Column("From", lambda line: line.source, cell=PLAIN),
        Column("Do", cell="do", place="do"),
    ),
    template="indicators/areas.html",
    done={"entered": "Saved. Figures are made anew within a second"},
    file_name="areas.csv",
    about=lambda asked: about_file("Areas", "The region", asked.work.now),
)


@dataclass(frozen=True)
class AreaPlace:
    """Which number of which team's area is entered."""

    team: str
    name: Parameter


async def _read(work: UnitOfWork, team: str, name: str) -> AreaPlace:
    known = {(line.team, line.name): line for line in await area_values(work)}
    found = next((one for one in known if one == (team, name)), None)
    if found is None:
        raise NotFound("area_unknown", "There is no such number of a team. Choose one of those on the page.")
    return AreaPlace(*found)


async def _enter(sent: Sent[AreaPlace, AreaValueForm]) -> None:
    form, place = sent.form, sent.place
    value = AreaValue(place.team, place.name, month_of(form.holds_from), form.value, form.source)
    await enter_parameter(EnterParameter(sent.intention, value), sent.work)


ENTER = Screen(
    path="/{team}/{name}/new",
    title="Enter a number of an area",
    may=LEAD,
    site=Site(_read, lambda _: {"back": "/areas"}),
    form=AreaValueForm,
    about=lambda place: f"{locality_name(place.team)}: {place.name.label}",
    intro=(
        "It holds from that month on, until another does.",
        "What was entered before stays, and so do the figures of the months for which it held.",
    ),
    asks={
        "value": Ask("The number"),
        "holds_from": Ask("From when does it hold?", "Any day of its first month"),
        "source": Ask("Where is it from?", "For example Census 2021, or the team’s strategy of 2023"),
    },
    field_of=lambda name, _: {"month": "holds_from"}.get(name, name),
    store=_enter,
    to=lambda _: "/areas?done=entered",
)
add_list(router, AREAS)
add_forms(router, ENTER)

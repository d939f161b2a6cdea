"""One indicator: of the region or of one team, beside the other teams, and how it is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted, definition_of
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.figures_page import Option, show_view
from services.reporting.dashboard.web.panel import Panel, View
from services.reporting.dashboard.web.panels.between_teams import funnel_panel
from services.reporting.dashboard.web.panels.one_indicator import (
    chart_panel,
    definition,
    hidden_of,
    legend,
    marked,
    multiples,
    teams_panel,
)
from services.reporting.dashboard.web.panels.parts import parts_panels
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.domain.published_point import PublishedSeries
from services.reporting.publication.queries.published_series import REGION
from services.reporting.variation.domain.variation import Variation, variation_of
from shared.contracts.slug import locality_name
from shared.kernel.errors import NotFound

router = APIRouter(dependencies=[SEES_FIGURES])

ROWS = 14
"""Months of the table that is seen at once."""


def indicator_of(number: int) -> Indicator:
    """Raises NotFound."""
    indicator = definition_of(number)
    if indicator is None:
        raise NotFound("indicator_unknown", "There is no such indicator. Go back and choose one from the list.")
    return indicator


def said_of(figures: RegionalFigures, choice: Choice) -> Variation:
    """The series of the choice; an empty one when nothing is published of it."""
    indicator = indicator_of(choice.number)
    empty = PublishedSeries(indicator.number, indicator.version, choice.team, ())
    return figures.of(choice.number, choice.team) or variation_of(indicator, empty)


def _panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    said = said_of(figures, choice)
    funnel = funnel_panel(figures, said.indicator)
    return [
        chart_panel(figures, said),
        teams_panel(figures, choice, choice.number),
        *([funnel] if funnel else []),
        *parts_panels(figures, said.indicator),
    ]


def _wanted(choice: Choice) -> Wanted:
    numbers = (choice.number,)
    ways = indicator_of(choice.number).ways
    return Wanted((Several(numbers), *(Several(numbers, (REGION,), way) for way in ways)))


INDICATOR_VIEW = View("indicator", lambda choice: indicator_of(choice.number).name, _wanted, _panels)


@router.get("/indicators/{which}")
async def show_indicator(request: Request, which: Annotated[int, Path(ge=1, le=999)], choice: Chosen) -> Response:
    """Titles are findings; what is counted stands beside the chart."""
    number, choice, indicator = which, replace(choice, number=which), indicator_of(which)

    def more(figures: RegionalFigures) -> Mapping[str, Any]:
        said = said_of(figures, choice)
        return {
            "indicator": indicator,
            "indicators": len(INDICATORS),
            "said": said,
            "legend": legend(said),
            "notes": marked(figures, said),
            "steps": figures.remarks.steps_of(number, choice.team),
            "multiples": multiples(figures, choice, number),
            "definition": definition(said.indicator),
            "hidden": hidden_of(figures, number),
            "places": _places(figures, choice),
            "rows": ROWS,
        }

    return await show_view(request, INDICATOR_VIEW, choice, "indicator.html", more)


def _places(figures: RegionalFigures, choice: Choice) -> list[Option]:
    """The region and its teams, each with its address."""
    address = {team: choice.indicator(choice.number, team) for team in ("", *figures.teams)}
    return [
        Option(href, locality_name(team) if team else "Whole region", team == choice.team)
        for team, href in address.items()
    ]

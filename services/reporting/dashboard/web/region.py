"""The region: at a glance, all its indicators, all its teams."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.packs.first_figures import MAIN, TEAM_COLUMNS
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted
from services.reporting.dashboard.web.choice import Choice, Chosen, Show
from services.reporting.dashboard.web.figures_page import show_view
from services.reporting.dashboard.web.panel import Panel, View
from services.reporting.dashboard.web.panels.matrix import chips, matrix
from services.reporting.dashboard.web.panels.region_top import (
    SHOWN,
    exceptions,
    exceptions_panel,
    freshness_line,
    monday,
    news,
    six,
)
from services.reporting.dashboard.web.panels.teams import team_table
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.publication.queries.published_series import REGION

router = APIRouter(dependencies=[SEES_FIGURES])

_ALL_OF_REGION = Several(teams=(REGION,))


def _wanted(_: Choice) -> Wanted:
    return Wanted((_ALL_OF_REGION, Several(tuple({*MAIN, *TEAM_COLUMNS}))))


def _panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    return [
        exceptions_panel(exceptions(figures, choice)),
        matrix(figures, choice, Show.MAIN),
        team_table(figures, choice),
    ]


REGION_VIEW = View("region", lambda _: "Region at a glance", _wanted, _panels)
INDICATORS_VIEW = View(
    "indicators", lambda _: "Indicators", _wanted, lambda figures, choice: [matrix(figures, choice, Show.ALL)]
)
TEAMS_VIEW = View(
    "teams",
    lambda _: "Teams",
    lambda _: Wanted((Several(TEAM_COLUMNS),)),
    lambda figures, choice: [team_table(figures, choice)],
)


@router.get("/")
async def show_region(request: Request, choice: Chosen) -> Response:
    """Exceptions before figures, figures before tables."""

    def more(figures: RegionalFigures) -> Mapping[str, Any]:
        return {
            "fresh": freshness_line(figures),
            "lines": exceptions(figures, choice),
            "shown": SHOWN,
            "news": news(figures),
            "monday": monday(figures.now),
            "six": six(figures, choice),
            "chips": chips(figures, choice, "/", Show.MAIN),
        }

    return await show_view(request, REGION_VIEW, choice, "region.html", more)


@router.get("/indicators")
async def show_indicators(request: Request, choice: Chosen) -> Response:

    def more(figures: RegionalFigures) -> Mapping[str, Any]:
        return {"chips": chips(figures, choice, "/indicators", Show.ALL)}

    return await show_view(request, INDICATORS_VIEW, choice, "indicators.html", more)


@router.get("/teams")
async def show_teams(request: Request, choice: Chosen) -> Response:

    return await show_view(request, TEAMS_VIEW, choice, "panels.html")

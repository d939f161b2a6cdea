"""Two localities beside each other, for a talk between their leads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.packs.first_figures import OF_A_TEAM
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.figures_page import Option, show_view
from services.reporting.dashboard.web.panel import Panel, View
from services.reporting.dashboard.web.panels.two_teams import compare_panel, pairs
from services.reporting.dashboard.web.reach import SEES_FIGURES
from shared.contracts.slug import locality_name

router = APIRouter(dependencies=[SEES_FIGURES])


def _both(figures: RegionalFigures, choice: Choice) -> Choice:
    """Whoever has not chosen begins with the first two, A to Z."""
    team = choice.team or next((one for one in figures.teams if one != choice.other), "")
    return replace(choice, team=team, other=choice.other or next((one for one in figures.teams if one != team), ""))


def _panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    both = _both(figures, choice)
    return [compare_panel(figures, both)] if _are_two(both) else []


def _are_two(choice: Choice) -> bool:
    return bool(choice.team and choice.other) and choice.team != choice.other


COMPARE_VIEW = View("compare", lambda _: "Compare two teams", lambda _: Wanted((Several(OF_A_TEAM),)), _panels)


@router.get("/compare")
async def show_compare(request: Request, choice: Chosen) -> Response:

    def more(figures: RegionalFigures) -> Mapping[str, Any]:
        both = _both(figures, choice)
        return {
            "both": both,
            "are_two": _are_two(both),
            "one_of_them": _options(figures, both.team),
            "other_of": _options(figures, both.other),
            "multiples": pairs(figures, both) if _are_two(both) else [],
        }

    return await show_view(request, COMPARE_VIEW, choice, "compare.html", more)


def _options(figures: RegionalFigures, chosen: str) -> list[Option]:
    return [Option(team, locality_name(team), team == chosen) for team in figures.teams]

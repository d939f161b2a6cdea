"""One team, as a regional lead speaks about it with the team's lead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.domain.question import Question, questions
from services.reporting.dashboard.packs.first_figures import OF_A_TEAM
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.figures_page import Option, show_view
from services.reporting.dashboard.web.freshness_words import FreshnessWords, freshness_words
from services.reporting.dashboard.web.panel import Panel, View
from services.reporting.dashboard.web.panels.need_and_reach import ACCEPTED, need_panels
from services.reporting.dashboard.web.panels.one_team import team_panel
from services.reporting.dashboard.web.reach import SEES_FIGURES
from shared.contracts.slug import locality_name
from shared.kernel.errors import NotFound

router = APIRouter(dependencies=[SEES_FIGURES])


def _panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    if not choice.team:
        raise NotFound("team_unknown", "There is no such team in this region. Go back and choose one from the list.")
    return [team_panel(figures, choice), *need_panels(figures, choice)]


def _wanted(choice: Choice) -> Wanted:
    """The ten figures of all teams, to compare; and all of this one, to ask about."""
    return Wanted((Several((*OF_A_TEAM, ACCEPTED)), Several(teams=(choice.team,))))


TEAM_VIEW = View("team", lambda choice: locality_name(choice.team), _wanted, _panels)


@router.get("/team/{slug}")
async def show_team(request: Request, slug: str, choice: Chosen) -> Response:
    choice, team = replace(choice, team=slug), slug

    def more(figures: RegionalFigures) -> Mapping[str, Any]:
        return {
            "title": locality_name(team),
            "asked": asked_of(figures, team),
            "actions": figures.actions_of(team),
            "notes": [note for note in figures.remarks.notes if note.team == team],
            "heard": heard_of(figures, team),
            "places": [Option(choice.of_team(one), locality_name(one), one == team) for one in figures.teams],
            "names": {one.indicator.number: one.indicator.name for one in figures.variations},
        }

    return await show_view(request, TEAM_VIEW, choice, "team.html", more)


def asked_of(figures: RegionalFigures, team: str) -> list[Question]:
    """What looks wrong in its figures, as questions."""
    return questions([one for one in figures.of_today if one.series.team == team])


def heard_of(figures: RegionalFigures, team: str) -> list[FreshnessWords]:
    return [freshness_words(item, figures.now) for item in figures.freshness if item.team == team]

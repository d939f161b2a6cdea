"""Pages on one subject, over all teams: need against reach, flow between tiers, waiting, workforce."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.packs.first_figures import WAITS, WORKFORCE
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Several, Wanted
from services.reporting.dashboard.web.choice import Choice, Chosen, Show
from services.reporting.dashboard.web.figures_page import show_view
from services.reporting.dashboard.web.panel import Panel, View
from services.reporting.dashboard.web.panels.matrix import matrix
from services.reporting.dashboard.web.panels.moves import MOVES, WAY, moves_panel
from services.reporting.dashboard.web.panels.need_and_reach import ACCEPTED, need_panels
from services.reporting.dashboard.web.panels.one_indicator import chart_panel
from services.reporting.dashboard.web.panels.organisations import CONSULTED, REFERRED, TRAINED, organisations_panel
from services.reporting.dashboard.web.panels.teams import team_table
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.publication.queries.published_series import REGION

router = APIRouter(dependencies=[SEES_FIGURES])

FOR_WANT_OF_ROOM = 121


def _of_subject(numbers: Sequence[int]) -> Callable[[RegionalFigures, Choice], Sequence[Panel]]:
    """The region's figures, the first of them as a chart, and the teams'."""

    def panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
        charts = [_first_chart(figures, number) for number in numbers if figures.of(number)][:1]
        return [*charts, matrix(figures, choice, Show.ALL, numbers), team_table(figures, choice, numbers)]

    return panels


def _first_chart(figures: RegionalFigures, number: int) -> Panel:
    said = figures.of(number)
    assert said  # noqa: S101 - whoever calls has looked
    chart = chart_panel(figures, said)
    return replace(chart, name="first", title=f"{said.indicator.name}: {chart.title[0].lower()}{chart.title[1:]}")


def _flow_panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    charts = [_first_chart(figures, FOR_WANT_OF_ROOM)] if figures.of(FOR_WANT_OF_ROOM) else []
    return [moves_panel(figures), *charts, team_table(figures, choice, (MOVES, FOR_WANT_OF_ROOM))]


def _workforce_panels(figures: RegionalFigures, choice: Choice) -> Sequence[Panel]:
    beside = organisations_panel(figures)
    first, *others = _of_subject(WORKFORCE)(figures, choice)
    return [first, *([beside] if beside else []), *others]


def _title(words: str) -> Callable[[Choice], str]:
    return lambda _: words


NEED_VIEW = View("need", _title("Need against reach"), lambda _: Wanted((Several((ACCEPTED,)),)), need_panels)
FLOW_VIEW = View(
    "flow",
    _title("Flow between tiers"),
    lambda _: Wanted((Several((MOVES, FOR_WANT_OF_ROOM)), Several((MOVES,), (REGION,), WAY))),
    _flow_panels,
)
WAITS_VIEW = View("waits", _title("Waiting"), lambda _: Wanted((Several(WAITS),)), _of_subject(WAITS))
WORKFORCE_VIEW = View(
    "workforce",
    _title("Workforce"),
    lambda _: Wanted(
        (
            Several((*WORKFORCE, REFERRED)),
            Several((TRAINED, CONSULTED), (REGION,), "sector"),
            Several((REFERRED,), (REGION,), "source"),
        )
    ),
    _workforce_panels,
)


@router.get("/need")
async def show_need(request: Request, choice: Chosen) -> Response:
    return await show_view(request, NEED_VIEW, choice, "panels.html")


@router.get("/flow")
async def show_flow(request: Request, choice: Chosen) -> Response:
    return await show_view(request, FLOW_VIEW, choice, "panels.html")


@router.get("/waits")
async def show_waits(request: Request, choice: Chosen) -> Response:
    return await show_view(request, WAITS_VIEW, choice, "panels.html")


@router.get("/workforce")
async def show_workforce(request: Request, choice: Chosen) -> Response:
    return await show_view(request, WORKFORCE_VIEW, choice, "panels.html")

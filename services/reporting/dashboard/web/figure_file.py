"""Whatever a page shows is taken along: each table as CSV and Excel, each drawing as SVG and PNG."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice, Chosen
from services.reporting.dashboard.web.compare import COMPARE_VIEW
from services.reporting.dashboard.web.figures_page import read_figures
from services.reporting.dashboard.web.indicator import INDICATOR_VIEW, indicator_of
from services.reporting.dashboard.web.panel import Panel
from services.reporting.dashboard.web.reach import SEES_FIGURES
from services.reporting.dashboard.web.region import INDICATORS_VIEW, REGION_VIEW, TEAMS_VIEW
from services.reporting.dashboard.web.subject import FLOW_VIEW, NEED_VIEW, WAITS_VIEW, WORKFORCE_VIEW
from services.reporting.dashboard.web.team import TEAM_VIEW
from shared.kernel.errors import NotFound
from shared.staff.download import Download, download_at
from shared.web.picture import png_file, svg_file

router = APIRouter(dependencies=[SEES_FIGURES])

VIEWS = {
    view.name: view
    for view in (
        *(REGION_VIEW, INDICATORS_VIEW, TEAMS_VIEW, INDICATOR_VIEW, TEAM_VIEW),
        *(NEED_VIEW, FLOW_VIEW, WAITS_VIEW, WORKFORCE_VIEW, COMPARE_VIEW),
    )
}


@download_at(router, "/figures/{view}/{panel}.csv")
async def download_table(request: Request, view: str, panel: str, choice: Chosen) -> Download[Any]:
    """The same numbers as on the page, and the same ones hidden."""
    name, found = await _panel(request, view, panel, choice)
    return found.file(f"{name}.csv")


@router.get("/figures/{view}/{panel}.svg")
async def download_drawing(request: Request, view: str, panel: str, choice: Chosen) -> Response:
    name, found = await _panel(request, view, panel, choice)
    return _picture(svg_file(_drawing(found)).encode(), "image/svg+xml", f"{name}.svg")


@router.get("/figures/{view}/{panel}.png")
async def download_picture(request: Request, view: str, panel: str, choice: Chosen) -> Response:
    name, found = await _panel(request, view, panel, choice)
    return _picture(await png_file(_drawing(found)), "image/png", f"{name}.png")


async def _panel(request: Request, view: str, name: str, choice: Choice) -> tuple[str, Panel]:
    """It, and what its files are called, without their kind.

    Raises:
        NotFound: no page has it.
    """
    unknown = NotFound("figure_unknown", "There is no such table or drawing. Go back to the page and choose one there.")
    if view not in VIEWS:
        raise unknown
    if view == INDICATOR_VIEW.name:
        indicator_of(choice.number)
    figures = await read_figures(request, choice, VIEWS[view].wanted(choice))
    for panel in VIEWS[view].panels(figures, choice):
        if panel.name == name:
            return name_of(panel.name, choice, figures), panel
    raise unknown


def _drawing(panel: Panel) -> str:
    if panel.drawing is None:
        raise NotFound("no_drawing", "There is no drawing of that. Take the table along instead.")
    return panel.drawing


def name_of(what: str, choice: Choice, figures: RegionalFigures) -> str:
    """Of a file: `chart-9-preston-2026-10`."""
    parts = [
        what,
        str(choice.number or ""),
        choice.team or whole_of(choice, figures),
        choice.other,
        f"{choice.as_at:%Y-%m}" if choice.as_at else "",
    ]
    return "-".join(filter(None, parts))


def whole_of(choice: Choice, figures: RegionalFigures) -> str:
    """What a file without a team is of: for a lead of some localities those, but where it is a figure of the region."""
    is_region = figures.reach.localities is None or (choice.number and figures.of(choice.number))
    return "region" if is_region else "localities"


def _picture(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
